"""Knowing less never turns an answer round: it only ever becomes unknown.

Facts, completeness days, late rows and parameters are taken away from generated populations under
generated rules, and both executors are asked again.
"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.rules.less_known import asked_again
from tests.rules.model import Job, Person

from wenye.rules import calendar, count, has, month_of, reached, years
from wenye.rules.case import CaseProgram
from wenye.rules.expressions import ON, Expr
from wenye.rules.held import Held


@pytest.mark.parametrize("seed", range(200, 208))
def test_knowing_less_turns_no_answer_round(seed: int) -> None:
    found = asked_again(seed, 60)
    assert found.faults == []
    assert found.pairs > 500


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
