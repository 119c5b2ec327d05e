"""The calendar of ``rules.calendar`` over columns of day codes; constants stay constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from wenye.rules import calendar, held

Day = int | pl.Expr

_EPOCH_MONTH = 1970 * 12


def _any_column(*values: Any) -> bool:
    return any(isinstance(value, pl.Expr) for value in values)


def reached(a: Any, n: Any, b: Any) -> Any:
    """Month rule; one comparison per row where ``b`` and ``n`` are constants."""
    if not _any_column(a, n, b):
        return calendar.reached(a, n, b)
    if not _any_column(n, b):
        return a <= ((calendar.end(b) - calendar.MONTH * n) | 1)
    ends = b | ((b & 1) * 63) if isinstance(b, pl.Expr) else calendar.end(b)
    begins = a & -2 if isinstance(a, pl.Expr) else calendar.start(a)
    return ends >= begins + _wide(n) * calendar.MONTH


def within(a: Any, n: Any, b: Any) -> Any:
    """Month rule; one comparison per row where two of the three are constants."""
    if not _any_column(a, n, b):
        return calendar.within(a, n, b)
    if not _any_column(n, b):
        return a >= calendar.start(b) - calendar.MONTH * n
    if not _any_column(n, a):
        return b <= ((calendar.start(a) + calendar.MONTH * n) | 1)
    begins_b = b & -2 if isinstance(b, pl.Expr) else calendar.start(b)
    begins_a = a & -2 if isinstance(a, pl.Expr) else calendar.start(a)
    return begins_b <= begins_a + _wide(n) * calendar.MONTH


def whole_months(a: Any, b: Any) -> Any:
    """The most months that are reached from ``a`` to ``b``."""
    ends = b | ((b & 1) * 63) if isinstance(b, pl.Expr) else calendar.end(b)
    begins = a & -2 if isinstance(a, pl.Expr) else calendar.start(a)
    return (ends - begins) // calendar.MONTH


def _month_length(index: pl.Expr) -> pl.Expr:
    month = index % 12
    year = index // 12
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    long = 30 + ((month + month // 7) % 2 == 0).cast(pl.Int32)
    return pl.when(month == 1).then(28 + leap.cast(pl.Int32)).otherwise(long)


def last_day(month: Any) -> Any:
    """Last day of a month."""
    if not isinstance(month, pl.Expr):
        return calendar.last_day(month)
    return month * calendar.MONTH + _month_length(month) * 2 + 1


def add_months(a: Any, n: Any) -> Any:
    """The day that ends ``n`` months from ``a``; null outside the years 1 to 9999."""
    if not _any_column(a, n):
        return held.add_months(a, n)
    index = _wide(a) // calendar.MONTH + _wide(n)
    day = (a & 63) // 2
    length = _month_length(index)
    day = pl.min_horizontal(pl.lit(day) if isinstance(day, int) else day, length)
    code = index * calendar.MONTH + day * 2 + (day == length).cast(pl.Int32)
    # A null period or day has no end; min_horizontal alone would look past one.
    return pl.when(_in_calendar(index)).then(code.cast(pl.Int32, strict=False))


def month(index: Any) -> Any:
    """The month; null outside the years 1 to 9999."""
    if not isinstance(index, pl.Expr):
        return held.month(index)
    return pl.when(_in_calendar(index)).then(index.cast(pl.Int32, strict=False))


def _in_calendar(index: pl.Expr) -> pl.Expr:
    return index.is_between(calendar.MONTHS.start, calendar.MONTHS.stop, closed="left")


def _wide(value: Any) -> Any:
    """Room for months and days that nobody lives."""
    return value.cast(pl.Int64) if isinstance(value, pl.Expr) else value


def _ordinals(codes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    months = (codes >> 6) - _EPOCH_MONTH
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    result: np.ndarray[Any, Any] = days + ((codes >> 1) & 31) - 1
    return result


def _codes(ordinals: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    days = ordinals.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    day = ordinals - months.astype("datetime64[D]").astype(np.int64) + 1
    last = (days + 1).astype("datetime64[M]") != months
    result: np.ndarray[Any, Any] = (months.astype(np.int64) + _EPOCH_MONTH) * 64 + day * 2 + last
    return result


#: Codes of days that a date can hold (years 1 to 9999); sentinels lie outside and come out null.
_FIRST, _LAST = (calendar.MONTH * index for index in (calendar.MONTHS.start, calendar.MONTHS.stop))


def _mapped(
    expr: pl.Expr, work: Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]], low: int, high: int
) -> pl.Expr:
    """``work`` over the values in [low, high); others become null."""

    def over(series: pl.Series) -> pl.Series:
        valid = series.is_between(low, high, closed="left").fill_null(False)
        safe = series.zip_with(
            valid, pl.Series([low], dtype=pl.Int64).new_from_index(0, len(series))
        )
        done = pl.Series(series.name, work(safe.to_numpy().astype(np.int64)), dtype=pl.Int64)
        return done.zip_with(
            valid, pl.Series([None], dtype=pl.Int64).new_from_index(0, len(series))
        )

    return expr.cast(pl.Int64).map_batches(over, return_dtype=pl.Int64, is_elementwise=True)


def _ordinal(a: Any) -> Any:
    """Days since 1970-01-01."""
    if isinstance(a, pl.Expr):
        return _mapped(a, _ordinals, _FIRST, _LAST)
    return calendar.ordinal(a) - 719_163


def add_days(a: Any, n: Any) -> Any:
    """The day ``n`` days later; null outside the years 1 to 9999."""
    if not _any_column(a, n):
        return held.add_days(a, n)
    return _mapped(_ordinal(a) + _wide(n), _codes, -719_162, 2_932_897).cast(pl.Int32)


def _reached_days(a: Any, n: Any, b: Any) -> Any:
    return _ordinal(b) >= _ordinal(a) + _wide(n)


def _within_days(a: Any, n: Any, b: Any) -> Any:
    return _ordinal(b) <= _ordinal(a) + _wide(n)


def _working_day_count(a: Any) -> Any:
    """Working days up to and including the day, from the first announced year; null outside."""
    first, last, running = calendar.working_days()
    first, last = first - 719_163, last - 719_163
    ordinal = _ordinal(a)
    if not isinstance(ordinal, pl.Expr):
        return running[ordinal - first] if first <= ordinal <= last else None
    table = np.asarray(running)
    return _mapped(ordinal, lambda days: table[days - first], first, last + 1)


def _working(a: Any, n: Any, b: Any, reached: bool) -> Any:
    low, high = _working_day_count(a), _working_day_count(b)
    if low is None or high is None:
        return None
    return high - low >= n if reached else high - low <= n


PERIODS: dict[tuple[str, str], Callable[[Any, Any, Any], Any]] = {
    ("reached", "month"): reached,
    ("within", "month"): within,
    ("reached", "day"): _reached_days,
    ("within", "day"): _within_days,
    ("reached", "working_day"): lambda a, n, b: _working(a, n, b, True),
    ("within", "working_day"): lambda a, n, b: _working(a, n, b, False),
}
