"""An employer's head count, month by month, from the spells of employment that are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.registers.model import Employment
from wenye.rules import calendar
from wenye.rules.calendar import NOT_APPLICABLE
from wenye.services.people.fact_lines import Rows, as_of


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Staff at the end of a month, and how many came and left in it."""

    month: dt.date
    staff: int
    came: int
    left: int


def head_counts(rows: Rows, employer_key: int, months: int = 36) -> list[MonthCount]:
    """The last ``months`` months to the day of the data, the oldest first.

    A worker with two spells at once counts once for each: spells are what the register holds.
    """
    held = rows.rows_by(Employment, "employer", [employer_key])
    until = as_of(rows, Employment)
    last = until.year * 12 + until.month - 1
    started = held["started_on"].cast(pl.Int64).to_numpy() // 64
    ended_code = held["ended_on"].fill_null(NOT_APPLICABLE[32]).cast(pl.Int64).to_numpy()
    goes_on = ended_code <= NOT_APPLICABLE[32]
    ended = np.where(goes_on, 10**6, ended_code // 64)
    # Somebody whose last day is a month's last day has been there at its end.
    on_last_day = (~goes_on) & ((ended_code & 1) == 1)
    found = []
    for index in range(last - months + 1, last + 1):
        there = (started <= index) & ((ended > index) | ((ended == index) & on_last_day))
        found.append(
            MonthCount(
                dt.date(index // 12, index % 12 + 1, 1),
                int(there.sum()),
                int((started == index).sum()),
                int((ended == index).sum()),
            )
        )
    return found


def staff(rows: Rows, employer_key: int) -> list[tuple[int, dt.date, int]]:
    """Who works there on the day of the data: person, first day, the spell's row."""
    held = rows.rows_by(Employment, "employer", [employer_key])
    today = calendar.code(as_of(rows, Employment))
    now = held.filter(
        (pl.col("started_on") <= today)
        & (pl.col("ended_on").is_null() | (pl.col("ended_on") <= NOT_APPLICABLE[32])
           | (pl.col("ended_on") >= today))
    ).sort("started_on", "key", descending=[True, False])  # fmt: skip
    return [
        (worker, calendar.date(day), key)
        for worker, day, key in now.select("worker", "started_on", "key").iter_rows()
    ]
