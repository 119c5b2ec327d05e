"""A fact that may be absent is asked for its presence before it is compared."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.examples import Basis, decided, refused, series, value_of
from tests.rules.model import Firm, Idle, Job, Person

from wenye.rules import (
    ON,
    Scheme,
    add_months,
    any_of,
    claw_back,
    condition,
    count,
    has,
    holds,
    law,
    months,
    once,
    reached,
    total,
    where,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money
from wenye.rules.presence import check

ENDED = Job.ended_on
OVER = ENDED < ON
SPELL = Job.worker.idle.as_at(Job.started_on)
BEGUN = SPELL.started_on < ON
GRANT = parameter(series("grant", money("once"), ("2020-01-01", 100_000)))


@pytest.mark.parametrize(
    "formula",
    [
        has(ENDED) & OVER,
        OVER & has(ENDED),
        Job.posted & (has(ENDED) & OVER),
        ~has(ENDED) | OVER,
        ~(has(ENDED) & ~OVER),
        ~(~has(ENDED) | OVER),
        where(has(ENDED), OVER, Job.posted),
        where(~has(ENDED), Job.posted, OVER),
        where(~has(ENDED) | Job.posted, Job.posted, OVER),
        has(ENDED) & (Job.posted | OVER),
        (has(ENDED) & Job.posted) & ~OVER,
        ~(has(ENDED) & Job.posted) | OVER,
        (has(ENDED) | Job.posted) & where(has(ENDED), OVER, Job.posted),
    ],
)
def test_guards_that_are_enough(formula: Any) -> None:
    check(formula, "here")


@pytest.mark.parametrize(
    "formula",
    [
        OVER,
        ~OVER,
        has(ENDED) | OVER,
        ~has(ENDED) & OVER,
        (has(ENDED) | Job.posted) & OVER,
        where(has(ENDED), Job.posted, OVER),
        where(Job.posted, has(ENDED), OVER),
        where(OVER, Job.posted, has(ENDED)),
        where(has(ENDED), Job.posted, ~Job.posted) & OVER,
        has(Job.term) & OVER,
    ],
)
def test_guards_that_are_not(formula: Any) -> None:
    with refused(
        "Job.ended_on (终止日期) may be absent, and is compared unasked",
        mend="ask first: has(Job.ended_on) & (…)",
        where="here (",
    ):
        check(formula, "here")


def test_absence_never_becomes_a_yes() -> None:
    """What the guard is for: ~(x >= y) of a fact that is not there."""
    still = ~has(ENDED) | (ENDED >= ON)
    gone = has(ENDED) & ~(ENDED >= ON)
    for case, over in [(None, False), ("2024-01-31", True), ("2025-01-31", False), ("n/a", False)]:
        job = {"job": {"started_on": "2023-01-01", "ended_on": case}}
        assert value_of(gone, Job, job, "2024-06-01") is over
        assert value_of(still, Job, job, "2024-06-01") is not over


def test_an_unknown_fact_is_unknown_even_to_has() -> None:
    job: dict[str, Any] = {"job": {}}
    assert value_of(has(ENDED), Job, job, "2024-06-01") is None
    assert value_of(has(ENDED) & OVER, Job, job, "2024-06-01") is None


# ---- rows


def test_a_spell_that_may_not_be_there() -> None:
    check(SPELL.exists & BEGUN, "here")
    check(has(SPELL) & BEGUN, "here")
    check(~has(SPELL) | BEGUN, "here")
    with refused(
        "the row worker.idle may not be there", mend="ask first: row.exists & (…)", where="here ("
    ):
        check(~BEGUN, "here")


def test_a_fact_of_a_spell_may_be_absent_too() -> None:
    ended = SPELL.ended_on
    check(has(SPELL) & has(ended) & (ended < ON), "here")
    with refused("Idle.ended_on (注销日期) may be absent"):
        check(has(SPELL) & (ended < ON), "here")
    with refused("the row worker.idle may not be there"):
        check(has(ended) & (ended < ON), "here")


def test_asking_for_one_spell_is_not_asking_for_another() -> None:
    later = Job.worker.idle.as_at(ON)
    with refused("the row worker.idle may not be there"):
        check(has(SPELL) & (later.started_on < ON), "here")


def test_the_date_of_a_look_up_may_be_absent() -> None:
    spell = Job.worker.idle.as_at(ENDED)
    check(has(ENDED) & has(spell) & (spell.started_on < ON), "here")
    with refused("Job.ended_on (终止日期) may be absent"):
        check(has(spell) & (spell.started_on < ON), "here")
    with refused("Job.ended_on (终止日期) may be absent"):
        check(Job.worker.degrees.latest(add_months(ENDED, 3)).exists, "here")


def test_what_another_scheme_is_asked_for_may_be_absent() -> None:
    class Certified(Scheme):
        title, subject = "认定", Person
        law_2020 = law(Basis(), eligible=Person.disabled)

    check(has(Job.mentor) & holds(Certified, Job.mentor), "here")
    with refused("the row mentor may not be there"):
        check(holds(Certified, Job.mentor), "here")
    check(has(ENDED) & holds(Certified, Job.worker, on=ENDED), "here")
    check(holds(Certified, Job.worker, on=where(has(ENDED), ENDED, ON)), "here")
    with refused("Job.ended_on (终止日期) may be absent"):
        check(holds(Certified, Job.worker, on=ENDED), "here")


def test_a_reference_that_may_be_absent() -> None:
    check(has(Job.mentor) & Job.mentor.disabled, "here")
    with refused("the row mentor may not be there"):
        check(Job.mentor.disabled, "here")
    with refused("the row worker.spouse may not be there"):
        check(any_of(Job.worker.spouse.jobs), "here")


def test_a_reference_that_is_always_there_needs_no_question() -> None:
    check(Job.worker.disabled & Job.firm.bank.in_city, "here")


def test_a_reference_behind_a_spell() -> None:
    office = SPELL.office
    check(has(SPELL) & has(office) & office.in_city, "here")
    with refused("the row worker.idle may not be there"):
        check(has(office) & office.in_city, "here")


# ---- aggregates


def test_inside_an_aggregate_each_row_is_asked() -> None:
    jobs = Firm.jobs
    check(any_of(jobs, ~has(jobs.ended_on) | (jobs.ended_on > ON)), "here")
    with refused("Job.ended_on (终止日期) may be absent"):
        check(any_of(jobs, jobs.ended_on > ON), "here")


def test_a_sum_relies_on_its_where() -> None:
    savings = Firm.jobs.worker.savings
    check(total(Firm.jobs, savings, has(savings)) >= 0, "here")
    with refused("Person.savings (存款) may be absent"):
        check(total(Firm.jobs, savings) >= 0, "here")


def test_an_aggregate_of_a_row_that_may_not_be_there() -> None:
    spell_jobs = Idle.office.jobs
    check(has(Idle.office) & (count(spell_jobs) >= 1), "here")
    with refused("the row office may not be there"):
        check(count(spell_jobs) >= 1, "here")


# ---- in a scheme


def test_the_place_names_scheme_and_condition() -> None:
    with refused(
        "Job.ended_on (终止日期) may be absent",
        where="scheme ended_jobs: condition over (已经结束) (",
    ):

        class EndedJobs(Scheme):
            title, subject = "示例", Job
            over = condition("已经结束", OVER)
            law_2020 = law(Basis(), eligible=has(ENDED) & over)


def test_a_formula_without_names_is_placed_by_its_law() -> None:
    with refused("Job.ended_on", where="scheme ended_jobs: law_2020 ("):

        class EndedJobs(Scheme):
            title, subject = "示例", Job
            law_2020 = law(Basis(), eligible=OVER)


def test_a_named_condition_may_be_relied_on() -> None:
    class EndedJobs(Scheme):
        title, subject = "示例", Job
        dated = condition("有终止日期", has(ENDED))
        law_2020 = law(Basis(), eligible=dated & OVER)

    case = {"job": {"ended_on": None}}
    assert decided(EndedJobs, case, "2024-01-01").outcome is False


def test_amounts_may_rely_on_the_formula() -> None:
    class ByTerm(Scheme):
        title, subject = "示例", Job
        termed = condition("有期限", has(Job.term))
        law_2020 = law(Basis(), eligible=termed & Job.posted, pays=once(GRANT * Job.term))

    case = {"job": {"term": 3, "posted": True}}
    assert decided(ByTerm, case, "2024-01-01").amount == 300_000


def test_amounts_may_not_rely_on_one_side_of_an_or() -> None:
    with refused("Job.term (合同月数) may be absent", where="law_2020 pays ("):

        class ByTerm(Scheme):
            title, subject = "示例", Job
            law_2020 = law(
                Basis(), eligible=has(Job.term) | Job.posted, pays=once(GRANT * Job.term)
            )


def test_what_is_taken_back_may_rely_on_when() -> None:
    def scheme(when: Any) -> None:
        type(
            "TakenBack",
            (Scheme,),
            {
                "title": "示例",
                "subject": Job,
                "law_2020": law(Basis(), eligible=Job.posted, pays=once(GRANT)),
                "claws_back": claw_back("追回", when=when, amount=GRANT * Job.term),
            },
        )

    scheme(has(Job.term) & Job.posted)
    with refused("Job.term", where="scheme taken_back: claws_back amount ("):
        scheme(Job.posted)


def test_the_day_that_picks_the_law_is_always_there() -> None:
    with refused("Job.ended_on", where="dated_by ("):

        class EndedJobs(Scheme):
            title, subject = "示例", Job
            dated_by = ENDED
            law_2020 = law(Basis(), eligible=Job.posted)


def test_who_stays_under_a_version_is_asked_too() -> None:
    with refused("Job.ended_on", where="law_2020 keeps ("):

        class Kept(Scheme):
            title, subject = "示例", Job
            law_2020 = law(Basis(), eligible=Job.posted, keeps=OVER)


def test_what_counts_once_is_always_there() -> None:
    with refused("the row mentor may not be there", where="condition not_paid_before"):

        class PerMentor(Scheme):
            title, subject, once_per = "示例", Job, Job.mentor
            law_2020 = law(Basis(), eligible=has(Job.mentor))


def test_periods_ask_too() -> None:
    with refused("Person.died_on (死亡日期) may be absent"):
        check(reached(Person.birth_date, months(12), Person.died_on), "here")
