"""A million pairs of days, half of them at month ends: the month rule against a slow calendar."""

from __future__ import annotations

import datetime as dt
from random import Random

import polars as pl
from tests.rules import slow_calendar

from wenye.rules import calendar, day_columns

PAIRS = 1_000_000


def month_end(rng: Random) -> dt.date:
    index = rng.randrange(1990 * 12, 2040 * 12)
    last = calendar.date(calendar.last_day(index))
    return last - dt.timedelta(days=rng.choice((0, 0, 0, 1, 2)))


def any_day(rng: Random) -> dt.date:
    return dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(50 * 365))


def near(rng: Random, begin: dt.date, months: int) -> dt.date:
    """A day around the end of the period, where the rules part."""
    end = slow_calendar.ends(begin, months)
    assert end is not None
    return end + dt.timedelta(days=rng.choice((-31, -3, -2, -1, 0, 0, 1, 2, 3, 31)))


def test_a_million_pairs_follow_the_wording_of_the_law() -> None:
    rng = Random(20201231)
    begins: list[int] = []
    lengths: list[int] = []
    days: list[int] = []
    reached: list[bool | None] = []
    within: list[bool | None] = []
    for place in range(PAIRS):
        begin = month_end(rng) if place % 2 else any_day(rng)
        months = rng.choice((0, 1, 2, 3, 6, 11, 12, 23, 24, 36, 59, 60, 240))
        day = near(rng, begin, months) if rng.random() < 0.8 else any_day(rng)
        a, b = calendar.code(begin), calendar.code(day)
        yes, inside = (
            slow_calendar.reached(begin, months, day),
            slow_calendar.within(begin, months, day),
        )
        assert calendar.reached(a, months, b) is yes, (begin, months, day)
        assert calendar.within(a, months, b) is inside, (begin, months, day)
        begins.append(a)
        lengths.append(months)
        days.append(b)
        reached.append(yes)
        within.append(inside)
    frame = pl.DataFrame(
        {"a": begins, "n": lengths, "b": days},
        schema={"a": pl.Int32, "n": pl.Int32, "b": pl.Int32},
    )
    a, n, b = pl.col("a"), pl.col("n"), pl.col("b")
    found = frame.select(
        day_columns.reached(a, n, b).alias("reached"), day_columns.within(a, n, b).alias("within")
    )
    assert found["reached"].to_list() == reached
    assert found["within"].to_list() == within
