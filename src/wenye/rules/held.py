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


def as_at(rows: Any, when: int | None, first: str, last: str, absent: int, unit: int) -> Any:
    """The spell of ``rows`` that covers ``when``: a row, False for none, None for unknown.

    Where several do, the one begun last. ``unit`` is ``calendar.MONTH`` where spells are months.
    """
    if rows is False:
        return False
    if rows is None or when is None:
        return None
    best, begun = None, None
    for row in rows.rows:
        begins, ends = row.get(first), row.get(last)
        if begins is None or ends is None:
            return None
        if (
            begins <= when
            and (ends <= absent + 1 or ends >= when)
            and (begun is None or begins >= begun)
        ):
            best, begun = row, begins
    if best is not None:
        return best
    return False if when <= _complete(rows, unit) else None


def _complete(rows: Held, unit: int) -> int:
    """The last day, or the last whole month, to which the rows are complete."""
    if rows.complete_to < 0:
        return -(2**63)  # complete to no day at all, not even to one that is absent
    return rows.complete_to if unit == 1 else calendar.whole_month(rows.complete_to)


def latest(rows: Any, when: int | None, first: str, unit: int) -> Any:
    """The last row of ``rows`` dated on or before ``when``."""
    if rows is False:
        return False
    if rows is None or when is None:
        return None
    best, begun = None, None
    for row in rows.rows:
        begins = row.get(first)
        if begins is None:
            return None
        if begins <= when and (begun is None or begins >= begun):
            best, begun = row, begins
    if best is not None:
        return best
    return False if when <= _complete(rows, unit) else None


def scaled(low: int | None, high: int | None, by: int | None) -> tuple[int | None, int | None]:
    """The interval times an exact value; the ends change places where that is negative."""
    if by is None:
        return None, None
    if by < 0:
        low, high = high, low
    return None if low is None else low * by, None if high is None else high * by


def product(
    a: int | None, top_a: int | None, b: int | None, top_b: int | None
) -> tuple[int | None, int | None]:
    """Two intervals multiplied."""
    if a is not None and b is not None and a >= 0 and b >= 0:
        return a * b, None if top_a is None or top_b is None else top_a * top_b
    if a is None or b is None or top_a is None or top_b is None:
        return None, None
    corners = a * b, a * top_b, top_a * b, top_a * top_b
    return min(corners), max(corners)


def add_months(day: int, n: int) -> int | None:
    """As ``calendar.add_months``; None outside the years 1 to 9999."""
    return calendar.add_months(day, n) if (day >> 6) + n in calendar.MONTHS else None


def month(index: int) -> int | None:
    """The month; None outside the years 1 to 9999."""
    return index if index in calendar.MONTHS else None


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
