"""When an outcome flips by the passing of time alone.

The outcome is decided for every day ahead, with the facts as they are and the rows held taken as
complete; so a flip is exact by construction, whatever the formula. Some 18,000 decisions cover
fifty years and take a few dozen milliseconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.held import FOREVER, Held, Row

#: How far ahead is looked, in years.
HORIZON = 50


def flips(program: CaseProgram, row: Row, on: int, horizon: int = HORIZON) -> list[tuple[int, Any]]:
    """``(day code, outcome)`` for each day after ``on`` on which the first output changes."""
    settled = _as_complete(row, on)
    decide = program.decide
    start = calendar.date(on)
    value = decide(settled, on)[0]
    found: list[tuple[int, Any]] = []
    index, day = on >> 6, start.day
    length = calendar.days_in_month(index)
    last = calendar.code(_years_on(start, horizon))
    while True:
        day += 1
        if day > length:
            index, day = index + 1, 1
            length = calendar.days_in_month(index)
        today = index * 64 + day * 2 + (day == length)
        if today > last:
            return found
        now = decide(settled, today)[0]
        if now is not value:
            found.append((today, now))
            value = now


def _years_on(start: dt.date, years: int) -> dt.date:
    return calendar.date(calendar.add_months(calendar.code(start), 12 * years))


def _as_complete(row: Row, on: int) -> dict[str, Any]:
    """The case with rows that are complete today taken as complete for good."""
    result: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Held):
            rows = tuple(_as_complete(item, on) for item in value.rows)
            whole = FOREVER if value.complete_to >= on else value.complete_to
            result[name] = Held(rows, whole)
        elif isinstance(value, Mapping):
            result[name] = _as_complete(value, on)
        else:
            result[name] = value
    return result
