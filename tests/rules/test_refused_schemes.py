"""Schemes that leave something out or hold what does not fit, refused as the class is made."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.examples import Basis, refused, series
from tests.rules.model import Award, Firm, Job, Person

from wenye.rules import (
    ON,
    CaseError,
    RuleError,
    Scheme,
    any_of,
    claw_back,
    condition,
    count,
    holds,
    law,
    month_of,
    months,
    months_in,
    once,
    reached,
    share_at_least,
    to_fen,
    years,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number, rate

HERE = "test_refused_schemes.py:"
BASIS = Basis()
START = "2020-01-01"

GRANT = parameter(series("grant", money("once"), (START, 100_000)))
TERM = parameter(series("term", number("month"), (START, 6)))
LONG = parameter(series("long", number("year"), (START, 2)))
SHARE = parameter(series("share", rate(3), (START, 155)))


# ---- what a scheme must say


def test_no_subject() -> None:
    with refused("no subject", mend="subject = Person", where="scheme no_subject"):

        class NoSubject(Scheme):
            title = "示例"


def test_a_subject_that_is_no_entity() -> None:
    with refused("is no entity", mend="subject = Person", where="scheme no_entity"):

        class NoEntity(Scheme):
            title, subject = "示例", Job.worker
            law_2020 = law(BASIS, eligible=Job.posted)


def test_no_title() -> None:
    with refused("no title", mend="title =", where="scheme no_title"):

        class NoTitle(Scheme):
            subject = Job
            law_2020 = law(BASIS, eligible=Job.posted)


def test_no_law() -> None:
    with refused("no law", mend="law_2020 = law(", where="scheme no_law"):

        class NoLaw(Scheme):
            title, subject = "示例", Job


def test_a_law_without_a_first_day() -> None:
    with refused("a law without a first day", mend="give since=", where=HERE):
        law(Basis(since=None), eligible=Job.posted)


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_law_of_an_impossible_day(name: str) -> None:
    with refused("'2021-02-29' is no day of the calendar", mend="2020-08-03", where=HERE):
        law(BASIS, eligible=Job.posted, **{name: "2021-02-29"})


def test_two_laws_on_one_day() -> None:
    with refused(
        "law_a and law_b begin on the same day", mend="since= on the later", where="scheme two_laws"
    ):

        class TwoLaws(Scheme):
            title, subject = "示例", Job
            law_a = law(BASIS, eligible=Job.posted)
            law_b = law(BASIS, eligible=~Job.posted)


def test_a_condition_that_no_law_uses() -> None:
    with refused(
        "condition posted (派遣) is used by no law",
        mend="join it to a law's formula, or delete it",
        where="scheme unused",
    ):

        class Unused(Scheme):
            title, subject = "示例", Job
            posted = condition("派遣", Job.posted)
            law_2020 = law(BASIS, eligible=Job.worker.disabled)


def test_a_condition_without_a_name() -> None:
    with refused(
        "the condition '派遣' has no name in this scheme",
        mend="attribute = condition(…)",
        where="law_2020 (",
    ):

        class Unnamed(Scheme):
            title, subject = "示例", Job
            law_2020 = law(BASIS, eligible=condition("派遣", Job.posted) & Job.worker.disabled)


def test_a_condition_of_another_scheme_is_none_of_this_one() -> None:
    class Named(Scheme):
        title, subject = "示例", Job
        posted = condition("派遣", Job.posted)
        law_2020 = law(BASIS, eligible=posted)

    with refused("has no name in this scheme", mend="rest on another scheme with holds(…)"):

        class Borrowing(Scheme):
            title, subject = "示例", Job
            law_2020 = law(BASIS, eligible=Named.posted)


def test_a_condition_used_through_another_is_used() -> None:
    class Through(Scheme):
        title, subject = "示例", Job
        posted = condition("派遣", Job.posted)
        either = condition("派遣或残疾", posted | Job.worker.disabled)
        law_2020 = law(BASIS, eligible=either)

    assert list(Through.conditions) == ["posted", "either"]


@pytest.mark.parametrize("name", ["amount", "first", "last", "outcome", "payee", "flow"])
def test_words_of_the_language_are_no_names(name: str) -> None:
    body: dict[str, Any] = {"title": "示例", "subject": Job, name: condition("派遣", Job.posted)}
    body["law_2020"] = law(BASIS, eligible=body[name])
    with refused(f"{name} is a word of the language", mend=f"{name}_ok", where="scheme taken"):
        type("Taken", (Scheme,), body)


def test_a_condition_called_id() -> None:
    with refused("id is a word of the language", mend='id = "called_id"'):

        class CalledId(Scheme):
            title, subject = "示例", Job
            id = condition("派遣", Job.posted)
            law_2020 = law(BASIS, eligible=id)


def test_a_law_called_amount() -> None:
    with refused("amount is a word of the language"):

        class Taken(Scheme):
            title, subject = "示例", Job
            amount = law(BASIS, eligible=Job.posted)


def test_another_root() -> None:
    with refused(
        "reads Person, but judges Job",
        mend="start from Job, and follow its references",
        where="scheme another_root",
    ):

        class AnotherRoot(Scheme):
            title, subject = "示例", Job
            law_2020 = law(BASIS, eligible=Person.disabled)


@pytest.mark.parametrize(
    "body",
    [
        {"dated_by": Person.birth_date},
        {"payee": Firm.founder},
        {"once_per": Firm.bank},
        {"concerns": Person.spouse},
        {"claws_back": claw_back("追回", when=Person.disabled, amount=GRANT)},
        {"law_2020": law(BASIS, eligible=Job.posted, pays=once(GRANT * Person.children))},
        {"law_2020": law(BASIS, eligible=Job.posted, keeps=Person.disabled)},
    ],
    ids=lambda body: next(iter(body)),
)
def test_another_root_wherever_it_stands(body: dict[str, Any]) -> None:
    law_2020 = law(BASIS, eligible=Job.posted, pays=once(GRANT))
    whole = {"title": "示例", "subject": Job, "law_2020": law_2020, **body}
    with refused("but judges Job", mend="start from Job"):
        type("AnotherRoot", (Scheme,), whole)


@pytest.mark.parametrize(
    ("name", "word"),
    [("date_by", "dated_by"), ("once_pr", "once_per"), ("paye", "payee"), ("exclude", "excludes")],
)
def test_a_word_of_the_language_misspelt(name: str, word: str) -> None:
    body: dict[str, Any] = {"title": "示例", "subject": Job, name: None}
    body["law_2020"] = law(BASIS, eligible=Job.posted)
    with refused(f"{name} is no word of the language", mend=f"{word} = …", where="scheme typo"):
        type("Typo", (Scheme,), body)


def test_operated_by_misspelt() -> None:
    with refused("operated_by = 'distrikt'", mend="did you mean district?", where="scheme typo"):

        class Typo(Scheme):
            title, subject = "示例", Job
            operated_by = "distrikt"
            law_2020 = law(BASIS, eligible=Job.posted)


def test_our_part_misspelt() -> None:
    with refused("our_part = 'pays'", mend="did you mean pay?"):

        class Typo(Scheme):
            title, subject = "示例", Job
            our_part = "pays"
            law_2020 = law(BASIS, eligible=Job.posted)


def test_excludes_is_a_list_of_ids() -> None:
    with refused("excludes = 'other'", mend='excludes = ("other",)'):

        class Typo(Scheme):
            title, subject = "示例", Job
            excludes = "other"
            law_2020 = law(BASIS, eligible=Job.posted)


def test_dated_by_is_a_day() -> None:
    with refused("dated_by is not a day", mend="Employment.started_on, or ON"):

        class Typo(Scheme):
            title, subject = "示例", Job
            dated_by = month_of(Job.started_on)
            law_2020 = law(BASIS, eligible=Job.posted)


# ---- labels


def test_a_placeholder_without_a_value() -> None:
    with refused("the label of long_enough names 'n'", mend="n=P.…", where="scheme typo"):

        class Typo(Scheme):
            title, subject = "示例", Job
            long_enough = condition("满{n}", Job.posted, k=TERM)
            law_2020 = law(BASIS, eligible=long_enough)


def test_a_placeholder_of_the_english_label() -> None:
    with refused("the label of long_enough names 'm'", where="scheme typo"):

        class Typo(Scheme):
            title, subject = "示例", Job
            long_enough = condition("满{n}", Job.posted, en="for {m}", n=TERM)
            law_2020 = law(BASIS, eligible=long_enough)


@pytest.mark.parametrize("label", ["满{}", "满{n"])
def test_a_label_that_cannot_be_filled(label: str) -> None:
    body = {"title": "示例", "subject": Job, "enough": condition(label, Job.posted, n=TERM)}
    body["law_2020"] = law(BASIS, eligible=body["enough"])
    with refused("the label of enough"):
        type("Typo", (Scheme,), body)


# ---- resting on another scheme


class Certified(Scheme):
    title, subject = "认定", Person
    law_2020 = law(BASIS, eligible=Person.disabled)


def test_another_scheme_holds_for_a_row_that_it_judges() -> None:
    with refused(
        "certified judges Person", mend="holds(Certified, of=…) with a path to a Person", where=HERE
    ):
        holds(Certified, of=Job.firm)
    assert holds(Certified, of=Job.worker).op == "rests"


def test_a_case_error_is_no_rule_error() -> None:
    assert not issubclass(CaseError, RuleError)
    assert not issubclass(RuleError, CaseError)
    assert issubclass(CaseError, ValueError)


def test_awards_refuse_months_against_days() -> None:
    with refused("compares month and day"):
        any_of(Person.awards, Person.awards.first_month <= ON)
    assert Award.register.name == "awards"


# ---- a district's scheme holds no number of its own


def of_a_district(eligible: Any, pays: Any = None) -> type[Scheme]:
    body = {"title": "示例", "subject": Job, "law_2020": law(BASIS, eligible=eligible, pays=pays)}
    return type("Numbers", (Scheme,), {**body, "__module__": "wenye_district_example.numbers"})


@pytest.mark.parametrize(
    "eligible",
    [
        Job.worker.children >= 3,
        Job.started_on >= dt.date(2024, 1, 1),
        reached(Job.started_on, months(6), ON),
        share_at_least(count(Job.firm.jobs), count(Job.firm.jobs), Decimal("0.15")),
        Job.worker.children * 2 >= Job.worker.children,
    ],
    ids=["number", "day", "period", "rate", "factor"],
)
def test_a_number_or_a_day_in_a_districts_scheme(eligible: Any) -> None:
    with refused(
        "a number or a day stands in the scheme itself",
        mend="make it a parameter",
        where="scheme numbers",
    ):
        of_a_district(eligible)


def test_what_the_language_itself_counts_with_is_no_number_of_the_scheme() -> None:
    formula = (
        reached(Job.started_on, years(LONG), ON)
        & (Job.worker.insured_months >= months_in(LONG))
        & (Job.worker.children >= 1)
        & any_of(Job.firm.jobs)
        & share_at_least(count(Job.firm.jobs), count(Job.firm.jobs), SHARE)
    )
    made = of_a_district(formula, once(to_fen(GRANT * SHARE)))
    assert made.id == "numbers"
