"""Days and months of the synthetic district as plain integers, whole columns at a time.

Days are counted from 1970-01-01; months are ``year * 12 + month - 1``. ``NONE`` stands where there
is no day or month, and becomes an empty cell.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic.draws import Ints

NONE: Final = np.int32(-(2**31))
YEAR: Final = 365.25
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_EPOCH_MONTH: Final = 1970 * 12


def number_of(day: dt.date) -> int:
    """Days from 1970-01-01 to ``day``."""
    return day.toordinal() - _EPOCH


def month_of(days: NDArray[np.int32]) -> Ints:
    """Month index of each day; of ``NONE``, nothing of meaning."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months + _EPOCH_MONTH).astype(np.int32)


def day_in_month(months: NDArray[np.int32], day: NDArray[np.int32]) -> Ints:
    """The day ``day`` (1 to 28) of each month."""
    first = (months.astype(np.int64) - _EPOCH_MONTH).astype("datetime64[M]").astype("datetime64[D]")
    return (first.astype(np.int64) + day - 1).astype(np.int32)


def years_before(day: dt.date, years: int) -> int:
    """The day number of the same date ``years`` earlier (28 February for a 29th without one)."""
    try:
        return number_of(day.replace(year=day.year - years))
    except ValueError:
        return number_of(day.replace(year=day.year - years, day=28))


def whole(values: NDArray[np.int32], kind: Any = pl.Int32) -> pl.Series:
    """A column of integers in which ``NONE`` is null."""
    column = pl.Series(values)
    empty = pl.Series(values == NONE)
    filled = column.set(empty, None) if empty.any() else column
    return filled.cast(kind)


def days(values: NDArray[np.int32]) -> pl.Series:
    """A Date column from day numbers."""
    return whole(values, pl.Date)
