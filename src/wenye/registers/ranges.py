"""Days and months within what can be, and spells that end after they begin.

A day may lie between 1900-01-01 and a year after the register's completeness day (a year after
``today`` where it has none); the end of a spell up to ten years after it, because benefits are
granted and certificates issued ahead. Months likewise.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from wenye.registers.faults import AT, Faults
from wenye.rules import calendar
from wenye.rules.facts import Entity

EARLIEST = dt.date(1900, 1, 1)
MONTHS_AHEAD = 12
MONTHS_AHEAD_OF_END = 120


def first_and_last(entity: type[Entity]) -> tuple[str | None, str | None]:
    """The facts that begin and end a row: a spell's, or a dated row's day and what closes it."""
    return entity.spell or (entity.dated, entity.closes)


def check_ranges(
    entity: type[Entity], table: pl.DataFrame, complete_to: dt.date, faults: Faults
) -> None:
    """Fault days and months out of range, and ends before their start."""
    first, last = first_and_last(entity)
    latest = calendar.code(complete_to)
    for name, fact in entity.facts().items():
        if fact.kind.name not in ("day", "month"):
            continue
        ahead = MONTHS_AHEAD_OF_END if name == last else MONTHS_AHEAD
        low, high = calendar.code(EARLIEST), calendar.add_months(latest, ahead)
        if fact.kind.name == "month":
            low, high = low // calendar.MONTH, high // calendar.MONTH
        value = table[name]
        given = (value >= 0).fill_null(False)
        faults.add(table[AT].filter(given & (value < low)), name, "too_early")
        faults.add(table[AT].filter(given & (value > high)), name, "too_late")
    if first and last:
        backwards = table.select(
            (pl.col(last) >= 0) & (pl.col(first) >= 0) & (pl.col(last) < pl.col(first))
        ).to_series()
        faults.add(table[AT].filter(backwards.fill_null(False)), last, "ends_before_start")
