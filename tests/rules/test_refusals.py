"""Mistakes in a scheme, refused by name as it loads, with the mend and the place."""

# Formulas are written here to be refused, and thrown away.
# ruff: noqa: B015, B018

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.examples import Basis, refused, series
from tests.rules.model import Degree, Firm, Job, Person

from wenye.rules import (
    ON,
    RuleError,
    add_months,
    amount_paid,
    count,
    days,
    first_day,
    greatest,
    has,
    key_of,
    month_of,
    months,
    months_in,
    paid_before,
    reached,
    share_at_least,
    total,
    where,
    within,
    working_days,
    years,
)
from wenye.rules.expressions import parameter
from wenye.rules.facts import code, truth
from wenye.rules.kinds import money, number, rate

HERE = "test_refusals.py:"
BASIS = Basis()
START = "2020-01-01"

GRANT = parameter(series("grant", money("once"), (START, 100_000)))
STIPEND = parameter(series("stipend", money("monthly"), (START, 50_000)))
TERM = parameter(series("term", number("month"), (START, 6)))
LONG = parameter(series("long", number("year"), (START, 2)))
CROWD = parameter(series("crowd", number("person"), (START, 10)))
SHARE = parameter(series("share", rate(3), (START, 155)))


# ---- a formula is declared, never tested while the file loads


def both_with_and() -> Any:
    return Job.posted and Job.worker.disabled


def either_with_or() -> Any:
    return Job.posted or Job.worker.disabled


def with_not() -> Any:
    return not Job.posted


def with_if() -> Any:
    return 1 if Job.posted else 2


def chained() -> Any:
    return 1 <= Job.worker.children <= 3


def membership() -> Any:
    return Job.started_on in (dt.date(2020, 1, 1), dt.date(2021, 1, 1))


@pytest.mark.parametrize(
    "formula", [both_with_and, either_with_or, with_not, with_if, chained, membership]
)
def test_no_truth_value_while_a_scheme_loads(formula: Any) -> None:
    with refused("no truth value", mend="write & for and, | for or, ~ for not", where=HERE):
        formula()


def test_the_mend_of_a_chained_comparison_is_named() -> None:
    with refused("no truth value", mend="a <= x <= b hides an `and`"):
        chained()


def test_the_place_is_the_line_of_the_scheme_not_of_the_language() -> None:
    with pytest.raises(RuleError) as caught:
        chained()
    line = chained.__code__.co_firstlineno + 1
    assert caught.value.where.endswith(f"test_refusals.py:{line}")


def test_brackets_forgotten_round_a_comparison() -> None:
    with refused("joins yes/no expressions, and this is a number", mend="in brackets", where=HERE):
        Job.posted & Job.worker.children
    with refused("& joins yes/no expressions", mend="in brackets"):
        Job.worker.children & Job.posted
    with refused("~ joins yes/no expressions"):
        ~Job.started_on


# ---- kinds that do not meet


def test_a_day_does_not_meet_a_month() -> None:
    with refused("compares day and month", mend="month_of(day)", where=HERE):
        Job.started_on >= month_of(ON)


def test_once_does_not_meet_monthly_money() -> None:
    with refused(
        "compares money (monthly) and money (once)",
        mend="a monthly amount times a number of months is money paid once",
    ):
        Job.worker.wage >= GRANT
    with refused("adds money (once) and money (monthly)"):
        GRANT + STIPEND


def test_monthly_money_times_months_is_money_paid_once() -> None:
    assert (STIPEND * TERM).kind == money("once")
    assert (STIPEND * CROWD).kind == money("monthly")
    assert (GRANT * TERM).kind == money("once")


def test_months_do_not_meet_years() -> None:
    with refused("compares number of months and number of years", mend="months_in(years)"):
        Job.worker.insured_months >= LONG
    assert (Job.worker.insured_months >= months_in(LONG)).op == "ge"


def test_months_do_not_meet_persons() -> None:
    with refused("compares number of months and number of persons"):
        Job.worker.insured_months >= CROWD
    with refused("subtracts number of persons and number of months"):
        Job.worker.children - Job.worker.insured_months


def test_a_rate_does_not_meet_money() -> None:
    with refused("compares money (monthly) and rate"):
        Job.worker.wage >= SHARE
    with refused("chooses between money (once) and rate"):
        where(Job.posted, GRANT, SHARE)
    with refused("takes the least or greatest of money (once) and money (monthly)"):
        greatest(GRANT, STIPEND)


def test_money_is_not_multiplied_by_money() -> None:
    with refused("multiplies money (once) by money (once)"):
        GRANT * GRANT


def test_an_amount_is_no_literal() -> None:
    with refused("500 (int) meets a money (monthly)", mend="are parameters: P.name", where=HERE):
        Job.worker.wage >= 500
    with refused("0.5 (float) meets a number", mend="are parameters"):
        GRANT * 0.5
    with refused("'2020-01-01' (str) meets a day"):
        Job.started_on >= "2020-01-01"
    with refused("True (bool) meets a number"):
        Job.worker.children >= True


def test_nothing_is_a_literal_of_every_money() -> None:
    assert (Job.worker.wage >= 0).op == "ge"


def test_days_are_not_added_with_plus() -> None:
    with refused("day + int has no meaning", mend="add_months(day, n) or add_days(day, n)"):
        Job.started_on + 6
    with refused("day - day has no meaning"):
        ON - Job.started_on


def test_a_month_moves_by_months() -> None:
    with refused("a month moves by a number of months", mend="months_in(years)"):
        month_of(ON) + LONG


def test_truths_and_options_are_not_ordered() -> None:
    with refused("cannot compare a choice this way"):
        Job.worker.hukou >= Job.worker.hukou
    with refused("cannot compare a truth this way"):
        Job.posted == Job.worker.disabled
    with refused("cannot compare a key this way"):
        key_of(Job.worker) >= key_of(Job.mentor)


def test_division_by_nothing() -> None:
    with refused("divides by a number that is not positive"):
        Job.worker.children // 0
    with refused("money (once) // int has no meaning"):
        GRANT // 2


# ---- periods


def test_a_period_says_what_it_counts() -> None:
    with refused("reached takes a period", mend="months(n), years(n) or days(n)", where=HERE):
        reached(Job.started_on, 6, ON)
    with refused("a number of years is not a number of months", mend="use years(…)"):
        months(LONG)
    with refused("a number of months is not a number of days", mend="use months(…)"):
        days(TERM)
    with refused("a number of months is not a number of years", mend="use months(…)"):
        years(TERM)
    with refused("a number of persons is not a number of days"):
        working_days(CROWD)


def test_a_period_runs_between_days() -> None:
    with refused("within takes a day, not a month", mend="first_day(month)"):
        within(month_of(ON), months(3), ON)
    with refused("add_months takes a day"):
        add_months(Job.worker.children, 3)
    with refused("first_day takes a month", mend="month_of(day)"):
        first_day(ON)


def test_only_years_become_months() -> None:
    with refused("turns a number of persons into months"):
        months_in(CROWD)


# ---- names that do not exist


def test_a_misspelt_fact() -> None:
    with refused("Person has no fact 'birthdate'", mend="did you mean birth_date?", where=HERE):
        _ = Person.birthdate
    with refused("Person has no fact 'birthdate'", mend="did you mean birth_date?", where=HERE):
        _ = Job.worker.birthdate
    with refused("Idle has no fact 'reasons'", mend="did you mean reason", where=HERE):
        _ = Person.idle.as_at(ON).reasons
    with refused("Job has no fact 'start_on'", mend="started_on"):
        _ = Firm.jobs.start_on


def test_a_misspelt_option() -> None:
    with refused("'districts' is not an option", mend="did you mean district?", where=HERE):
        Job.worker.hukou.among("city", "districts")
    with refused("'' is not an option", mend="known: city, district, other"):
        _ = Job.worker.hukou == ""


def test_a_code_is_a_text() -> None:
    with refused("3 is not a code"):
        Job.worker.town.among("x", 3)


def test_a_text_is_for_people_to_read() -> None:
    with refused("Person.name is a text for people to read", mend="use a choice", where=HERE):
        _ = Job.worker.name


def test_a_fact_that_could_not_say_absent() -> None:
    with refused("残疾: a yes/no fact cannot be absent", mend="a third option"):
        truth("残疾", "disabled", may_be_absent=True)
    with refused("街镇: a code cannot be absent"):
        code("街镇", "town", may_be_absent=True)


# ---- rows


def test_rows_without_spells_are_not_read_as_at() -> None:
    with refused("Degree has no spells", mend="use .latest(day)", where=HERE):
        Person.degrees.as_at(ON)


def test_rows_dated_by_months_are_asked_by_month() -> None:
    with refused("Insured is dated by months, and is asked as at a day", mend="month_of(day)"):
        Person.insured.as_at(ON)


def test_rows_without_a_date_have_no_latest() -> None:
    dated, Degree.dated = Degree.dated, None
    try:
        with refused("Degree rows have no date"):
            Person.degrees.latest(ON)
    finally:
        Degree.dated = dated


def test_an_aggregate_is_over_rows() -> None:
    with refused("an aggregate takes related rows", mend="count(Employer.hires)"):
        count(Job.worker)
    with refused("adds up days"):
        total(Firm.jobs, Firm.jobs.started_on)


def test_history_is_read_of_someone_with_awards() -> None:
    with refused("history is read of a person or employer", where=HERE):
        paid_before(Person.idle.as_at(ON), "grant")
    with refused("history is read of a person or employer"):
        amount_paid(Job.started_on, "grant")


def test_a_share_is_compared_with_a_rate() -> None:
    with refused("a share is compared with a rate, not a number of persons"):
        share_at_least(count(Firm.jobs), count(Firm.jobs), CROWD)
    assert share_at_least(count(Firm.jobs), count(Firm.jobs), Decimal("0.15")).op == "and"


def test_presence_is_asked_of_a_fact() -> None:
    with refused("has() asks for the presence of a fact", mend="has(Person.fact)", where=HERE):
        has(Job.worker.children + 1)
