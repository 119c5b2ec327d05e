"""What the districts that ship with Wenye say, and how surely they say it."""

from __future__ import annotations

import datetime as dt

import pytest

from wenye.policy.district import District, load_district
from wenye.policy.units import written
from wenye.rules.parameters import Status


@pytest.fixture(scope="module")
def jiading() -> District:
    return load_district("jiading", today=dt.date(2026, 11, 1))


def said(district: District, name: str, on: str) -> tuple[str | None, str]:
    parameter = district.detail(name)
    value = parameter.at(dt.date.fromisoformat(on))
    text = None if value.value is None else written(parameter.unit, value.value)
    return text, value.status.value


@pytest.mark.parametrize(
    ("name", "on", "value", "status"),
    [
        ("hiring_subsidy.amount_per_hire", "2020-12-31", None, "open"),
        ("hiring_subsidy.amount_per_hire", "2022-12-31", None, "open"),
        ("hiring_subsidy.amount_per_hire", "2023-01-01", "2000.00", "sourced"),
        ("hiring_subsidy.amount_per_hire", "2023-12-31", "2000.00", "sourced"),
        ("hiring_subsidy.amount_per_hire", "2024-01-01", None, "open"),
        ("hiring_subsidy.unemployed_months", "2020-08-03", "6", "quoted"),
        ("hiring_subsidy.unemployed_months", "2021-12-31", "6", "quoted"),
        ("hiring_subsidy.unemployed_months", "2022-01-01", None, "open"),
        ("hiring_subsidy.unemployed_surely_months", "2022-01-01", "6", "quoted"),
        ("hiring_subsidy.unemployed_at_least_months", "2022-01-01", "3", "sourced"),
        ("hiring_subsidy.unemployed_months", "2023-01-01", "3", "sourced"),
        ("hiring_subsidy.unemployed_months", "2024-01-01", None, "open"),
        ("hiring_subsidy.contract_months", "2021-01-01", None, "open"),
        ("post_subsidy.minimum_wage_share", "2021-12-31", None, "open"),
        ("post_subsidy.minimum_wage_share", "2022-01-01", "50", "quoted"),
        ("post_subsidy.minimum_wage_share", "2026-12-31", "50", "quoted"),
        ("post_subsidy.minimum_wage_share", "2027-01-01", "50", "sourced"),
        ("minimum_wage.monthly", "2025-06-30", "2690.00", "sourced"),
        ("minimum_wage.monthly", "2025-07-01", "2740.00", "quoted"),
        ("flexible_social_insurance.one_year_extension_months", "2021-12-31", "12", "quoted"),
        ("flexible_social_insurance.one_year_extension_months", "2022-01-01", None, "open"),
        ("contribution_rates.flexible_medical", "2021-07-01", "11.5", "sourced"),
        ("contribution_rates.flexible_medical", "2023-07-01", None, "open"),
        ("contribution_rates.employer_unemployment", "2026-01-01", "0.5", "sourced"),
        ("contribution_base.floor", "2026-07-01", "7546.00", "sourced"),
        ("unemployment_benefit.level_extended", "2025-06-30", "1595.00", "quoted"),
        ("unemployment_benefit.level_extended", "2025-07-01", "1650.00", "sourced"),
        ("unemployment_benefit.level_extended", "2026-07-01", "1690.00", "quoted"),
        ("unemployment_benefit.level_extended", "2028-06-30", "1690.00", "quoted"),
        ("unemployment_benefit.level_extended", "2028-07-01", "1690.00", "sourced"),
        ("unemployment_benefit.extension_below_months", "2024-12-31", "24", "quoted"),
        ("unemployment_benefit.extension_below_months", "2025-01-01", None, "open"),
        ("unemployment_benefit.extension_below_months", "2026-08-15", None, "open"),
        ("unemployment_benefit.extension_below_months", "2026-08-16", "12", "quoted"),
        ("unemployment_benefit.extension_surely_below_months", "2025-01-01", "12", "quoted"),
        ("unemployment_benefit.extension_at_most_below_months", "2026-08-15", "24", "quoted"),
        ("guaranteed_loan.hire_share", "2020-08-03", "15", "quoted"),
        ("guaranteed_loan.hire_share_large", "2020-08-03", "8", "quoted"),
        ("guaranteed_loan.key_group_share", "2024-05-30", None, "open"),
        ("guaranteed_loan.key_group_share", "2024-05-31", "10", "sourced"),
        ("retirement.men_old_age", "2024-12-31", "60", "quoted"),
        ("retirement.women_worker_step_months", "2025-01-01", "2", "quoted"),
        ("hardship.older_age_women", "2022-01-01", "40", "quoted"),
    ],
)
def test_jiading_on_a_day(
    jiading: District, name: str, on: str, value: str | None, status: str
) -> None:
    assert said(jiading, name, on) == (value, status)


def test_nothing_is_confirmed_before_an_officer_signs(jiading: District) -> None:
    assert jiading.confirmations == ()
    statuses = {value.status for item in jiading.details.values() for value in item.values}
    assert statuses == {Status.QUOTED, Status.SOURCED, Status.OPEN}


def test_the_sure_and_widest_limits_enclose_the_open_one(jiading: District) -> None:
    for year in range(2020, 2030):
        on = f"{year}-09-01"
        sure, _ = said(jiading, "unemployment_benefit.extension_surely_below_months", on)
        most, _ = said(jiading, "unemployment_benefit.extension_at_most_below_months", on)
        limit, _ = said(jiading, "unemployment_benefit.extension_below_months", on)
        assert sure is not None
        assert most is not None
        assert int(sure) <= int(limit or sure) <= int(most)


@pytest.mark.parametrize("cls", ["men", "women_cadre", "women_worker"])
def test_first_delayed_birth_month_follows_from_the_quoted_values(
    jiading: District, cls: str
) -> None:
    on = "2025-01-01"
    start, _ = said(jiading, "retirement.delay_starts_in", on)
    age, _ = said(jiading, f"retirement.{cls}_old_age", on)
    first, _ = said(jiading, f"retirement.{cls}_first_birth_month", on)
    assert start is not None
    assert age is not None
    assert first == f"{int(start[:4]) - int(age)}-{start[5:]}"


def test_second_level_is_four_fifths_of_the_first(jiading: District) -> None:
    first = jiading.detail("unemployment_benefit.level_months_1_12")
    second = jiading.detail("unemployment_benefit.level_months_13_24")
    every = list(zip(first.values, second.values, strict=True))
    pairs = [(a, b) for a, b in every if a.value is not None or b.value is not None]
    assert len(pairs) == 8  # with the stretch behind the last printed expiry
    for a, b in pairs:
        assert a.since == b.since
        assert isinstance(a.value, int)
        assert b.value == a.value * 4 // 5


def test_jiading_has_twelve_units_and_its_departments(jiading: District) -> None:
    kinds = [place.kind for place in jiading.organisation.units]
    assert (kinds.count("street"), kinds.count("town"), kinds.count("managed_area")) == (3, 7, 2)
    assert {place.code[:6] for place in jiading.organisation.units} == {jiading.division}
    assert len(jiading.organisation.departments) == 24
    named = {n for item in jiading.organisation.departments for n in item.articles}
    assert named == set(range(1, 24))


def test_the_document_is_in_doubt_after_five_years(jiading: District) -> None:
    basis = jiading.cite("jiading-2020-6", 7, "一次性吸纳就业补贴")
    assert basis.text == "嘉府规〔2020〕6号 第（七）条"
    assert basis.doubtful_from == dt.date(2025, 8, 3)


def test_documents_follow_each_other_without_a_gap(jiading: District) -> None:
    followed = [item for item in jiading.documents.values() if item.ended_by]
    assert len(followed) == 4
    for document in followed:
        assert document.ended_on is not None
        next_one = jiading.documents[document.ended_by]
        assert next_one.effective_from == document.ended_on + dt.timedelta(days=1)


def test_the_example_is_plainly_invented() -> None:
    example = load_district("example")
    assert "虚构" in example.label
    assert "invented" in example.label_en
    assert all(place.code.startswith("99") for place in example.organisation.units)
    assert all(document.text_file for document in example.documents.values())
    assert said(example, "flexible_monthly.amount", "2025-01-01") == ("320.00", "confirmed")
    assert said(example, "first_business.amount", "2027-01-01") == (None, "open")
