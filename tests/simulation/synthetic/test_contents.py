"""What a synthetic district contains: consistent registers, with cases for every scheme in view."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from wenye.registers.columns import one_at_a_time
from wenye.registers.identifiers import (
    birth_dates,
    credit_codes_valid,
    identity_numbers_valid,
    organisation_code_valid,
    sexes,
)
from wenye.registers.model import (
    MODEL,
    Award,
    Benefit,
    Business,
    Certification,
    Contribution,
    Employer,
    Employment,
    FlexibleWork,
    Graduation,
    Internship,
    Person,
    PublicPost,
    Unemployment,
)
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.assumptions import support as a
from wenye.simulation.synthetic.assumptions.careers import MOST_JOBS
from wenye.simulation.synthetic.assumptions.people import LEAVING_AGE
from wenye.simulation.synthetic.invented import AS_OF, Registers

SPELLS = [entity for entity in MODEL if entity.spell]
NOW = AS_OF.year * 12 + AS_OF.month - 1


def test_identity_numbers_are_unique_right_and_of_a_place_that_does_not_exist(
    registers: Registers,
) -> None:
    numbers, people = registers.people["number"], registers.frames[Person]
    assert identity_numbers_valid(numbers).all()
    assert numbers.is_unique().all()
    assert numbers.str.starts_with("990114").all()
    assert (birth_dates(numbers) == people["birth_date"]).all()
    assert (sexes(numbers) == people["sex"].replace_strict({0: "male", 1: "female"})).all()


def test_credit_codes_are_unique_right_and_of_a_place_that_does_not_exist(
    registers: Registers,
) -> None:
    codes = registers.employers["number"]
    assert credit_codes_valid(codes).all()
    assert codes.is_unique().all()
    assert (codes.str.slice(2, 6) == "990114").all()
    assert all(organisation_code_valid(code) for code in codes.str.slice(8, 9).head(50))


def test_names_cannot_be_taken_for_people(registers: Registers) -> None:
    assert registers.people["name"].str.contains("^[测试虚拟].{2}$").all()
    assert registers.employers["name"].str.starts_with("虚构第").all()


def test_people_are_of_working_age_and_live_in_every_unit(
    registers: Registers, units: tuple[str, ...]
) -> None:
    people = registers.frames[Person]
    assert people["birth_date"].max() <= dt.date(AS_OF.year - 16, AS_OF.month, AS_OF.day)
    assert people["birth_date"].min() > dt.date(AS_OF.year - 66, AS_OF.month, AS_OF.day)
    assert set(people["town"]) == set(units)


def test_the_retirement_class_goes_with_the_sex(registers: Registers) -> None:
    people = registers.frames[Person].drop_nulls("retirement_class")
    men = people["sex"] == 0
    assert (people["retirement_class"].filter(men) == 0).all()
    assert set(people["retirement_class"].filter(~men)) == {1, 2}


@pytest.mark.parametrize("entity", MODEL, ids=lambda entity: entity.register.name)
def test_columns_are_the_facts_and_references_resolve(
    registers: Registers, entity: type[Entity]
) -> None:
    frame = registers.frames[entity]
    assert set(frame.columns) <= set(entity.facts())
    for name in frame.columns:
        fact = entity.facts()[name]
        if fact.kind.name == "key":
            found = frame[name].drop_nulls()
            assert found.min() >= 0
            assert found.max() < len(registers.frames[fact.target])
            assert fact.may_be_absent or not frame[name].has_nulls()


@pytest.mark.parametrize("entity", SPELLS, ids=lambda entity: entity.register.name)
def test_spells_of_one_kind_do_not_overlap(registers: Registers, entity: type[Entity]) -> None:
    assert entity.spell is not None
    first, last = entity.spell
    frame = registers.frames[entity]
    ended = frame.drop_nulls(last)
    assert (ended[first] <= ended[last]).all()
    group = one_at_a_time(entity)
    if entity is Employment:
        group = ["worker"]
    if entity is Certification:
        group = ["person"]
    follows = (
        frame.sort(*group, first)
        .with_columns(
            after=pl.col(last).shift().over(group),
            place=pl.int_range(pl.len()).over(group),
        )
        .filter(pl.col("place") > 0)
    )
    assert len(follows) > 0 or entity in (Certification, Award, Internship, PublicPost)
    assert (follows["after"] < follows[first]).all()
    assert not follows["after"].has_nulls()


@pytest.mark.parametrize("entity", SPELLS, ids=lambda entity: entity.register.name)
def test_no_spell_begins_after_the_day_of_the_data(
    registers: Registers, entity: type[Entity]
) -> None:
    assert entity.spell is not None
    begins = registers.frames[entity][entity.spell[0]]
    latest = AS_OF if begins.dtype == pl.Date else NOW
    assert begins.max() <= latest


def test_some_facts_are_unknown_as_a_bureau_leaves_them(registers: Registers) -> None:
    for entity, fact in ((Person, "company_officer"), (Unemployment, "involuntary")):
        share = registers.frames[entity][fact].null_count() / len(registers.frames[entity])
        assert 0.01 < share < 0.1


def test_careers_have_work_unemployment_and_flexible_work(registers: Registers) -> None:
    people = len(registers.frames[Person])
    working = registers.frames[Employment].filter(pl.col("ended_on").is_null())
    unemployed = registers.frames[Unemployment].filter(pl.col("ended_on").is_null())
    flexible = registers.frames[FlexibleWork].filter(pl.col("ended_on").is_null())
    assert 0.35 < len(working) / people < 0.75
    assert 0.01 < len(unemployed) / people < 0.1
    assert 0.02 < len(flexible) / people < 0.2
    since = pl.lit(AS_OF) - pl.col("started_on")
    assert unemployed.filter(since > pl.duration(days=365)).height > 20
    assert registers.frames[Employment].group_by("worker").len()["len"].max() == MOST_JOBS


def test_employers_have_a_heavy_tail_and_some_have_nobody(registers: Registers) -> None:
    employers = registers.frames[Employer]
    employed = registers.frames[Employment]["employer"].n_unique()
    assert employed < len(employers)
    staff = employers["staff"].drop_nulls()
    assert staff.median() < 10
    assert staff.max() > 60
    assert employers["labour_dispatch"].any()
    assert not employers["in_city"].all()
    assert set(employers["kind"]) == set(range(6))


def test_hires_after_long_registered_unemployment_exist(registers: Registers) -> None:
    hires = registers.frames[Employment].join(
        registers.frames[Unemployment], left_on="worker", right_on="person"
    )
    waited = (pl.col("started_on") - pl.col("started_on_right")).dt.total_days()
    close = (pl.col("started_on") - pl.col("ended_on_right")).dt.total_days()
    assert hires.filter((waited >= 190) & close.is_between(-10, 1)).height > 100


def test_certified_people_are_hired_and_work_flexibly(registers: Registers) -> None:
    certified = registers.frames[Certification]
    assert set(certified["category"]) <= set(a.CATEGORIES)
    for entity, by in ((Employment, "worker"), (FlexibleWork, "person")):
        joined = registers.frames[entity].join(certified, left_on=by, right_on="person")
        during = pl.col("started_on") >= pl.col("started_on_right")
        during &= pl.col("started_on") <= pl.col("ended_on_right").fill_null(AS_OF)
        assert joined.filter(during).height > 20


def test_benefits_end_close_to_leaving_work(registers: Registers) -> None:
    benefits = registers.frames[Benefit]
    people = registers.frames[Person].with_row_index("person").cast({"person": pl.Int32})
    joined = benefits.join(people, on="person")
    age = (joined["last_month"] - joined["birth_date"].dt.year() * 12) // 12
    usual = pl.Series(LEAVING_AGE).gather(joined["retirement_class"].fill_null(0).cast(pl.UInt32))
    near = (usual - age).is_between(0, 2) & (joined["last_month"] <= NOW)
    assert near.sum() > 20
    assert benefits["extension"].any()


def test_contributions_have_holes_refunds_and_both_kinds(registers: Registers) -> None:
    paid = registers.frames[Contribution]
    assert set(paid["kind"]) == {0, 1}
    assert (paid["employer"].is_null() == (paid["kind"] == 1)).all()
    assert paid["refunded"].any()
    again = paid.filter(
        (pl.col("person") == pl.col("person").shift())
        & (pl.col("employer") == pl.col("employer").shift())
        & (pl.col("first_month") > pl.col("last_month").shift() + 1)
    )
    assert len(again) > 20


def test_founders_are_grown_up_and_no_business_closes_before_it_opens(
    registers: Registers,
) -> None:
    businesses = registers.frames[Business]
    born = registers.frames[Person]["birth_date"].gather(businesses["founder"])
    assert (businesses["registered_on"].dt.year() - born.dt.year() >= 18).all()
    closed = businesses.drop_nulls("closed_on")
    assert (closed["closed_on"] > closed["registered_on"]).all()
    assert businesses["employer"].is_unique().all()


def test_graduations_are_of_people_of_that_age(registers: Registers) -> None:
    graduations = registers.frames[Graduation]
    born = registers.frames[Person]["birth_date"].gather(graduations["person"])
    age = graduations["graduated_on"].dt.year() - born.dt.year()
    assert age.is_between(18, 26).all()
    assert graduations["graduated_on"].max() <= AS_OF


def test_awards_rest_on_a_spell_of_the_same_person(registers: Registers) -> None:
    awards = registers.frames[Award]
    assert set(awards["scheme"]) == set(a.AWARDED)
    assert (awards["amount"] > 0).all()
    assert awards["last_month"].max() < NOW
    flexible = awards["scheme"] == "flexible_social_insurance"
    assert (awards["employer"].is_null() == flexible).all()
    hires = registers.frames[Employment].select("worker", "employer", "started_on", "ended_on")
    rested = awards.filter(~flexible).join(
        hires, left_on=["person", "employer"], right_on=["worker", "employer"], how="left"
    )
    month = pl.col("started_on").dt.year() * 12 + pl.col("started_on").dt.month() - 1
    assert rested.filter(month <= pl.col("first_month")).height >= (~flexible).sum()


def test_certified_awards_go_to_certified_people(registers: Registers) -> None:
    awards = registers.frames[Award].filter(pl.col("scheme") != "hiring_subsidy")
    certified = registers.frames[Certification]["person"].implode()
    assert awards["person"].is_in(certified).all()
