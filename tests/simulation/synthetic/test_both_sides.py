"""Of everything that a rule may ask, the registers hold cases on either side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from wenye.registers.model import (
    Assistance,
    Benefit,
    Business,
    ContributionBill,
    Employer,
    Employment,
    FlexibleWork,
    Graduation,
    Hardship,
    Household,
    Internship,
    LayoffPlan,
    Loan,
    Person,
    Referral,
    StaffingYear,
    Termination,
    Training,
    Unemployment,
    VatReturn,
    Voucher,
)
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.invented import AS_OF, Registers

NOW = AS_OF.year * 12 + AS_OF.month - 1


def since(fact: str, until: str) -> pl.Expr:
    return (pl.col(until) - pl.col(fact)).dt.total_days()


ASKED: list[tuple[type[Entity], str, pl.Expr]] = [
    (Person, "fifteen years paid", pl.col("pension_months") >= 180),
    (Employer, "hit by the epidemic", pl.col("epidemic_hit")),
    (Employer, "in a hard-hit trade", pl.col("hard_hit_trade")),
    (Employment, "late retirement", pl.col("late_retirement_agreed")),
    (Unemployment, "seeks work", pl.col("seeking_work")),
    (Unemployment, "insured here", pl.col("insured_here")),
    (Unemployment, "claimed", pl.col("claimed_on").is_not_null()),
    (FlexibleWork, "platform", pl.col("platform")),
    (Benefit, "refused three times", pl.col("refusals") >= 3),
    (Benefit, "pension drawn", pl.col("pension_drawn")),
    (Benefit, "stopped where it had to", pl.col("stopped").filter(pl.col("refusals") >= 3)),
    (Graduation, "from Hubei in 2020", pl.col("origin").filter(
        pl.col("graduated_on").dt.year() == 2020) == "湖北省"),
    (Business, "operating", pl.col("operating")),
    (Business, "returnee", pl.col("returnee")),
    (Business, "applied after a year", since("registered_on", "applied_on") >= 365),
    (Business, "applied after eighteen months", since("registered_on", "applied_on") >= 548),
    (Hardship, "six months without work", since("unemployed_since", "recorded_on") >= 184),
    (Hardship, "a year without work", since("unemployed_since", "recorded_on") >= 366),
    (Hardship, "served for half a year", since("served_since", "recorded_on") >= 184),
    (Hardship, "unemployed", pl.col("unemployed_since").is_null()),
    (Hardship, "able and willing", pl.col("able_and_willing")),
    (Hardship, "approved in the quota", pl.col("approved_in_quota")),
    (Hardship, "disabled", pl.col("disability") == 2),
    *((Hardship, name, pl.col(name)) for name in (
        "reserved_worker", "left_farmland", "zero_employment_family", "low_income_family",
        "partly_incapable", "several_disabled", "land_requisitioned", "land_allowance_ended",
        "lacks_experience", "released", "epidemic_hit")),
    (Assistance, "with a job", pl.col("monthly_earnings").is_not_null()),
    (Assistance, "at the minimum wage", pl.col("monthly_earnings") >= 274_000),
    (Assistance, "job reported", pl.col("job_reported")),
    (Assistance, "running", pl.col("last_month") == NOW),
    (Household, "per head at the standard",
     pl.col("monthly_income") <= pl.col("members") * 169_000),
    (Household, "all of the city", pl.col("city_members") == pl.col("members")),
    (Household, "drawing already", pl.col("drawing_minimum_living")),
    (StaffingYear, "few staff", pl.col("insured_over_months") <= 30 * 12),
    (StaffingYear, "fewer than before",
     pl.col("insured_at_end") < pl.col("insured_at_start")),
    (ContributionBill, "of 2020", pl.col("month") < 2021 * 12),
    (VatReturn, "small-scale", pl.col("small_scale")),
    (VatReturn, "of 2020", pl.col("first_month") < 2021 * 12),
    (LayoffPlan, "a tenth of the staff", pl.col("dismissed") * 10 >= pl.col("staff")),
    (LayoffPlan, "explained 30 days ahead",
     since("explained_on", "first_dismissal_on") >= 30),
    (Termination, "ten years with one employer", since("employed_since", "ended_on") >= 3653),
    (Termination, "in the medical period", pl.col("medical_period")),
    (Termination, "absent for the epidemic", pl.col("epidemic_absence")),
    (Termination, "sole earner", pl.col("sole_earner")),
    (Internship, "at a base", pl.col("recognised_base")),
    (Internship, "over", pl.col("ended_on").is_not_null()),
    (Referral, "served directly for half a year",
     since("public_service_since", "entrusted_on") >= 184),
    (Referral, "within the range", pl.col("standard_percent").is_between(50, 150)),
    (Loan, "an organisation", pl.col("employer").is_not_null()),
    (Loan, "above half a million",
     pl.col("amount").filter(pl.col("borrower") == 0) > 50_000_000),
    (Loan, "overdue", pl.col("overdue")),
    (Training, "completed", pl.col("completed_on").is_not_null()),
    (Training, "cost within the standard", pl.col("cost") <= pl.col("standard")),
    (Training, "by an employer", pl.col("employer").is_not_null()),
    (Training, "during a stoppage", pl.col("during_stoppage")),
    (Voucher, "used", pl.col("used_on").is_not_null()),
    (Voucher, "withdrawn", pl.col("withdrawn")),
]  # fmt: skip


IDS = [f"{entity.__name__}: {what}" for entity, what, _ in ASKED]


@pytest.mark.parametrize(("entity", "what", "test"), ASKED, ids=IDS)
def test_either_answer_occurs(
    registers: Registers, entity: type[Entity], what: str, test: pl.Expr
) -> None:
    answers = registers.frames[entity].select(test.alias("answer"))["answer"].drop_nulls()
    assert answers.any()
    assert not answers.all()


@pytest.mark.parametrize("entity", [Hardship, Assistance, Household, Loan, Voucher, Internship])
def test_only_few_people_have_a_row(registers: Registers, entity: type[Entity]) -> None:
    assert 0 < len(registers.frames[entity]) < 0.12 * len(registers.frames[Person])


def test_no_fact_is_invented_for_nobody_and_none_is_forgotten(registers: Registers) -> None:
    for entity, frame in registers.frames.items():
        assert set(frame.columns) == set(entity.facts()), entity


def test_months_drawn_are_told_of_benefits_that_were_stopped(registers: Registers) -> None:
    benefits = registers.frames[Benefit].drop_nulls("stopped")
    assert (benefits["drawn_months"].is_not_null() == benefits["stopped"]).all()
    stopped = benefits.filter("stopped")
    granted = stopped["last_month"] - stopped["first_month"] + 1
    assert (stopped["drawn_months"] < granted).all()
    assert (stopped["drawn_months"] > 0).any()


def test_a_claim_comes_before_its_benefit(registers: Registers) -> None:
    claims = registers.frames[Unemployment].drop_nulls("claimed_on")
    assert (claims["claimed_on"] >= claims["started_on"]).all()
    month = claims["claimed_on"].dt.year() * 12 + claims["claimed_on"].dt.month()
    granted = registers.frames[Benefit].filter(~pl.col("extension"))
    found = granted.join(
        claims.with_columns(first_month=month.cast(pl.Int32)), on=["person", "first_month"]
    )
    assert len(found) == len(granted)


def test_a_termination_ends_a_job_of_the_same_person(registers: Registers) -> None:
    ended: Any = registers.frames[Termination].join(
        registers.frames[Employment],
        left_on=["worker", "employer", "ended_on"],
        right_on=["worker", "employer", "ended_on"],
    )
    assert len(ended) == len(registers.frames[Termination])


def test_a_year_of_staff_adds_up(registers: Registers) -> None:
    years = registers.frames[StaffingYear]
    assert set(years["year"]) == {2019, AS_OF.year - 1}
    assert (years["settled_on"] > dt.date(2020, 1, 31)).all()
    assert (years["settled_on"].dt.year() == years["year"] + 1).all()
    most = pl.max_horizontal("insured_at_start", "insured_at_end")
    assert (years.select(pl.col("insured_over_months") >= most).to_series()).all()
    assert (years["contributions_paid"] > 0).all()


def test_what_a_loan_says_fits_its_borrower(registers: Registers) -> None:
    loans = registers.frames[Loan]
    organisation = loans["borrower"] == 3
    assert (loans["person"].is_null() == organisation).all()
    assert (loans["employer"].is_not_null() == organisation).all()
    assert (loans["partners_caps"].is_not_null() == (loans["borrower"] == 2)).all()
