"""Schemes that leave something out or hold what does not fit, refused as the class is made."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.examples import Basis, refused, series
from tests.rules.model import Award, Firm, Job, Person

from wenye.rules import (
    ON,
    PAY_MONTH,
    CaseError,
    RuleError,
    Scheme,
    any_of,
    claw_back,
    condition,
    first_day,
    holds,
    law,
    month_of,
    monthly,
    once,
    to_fen,
    where,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number, rate

HERE = "test_refused_schemes.py:"
BASIS = Basis()
START = "2020-01-01"

GRANT = parameter(series("grant", money("once"), (START, 100_000)))
STIPEND = parameter(series("stipend", money("monthly"), (START, 50_000)))
TERM = parameter(series("term", number("month"), (START, 6)))
LONG = parameter(series("long", number("year"), (START, 2)))
CROWD = parameter(series("crowd", number("person"), (START, 10)))
SHARE = parameter(series("share", rate(3), (START, 155)))


# ---- what a scheme must say


def test_no_subject() -> None:
    with refused("no subject", mend="subject = Person", where="scheme no_subject"):

        class NoSubject(Scheme):
            title = "示例"


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


def test_two_laws_on_one_day() -> None:
    with refused("law_a and law_b begin on the same day", where="scheme two_laws"):

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


# ---- what is paid


def test_once_with_monthly_money() -> None:
    with refused("once() pays money (monthly)", mend="use monthly(…)", where=HERE):
        once(STIPEND)


def test_monthly_with_money_paid_once() -> None:
    with refused("monthly() pays money (once)", mend="use once(…)"):
        monthly(GRANT, first=month_of(ON), months=TERM)


def test_fractions_of_a_fen() -> None:
    with refused("pays fractions of a fen", mend="to_fen(amount)", where=HERE):
        once(GRANT * SHARE)
    assert once(to_fen(GRANT * SHARE)).amount.kind == money("once")


def test_a_rounding_that_does_not_exist() -> None:
    with refused("no rounding called 'even'", mend="up or down"):
        to_fen(GRANT * SHARE, half="even")
    with refused("rounds a rate to fen"):
        to_fen(SHARE)


def test_only_money_is_paid() -> None:
    with refused("pays a number of months", mend="pay an amount of money"):
        once(TERM)
    with refused("pays a int"):
        once(2000)
    with refused("takes back money (monthly)", mend="is money paid once"):
        claw_back("追回", when=Job.posted, amount=STIPEND)


def test_a_monthly_support_has_one_end() -> None:
    start = month_of(Job.started_on)
    with refused("monthly() needs an end", mend="either last= or months="):
        monthly(STIPEND, first=start)
    with refused("monthly() needs an end"):
        monthly(STIPEND, first=start, last=start, months=TERM)


def test_a_monthly_support_runs_from_month_to_month() -> None:
    start = month_of(Job.started_on)
    with refused("monthly(first=…) takes a month", mend="month_of(day)", where=HERE):
        monthly(STIPEND, first=Job.started_on, last=start)
    with refused("monthly(last=…) takes a month", mend="month_of(day)"):
        monthly(STIPEND, first=start, last=Job.started_on)
    with refused("monthly(first=…) takes a month", mend="month_of(day)"):
        monthly(STIPEND, first=Job.started_on, months=TERM)


def test_once_under_one_law_and_monthly_under_another() -> None:
    with refused("pays once under one law and monthly under another", mend="two schemes"):

        class Both(Scheme):
            title, subject = "示例", Job
            law_2020 = law(BASIS, eligible=Job.posted, pays=once(GRANT))
            law_2021 = law(
                BASIS,
                since="2021-01-01",
                eligible=Job.posted,
                pays=monthly(STIPEND, first=month_of(ON), months=TERM),
            )


FROM_2020 = PAY_MONTH >= month_of(ON)


@pytest.mark.parametrize(
    "body",
    [
        {"law_2020": law(BASIS, eligible=FROM_2020)},
        {"law_2020": law(BASIS, eligible=Job.posted, keeps=FROM_2020)},
        {"law_2020": law(BASIS, eligible=Job.posted, pays=once(where(FROM_2020, GRANT, 0)))},
        {
            "law_2020": law(
                BASIS, eligible=Job.posted, pays=monthly(STIPEND, first=PAY_MONTH, months=TERM)
            )
        },
        {"claws_back": claw_back("追回", when=FROM_2020, amount=GRANT)},
        {"dated_by": first_day(PAY_MONTH)},
    ],
    ids=["eligible", "keeps", "once", "first", "claws_back", "dated_by"],
)
def test_the_month_being_paid_stands_in_amounts_of_monthly_alone(body: dict[str, Any]) -> None:
    whole = {"title": "示例", "subject": Job, "law_2020": law(BASIS, eligible=Job.posted), **body}
    with refused("PAY_MONTH outside monthly(…)"):
        type("Months", (Scheme,), whole)


def test_the_month_being_paid_in_a_named_condition() -> None:
    with refused("PAY_MONTH outside monthly(…)", where="scheme months"):

        class Months(Scheme):
            title, subject = "示例", Job
            later = condition("以后", FROM_2020)
            law_2020 = law(BASIS, eligible=later)


def test_the_month_being_paid_inside_monthly() -> None:
    class Months(Scheme):
        title, subject = "示例", Job
        law_2020 = law(
            BASIS,
            eligible=Job.posted,
            pays=monthly(
                where(PAY_MONTH > month_of(Job.started_on), STIPEND, 0),
                first=month_of(Job.started_on),
                months=TERM,
            ),
        )

    assert Months.flow() == "monthly"


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
