"""Rows that a case holds: what is not told of them, and arithmetic between two ends."""

from __future__ import annotations

import datetime as dt
from itertools import product as every

import polars as pl
import pytest
from tests.rules.model import Job, Person

from wenye.rules import calendar, count, has, held, month_of, reached, rowwise, years
from wenye.rules.case import CaseProgram
from wenye.rules.expressions import ON, Expr
from wenye.rules.held import Held


def on(rows: list[dict[str, object]] | None, expr: Expr) -> object:
    row = {"idle": None if rows is None else Held(rows)}
    return CaseProgram({"it": expr}).decide(row, DAY)[0]


DAY = calendar.code(dt.date(2024, 6, 30))
GONE = calendar.ABSENT[32]


def test_a_case_may_leave_out_what_a_register_never_does() -> None:
    """The bounds of a spell, and all the rows of a relation."""
    spell = Person.idle.as_at(ON)
    idle_long = spell.exists & reached(spell.started_on, years(1), ON)
    begun = calendar.code(dt.date(2023, 6, 30))
    assert on([{"started_on": begun, "ended_on": GONE}], idle_long) is True
    assert on([{"started_on": None, "ended_on": GONE}], idle_long) is None
    assert on([{"started_on": begun, "ended_on": None}], idle_long) is None
    assert on(None, idle_long) is None
    assert on([], idle_long) is False


def test_a_threshold_is_decided_by_either_end() -> None:
    voluntary = count(Person.idle, Person.idle.voluntary)
    yes, unknown = {"voluntary": True}, {"voluntary": None}
    assert on([yes, unknown], voluntary >= 1) is True
    assert on([yes, unknown], voluntary >= 2) is None
    assert on([yes, unknown], voluntary >= 3) is False
    assert on(None, voluntary >= 0) is True


def test_presence_is_asked_and_answered_for_each_row() -> None:
    ended = count(Job.worker.jobs, has(Job.worker.jobs.ended_on))
    row = {"worker": {"jobs": Held([{"ended_on": GONE}, {"ended_on": DAY}, {"ended_on": None}])}}
    assert CaseProgram({"it": ended >= 1}).decide(row, DAY) == (True,)
    assert CaseProgram({"it": ended >= 2}).decide(row, DAY) == (None,)
    assert CaseProgram({"it": ended >= 3}).decide(row, DAY) == (False,)


def test_a_month_is_complete_when_it_is_over() -> None:
    covered = Person.insured.as_at(month_of(ON)).exists
    program = CaseProgram({"it": covered})
    on_the_day_before = calendar.add_days(DAY, -1)
    assert program.decide({"insured": Held([], DAY)}, DAY) == (False,)
    assert program.decide({"insured": Held([], on_the_day_before)}, DAY) == (None,)


def test_a_register_that_is_complete_to_no_day_settles_nothing() -> None:
    """Not even as at a day that is absent."""
    nobody = Held([], -1)
    assert held.as_at(nobody, GONE, "started_on", "ended_on", GONE, 1) is None
    assert held.latest(nobody, GONE, "started_on", 1) is None


def test_of_spells_that_cover_a_day_the_last_begun_counts() -> None:
    def spell(begun: int, ended: int, reason: int) -> dict[str, int]:
        return {"started_on": begun, "ended_on": ended, "reason": reason}

    first, later, today = (calendar.add_days(DAY, -n) for n in (100, 50, 0))
    long, short = spell(first, today, 0), spell(later, later, 1)
    idle = Held([long, short])

    def found(when: int) -> object:
        return held.as_at(idle, when, "started_on", "ended_on", GONE, 1)

    assert found(later) is short
    assert found(calendar.add_days(later, 1)) is long
    assert held.latest(idle, today, "started_on", 1) is short
    tied = spell(later, today, 2)
    assert held.as_at(Held([short, tied]), later, "started_on", "ended_on", GONE, 1) is tied


ENDS = [None, -3, -1, 0, 2]


def inside(low: int | None, high: int | None) -> list[int]:
    """Values of an interval, as far as a few steps beyond zero."""
    return [n for n in range(-5, 6) if (low is None or n >= low) and (high is None or n <= high)]


def intervals() -> list[tuple[int | None, int | None]]:
    return [(a, b) for a, b in every(ENDS, ENDS) if a is None or b is None or a <= b]


@pytest.mark.parametrize(("a", "b"), [*every(intervals(), intervals())])
def test_a_product_lies_between_its_ends(
    a: tuple[int | None, int | None], b: tuple[int | None, int | None]
) -> None:
    low, high = held.product(*a, *b)
    values = [x * y for x in inside(*a) for y in inside(*b)]
    assert low is None or low <= min(values)
    assert high is None or high >= max(values)
    if None not in (*a, *b):
        assert (low, high) == (min(values), max(values))
    if a[0] is not None and b[0] is not None and a[0] >= 0 and b[0] >= 0:
        assert low == a[0] * b[0]


@pytest.mark.parametrize("by", [None, -2, 0, 3])
@pytest.mark.parametrize("a", intervals())
def test_an_interval_is_scaled_end_by_end(a: tuple[int | None, int | None], by: int | None) -> None:
    low, high = held.scaled(*a, by)
    if by is None:
        assert (low, high) == (None, None)
    elif None not in a:
        values = [x * by for x in inside(*a)]
        assert (low, high) == (min(values), max(values))
    elif by:
        assert (low is None, high is None) == tuple(x is None for x in (a if by > 0 else a[::-1]))


def test_columns_multiply_as_the_case_does() -> None:
    rows = [(*a, *b) for a, b in every(intervals(), intervals())]
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abcd", pl.Int64), orient="row")
    low, high = rowwise._product(*(pl.col(name) for name in "abcd"))
    assert frame.select(low=low, high=high).rows() == [held.product(*row) for row in rows]
