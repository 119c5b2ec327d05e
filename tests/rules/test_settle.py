"""What would settle an undetermined case: the fewest facts, cheapest first; and what blocks it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.examples import day, series
from tests.rules.model import Firm, Job, Person

from wenye.rules import ON, any_of, condition, count, has, month_of, months, reached, where
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.expressions import Truth, parameter
from wenye.rules.facts import Entity, Register, many, ref, truth
from wenye.rules.facts import day as day_fact
from wenye.rules.held import Held
from wenye.rules.kinds import number
from wenye.rules.settle import Settler

POSTED, DISABLED, IN_CITY = Job.posted, Job.worker.disabled, Job.firm.in_city
CHILDREN = Job.worker.children
TODAY = "2024-01-01"


def settled(expr: Truth, case: Any, subject: type[Entity] = Job) -> tuple[list[str], list[str]]:
    """``missing`` and ``blocked_by`` of a case."""
    row = read_case(subject, case) if "key" not in case else case
    missing, blocked = Settler(expr)(row, day(TODAY))
    return [ask.path for ask in missing], blocked


def job(**facts: Any) -> dict[str, Any]:
    return {"job": facts}


# ---- the smallest set


def test_one_fact() -> None:
    assert settled(POSTED, job()) == (["posted"], [])


def test_one_no_settles_a_conjunction() -> None:
    assert settled(POSTED & DISABLED & IN_CITY, job()) == (["firm.in_city"], [])


def test_one_yes_settles_a_disjunction() -> None:
    assert settled(POSTED | DISABLED, job()) == (["posted"], [])


def test_what_is_known_is_not_asked() -> None:
    assert settled(POSTED & DISABLED, job(posted=True)) == (["worker.disabled"], [])
    assert settled(POSTED | DISABLED, job(posted=False)) == (["worker.disabled"], [])


def test_a_small_set_before_a_large_one() -> None:
    """Either both of two, or one other."""
    assert settled((POSTED & DISABLED) | IN_CITY, job()) == (["firm.in_city"], [])
    formula = (POSTED & DISABLED) | (IN_CITY & (CHILDREN >= 1))
    assert len(settled(formula, job())[0]) == 2


def test_a_comparison_of_two_facts_needs_both() -> None:
    later = Job.started_on >= Job.worker.birth_date
    assert settled(later, job())[0] == ["started_on", "worker.birth_date"]
    assert settled(later, job(started_on=TODAY))[0] == ["worker.birth_date"]


def test_one_fact_behind_two_conditions_is_asked_once() -> None:
    formula = (CHILDREN >= 1) & (CHILDREN < 3)
    assert settled(formula, job())[0] == ["worker.children"]


def test_a_fact_that_chooses_the_branch_does_not_settle_it() -> None:
    """Of the disabled one thing is asked, of others another: never their disability alone."""
    for formula in (
        (DISABLED & POSTED) | (~DISABLED & IN_CITY),
        (~DISABLED | POSTED) & (DISABLED | IN_CITY),
        where(DISABLED, POSTED, IN_CITY),
    ):
        missing, _ = settled(formula, job())
        assert len(missing) == 2
        assert settled(formula, job(worker={"disabled": True}))[0] == ["posted"]


def test_a_comparison_and_its_opposite_are_one_question() -> None:
    few = CHILDREN < 3
    formula = (few & POSTED) | ((CHILDREN >= 3) & IN_CITY)
    missing, _ = settled(formula, job())
    assert len(missing) == 2


# ---- cheapest first


class Claim(Entity):
    register = Register("claims", "申领", "claims")
    dear = truth("需现场核查", "needs a visit", asking=5)
    cheap = truth("随口可答", "easily told", asking=1)
    middling = truth("需翻查", "needs looking up", asking=2)
    other = truth("另一项", "another", asking=2)


def test_of_sets_as_small_the_cheapest() -> None:
    assert settled(Claim.dear & Claim.cheap, {"claim": {}}, Claim)[0] == ["cheap"]
    assert settled(Claim.dear | Claim.middling, {"claim": {}}, Claim)[0] == ["middling"]


def test_fewer_before_cheaper() -> None:
    formula = (Claim.cheap & Claim.middling) | (Claim.other & Claim.cheap) | Claim.dear
    assert settled(formula, {"claim": {}}, Claim)[0] == ["dear"]


def test_within_the_set_cheapest_first() -> None:
    formula = (Claim.dear & Claim.cheap) | (~Claim.dear & ~Claim.cheap)
    missing, _ = Settler(formula)(read_case(Claim, {"claim": {}}), day(TODAY))
    assert [(ask.path, ask.cost) for ask in missing] == [("cheap", 1), ("dear", 5)]
    assert (missing[0].label, missing[0].label_en) == ("随口可答", "easily told")


# ---- open parameters


OPEN_TERM = parameter(series("open_term", number("month"), ("2020-01-01", None)), ON)
OTHER_TERM = parameter(series("other_term", number("month"), ("2020-01-01", None)), ON)
TERM = parameter(series("term", number("month"), ("2020-01-01", 6)), ON)
LONG_ENOUGH = reached(Job.started_on, months(OPEN_TERM), ON)


def test_an_open_parameter_blocks_and_is_not_asked() -> None:
    assert settled(LONG_ENOUGH, job(started_on=TODAY)) == ([], ["open_term"])


def test_what_stands_before_an_open_parameter_is_not_asked() -> None:
    assert settled(LONG_ENOUGH, job()) == ([], ["open_term"])


def test_what_settles_it_whatever_the_parameter_is_asked() -> None:
    assert settled(LONG_ENOUGH & POSTED, job()) == (["posted"], ["open_term"])
    assert settled(LONG_ENOUGH & POSTED, job(posted=True)) == ([], ["open_term"])


def test_a_parameter_that_no_longer_matters_does_not_block() -> None:
    formula = (LONG_ENOUGH & POSTED) | DISABLED
    assert settled(formula, job(posted=False)) == (["worker.disabled"], [])


def test_a_branch_that_is_not_taken_neither_asks_nor_blocks() -> None:
    other = reached(Job.started_on, months(OTHER_TERM), ON)
    formula = where(POSTED, LONG_ENOUGH, other & DISABLED)
    assert settled(formula, job(posted=True)) == ([], ["open_term"])
    assert settled(formula, job(posted=False)) == (["worker.disabled"], ["other_term"])


def test_a_branch_of_a_value_that_is_not_taken() -> None:
    term = where(POSTED, TERM, OPEN_TERM)
    formula = reached(Job.started_on, months(term), ON)
    assert settled(formula, job(posted=True)) == (["started_on"], [])
    assert settled(formula, job(posted=False)) == ([], ["open_term"])


def test_a_known_parameter_neither_blocks_nor_is_asked() -> None:
    formula = reached(Job.started_on, months(TERM), ON)
    assert settled(formula, job()) == (["started_on"], [])


def test_parameters_may_be_given_beside_the_formula() -> None:
    closed = series("open_term", number("month"), ("2020-01-01", 3))
    settle = Settler(LONG_ENOUGH, {"open_term": closed})
    missing, blocked = settle(read_case(Job, job()), day(TODAY))
    assert ([ask.path for ask in missing], blocked) == (["started_on"], [])


def test_the_day_of_a_parameter_is_asked_not_the_parameter() -> None:
    term = parameter(series("term", number("month"), ("2020-01-01", 6)), Job.worker.birth_date)
    formula = Job.worker.insured_months >= term
    missing, blocked = settled(formula, job(worker={"insured_months": 3}))
    assert (missing, blocked) == (["worker.birth_date"], [])


# ---- rows


SPELL = Job.worker.idle.as_at(Job.started_on)
STARTED = "2023-06-01"


def test_rows_not_held_ask_for_the_list() -> None:
    formula = has(SPELL) & SPELL.voluntary
    assert settled(formula, job(started_on=STARTED))[0] == ["worker.idle"]


def test_a_row_held_without_a_date_asks_for_the_date() -> None:
    formula = has(SPELL) & SPELL.voluntary
    held = [{"started_on": "2023-01-01", "voluntary": True}]
    assert settled(formula, job(started_on=STARTED, worker={"idle": held}))[0] == [
        "worker.idle.ended_on"
    ]
    assert settled(formula, job(started_on=STARTED, worker={"idle": [{"voluntary": True}]}))[0] == [
        "worker.idle.ended_on",
        "worker.idle.started_on",
    ]


def test_a_row_found_without_the_fact_asks_for_the_fact() -> None:
    held = [{"started_on": "2023-01-01", "ended_on": None}]
    formula = has(SPELL) & SPELL.voluntary
    assert settled(formula, job(started_on=STARTED, worker={"idle": held}))[0] == [
        "worker.idle.voluntary"
    ]


def test_rows_held_and_an_unknown_day_ask_for_the_day_alone() -> None:
    held = [{"started_on": "2023-01-01", "ended_on": None, "voluntary": True}]
    case = job(worker={"idle": held})
    assert settled(has(SPELL), case)[0] == ["started_on"]
    assert settled(has(SPELL) & SPELL.voluntary, case)[0] == ["started_on"]
    none = job(worker={"degrees": []})
    assert settled(has(Job.worker.degrees.latest(Job.started_on)), none)[0] == ["started_on"]


def test_a_register_that_does_not_reach_the_day_asks_for_the_list() -> None:
    row = {
        "key": None,
        "started_on": day(STARTED),
        "worker": {"key": None, "idle": Held((), day("2023-05-31"))},
    }
    assert settled(has(SPELL), row)[0] == ["worker.idle"]


def test_a_row_behind_a_reference_that_may_be_absent() -> None:
    formula = has(Job.mentor) & Job.mentor.disabled
    assert settled(formula, job())[0] == ["mentor"]
    assert settled(formula, job(mentor={}))[0] == ["mentor.disabled"]


def test_an_aggregate_asks_for_its_rows() -> None:
    formula = count(Firm.jobs, Firm.jobs.posted) >= 2
    assert settled(formula, {"firm": {}}, Firm)[0] == ["jobs"]
    assert settled(formula, {"firm": {"jobs": [{}, {"posted": True}]}}, Firm)[0] == ["jobs"]


def test_an_aggregate_that_is_decided_asks_for_nothing() -> None:
    formula = (count(Firm.jobs, Firm.jobs.posted) >= 1) & Firm.in_city
    assert settled(formula, {"firm": {"jobs": [{}, {"posted": True}]}}, Firm)[0] == ["in_city"]


# ---- named conditions and kept answers


def test_a_named_condition_is_walked_through() -> None:
    formula = condition("派遣或残疾", POSTED | DISABLED) & IN_CITY
    assert settled(formula, job(posted=False, firm={"in_city": True}))[0] == ["worker.disabled"]


def test_answers_are_kept_by_what_is_known_not_by_the_case() -> None:
    settle = Settler((CHILDREN >= 2) & POSTED & has(SPELL))
    one = read_case(Job, job(posted=True, worker={"children": 3}, started_on=TODAY))
    other = read_case(Job, job(posted=True, worker={"children": 3, "idle": [{}]}, started_on=TODAY))
    first, second = settle(one, day(TODAY)), settle(other, day(TODAY))
    assert [ask.path for ask in first[0]] == ["worker.idle"]
    assert [ask.path for ask in second[0]] == ["worker.idle.ended_on", "worker.idle.started_on"]
    assert settle(one, day(TODAY)) == first


# ---- the promise, on random formulas: some answers settle it, and no smaller set has any


ATOMS: dict[str, Truth] = {
    "posted": POSTED,
    "worker.disabled": DISABLED,
    "firm.in_city": IN_CITY,
    "firm.bank.in_city": Job.firm.bank.in_city,
}


def formulas() -> st.SearchStrategy[Truth]:
    atoms = st.sampled_from(list(ATOMS.values()))
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
            inner.map(lambda part: ~part),
            st.tuples(inner, inner, inner).map(lambda three: where(*three)),
        ),
        max_leaves=8,
    )


def told(answers: dict[str, bool]) -> dict[str, Any]:
    """The row of a case in which these facts are known."""
    row: dict[str, Any] = {"key": None}
    for path, value in answers.items():
        place = row
        *steps, name = path.split(".")
        for step in steps:
            place = place.setdefault(step, {"key": None})
        place[name] = value
    return row


def completions(names: tuple[str, ...]) -> Iterator[dict[str, bool]]:
    for values in itertools.product((True, False), repeat=len(names)):
        yield dict(zip(names, values, strict=True))


@settings(max_examples=300)
@given(formulas(), st.dictionaries(st.sampled_from(list(ATOMS)), st.booleans()))
def test_some_answers_settle_it_and_of_no_smaller_set(
    formula: Truth, known: dict[str, bool]
) -> None:
    decide = CaseProgram({"value": formula}).decide
    on = day(TODAY)
    if decide(told(known), on)[0] is not None:
        return

    def settles(names: tuple[str, ...]) -> bool:
        return any(
            decide(told({**known, **answers}), on)[0] is not None for answers in completions(names)
        )

    missing = tuple(ask.path for ask in Settler(formula)(told(known), on)[0])
    unknown = [name for name in ATOMS if name not in known]
    assert missing and set(missing) <= set(unknown)
    assert settles(missing)
    for size in range(len(missing)):
        for smaller in itertools.combinations(unknown, size):
            assert not settles(smaller)


class Visit(Entity):
    """A row dated by a day, for look-ups without spells."""

    register = Register("visits", "走访", "visits")
    dated = "made_on"
    claim = ref("Case", "案件", "case")
    made_on = day_fact("走访日期", "made on")
    agreed = truth("同意", "agreed")


class Case(Entity):
    register = Register("cases", "案件", "cases")
    visits = many("Visit", by="claim")


def test_the_latest_row_is_asked_for_its_date() -> None:
    last = Case.visits.latest(ON)
    formula = has(last) & last.agreed
    assert settled(formula, {"case": {"visits": [{"agreed": True}]}}, Case)[0] == ["visits.made_on"]
    assert settled(formula, {"case": {"visits": [{"made_on": TODAY}]}}, Case)[0] == [
        "visits.agreed"
    ]


@pytest.mark.parametrize("subject", [Person, Firm])
def test_any_of_rows_held_nowhere(subject: type[Entity]) -> None:
    rows = Person.jobs if subject is Person else Firm.jobs
    name = "person" if subject is Person else "firm"
    assert settled(any_of(rows), {name: {}}, subject)[0] == ["jobs"]


def test_a_formula_that_uses_each_step_twice() -> None:
    """Linear in its steps: as text it would be longer than any page."""
    formula: Truth = POSTED
    copies: Any = CHILDREN
    for _ in range(40):
        formula = where(DISABLED, formula, ~formula)
        copies = where(IN_CITY, copies + copies, copies)
    worker = {"disabled": False, "children": 1}
    assert settled(formula, job(worker=worker)) == (["posted"], [])
    assert settled(copies >= 1, job(worker=worker)) == (["firm.in_city"], [])


INSURED_IN_A_JOB = any_of(
    Person.jobs,
    any_of(Person.insured, Person.insured.first_month >= month_of(Person.jobs.started_on)),
)


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({"jobs": [{"started_on": "2023-01-15", "ended_on": None}]}, ["insured"]),
        ({}, ["jobs"]),
        ({"jobs": [], "insured": []}, []),
    ],
)
def test_rows_that_are_all_there_are_not_asked_for(known: Any, missing: list[str]) -> None:
    """The rows of the aggregate within are what is unknown."""
    assert settled(INSURED_IN_A_JOB, {"person": known}, Person) == (missing, [])
