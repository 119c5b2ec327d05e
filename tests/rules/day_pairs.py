"""Random pairs of days and lengths, with what the slow calendar says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from tests.rules import slow_calendar

from wenye.rules import calendar

LENGTHS = (0, 1, 2, 3, 6, 11, 12, 13, 18, 23, 24, 36, 48, 59, 60, 240)


def month_end(rng: Random) -> dt.date:
    """One of a month's last three days, most often the last."""
    index = rng.randrange(1990 * 12, 2040 * 12)
    last = calendar.date(calendar.last_day(index))
    return last - dt.timedelta(days=rng.choice((0, 0, 0, 1, 2)))


def any_day(rng: Random) -> dt.date:
    return dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(50 * 365))


def near_the_end(rng: Random, begin: dt.date, months: int) -> dt.date:
    """A day around the end of the period, where the rules part."""
    end = slow_calendar.ends(begin, months)
    assert end is not None
    return end + dt.timedelta(days=rng.choice((-31, -3, -2, -1, 0, 0, 1, 2, 3, 31)))


def pairs(seed: int, many: int) -> Iterator[tuple[dt.date, int, dt.date]]:
    """``(begin, months, day)``: every second period begins at a month's end."""
    rng = Random(seed)
    for place in range(many):
        begin = month_end(rng) if place % 2 else any_day(rng)
        months = rng.choice(LENGTHS) if rng.random() < 0.8 else rng.randint(-30, 300)
        near = rng.random() < 0.8
        yield begin, months, near_the_end(rng, begin, months) if near else any_day(rng)
