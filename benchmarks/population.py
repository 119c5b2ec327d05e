"""The seeded population of the workload, as one numpy array per fact.

Facts (one value per person): the seven days ``registered``, ``graduated``, ``hired``,
``claim_ended``, ``flexible_since``, ``certified`` and ``business_since`` as ``datetime64[D]`` with
NaT where empty; ``age`` in months, ``contributed`` and ``contract`` in months and ``level`` (0-5)
as int32; ``employer`` (0 … N/12) as int32; ``male``, ``cadre`` and ``local`` as bool.

All values are invented and belong to no real person.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
People = dict[str, Array]

DECISION_DAY = dt.date(2020, 12, 31)
FIRST_DAY = dt.date(2016, 1, 1)
SEED = 20201231

#: Share of people, in percent, for whom the day is empty.
EMPTY_PERCENT = {
    "registered": 70,
    "graduated": 75,
    "hired": 40,
    "claim_ended": 85,
    "flexible_since": 80,
    "certified": 80,
    "business_since": 95,
}
DATES = tuple(EMPTY_PERCENT)
NUMBERS = ("age", "contributed", "contract", "level", "employer")
TRUTHS = ("male", "cadre", "local")
FACTS = (*DATES, *NUMBERS, *TRUTHS)

#: An empty day among day codes.
NO_DAY = -(2**31)

# Months that lie 6, 12, 24 and 61 months from one another and from the decision day, most of them
# with other lengths, so that an engine with another month rule is found out.
_EDGE_MONTHS = (
    "2015-01",
    "2016-02",
    "2018-02",
    "2018-08",
    "2019-02",
    "2019-12",
    "2020-02",
    "2020-08",
    "2020-12",
)


def _uniform_days(rng: np.random.Generator, n: int) -> Array:
    first = np.datetime64(FIRST_DAY, "D")
    length = (DECISION_DAY - FIRST_DAY).days + 1
    return first + rng.integers(0, length, n, dtype=np.int32).astype("timedelta64[D]")


def _edge_days(rng: np.random.Generator, n: int) -> Array:
    months = np.array(_EDGE_MONTHS, dtype="datetime64[M]")
    month = months[rng.integers(0, len(months), n)]
    first = month.astype("datetime64[D]")
    length = ((month + 1).astype("datetime64[D]") - first).astype(np.int64)
    back_from_end = rng.integers(0, 4, n)
    return first + np.where(back_from_end == 3, 0, length - 1 - back_from_end)


def population(n: int, *, month_ends: bool = False, seed: int = SEED) -> People:
    """``n`` people; with ``month_ends`` every day lies at the edge of a telling month."""
    rng = np.random.default_rng([seed, n, month_ends])
    draw = _edge_days if month_ends else _uniform_days
    people: People = {}
    for name, percent in EMPTY_PERCENT.items():
        days = draw(rng, n)
        days[rng.integers(0, 100, n, dtype=np.int8) < percent] = np.datetime64("NaT")
        people[name] = days
    for name, low, high in (
        ("age", 192, 779),
        ("contributed", 0, 59),
        ("contract", 0, 36),
        ("level", 0, 5),
        ("employer", 0, max(n // 12, 1) - 1),
    ):
        people[name] = rng.integers(low, high, n, dtype=np.int32, endpoint=True)
    for name, percent in (("male", 50), ("cadre", 30), ("local", 60)):
        people[name] = rng.integers(0, 100, n, dtype=np.int8) < percent
    return people


def save(people: People, folder: Path) -> None:
    """Write each fact as ``<name>.npy``, which loads without a temporary copy."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in people.items():
        np.save(folder / f"{name}.npy", values)


def load(folder: Path, *names: str) -> People:
    """Read the facts back: all of them, or those named."""
    return {name: np.load(folder / f"{name}.npy") for name in names or FACTS}


def day_codes(days: Array) -> Array:
    """Day codes (int32) of ``datetime64[D]``, as the project's calendar defines them."""
    month = days.astype("datetime64[M]")
    day = (days - month.astype("datetime64[D]")).astype(np.int64) + 1
    last = days + np.timedelta64(1, "D") == (month + 1).astype("datetime64[D]")
    index = month.astype(np.int64) + 1970 * 12
    codes = index * 64 + day * 2 + last
    return np.where(np.isnat(days), NO_DAY, codes).astype(np.int32)


def with_codes(people: People) -> People:
    """The same people with every day as a day code; empty is ``NO_DAY``."""
    return {name: day_codes(values) if name in DATES else values for name, values in people.items()}


def cases(people: People) -> list[dict[str, Any]]:
    """One mapping per person: days as ``datetime.date``, empty as None."""
    columns = {name: values.tolist() for name, values in people.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def employer_numbers(people: People) -> tuple[Array, int]:
    """Employer of each person and how many employers there are; every twentieth has nobody."""
    numbers = people["employer"] + people["employer"] // 19
    employers = max(len(people["employer"]) // 12, 1) + max(len(people["employer"]) // 12, 1) // 19
    return numbers.astype(np.int32), employers + 1
