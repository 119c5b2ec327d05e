"""What every shipped scheme file keeps to, and what ties Jiading's together."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from tests.districts.shipped import district, every_scheme, explainer, tables

from wenye.policy.documents import Citation
from wenye.policy.exact_yaml import read_text
from wenye.policy.quotations import bare
from wenye.rules import calendar
from wenye.rules.case_input import read_case

SCHEMES = every_scheme()


def cited(name: str, scheme: str) -> list[Citation]:
    kind = district(name).schemes[scheme]
    bases = [version.basis for version in kind.laws]
    return [*bases, *(item.cites for item in kind.conditions.values() if item.cites is not None)]


def test_each_district_has_its_schemes() -> None:
    assert district("jiading").scheme_ids == (
        "employer_social_insurance",
        "flexible_social_insurance",
        "guaranteed_loan_ratio",
        "hiring_subsidy",
        "post_subsidy",
        "unemployment_benefit_to_retirement",
    )
    assert district("example").scheme_ids == (
        "first_business",
        "flexible_monthly",
        "small_employer_hire",
    )


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_every_condition_is_named_in_both_languages_and_cited(name: str, scheme: str) -> None:
    for item in district(name).schemes[scheme].conditions.values():
        assert item.label_en != item.label, item.name
        assert item.label_en.isascii(), item.name
        assert item.cites is not None or item.name == "not_paid_before", item.name


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


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_a_cited_phrase_stands_in_its_document(name: str, scheme: str) -> None:
    """Jiading's texts are the district's own: name their folder in $WENYE_TEXTS to check them."""
    texts = Path(os.environ.get("WENYE_TEXTS") or os.devnull)
    for citation in cited(name, scheme):
        file = texts / f"{citation.document.id}.txt"
        if citation.document.text_file:
            file = district(name).folder / citation.document.text_file
        if citation.phrase and file.is_file():
            assert bare(citation.phrase) in bare(read_text(file)), citation


def test_the_rule_on_older_claimants_begins_on_its_parameters_day() -> None:
    jiading = district("jiading")
    day = jiading.detail("flexible_social_insurance.fund_pension_exclusion_from").values[0].value
    for scheme in ("post_subsidy", "flexible_social_insurance"):
        versions = {version.name: version for version in jiading.schemes[scheme].laws}
        assert versions["law_2025"].since == day


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
    compiled = explainer("jiading", scheme)
    found = compiled.explain(
        read_case(compiled.scheme.subject, table.base), calendar.code(table.on)
    )
    assert [(flip["date"], flip["outcome"]) for flip in found["flips"]] == changes
