"""When an outcome flips by the passing of time alone: exact to the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.examples import Basis, day, explained, series
from tests.rules.model import Job

from wenye.rules import (
    ON,
    Scheme,
    add_days,
    any_of,
    calendar,
    days,
    has,
    law,
    month_of,
    months,
    reached,
    whole_months,
    within,
    working_days,
    years,
)
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer
from wenye.rules.expressions import Truth, parameter
from wenye.rules.held import Held
from wenye.rules.kinds import number
from wenye.rules.timeline import flips

STARTED = Job.started_on
SPELL = Job.worker.idle.as_at(ON)


def job(started_on: str, **facts: Any) -> dict[str, Any]:
    return {"job": {"started_on": started_on, **facts}}


def found(expr: Truth, case: Any, on: str, horizon: int = 3) -> list[tuple[str, Any]]:
    """Flips as ``(date, outcome)``."""
    row = case if "key" in case else read_case(Job, case)
    program = CaseProgram({"outcome": expr})
    return [
        (calendar.date(code).isoformat(), outcome)
        for code, outcome in flips(program, row, day(on), horizon)
    ]


def day_by_day(expr: Truth, case: Any, on: str, horizon: int = 3) -> list[tuple[str, Any]]:
    """The same, by asking each day of the calendar in turn."""
    row = read_case(Job, case)
    decide = CaseProgram({"outcome": expr}).decide
    today = dt.date.fromisoformat(on)
    leap = (today.month, today.day) == (2, 29)
    last = today.replace(year=today.year + horizon, day=28 if leap else today.day)
    value = decide(row, calendar.code(today))[0]
    changes = []
    while today < last:
        today += dt.timedelta(days=1)
        now = decide(row, calendar.code(today))[0]
        if now is not value:
            changes.append((today.isoformat(), now))
            value = now
    return changes


# ---- named examples


@pytest.mark.parametrize(
    ("started_on", "flip"),
    [
        ("2023-08-31", "2024-02-29"),  # no 31st in February: its last day
        ("2022-08-31", "2023-02-28"),
        ("2023-08-30", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2023-08-28", "2024-02-28"),
        ("2023-09-30", "2024-03-30"),
        ("2024-02-29", "2024-08-29"),
        ("2023-10-31", "2024-04-30"),
    ],
)
def test_six_months_are_reached(started_on: str, flip: str) -> None:
    formula = reached(STARTED, months(6), ON)
    assert found(formula, job(started_on), started_on) == [(flip, True)]


def test_six_months_are_over_the_day_after() -> None:
    formula = within(STARTED, months(6), ON)
    assert found(formula, job("2023-08-31"), "2023-08-31") == [("2024-03-01", False)]
    assert found(formula, job("2023-08-15"), "2023-08-31") == [("2024-02-16", False)]


def test_yes_for_a_day_alone() -> None:
    formula = reached(STARTED, months(6), ON) & within(STARTED, months(6), ON)
    assert found(formula, job("2023-08-31"), "2024-01-01") == [
        ("2024-02-29", True),
        ("2024-03-01", False),
    ]


def test_nothing_flips_where_nothing_moves() -> None:
    assert found(Job.posted, job("2023-01-01", posted=True), "2024-01-01") == []


def test_what_flips_today_has_flipped() -> None:
    formula = STARTED <= ON
    assert found(formula, job("2024-01-02"), "2024-01-01") == [("2024-01-02", True)]
    assert found(formula, job("2024-01-02"), "2024-01-02") == []


def test_an_unknown_that_is_settled_by_time() -> None:
    """Whatever the day of birth, the disjunction is yes once the months are over."""
    formula = (Job.worker.birth_date <= ON) | reached(STARTED, months(1), ON)
    assert found(formula, job("2024-01-31"), "2024-02-01") == [("2024-02-29", True)]


def test_the_horizon_is_the_last_day_looked_at() -> None:
    formula = reached(STARTED, years(2), ON)
    assert found(formula, job("2024-01-01"), "2024-01-01", horizon=2) == [("2026-01-01", True)]
    assert found(formula, job("2024-01-02"), "2024-01-01", horizon=2) == []
    assert found(formula, job("2024-02-28"), "2024-02-29", horizon=2) == [("2026-02-28", True)]


def test_a_spell_that_ends() -> None:
    formula = has(SPELL) & reached(SPELL.started_on, months(3), ON)
    case = job(
        "2023-01-01",
        worker={
            "idle": [
                {"started_on": "2023-11-30", "ended_on": "2024-03-15"},
                {"started_on": "2024-06-01", "ended_on": None},
            ]
        },
    )
    assert found(formula, case, "2024-01-01") == [
        ("2024-02-29", True),
        ("2024-03-16", False),
        ("2024-09-01", True),
    ]


def test_working_days_leave_the_holidays_out() -> None:
    """The 9th, then the make-up Sunday of the 18th, the 19th, 20th and 21st of February 2024."""
    formula = reached(STARTED, working_days(5), ON)
    case = job("2024-02-08")
    assert found(formula, case, "2024-02-08", horizon=1)[0] == ("2024-02-21", True)


def test_working_days_of_years_not_announced_are_unknown() -> None:
    _, last, _ = calendar.working_days()
    beyond = dt.date.fromordinal(last + 1).isoformat()
    formula = reached(STARTED, working_days(5), ON)
    assert found(formula, job("2024-02-08"), "2024-03-01", horizon=20) == [(beyond, None)]


def test_rows_that_are_complete_today_stay_so() -> None:
    """Time alone: no row is added, so none makes the count unknown."""
    formula = ~any_of(Job.worker.jobs, Job.worker.jobs.posted) & reached(STARTED, months(1), ON)

    def row(complete_to: str) -> dict[str, Any]:
        held = Held((), day(complete_to))
        return {"key": None, "started_on": day("2024-01-31"), "worker": {"key": None, "jobs": held}}

    assert found(formula, row("2024-02-01"), "2024-02-01") == [("2024-02-29", True)]
    assert found(formula, row("2024-01-31"), "2024-02-01") == [("2024-02-29", None)]


# ---- in a scheme


class Changing(Scheme):
    """A version that ends, a gap, and another by then."""

    title, subject = "示例", Job
    law_2024 = law(Basis(since=dt.date(2024, 3, 1)), until="2024-04-30", eligible=Job.posted)
    law_2025 = law(Basis(since=dt.date(2025, 2, 1)), eligible=reached(STARTED, months(12), ON))


def test_versions_that_come_and_go() -> None:
    row = read_case(Job, job("2024-02-29", posted=True))
    shown = Explainer(Changing).explain(row, day("2024-01-01"))["flips"]
    assert shown == [
        {"date": "2024-03-01", "outcome": "entitled"},
        {"date": "2024-05-01", "outcome": "not_entitled"},
        {"date": "2025-02-28", "outcome": "entitled"},
    ]


def test_flips_can_be_left_out() -> None:
    assert explained(Changing, job("2024-02-29"), "2024-01-01")["flips"] == []


# ---- against the calendar, day by day


TERM = parameter(
    series("term", number("month"), ("2020-01-01", 6), ("2024-05-01", 4), ("2025-01-01", 9)), ON
)
FORMULAS: dict[str, Truth] = {
    "reached": reached(STARTED, months(6), ON),
    "within": within(STARTED, months(13), ON),
    "days": reached(STARTED, days(100), ON) & within(STARTED, days(400), ON),
    "years": reached(STARTED, years(1), ON),
    "ended": has(Job.ended_on) & (add_days(Job.ended_on, 30) <= ON),
    "month": month_of(STARTED) + 5 <= month_of(ON),
    "whole_months": whole_months(STARTED, ON) >= 7,
    "spell": has(SPELL) & reached(SPELL.started_on, months(2), ON),
    "moving_term": reached(STARTED, months(TERM), ON),
    "version": Changing.outcome,
    "either": within(STARTED, months(1), ON) | reached(STARTED, months(5), ON),
}
DATES = st.dates(dt.date(2023, 6, 1), dt.date(2024, 12, 31))
MONTH_ENDS = DATES.map(lambda each: each.replace(day=1) - dt.timedelta(days=1))


@settings(max_examples=60)
@given(
    st.sampled_from(list(FORMULAS)),
    DATES | MONTH_ENDS,
    DATES | MONTH_ENDS,
    st.none() | st.integers(0, 300),
    DATES,
)
def test_flips_are_those_of_asking_every_day(
    name: str, started_on: dt.date, on: dt.date, lasted: int | None, idle_from: dt.date
) -> None:
    ended = None if lasted is None else (started_on + dt.timedelta(days=lasted)).isoformat()
    idle = {"started_on": idle_from.isoformat(), "ended_on": None}
    case = job(started_on.isoformat(), ended_on=ended, posted=True, worker={"idle": [idle]})
    today = on.isoformat()
    assert found(FORMULAS[name], case, today) == day_by_day(FORMULAS[name], case, today)
