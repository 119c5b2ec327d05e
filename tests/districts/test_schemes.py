"""What every shipped scheme file keeps to, and what ties Jiading's together."""

from __future__ import annotations

import ast
import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.districts.shipped import TODAY, district, every_scheme, rows_of, tables

from wenye.policy.district import available_districts, load_district
from wenye.policy.exact_yaml import read_text
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider

SCHEMES = every_scheme()


@pytest.mark.parametrize("name", available_districts())
def test_every_scheme_has_its_case_table_and_every_table_its_scheme(name: str) -> None:
    assert set(district(name).scheme_ids) == tables(name).keys() != set()


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_every_condition_is_named_in_both_languages_and_cited(name: str, scheme: str) -> None:
    for item in district(name).schemes[scheme].conditions.values():
        assert item.label_en != item.label, item.name
        assert item.label_en.isascii(), item.name
        assert item.cites is not None or item.name == "not_paid_before", item.name


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_what_marks_a_version_is_said_in_both_languages(name: str, scheme: str) -> None:
    for version in district(name).schemes[scheme].laws:
        assert bool(version.label) is bool(version.label_en), version.name
        assert version.label_en.isascii(), version.name


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_every_number_is_a_parameter(name: str, scheme: str) -> None:
    """Beside parameters stand only articles, a priority, and the one of a next month or year."""
    tree = ast.parse(read_text(district(name).folder / "schemes" / f"{scheme}.py"))
    told: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "cite":
                told |= set(node.args)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "priority":
            told.add(node.value)
    numbers = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node not in told
    ]
    assert set(numbers) <= {1}


OLDER_CLAIMANTS_CONFIRMED = """
confirmations:
  - parameter: flexible_social_insurance.fund_pension_exclusion_from
    since: 2020-08-03
    value: 2025-01-20
    source: 试验用文号
    confirmed_by: 经办甲
    confirmed_on: 2026-10-01
    checked_by: 复核乙
    checked_on: 2026-10-02
"""


@pytest.mark.parametrize(
    ("scheme", "on", "confirmed", "outcome"),
    [
        ("post_subsidy", "2025-01-19", False, True),
        ("post_subsidy", "2025-01-20", False, None),
        ("post_subsidy", "2025-01-19", True, True),
        ("post_subsidy", "2025-01-20", True, False),
        ("flexible_social_insurance", "2025-01-19", True, True),
        ("flexible_social_insurance", "2025-01-20", False, None),
        ("flexible_social_insurance", "2025-01-20", True, False),
        ("employer_social_insurance", "2025-01-20", False, True),
        ("employer_social_insurance", "2025-01-20", True, True),
    ],
)
def test_the_rule_on_older_claimants_refuses_once_it_is_confirmed(
    tmp_path: Path, scheme: str, on: str, confirmed: bool, outcome: bool | None
) -> None:
    signed = tmp_path / "confirmations.yaml"
    signed.write_text(OLDER_CLAIMANTS_CONFIRMED if confirmed else "confirmations:\n# none\n")
    jiading = load_district("jiading", today=TODAY, confirmations=signed)
    kind = jiading.schemes[scheme]
    spell = {"first_month": "2024-06", "last_month": "2025-12", "pension_paid_by_fund": True}
    case: dict[str, Any] = copy.deepcopy(dict(tables("jiading")[scheme].base))
    person = case["person"] if "person" in case else case["employment"]["worker"]
    person["benefits"] = [spell]
    person["awards"] = []
    day = calendar.code(dt.date.fromisoformat(on))
    assert Decider(kind)(read_case(kind.subject, case), day).outcome is outcome


@pytest.mark.parametrize("counted", [False, True, None])
def test_a_loan_waits_for_who_counts_as_a_worker_of_the_city(counted: bool | None) -> None:
    name = "guaranteed_loan.others_count_as_local"
    jiading = load_district("jiading", today=TODAY, overrides={name: counted})
    kind = jiading.schemes["guaranteed_loan_ratio"]
    spell = {"started_on": "2022-01-01", "ended_on": None, "worker": {"hukou": "elsewhere"}}
    case = {"employer": {"key_group_hires": 0, "employment": [spell] * 20}}
    day = calendar.code(dt.date(2024, 6, 1))
    assert Decider(kind)(read_case(kind.subject, case), day).outcome is counted


def test_a_person_draws_as_an_employee_or_as_a_flexible_worker() -> None:
    schemes = district("jiading").schemes
    flexible = schemes["flexible_social_insurance"]
    for other in ("post_subsidy", "employer_social_insurance"):
        assert other in flexible.excludes
        assert flexible.id in schemes[other].excludes
        assert flexible.priority > schemes[other].priority


@pytest.mark.parametrize(
    ("scheme", "changes"),
    [
        ("unemployment_benefit_to_retirement", [("2027-11-01", "not_entitled")]),
        ("post_subsidy", [("2027-11-01", "not_entitled")]),
        ("guaranteed_loan_ratio", []),
    ],
)
def test_what_the_passing_of_time_changes(scheme: str, changes: list[tuple[str, str]]) -> None:
    table = tables("jiading")[scheme]
    compiled = rows_of("jiading").explainer(scheme, {})
    found = compiled.explain(
        read_case(compiled.scheme.subject, table.base), calendar.code(table.on)
    )
    assert [(flip["date"], flip["outcome"]) for flip in found["flips"]] == changes


@pytest.mark.parametrize(
    ("on", "statuses", "confirmed"),
    [
        (dt.date(2024, 5, 30), {"quoted"}, True),
        (dt.date(2024, 5, 31), {"sourced", "open"}, None),
    ],
)
def test_the_loan_ratio_waits_to_be_confirmed_where_its_law_is_not_at_hand(
    on: dt.date, statuses: set[str], confirmed: bool | None
) -> None:
    """No number of the later law is quoted, so on confirmed values alone nothing comes out."""
    case = tables("jiading")["guaranteed_loan_ratio"].rows[0].case
    compiled = rows_of("jiading").explainer("guaranteed_loan_ratio", {})
    row = read_case(compiled.scheme.subject, case)
    told = compiled.explain(row, calendar.code(on))
    assert told["outcome"] == "entitled"
    read = [value for item in told["conditions"] for value in item["parameters"]]
    assert {value["status"] for value in read} == statuses
    trusted = {
        name: series.trusted()
        for name, series in district("jiading").parameters.items()
        if name.startswith("guaranteed_loan.")
    }
    strict = Decider(compiled.scheme, trusted)
    assert strict(row, calendar.code(on)).outcome is confirmed


def test_a_yes_on_values_that_nobody_has_confirmed_says_so() -> None:
    """The loan's 15% after 2024-05-31 is known second-hand: the explanation opens with that."""
    loan = rows_of("jiading").explainer("guaranteed_loan_ratio", {})
    staff = [{"started_on": "2022-01-01", "ended_on": None, "worker": {"hukou": "district"}}] * 3
    row = read_case(loan.scheme.subject, {"employer": {"key_group_hires": 0, "employment": staff}})
    later, before = (calendar.code(dt.date(year, 6, 30)) for year in (2026, 2023))
    assert loan.explain(row, later)["outcome"] == loan.explain(row, before)["outcome"] == "entitled"
    assert any("待确认" in warning for warning in loan.explain(row, later)["warnings"])
    assert not any("待确认" in warning for warning in loan.explain(row, before)["warnings"])
