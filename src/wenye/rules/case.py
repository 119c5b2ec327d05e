"""The case executor: closed expressions compiled to one straight-line Python function.

A case is a *row*: a mapping from fact name to stored value, a reference to another row, a relation
to ``Held`` rows. What is left out (or None) is unknown; ``False`` in place of a referred row means
there is none. Stored values are those of ``rules.kinds``, with the sentinels of ``rules.calendar``
for absent and not applicable, so that both executors do the same integer arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wenye.rules.expressions import Expr
from wenye.rules.held import Row
from wenye.rules.parameters import Series
from wenye.rules.straight_line import Writer


class CaseProgram:
    """``outputs`` compiled together: equal sub-expressions are computed once.

    Calling it with a row and the day of determination (and the month to be paid) returns the
    outputs' stored values in order; an interval that has not closed on one value is None.
    """

    def __init__(
        self, outputs: Mapping[str, Expr], parameters: Mapping[str, Series] | None = None
    ) -> None:
        self.names = tuple(outputs)
        writer = Writer(parameters or {})
        results = [writer.result(expr) for expr in outputs.values()]
        self.source = "\n".join(
            [
                "def decide(row, on, pay_month=None):",
                *writer.body.lines,
                f"    return ({', '.join(results)}{',' if len(results) == 1 else ''})",
            ]
        )
        namespace: dict[str, Any] = writer.globals
        exec(compile(self.source, "<wenye case program>", "exec"), namespace)
        self.decide: Callable[..., tuple[Any, ...]] = namespace["decide"]

    def __call__(self, row: Row, on: int, pay_month: int | None = None) -> dict[str, Any]:
        return dict(zip(self.names, self.decide(row, on, pay_month), strict=True))
