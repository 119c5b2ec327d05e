"""The rows that a case holds, and how the compiled function looks among them.

What cannot be told comes out as None; ``False`` in place of a row means that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenye.rules import calendar

Row = Mapping[str, Any]
FOREVER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Held:
    """The rows held of a relation, and the day (a code) to which they are complete."""

    rows: Sequence[Row]
    complete_to: int = FOREVER


def as_at(held: Any, when: int | None, first: str, last: str, absent: int) -> Any:
    """The spell of ``held`` that covers ``when``: a row, False for none, None for unknown."""
    if held is False:
        return False
    if held is None or when is None:
        return None
    best, begun = None, None
    for row in held.rows:
        begins, ends = row.get(first), row.get(last)
        if begins is None or ends is None:
            return None
        if begins <= when and (begun is None or begins >= begun):
            best, begun = row, begins
    if best is not None:
        ends = best.get(last)
        if ends <= absent + 1 or ends >= when:
            return best
    return False if when <= held.complete_to else None


def latest(held: Any, when: int | None, first: str) -> Any:
    """The last row of ``held`` dated on or before ``when``."""
    if held is False:
        return False
    if held is None or when is None:
        return None
    best, begun = None, None
    for row in held.rows:
        begins = row.get(first)
        if begins is None:
            return None
        if begins <= when and (begun is None or begins >= begun):
            best, begun = row, begins
    if best is not None:
        return best
    return False if when <= held.complete_to else None


def add_days(day: int, n: int) -> int | None:
    """As ``calendar.add_days``; None outside the years 1 to 9999."""
    try:
        return calendar.add_days(day, n)
    except (ValueError, OverflowError):
        return None


def reached_days(a: int, n: int, b: int) -> bool | None:
    """Whether ``b`` is at least ``n`` days after ``a``."""
    try:
        return calendar.ordinal(b) >= calendar.ordinal(a) + n
    except ValueError:
        return None


def within_days(a: int, n: int, b: int) -> bool | None:
    """Whether ``b`` is at most ``n`` days after ``a``."""
    try:
        return calendar.ordinal(b) <= calendar.ordinal(a) + n
    except ValueError:
        return None


def _working(a: int, b: int) -> int | None:
    try:
        return calendar.working_days_between(a, b)
    except ValueError:
        return None


def reached_working(a: int, n: int, b: int) -> bool | None:
    """Whether ``b`` is at least ``n`` working days after ``a``; None in years not announced."""
    between = _working(a, b)
    return None if between is None else between >= n


def within_working(a: int, n: int, b: int) -> bool | None:
    """Whether ``b`` is at most ``n`` working days after ``a``; None in years not announced."""
    between = _working(a, b)
    return None if between is None else between <= n
