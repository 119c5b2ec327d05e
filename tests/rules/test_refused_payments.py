"""What a scheme pays, refused as it loads where it does not say it exactly."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.examples import Basis, refused, series
from tests.rules.model import Job

from wenye.rules import (
    ON,
    PAY_MONTH,
    Scheme,
    claw_back,
    condition,
    first_day,
    law,
    month_of,
    monthly,
    once,
    to_fen,
    where,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number, rate

HERE = "test_refused_payments.py:"
BASIS = Basis()
START = "2020-01-01"

GRANT = parameter(series("grant", money("once"), (START, 100_000)))
STIPEND = parameter(series("stipend", money("monthly"), (START, 50_000)))
TERM = parameter(series("term", number("month"), (START, 6)))
SHARE = parameter(series("share", rate(3), (START, 155)))


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


def test_once_per_allows_one_payment() -> None:
    with refused("once_per allows one payment", mend="months_drawn(…) < P.max_months"):

        class Many(Scheme):
            title, subject, once_per = "示例", Job, Job.worker
            law_2020 = law(
                BASIS,
                eligible=Job.posted,
                pays=monthly(STIPEND, first=month_of(Job.started_on), months=TERM),
            )


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
