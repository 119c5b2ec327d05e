"""The reference: one person at a time, with ``datetime`` and the month rule from its definition.

The day that ends n months from a has a's day-number n months on, or is that month's last day where
the month has no such day; ``reached`` is: b is on or after it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

import numpy as np

from outcomes import RULES, Outcomes
from population import DECISION_DAY, People, cases

LEVEL_YUAN = {1: 600, 2: 1000, 3: 1500, 4: 2000, 5: 2500}


def ending_day(a: dt.date, n: int) -> dt.date:
    """The day that ends ``n`` months from ``a``."""
    year, month = divmod(a.year * 12 + a.month - 1 + n, 12)
    return dt.date(year, month + 1, min(a.day, calendar.monthrange(year, month + 1)[1]))


def reached(a: dt.date | None, n: int, b: dt.date | None) -> bool:
    """Whether ``b`` is on or after the day that ends ``n`` months from ``a``."""
    return a is not None and b is not None and b >= ending_day(a, n)


def not_reached(a: dt.date | None, n: int, b: dt.date | None) -> bool:
    """Whether both days are there and ``b`` is before the day that ends ``n`` months from ``a``."""
    return a is not None and b is not None and b < ending_day(a, n)


def months_reached(a: dt.date, b: dt.date) -> int:
    """The greatest n for which ``reached(a, n, b)``; ``a`` is not after ``b``."""
    n = 0
    while reached(a, n + 1, b):
        n += 1
    return n


def judge(person: dict[str, Any]) -> dict[str, int | None]:
    """Yuan per rule; None where the person does not get it."""
    p = person
    on = DECISION_DAY
    retirement = 720 if p["male"] else 660 if p["cadre"] else 600
    paid: dict[str, int | None] = dict.fromkeys(RULES)

    if (
        p["local"]
        and reached(p["registered"], 6, p["hired"])
        and p["contract"] >= 12
        and p["contributed"] >= 1
    ):
        paid["hire"] = 2000

    graduated, hired = p["graduated"], p["hired"]
    if (
        graduated is not None
        and hired is not None
        and hired >= graduated
        and not_reached(graduated, 24, hired)
        and p["contract"] >= 12
    ):
        paid["graduate"] = 500 * min(p["contributed"], 12)

    if p["claim_ended"] is not None and p["claim_ended"] <= on and 0 < retirement - p["age"] < 24:
        paid["retirement"] = 1360

    since = p["flexible_since"]
    if p["local"] and since is not None and p["age"] >= (600 if p["male"] else 480):
        cap = 48 if retirement - p["age"] <= 60 else 36
        paid["flexible"] = 500 * min(months_reached(since, on), cap)

    if 1 <= p["level"] <= 5 and not_reached(p["certified"], 12, on) and p["contributed"] >= 12:
        paid["training"] = LEVEL_YUAN[p["level"]]

    business = p["business_since"]
    if reached(business, 12, on) and (
        p["local"]
        or (
            graduated is not None
            and graduated <= business
            and not_reached(graduated, 61, business)  # at most 60
        )
    ):
        paid["startup"] = 8000
    return paid


class Oracle:
    """Plain Python over every person."""

    def __init__(self, people: People, variant: str) -> None:
        self.people = cases(people)

    def prepare(self) -> None:
        pass

    def run(self) -> list[dict[str, int | None]]:
        return [judge(person) for person in self.people]

    def outcomes(self, result: list[dict[str, int | None]]) -> Outcomes:
        return {
            rule: (
                np.array([row[rule] is not None for row in result]),
                np.array([(row[rule] or 0) * 100 for row in result], dtype=np.int64),
            )
            for rule in RULES
        }
