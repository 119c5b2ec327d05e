"""Between which ends an aggregate, or what rests on one, lies where it is not known exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wenye.rules.expressions import Expr
from wenye.rules.held import Row
from wenye.rules.kinds import Kind
from wenye.rules.parameters import Series
from wenye.rules.straight_line import Writer
from wenye.rules.values import words_zh


class Ends:
    """Expressions compiled for the low and high end of each; those known exactly are left out."""

    def __init__(
        self, exprs: Iterable[Expr], parameters: Mapping[str, Series] | None = None
    ) -> None:
        writer = Writer(parameters or {})
        found = [(expr.key, writer.value(expr)) for expr in exprs]
        kept = [(key, value) for key, value in found if not value.exact]
        pairs = "".join(f"({value.low}, {value.high}), " for _, value in kept)
        source = "\n".join(
            [
                "def ends(row, on, pay_month=None):",
                *writer.body.lines,
                f"    return ({pairs})",
            ]
        )
        namespace: dict[str, Any] = writer.globals
        exec(compile(source, "<wenye ends>", "exec"), namespace)
        self._keys = tuple(key for key, _ in kept)
        self._ends: Callable[..., tuple[tuple[int | None, int | None], ...]] = namespace["ends"]

    def __call__(self, row: Row, on: int) -> dict[int, tuple[int | None, int | None]]:
        """``(low, high)`` by node key, None for an end without bound."""
        if not self._keys:
            return {}
        return dict(zip(self._keys, self._ends(row, on, on >> 6), strict=True))


def ends_zh(kind: Kind, low: int | None, high: int | None, least: int | None = None) -> str:
    """``至少2个月``, ``不超过5个月``, ``2个月至5个月``; 未提供 where neither end says anything.

    ``least`` is what such a value never lies below, which tells nobody anything.
    """
    if low is not None and least is not None and low <= least:
        low = None
    if low is None and high is None:
        return words_zh(kind, None)
    if high is None:
        return f"至少{words_zh(kind, low)}"
    if low is None:
        return f"不超过{words_zh(kind, high)}"
    return f"{words_zh(kind, low)}至{words_zh(kind, high)}"
