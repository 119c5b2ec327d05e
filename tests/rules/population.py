"""A random population over the model, as tables for the batch and as rows for the case executor.

Days fall on month ends and leap days far more often than days do, spells overlap and tie, any fact
may be unknown, and each register says (or does not say) to which day it is complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import polars as pl
from tests.rules.model import MODEL, Firm, Job, Person

from wenye.rules import calendar
from wenye.rules.columns import DTYPES
from wenye.rules.facts import Entity, Fact
from wenye.rules.held import Held

ABSENT = calendar.ABSENT
NOTHING_KNOWN = -1  # a completeness day before every day
TOWNS = ("JD", "NX", "AT", "HG")
INSURANCE = ("pension", "medical", "jobless")
SCHEMES = ("grant", "stipend", "loan")
LEAP_DAYS = (dt.date(2020, 2, 29), dt.date(2024, 2, 29))

Row = dict[str, Any]


def random_date(rng: Random, first: int = 2019, last: int = 2026) -> dt.date:
    """A date: every second one at a month's end or beginning, or a 29 February."""
    year, month = rng.randint(first, last), rng.randint(1, 12)
    length = calendar.days_in_month(year * 12 + month - 1)
    lot = rng.random()
    if lot < 0.05:
        return rng.choice(LEAP_DAYS)
    if lot < 0.35:
        return dt.date(year, month, length)
    if lot < 0.5:
        return dt.date(year, month, rng.choice((1, 28, min(29, length), min(30, length))))
    return dt.date(year, month, rng.randint(1, length))


def random_day(rng: Random, first: int = 2019, last: int = 2026) -> int:
    return calendar.code(random_date(rng, first, last))


@dataclass
class Population:
    """Rows by entity (stored values, ``key`` 1..n) and the completeness day of each register."""

    rows: dict[type[Entity], list[Row]]
    complete: dict[type[Entity], int | None]
    on: int

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """The register as a table: what the batch executor asks for."""
        schema = {"key": pl.Int32, **{n: DTYPES[f.kind.name] for n, f in stored(entity).items()}}
        columns = {name: [row[name] for row in self.rows[entity]] for name in schema}
        return pl.LazyFrame(columns, schema=schema)

    def tables(self) -> Tables:
        """The same, each table built once."""
        return Tables({entity: self.table(entity) for entity in MODEL}, self.complete)

    def cases(self, subject: type[Entity]) -> list[Mapping[str, Any]]:
        """One nested case per row of ``subject``, in the order of the keys."""
        made: dict[type[Entity], list[Row]] = {
            entity: [dict(row) for row in self.rows[entity]] for entity in MODEL
        }
        for entity in MODEL:
            links = [(n, f.target) for n, f in entity.facts().items() if f.kind.name == "key"]
            for name, target in links:
                for row in made[entity]:
                    row[name] = referred(row[name], made[target])
        for entity in MODEL:
            for name, relation in entity.relations().items():
                related = relation.entity
                held: list[list[Row]] = [[] for _ in made[entity]]
                for row, stored_row in zip(made[related], self.rows[related], strict=True):
                    owner = stored_row[relation.by]
                    if owner is not None and owner > 0:
                        held[owner - 1].append(row)
                complete = self.complete[related]
                for row, rows in zip(made[entity], held, strict=True):
                    row[name] = Held(rows, NOTHING_KNOWN if complete is None else complete)
        return list(made[subject])

    def copy(self) -> Population:
        """A copy that may be changed without changing this one."""
        rows = {entity: [dict(row) for row in rows] for entity, rows in self.rows.items()}
        return Population(rows, dict(self.complete), self.on)


@dataclass
class Tables:
    """``wenye.rules.gather.Tables`` over frames in memory."""

    frames: dict[type[Entity], pl.LazyFrame]
    complete: dict[type[Entity], int | None]

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        return self.frames[entity]

    def complete_to(self, entity: type[Entity]) -> int | None:
        return self.complete[entity]


@cache
def stored(entity: type[Entity]) -> dict[str, Fact]:
    """The facts that rules can read."""
    return {name: fact for name, fact in entity.facts().items() if fact.kind.name != "text"}


def referred(key: int | None, rows: list[Row]) -> Row | bool | None:
    """What a case holds in place of a stored key: the row, False for none, None for unknown."""
    if key is None:
        return None
    return rows[key - 1] if key > 0 else False


@cache
def is_bound(entity: type[Entity], name: str) -> bool:
    """Whether a fact bounds a spell, dates an event or names the row's owner: never unknown."""
    bounds = (*(entity.spell or ()), entity.dated)
    owners = {m.by for other in MODEL for m in other.relations().values() if m.entity is entity}
    return name in bounds or name in owners


class Maker:
    """Draws populations; ``unknown`` is how often a fact is not known."""

    def __init__(self, rng: Random, size: int, unknown: float) -> None:
        self.rng = rng
        self.unknown = unknown
        self.sizes = {entity: size for entity in MODEL}
        self.sizes[Firm] = max(2, size // 5)
        self.sizes[Person] = max(2, size * 3 // 4)

    def population(self, *, complete: bool = False) -> Population:
        """A population; with ``complete`` every register is complete and every fact known."""
        on = random_day(self.rng, 2022, 2025)
        until: dict[type[Entity], int | None] = {}
        for entity in MODEL:
            late = calendar.add_days(on, self.rng.randint(0, 40))
            early = calendar.add_days(on, -self.rng.randint(1, 700))
            lot = self.rng.random()
            until[entity] = late if complete or lot < 0.5 else on if lot < 0.6 else early
            if not complete and lot > 0.9:
                until[entity] = None
        rows = {
            entity: [self.row(entity, key) for key in range(1, self.sizes[entity] + 1)]
            for entity in MODEL
        }
        return Population(rows, until, on)

    def row(self, entity: type[Entity], key: int) -> Row:
        row: Row = {"key": key}
        for name, fact in stored(entity).items():
            known = is_bound(entity, name) or self.rng.random() >= self.unknown
            row[name] = self.value(entity, fact) if known else None
        if entity.spell:
            self.end_spell(entity, row)
        return row

    def end_spell(self, entity: type[Entity], row: Row) -> None:
        first, last = entity.spell or ("", "")
        fact = entity.facts()[last]
        if fact.may_be_absent and self.rng.random() < 0.3:
            row[last] = ABSENT[32] + self.rng.randint(0, 1)
        elif fact.kind.name == "month":
            row[last] = row[first] + self.rng.choice((0, 0, 1, 2, 5, 11, 12, 30))
        elif self.rng.random() < 0.5:
            row[last] = calendar.add_days(row[first], self.rng.choice((0, 1, 30, 200, 365, 900)))
        else:
            row[last] = calendar.add_months(row[first], self.rng.randint(0, 24))

    def value(self, entity: type[Entity], fact: Fact) -> Any:
        rng, kind = self.rng, fact.kind
        if fact.may_be_absent and rng.random() < 0.25:
            return ABSENT[kind.bits] + rng.randint(0, 1)
        if kind.name == "key":
            return rng.randint(1, self.sizes[fact.target])
        if kind.name == "truth":
            return rng.random() < 0.5
        if kind.name == "choice":
            return rng.randrange(len(kind.options))
        if kind.name == "code":
            names = {"town": TOWNS, "kind": INSURANCE, "scheme": SCHEMES}[fact.name]
            return rng.choice(names)
        if kind.name == "day":
            return random_day(rng, 1958, 2006) if fact.name == "birth_date" else random_day(rng)
        if kind.name == "month":
            return random_day(rng) >> 6
        if kind.name == "money":
            return rng.choice((0, 1, 50, 99_999, 100_000, 250_000, rng.randint(0, 10**6)))
        unit = {"month": 30, "year": 6, "day": 90, "person": 8}[kind.unit]
        return rng.choice((0, 1, unit, rng.randint(0, unit)))


def population(
    seed: int, size: int, unknown: float = 0.15, *, complete: bool = False
) -> Population:
    """The population of a seed."""
    return Maker(Random(seed), size, unknown).population(complete=complete)


__all__ = ["Job", "Maker", "Population", "Tables", "population", "random_date", "random_day"]
