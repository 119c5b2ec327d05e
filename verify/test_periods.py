"""A million pairs of days, half of them at month ends, against a slow calendar.

The month rule in the scalar calendar, in columns (each place a column or a constant) and in the
case executor's code; working days against a loop over the holiday calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.rules import slow_calendar
from tests.rules.day_pairs import LENGTHS, any_day, month_end, pairs
from verify.seeds import wanted

from wenye.rules import add_months, calendar, day_columns, months, reached, whole_months, within
from wenye.rules.case import CaseProgram
from wenye.rules.columns import literal
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity, Register, day, number

MANY = wanted(1_000_000)
SCHEMA = {"a": pl.Int32, "n": pl.Int32, "b": pl.Int32}


class Spell(Entity):
    register = Register("spells", "期间", "spells")
    a = day("起", "begin")
    b = day("止", "end")
    n = number("月数", "months", "month")


@pytest.fixture(scope="module")
def drawn() -> list[tuple[dt.date, int, dt.date]]:
    return list(pairs(20201231, MANY))


@pytest.fixture(scope="module")
def codes(drawn: list[tuple[dt.date, int, dt.date]]) -> pl.DataFrame:
    rows = [(calendar.code(a), n, calendar.code(b)) for a, n, b in drawn]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def told(frame: pl.DataFrame, work: Any) -> list[Any]:
    return frame.with_columns(literal(work, pl.Boolean).alias("it"))["it"].to_list()


@pytest.mark.parametrize("name", ["reached", "within"])
def test_the_month_rule(
    name: str, drawn: list[tuple[dt.date, int, dt.date]], codes: pl.DataFrame
) -> None:
    slow = [getattr(slow_calendar, name)(a, n, b) for a, n, b in drawn]
    scalar = getattr(calendar, name)
    assert [scalar(*row) for row in codes.iter_rows()] == slow
    assert told(codes, getattr(day_columns, name)(*map(pl.col, SCHEMA))) == slow
    rule: dict[str, Callable[..., Expr]] = {"reached": reached, "within": within}
    decide = CaseProgram({"it": rule[name](Spell.a, months(Spell.n), Spell.b)}).decide
    assert [decide(row, 0)[0] for row in codes.iter_rows(named=True)] == slow
    print(f"{name}: {len(slow):,} pairs", flush=True)


@pytest.mark.parametrize("name", ["reached", "within"])
def test_a_constant_in_any_place(name: str) -> None:
    """Fixed days and lengths take shorter ways; a thousand of them, over a thousand days each."""
    rng = Random(1)
    slow, work = getattr(slow_calendar, name), getattr(day_columns, name)
    tried = 0
    for place in range(max(4, MANY // 1000)):
        make = month_end if place % 2 else any_day
        a, n, b = make(rng), rng.choice(LENGTHS), make(rng)
        near = [a + dt.timedelta(days=d) for d in range(-30, 30)]
        ends = [end for day in near if (end := slow_calendar.ends(day, n)) is not None]
        fixed = calendar.code(a), n, calendar.code(b)
        ended = pl.Series([calendar.code(day) for day in ends], dtype=pl.Int32)
        for column in "ab":
            args = [pl.col(x) if x == column else v for x, v in zip("anb", fixed, strict=True)]
            meant = [slow(day, n, b) if column == "a" else slow(a, n, day) for day in ends]
            assert told(pl.DataFrame({column: ended}), work(*args)) == meant
            tried += len(ends)
    print(f"{name}: {tried:,} pairs with constants", flush=True)


def test_the_ends_of_periods(
    drawn: list[tuple[dt.date, int, dt.date]], codes: pl.DataFrame
) -> None:
    ends = [slow_calendar.ends(a, n) for a, n, _ in drawn]
    slow = [None if end is None else calendar.code(end) for end in ends]
    assert told(codes, day_columns.add_months(pl.col("a"), pl.col("n"))) == slow
    decide = CaseProgram({"it": add_months(Spell.a, Spell.n)}).decide
    assert [decide(row, 0)[0] for row in codes.iter_rows(named=True)] == slow


def test_whole_months(drawn: list[tuple[dt.date, int, dt.date]], codes: pl.DataFrame) -> None:
    slow = [slow_calendar.whole_months(a, b) for a, _, b in drawn]
    assert told(codes, day_columns.whole_months(pl.col("a"), pl.col("b"))) == slow
    decide = CaseProgram({"it": whole_months(Spell.a, Spell.b)}).decide
    assert [decide(row, 0)[0] for row in codes.iter_rows(named=True)] == slow


def test_working_days(drawn: list[tuple[dt.date, int, dt.date]], codes: pl.DataFrame) -> None:
    first, last = slow_calendar.announced_years()
    known = [first <= a.year <= last and first <= b.year <= last for a, _, b in drawn]
    some = codes.filter(pl.Series(known))
    passed = [
        slow_calendar.working_days(a, b) for (a, _, b), yes in zip(drawn, known, strict=True) if yes
    ]
    assert [calendar.working_days_between(a, b) for a, _, b in some.iter_rows()] == passed
    work = day_columns.PERIODS["reached", "working_day"]
    meant = [days >= n for days, n in zip(passed, some["n"].to_list(), strict=True)]
    assert told(some, work(*map(pl.col, SCHEMA))) == meant
    print(f"working days: {len(passed):,} pairs in {first}-{last}", flush=True)
