"""Days as integers, and the calendar-month rule.

A *day code* holds a day and what the month rule needs to know of it in one int32::

    code = month_index * 64 + day * 2 + (1 if it is the last day of its month else 0)
    month_index = year * 12 + month - 1

Codes order as days do, so equality and before/after are plain comparisons; the month is
``code >> 6``. Periods in months follow Civil Code 201-202 (by analogy, as the design says): the day
that ends *n* months from *a* has the same day-number n months on, or is the month's last day where
that month has no such day. With

    start(a) = a without its last-day bit        end(b) = b, with day 31 if it is a last day

``reached(a, n, b)`` is ``end(b) >= start(a) + 64 n`` and ``within(a, n, b)`` is
``start(b) <= start(a) + 64 n``; both are yes on the ending day itself.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

MONTH = 64  # one month, in code units

#: Indices of the months that a date can lie in: years 1 to 9999.
MONTHS = range(12, 120_000)

#: Storage sentinels, per integer type: the least value means "absent" (there is none), the next
#: "not applicable". Unknown is null. Facts are compared only after being asked for their presence,
#: so a sentinel never reaches a result.
ABSENT = {8: -(2**7), 32: -(2**31), 64: -(2**63)}
NOT_APPLICABLE = {bits: least + 1 for bits, least in ABSENT.items()}


def days_in_month(month_index: int) -> int:
    """Length of the month ``year * 12 + month - 1``."""
    year, month = divmod(month_index, 12)
    if month == 1:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month in (3, 5, 8, 10) else 31


def code(day: dt.date) -> int:
    """The day code of a date."""
    index = day.year * 12 + day.month - 1
    return index * MONTH + day.day * 2 + (day.day == days_in_month(index))


def date(day_code: int) -> dt.date:
    """The date of a day code."""
    year, month = divmod(day_code >> 6, 12)
    return dt.date(year, month + 1, (day_code >> 1) & 31)


def month_index(month: str) -> int:
    """``"2026-10"`` as a month index."""
    parsed = dt.date.fromisoformat(f"{month}-01")
    return parsed.year * 12 + parsed.month - 1


def month_text(index: int) -> str:
    """A month index as ``"2026-10"``."""
    year, month = divmod(index, 12)
    return f"{year:04d}-{month + 1:02d}"


def first_day(index: int) -> int:
    """Code of the month's first day."""
    return index * MONTH + 2


def last_day(index: int) -> int:
    """Code of the month's last day."""
    return index * MONTH + days_in_month(index) * 2 + 1


def whole_month(day_code: int) -> int:
    """The last month that is over on the day: its own month only on the month's last day."""
    return (day_code >> 6) if day_code & 1 else (day_code >> 6) - 1


def start(day_code: int) -> int:
    """The code as a period's beginning: without its last-day bit."""
    return day_code & ~1


def end(day_code: int) -> int:
    """The code as a period's end: a month's last day stands for every day up to the 31st."""
    return day_code | 63 if day_code & 1 else day_code


def reached(a: int, n: int, b: int) -> bool:
    """Whether ``b`` is on or after the day that ends ``n`` months from ``a``."""
    return end(b) >= start(a) + MONTH * n


def within(a: int, n: int, b: int) -> bool:
    """Whether ``b`` is on or before the day that ends ``n`` months from ``a``."""
    return start(b) <= start(a) + MONTH * n


def add_months(day_code: int, n: int) -> int:
    """The day that ends ``n`` months from ``day_code``."""
    index = (day_code >> 6) + n
    length = days_in_month(index)
    day = min((day_code >> 1) & 31, length)
    return index * MONTH + day * 2 + (day == length)


def ordinal(day_code: int) -> int:
    """Proleptic Gregorian ordinal of the day (as ``datetime.date.toordinal``)."""
    return date(day_code).toordinal()


def from_ordinal(number: int) -> int:
    """Day code of a proleptic Gregorian ordinal."""
    return code(dt.date.fromordinal(number))


def add_days(day_code: int, n: int) -> int:
    """The day ``n`` days later."""
    return from_ordinal(ordinal(day_code) + n)


@cache
def working_days() -> tuple[int, int, tuple[int, ...]]:
    """China's working days: first and last ordinal covered, and the running count.

    The third part holds, for each ordinal from the first to the last, how many working days there
    are up to and including it. Holidays and make-up working days come from the ``chinesecalendar``
    package; a year whose calendar has not been announced is not covered, and so unknown.
    """
    import chinese_calendar
    from chinese_calendar.constants import holidays, workdays

    del chinese_calendar
    announced = {day.year for day in holidays} | {day.year for day in workdays}
    first = dt.date(min(announced), 1, 1).toordinal()
    last = dt.date(max(announced), 12, 31).toordinal()
    running: list[int] = []
    total = 0
    for number in range(first, last + 1):
        day = dt.date.fromordinal(number)
        works = day in workdays or (day.weekday() < 5 and day not in holidays)
        total += works
        running.append(total)
    return first, last, tuple(running)


def working_days_between(a: int, b: int) -> int | None:
    """Working days after ``a`` up to and including ``b``; None outside the announced years."""
    first, last, running = working_days()
    low, high = ordinal(a), ordinal(b)
    if not (first <= low <= last and first <= high <= last):
        return None
    return running[high - first] - running[low - first]
