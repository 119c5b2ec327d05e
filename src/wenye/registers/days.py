"""Days and months out of the ways that senders write them, as Polars expressions.

Accepted for a day: 2020-08-03, 2020/8/3, 2020.8.3, 20200803, 2020年8月3日, each also with a time of
day after it, and the serial number of a spreadsheet (1 = 1900-01-01). For a month: 2020-08, 2020/8,
2020.8, 202008, 2020年8月, and every form of a day. ``2020.1`` is refused: a spreadsheet writes
October so, once the trailing nought is lost.
"""

from __future__ import annotations

import polars as pl

from wenye.rules.calendar import MONTH

NOT_A_DAY = "not_a_day"
IMPOSSIBLE_DAY = "impossible_day"
DAY_MISSING = "day_missing"
NOT_A_MONTH = "not_a_month"
IMPOSSIBLE_MONTH = "impossible_month"
AMBIGUOUS_MONTH = "ambiguous_month"

_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$"
_DAY = r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME
_COMPACT_DAY = r"^(\d{4})(\d{2})(\d{2})" + _TIME
_MONTH = r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$"
_COMPACT_MONTH = r"^(\d{4})(\d{2})$"
_SERIAL = r"^(\d{5})(?:\.\d+)?$"
_TENTH = r"^\d{4}\.1$"

_EPOCH = pl.date(1899, 12, 30)


def month_length(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """Days in a month; null where there is no such month."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    return (
        pl.when(month.is_in([1, 3, 5, 7, 8, 10, 12]))
        .then(31)
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .when(month == 2)
        .then(28 + leap.cast(pl.Int32))
    )


def day_code(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day code (``rules.calendar``); null where there is no such day."""
    length = month_length(year, month)
    code = (year * 12 + month - 1) * MONTH + day * 2 + (day == length).cast(pl.Int32)
    return pl.when((day >= 1) & (day <= length)).then(code.cast(pl.Int32))


def _groups(text: pl.Expr, *patterns: str) -> list[pl.Expr]:
    """Year, month and day as Int32: the first pattern that fits gives them."""
    parts = text.str.extract_groups(patterns[0]).struct
    found = [
        parts.field(str(n)) for n in range(1, patterns[0].count("(") - _silent(patterns[0]) + 1)
    ]
    for pattern in patterns[1:]:
        other = text.str.extract_groups(pattern).struct
        found = [pl.coalesce(part, other.field(str(n + 1))) for n, part in enumerate(found)]
    return [part.cast(pl.Int32) for part in found]


def _silent(pattern: str) -> int:
    return pattern.count("(?:")


def _serial_date(text: pl.Expr) -> pl.Expr:
    serial = text.str.extract(_SERIAL, 1).cast(pl.Int32)
    return _EPOCH + pl.duration(days=serial)


def _day_parts(text: pl.Expr) -> list[pl.Expr]:
    year, month, day = _groups(text, _DAY, _COMPACT_DAY)
    serial = _serial_date(text).dt
    return [
        pl.coalesce(year, serial.year().cast(pl.Int32)),
        pl.coalesce(month, serial.month().cast(pl.Int32)),
        pl.coalesce(day, serial.day().cast(pl.Int32)),
    ]


def day_value(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Day code and fault of folded, lower-case texts; exactly one of the two is null."""
    year, month, day = _day_parts(text)
    value = day_code(year, month, day)
    fault = (
        pl.when(value.is_not_null())
        .then(None)
        .when(year.is_not_null())
        .then(pl.lit(IMPOSSIBLE_DAY))
        .when(text.str.contains(_MONTH) | text.str.contains(_COMPACT_MONTH))
        .then(pl.lit(DAY_MISSING))
        .otherwise(pl.lit(NOT_A_DAY))
    )
    return value, fault


def month_value(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Month index and fault of folded, lower-case texts; exactly one of the two is null."""
    year, month = _groups(text, _MONTH, _COMPACT_MONTH)
    within = pl.when((month >= 1) & (month <= 12)).then((year * 12 + month - 1).cast(pl.Int32))
    day_year, day_month, day = _day_parts(text)
    of_day = (day_code(day_year, day_month, day) // MONTH).cast(pl.Int32)
    tenth = text.str.contains(_TENTH)
    value = pl.when(~tenth).then(pl.coalesce(within, of_day))
    fault = (
        pl.when(tenth)
        .then(pl.lit(AMBIGUOUS_MONTH))
        .when(value.is_not_null())
        .then(None)
        .when(year.is_not_null())
        .then(pl.lit(IMPOSSIBLE_MONTH))
        .when(day_year.is_not_null())
        .then(pl.lit(IMPOSSIBLE_DAY))
        .otherwise(pl.lit(NOT_A_MONTH))
    )
    return value, fault


def dates_to_codes(dates: pl.Expr) -> pl.Expr:
    """Day codes of a Date or Datetime column."""
    part = dates.dt
    return day_code(
        part.year().cast(pl.Int32), part.month().cast(pl.Int32), part.day().cast(pl.Int32)
    )
