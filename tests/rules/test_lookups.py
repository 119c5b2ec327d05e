"""Tables made ready to be looked up in: by key, by owner, by owner and day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.rules.model import Firm, Job, Person
from tests.rules.population import Tables, population, stored

from wenye.rules import calendar
from wenye.rules.columns import DTYPES
from wenye.rules.facts import Entity
from wenye.rules.lookups import NOTHING, Lookups

ABSENT = calendar.ABSENT[32]


def day(text: str) -> int:
    return calendar.code(dt.date.fromisoformat(text))


def table(entity: type[Entity], **columns: list[Any]) -> pl.LazyFrame:
    schema = {"key": pl.Int32, **{n: DTYPES[f.kind.name] for n, f in stored(entity).items()}}
    rows = len(next(iter(columns.values())))
    held = {name: columns.get(name, [None] * rows) for name in schema}
    return pl.LazyFrame(held, schema=schema)


def lookups(**frames: pl.LazyFrame) -> Lookups:
    named = {"people": Person, "firms": Firm, "jobs": Job}
    found = {named[name]: frame for name, frame in frames.items()}
    return Lookups(Tables(found, dict.fromkeys(found, day("2025-12-31"))))


@pytest.mark.parametrize(
    "keys", [[1, 2, 3, 4], [1, 3, 4, 9], [4, 1, 9, 3], [7, 2_000_000_000, 30, 12]]
)
def test_a_key_leads_to_its_row_however_keys_lie(keys: list[int]) -> None:
    held = lookups(people=table(Person, key=keys))
    asked = np.array([*keys, 2, 5, 0, NOTHING], dtype=np.int32)
    found = held.places(Person, asked).tolist()
    assert found == [keys.index(key) if key in keys else -1 for key in asked]


def test_nobody_is_found_in_an_empty_register() -> None:
    held = lookups(people=table(Person, key=[]), jobs=table(Job, key=[]))
    asked = np.array([1, NOTHING], dtype=np.int32)
    assert held.places(Person, asked).tolist() == [-1, -1]
    assert held.owned(Job, "worker").spans(asked)[1].tolist() == [0, 0]
    assert held.spells(Job, "worker", "as_at").covering(asked, asked).tolist() == [-1, -1]
    assert held.covering_on(Job, "worker", "as_at", day("2020-01-01")).tolist() == []


def test_rows_of_an_owner_stand_together_and_those_of_nobody_are_left_out() -> None:
    jobs = table(Job, key=[1, 2, 3, 4, 5], worker=[7, 2, None, 7, ABSENT])
    owned = lookups(jobs=jobs).owned(Job, "worker")
    first, many = owned.spans(np.array([7, 2, 3, NOTHING], dtype=np.int32))
    told = [owned.rows[at : at + n].tolist() for at, n in zip(first, many, strict=True)]
    assert told == [[0, 3], [1], [], []]


def test_of_spells_that_overlap_the_one_begun_last_counts_while_it_lasts() -> None:
    assert Job.spell == ("started_on", "ended_on")
    days = ["2020-01-01", "2020-03-01", "2020-03-31", "2020-04-01", "2021-01-01"]
    jobs = table(
        Job,
        key=[1, 2],
        worker=[5, 5],
        started_on=[day("2020-01-01"), day("2020-03-01")],
        ended_on=[day("2020-12-31"), day("2020-03-31")],
    )
    held = lookups(jobs=jobs)
    asked = np.array([day(text) for text in days], dtype=np.int32)
    owners = np.full(len(days), 5, dtype=np.int32)
    wanted = [0, 1, 1, 0, -1]
    assert held.spells(Job, "worker", "as_at").covering(owners, asked).tolist() == wanted
    on_one_day = [held.covering_on(Job, "worker", "as_at", int(code))[5] for code in asked[:4]]
    assert on_one_day == wanted[:4]
    assert held.spells(Job, "worker", "latest").covering(owners, asked).tolist() == [0, 1, 1, 1, 1]


def test_both_ways_to_find_a_spell_agree_on_a_random_population() -> None:
    people = population(11, 200)
    held = Lookups(people.tables())
    owners = np.arange(1, len(people.rows[Person]) + 1, dtype=np.int32)
    for op in ("as_at", "latest"):
        for month in range(2019 * 12, 2027 * 12, 5):
            code = calendar.last_day(month)
            on_the_day = held.covering_on(Job, "worker", op, code)
            one_by_one = held.spells(Job, "worker", op).covering(
                owners, np.full(len(owners), code, dtype=np.int32)
            )
            inside = owners < len(on_the_day)
            assert on_the_day[owners[inside]].tolist() == one_by_one[inside].tolist()
            assert (one_by_one[~inside] == -1).all()


def test_a_register_is_read_once() -> None:
    reads: list[type[Entity]] = []
    people = population(3, 30)

    class Counted(Tables):
        def table(self, entity: type[Entity]) -> pl.LazyFrame:
            reads.append(entity)
            return super().table(entity)

    tables = people.tables()
    held = Lookups(Counted(tables.frames, tables.complete))
    for _ in range(3):
        held.columns(Job, ["key", "worker"])
        held.owned(Job, "worker")
        held.rows_by(Job, "worker", [1, 2])
    assert len(reads) == 2  # two columns, then all others


def test_whole_rows_of_an_owner_come_in_the_order_of_the_table() -> None:
    people = population(5, 60)
    held = Lookups(people.tables())
    found = held.rows_by(Job, "worker", [3, 1])
    wanted = people.table(Job).filter(pl.col("worker").is_in([1, 3])).collect()
    assert found.select(wanted.columns).equals(wanted)
