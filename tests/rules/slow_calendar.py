"""A calendar written from the wording of the law alone, day by day; slow, and plain to read."""

from __future__ import annotations

import datetime as dt
from functools import cache

ONE_DAY = dt.timedelta(days=1)


def is_last_of_month(day: dt.date) -> bool:
    return (day + ONE_DAY).day == 1


def ends(begin: dt.date, months: int) -> dt.date | None:
    """The day that ends a period of months: the same day of the month it ends in, or its last day.

    None where that lies outside the years 1 to 9999.
    """
    years, month = divmod(begin.month - 1 + months, 12)
    if not 1 <= begin.year + years <= 9999:
        return None
    for number in range(begin.day, 27, -1):
        try:
            return dt.date(begin.year + years, month + 1, number)
        except ValueError:  # the month has no such day
            continue
    return dt.date(begin.year + years, month + 1, begin.day)


def reached(begin: dt.date, months: int, day: dt.date) -> bool | None:
    """Whether the period has been completed by ``day``: 满, the ending day included."""
    end = ends(begin, months)
    return None if end is None else day >= end


def within(begin: dt.date, months: int, day: dt.date) -> bool | None:
    """Whether ``day`` lies in the period: 以内, the ending day included."""
    end = ends(begin, months)
    return None if end is None else day <= end


def whole_months(begin: dt.date, day: dt.date) -> int:
    """The most months that have been completed by ``day``."""
    months = (day.year - begin.year) * 12 + day.month - begin.month + 2
    while not reached(begin, months, day):
        months -= 1
    return months


@cache
def _is_working(day: dt.date) -> bool:
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


@cache
def announced_years() -> tuple[int, int]:
    """First and last year whose holidays the calendar package knows."""
    known = [year for year in range(1990, 2100) if _knows(year)]
    return known[0], known[-1]


def _knows(year: int) -> bool:
    try:
        _is_working(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _working_until(day: dt.date) -> int:
    first, _ = announced_years()
    total, at = 0, dt.date(first, 1, 1)
    while at <= day:
        total += _is_working(at)
        at += ONE_DAY
    return total


def working_days(begin: dt.date, day: dt.date) -> int | None:
    """Working days after ``begin`` up to and including ``day``; less than 0 where it is earlier."""
    first, last = announced_years()
    if not (first <= begin.year <= last and first <= day.year <= last):
        return None
    return _working_until(day) - _working_until(begin)
