"""Numbers beyond every calendar: no executor wraps them round into one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.rules.equality import answers
from tests.rules.examples import day, month, value_of
from tests.rules.model import Job, Person
from tests.rules.population import Population, population

from wenye.rules import (
    ON,
    add_days,
    add_months,
    days,
    first_day,
    greatest,
    has,
    last_day,
    least,
    month_of,
    months,
    months_in,
    reached,
    total,
    where,
    within,
    working_days,
    year_of,
    years,
)
from wenye.rules.expressions import Expr, literal
from wenye.rules.kinds import DAY, number

STARTED, TERM, PROBATION = Job.started_on, Job.term, Job.probation
YEARS, INSURED = Job.worker.service_years, Job.worker.insured_months
MONTH = month_of(STARTED)
MOST, LEAST = 2**31 - 1, -(2**31) + 2
OF_ALL = total(Job.worker.jobs, greatest(Job.worker.jobs.term, 0), has(Job.worker.jobs.term))

RULES: dict[str, Expr] = {
    "months on": MONTH + TERM,
    "months back": MONTH - TERM,
    "months on from today": month_of(ON) + TERM,
    "years on": MONTH + months_in(YEARS),
    "months of all jobs on": MONTH + OF_ALL,
    "later than today": MONTH + TERM > month_of(ON),
    "months apart": (MONTH + TERM) - month_of(ON),
    "first day": first_day(MONTH + TERM),
    "last day": last_day(MONTH - TERM),
    "year": year_of(last_day(MONTH + TERM)),
    "day in months": add_months(STARTED, TERM),
    "day in months from a day": add_months(literal(dt.date(2024, 1, 31), DAY), TERM),
    "day in days": add_days(STARTED, PROBATION),
    "day in days from today": add_days(ON, PROBATION),
    "sum": TERM + INSURED + TERM,
    "product": TERM * 3,
    "quotient": (TERM + TERM) // 7,
    "bounds": least(TERM, INSURED) - greatest(TERM, INSURED),
    "years in months": months_in(YEARS) > TERM,
    "choice": where(Job.posted, TERM + TERM, TERM),
    "choice of constants": where(
        Job.posted, literal(MOST, number("month")), literal(LEAST, number("month"))
    ),
    **{
        f"{name} {place}": period(a, made, b)
        for name, period in (("reached", reached), ("within", within))
        for made in (months(TERM), years(YEARS), days(PROBATION), working_days(PROBATION))
        for place, a, b in (
            (f"{made.unit} to today", STARTED, ON),
            (f"{made.unit} from today", ON, STARTED),
        )
    },
}


def far_away() -> Population:
    people = population(5, 60, 0.0, complete=True)
    far = (MOST, LEAST, 2**30, -(2**30), 2**26, -(2**26), 120_000, -120_000, 0)
    for place, job in enumerate(people.rows[Job]):
        job |= {"term": far[place % 9], "probation": far[place // 3 % 9]}
    for place, person in enumerate(people.rows[Person]):
        person |= {"service_years": far[place % 9], "insured_months": far[place // 2 % 9]}
    return people


@pytest.mark.parametrize("name", RULES)
def test_the_executors_agree_far_away(name: str) -> None:
    assert answers(Job, {name: RULES[name]}, far_away()).differences() == []


def test_a_month_outside_the_calendar_is_unknown() -> None:
    def moved(text: str, term: int) -> Any:
        return value_of(
            MONTH + TERM, Job, {"job": {"started_on": text, "term": term}}, "2024-01-01"
        )

    assert moved("9999-11-30", 1) == month("9999-12")
    assert moved("9999-11-30", 2) is None
    assert moved("0001-02-28", -1) == month("0001-01")
    assert moved("0001-02-28", -2) is None


def test_so_is_what_rests_on_it() -> None:
    case = {"job": {"started_on": "2024-01-31", "term": MOST}}
    assert value_of(last_day(MONTH + TERM), Job, case, "2024-01-01") is None
    assert value_of(MONTH + TERM > month_of(ON), Job, case, "2024-01-01") is None
    near = {"job": {"started_on": "2024-01-31", "term": 1}}
    assert value_of(last_day(MONTH + TERM), Job, near, "2024-01-01") == day("2024-02-29")
