"""What example schemes rest on: a basis, dated values, cases written as people send them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from wenye.rules import RuleError, Scheme, calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider, Decision
from wenye.rules.explain import Explainer
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity
from wenye.rules.kinds import Kind
from wenye.rules.parameters import Series, Status, Step

QUOTED, CONFIRMED, SOURCED, OPEN = Status.QUOTED, Status.CONFIRMED, Status.SOURCED, Status.OPEN


@dataclass(frozen=True)
class Basis:
    """A citation, as far as the language looks at it."""

    since: dt.date | None = dt.date(2020, 1, 1)
    until: dt.date | None = None
    doubtful_from: dt.date | None = None
    doubt: str = ""
    text: str = "合成文件第一条"


def day(text: str) -> int:
    """``"2024-03-01"`` as a day code."""
    return calendar.code(dt.date.fromisoformat(text))


def month(text: str) -> int:
    """``"2024-03"`` as a month index."""
    return calendar.month_index(text)


def series(name: str, kind: Kind, *steps: tuple[Any, ...]) -> Series:
    """A parameter through time, of steps ``(day, value)`` or ``(day, value, status)``."""
    made = []
    for since, value, *status in steps:
        known = status[0] if status else OPEN if value is None else QUOTED
        made.append(Step(day(since), value, known, "合成来源"))
    return Series(name, f"参数{name}", kind, tuple(made), f"parameter {name}")


def value_of(expr: Expr, subject: type[Entity], case: Any, on: str, **more: Any) -> Any:
    """What an expression comes to for a case."""
    row = case if isinstance(case, Mapping) and "key" in case else read_case(subject, case)
    program = CaseProgram({"value": expr}, more.get("parameters"))
    return program.decide(row, day(on), day(on) >> 6)[0]


def decided(scheme: type[Scheme], case: Any, on: str, **parameters: Series) -> Decision:
    """A case decided."""
    return Decider(scheme, parameters)(read_case(scheme.subject, case), day(on))


def explained(scheme: type[Scheme], case: Any, on: str, **parameters: Series) -> dict[str, Any]:
    """A case explained, without looking ahead in time."""
    row = read_case(scheme.subject, case)
    return Explainer(scheme, parameters).explain(row, day(on), with_flips=False)


@contextmanager
def refused(what: str, *, mend: str = "", where: str = "") -> Iterator[None]:
    """The block is refused as a mistake in a scheme: by name, with the mend and the place."""
    with pytest.raises(RuleError) as caught:
        yield
    error = caught.value
    assert what in error.what
    assert mend in error.mend
    assert where in error.where
    for part in (error.what, error.where, error.mend):
        assert part in str(error)
