"""Row-wise columns laid down in stages, so that no column expression grows beyond bounds.

A scheme is a graph in which a day or a condition is used many times over; Polars takes an
expression as a tree, in which every use is a copy, and a formula of some twenty steps can become
one of millions. What has grown large is therefore put into a column of its own, and used by name.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wenye.rules.columns import Pair, Ready, Side
from wenye.rules.expressions import Month
from wenye.rules.parameters import Series
from wenye.rules.rowwise import RowWise
from wenye.rules.tree import Node

#: Copies of columns in one expression beyond which it becomes a column itself.
MOST = 6

#: How often the Polars form of an operation repeats each of its arguments, where it does.
_REPEATS = {
    **dict.fromkeys(("where", "floordiv"), 3),
    **dict.fromkeys(("min", "max"), 4),
    **dict.fromkeys(("add_months", "last_day"), 12),
    **dict.fromkeys(("reached", "within"), 2),
}
#: The same where an end of an argument is open: both ends are asked, and compared.
_WITH_ENDS = 3
#: What is read from a column.
_READ = ("fact", "has", "exists", "key", "count", "total")


class Staged(RowWise):
    """Compiles like ``RowWise``; the frame must be ``laid`` before the expressions are used."""

    def __init__(
        self,
        on: int,
        parameters: Mapping[str, Series] | None = None,
        ready: Ready | None = None,
    ) -> None:
        super().__init__(on, parameters, ready)
        self._size: dict[int, int] = {}
        self._depth: dict[int, int] = {}
        self._stages: dict[int, list[pl.Expr]] = {}

    def pair(self, node: Node) -> Pair:
        if node.key in self._done:
            return self._done[node.key]
        bounded = self._bounded(node, super().pair(node))
        self._done[node.key] = bounded
        return bounded

    def laid(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The frame with the columns that the expressions compiled so far refer to."""
        for stage in sorted(self._stages):
            frame = frame.with_columns(self._stages[stage])
        return frame

    @property
    def names(self) -> list[str]:
        """The columns that ``laid`` adds."""
        return [expr.meta.output_name() for stage in self._stages.values() for expr in stage]

    def _bounded(self, node: Node, pair: Pair) -> Pair:
        """The pair, by name where it has grown large."""
        if node.key in self.ready or node.op in _READ:
            self._size[node.key], self._depth[node.key] = 1, 0
            return pair
        exact = pair[0] is pair[1]
        repeats = _REPEATS.get(node.op, 1) * (1 if exact else _WITH_ENDS)
        if isinstance(node, Month) and node.op in ("add", "sub"):
            repeats *= 2  # a month may lie outside the calendar, and is asked
        if node.op == "param":
            repeats = len(node.attrs[1].steps) + 1
        size = sum(repeats * self._size.get(arg.key, 0) for arg in node.args) + 1
        depth = max((self._depth.get(arg.key, 0) for arg in node.args), default=0)
        if size > MOST:
            name = f"t{node.key}"
            low = self._lay(pair[0], name, depth)
            pair = (low, low) if exact else (low, self._lay(pair[1], f"{name}.high", depth))
            size, depth = 1, depth + 1
        self._size[node.key], self._depth[node.key] = size, depth
        return pair

    def _lay(self, side: Side, name: str, stage: int) -> Side:
        if not isinstance(side, pl.Expr):
            return side
        self._stages.setdefault(stage, []).append(side.alias(name))
        return pl.col(name)
