"""The batch executor: expressions over every row of a subject at once.

Two parts, kept apart so that each can move elsewhere: ``gather`` makes the joins and aggregates,
``decide`` is row-wise. Named conditions are computed first and once; outcomes are built from them.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wenye.rules.columns import Ready
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity
from wenye.rules.gather import Tables, gather
from wenye.rules.parameters import Series
from wenye.rules.stages import Staged
from wenye.rules.tree import Node


class BatchProgram:
    """``outputs`` over the rows of ``subject``, on one day of determination."""

    def __init__(
        self,
        subject: type[Entity],
        outputs: Mapping[str, Expr],
        on: int,
        parameters: Mapping[str, Series] | None = None,
    ) -> None:
        self.subject = subject
        self.outputs = dict(outputs)
        self.on = on
        self.parameters = parameters or {}

    def gathered(self, tables: Tables, frame: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """The subject's rows (or the given ones) with every fact in a column."""
        rows = tables.table(self.subject) if frame is None else frame
        return gather(rows, self.outputs.values(), tables, self.on, self.parameters)

    def decided(
        self,
        frame: pl.LazyFrame,
        keep: tuple[str, ...] = ("key",),
        ready: Ready | None = None,
    ) -> pl.LazyFrame:
        """The outputs for each row of a gathered frame, beside the columns to ``keep``.

        ``ready`` names the columns of what the frame has decided already.
        """
        named = dict(ready or {})
        first = Staged(self.on, self.parameters, ready=ready)
        columns: list[pl.Expr] = []
        for expr in self.outputs.values():
            for node in _named(expr):
                if node.key not in named:
                    named[node.key] = f"_c{node.key}", f"_c{node.key}"
                    columns.append(first(node).alias(f"_c{node.key}"))
        rest = Staged(self.on, self.parameters, ready=named)
        results = [rest(expr).alias(name) for name, expr in self.outputs.items()]
        return rest.laid(first.laid(frame).with_columns(columns)).select(*keep, *results)

    def run(self, tables: Tables, keep: tuple[str, ...] = ("key",)) -> pl.LazyFrame:
        """Gather and decide, in the order of the subject's keys."""
        return self.decided(self.gathered(tables), keep).sort("key")


def _named(expr: Expr) -> list[Expr]:
    """Named conditions in a tree, the outermost of each branch.

    Not those inside an aggregate: they are about its rows, and were computed with it.
    """
    found: list[Expr] = []
    stack: list[Node] = [expr]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        if node.op == "condition":
            assert isinstance(node, Expr)
            found.append(node)
        elif node.op not in ("count", "total"):
            stack.extend(node.args)
    return found
