"""What rests on a count that is not settled: the answer that all its possible values agree on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.rules.equality import batch_answers, case_answers
from tests.rules.examples import series
from tests.rules.model import Firm, Job
from tests.rules.population import Population, population

from wenye.rules import (
    ON,
    add_months,
    calendar,
    count,
    days,
    first_day,
    greatest,
    least,
    month_of,
    months,
    reached,
    where,
    whole_months,
    within,
    year_of,
)
from wenye.rules.expressions import Expr, literal, parameter
from wenye.rules.kinds import DAY, number

#: More than anybody counts here; from this many on no answer below changes any more.
MANY = 40
START = literal(dt.date(2024, 1, 30), DAY)
LATER = literal(dt.date(2024, 3, 31), DAY)

Formula = Callable[[Any], Expr]
PERIODS: dict[str, Formula] = {
    f"{name} {end}": formula
    for name, period in (("reached", reached), ("within", within))
    for end, formula in (
        ("from a day", lambda n, period=period: period(add_months(START, n), months(2), LATER)),
        ("of a length", lambda n, period=period: period(START, months(n), LATER)),
        ("to a day", lambda n, period=period: period(START, months(2), add_months(START, n))),
        ("of days", lambda n, period=period: period(START, days(2), add_months(START, n - 1))),
        (
            "to one before",
            lambda n, period=period: period(START, months(-2), add_months(START, n * -1)),
        ),
    )
}
FORMULAS: dict[str, Formula] = {
    **PERIODS,
    "at least": lambda n: n >= 2,
    "more": lambda n: n > 2,
    "at most": lambda n: n <= 2,
    "fewer": lambda n: 2 > n,
    "as many": lambda n: n == 2,
    "as many turned round": lambda n: literal(2, number("month")) == n,
    "the lesser of what is left": lambda n: least(2 - n, 1) >= 0,
    "the greater of what is left": lambda n: greatest(2 - n, 1) <= 1,
    "not as many": lambda n: n != 2,
    "sum": lambda n: n + 3 >= 5,
    "difference": lambda n: 5 - n >= 3,
    "product": lambda n: n * 3 >= 6,
    "product turned round": lambda n: n * -3 >= -6,
    "quotient": lambda n: (n + 1) // 2 >= 2,
    "the lesser": lambda n: least(n, 2) >= 2,
    "the lesser is no more": lambda n: least(n, 2) <= 2,
    "the greater": lambda n: greatest(n, 2) >= 2,
    "the greater is no more": lambda n: greatest(n, 2) <= 2,
    "chosen": lambda n: where(Firm.in_city, n, n + 1) >= 1,
    "chosen or a constant": lambda n: where(Firm.in_city, n, 2) >= 2,
    "month": lambda n: month_of(START) + n >= month_of(LATER),
    "first day": lambda n: first_day(month_of(START) + n) > LATER,
    "year": lambda n: year_of(add_months(START, n * 6)) >= 2025,
    "whole months to": lambda n: whole_months(START, add_months(START, n)) >= 2,
    "whole months from": lambda n: whole_months(add_months(START, n), LATER) >= 1,
    "value": lambda n: least(n, 0),
    "value of both ends": lambda n: greatest(least(n, 3), 3),
}


def firms(*, complete: bool) -> Population:
    people = population(11, 60, 0.0, complete=True)
    for place, job in enumerate(people.rows[Job]):
        job["posted"] = (True, None, False, False, None, True, False)[place % 7]
    for place, firm in enumerate(people.rows[Firm]):
        firm["in_city"] = (True, False, None)[place % 3]
    if not complete:
        people.complete[Job] = calendar.add_days(people.on, -1)
    return people


def possible(people: Population) -> list[range]:
    """For each firm, how many of its jobs may be posted."""
    found = []
    for firm in people.rows[Firm]:
        own = [job["posted"] for job in people.rows[Job] if job["firm"] == firm["key"]]
        sure = own.count(True)
        whole = people.complete[Job]
        assert whole is not None
        found.append(range(sure, (sure + own.count(None) if whole >= people.on else MANY) + 1))
    return found


def either_way(people: Population) -> list[Population]:
    """The population with every city that is not known taken to be the one, and the other."""
    ways = [people.copy(), people.copy()]
    for way, in_city in zip(ways, (True, False), strict=True):
        for firm in way.rows[Firm]:
            firm["in_city"] = in_city if firm["in_city"] is None else firm["in_city"]
    return ways


def agreed(answers: set[Any]) -> Any:
    return answers.pop() if len(answers) == 1 else None


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("name", FORMULAS)
def test_an_answer_is_what_all_possible_counts_agree_on(name: str, complete: bool) -> None:
    formula = FORMULAS[name]
    people = firms(complete=complete)
    settled = {str(n): formula(literal(n, number("month"))) for n in range(MANY + 1)}
    told = [case_answers(Firm, settled, way) for way in either_way(people)]
    meant = [
        agreed({answers[n] for answers in ways for n in counts})
        for *ways, counts in zip(*told, possible(people), strict=True)
    ]
    rule = {"it": formula(count(Firm.jobs, Firm.jobs.posted, "month"))}
    assert [answer for (answer,) in case_answers(Firm, rule, people)] == meant
    assert [answer for (answer,) in batch_answers(Firm, rule, people)] == meant


@pytest.mark.parametrize("same", [2, 3])
def test_branches_that_agree_settle_a_choice_that_is_not(same: int) -> None:
    rule = {"it": where(Job.posted, literal(same, number("month")), Job.term)}
    people = population(11, 4, 0.0, complete=True)
    for job, posted, term in zip(
        people.rows[Job], (None, None, True, False), (2, 3, 4, 5), strict=True
    ):
        job |= {"posted": posted, "term": term}
    meant = [(same if same == term else None,) for term in (2, 3)] + [(same,), (5,)]
    assert case_answers(Job, rule, people) == meant
    assert batch_answers(Job, rule, people) == meant


@pytest.mark.parametrize("of", [literal(6, number("month")), Job.term])
def test_a_quotient_by_nothing_is_unknown(of: Any) -> None:
    nothing = parameter(series("none", number(), ("2000-01-01", 0)), ON)
    people = population(11, 4, 0.0, complete=True)
    for job in people.rows[Job]:
        job["term"] = 6
    rule = {"it": of // nothing}
    assert case_answers(Job, rule, people) == batch_answers(Job, rule, people) == [(None,)] * 4
