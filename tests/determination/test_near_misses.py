"""Near misses and obstacles, against every row turned over one condition at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.determination.conftest import World

from wenye.determination.near_misses import near_misses
from wenye.determination.results import ResultsError


def test_which_condition_is_missing_and_how_many_lack_it(tried: World) -> None:
    found = near_misses(tried.results, ["flexible", "hiring"])
    told = {
        (item.scheme, item.law, item.condition, item.needed): item.subjects for item in found.misses
    }
    assert told == {
        ("flexible", "law_2024", "registered", True): 2,
        ("flexible", "law_2024", "resident", True): 1,
        ("flexible", "law_2024", "officer", False): 1,
        ("hiring", "law_2020", "city_employer", True): 1,
        ("hiring", "law_2024", "city_employer", True): 1,
        ("hiring", "law_2024", "long_unemployed", True): 1,
    }
    assert found.without_law == {"flexible": 0, "hiring": 1}


def test_by_town(tried: World) -> None:
    (miss,) = near_misses(tried.results, ["hardship"]).misses
    assert miss.by_town == {"990101001": 6, "990101002": 1}


def test_a_label_shows_every_value_that_the_law_had_meanwhile(tried: World) -> None:
    found = near_misses(tried.results, ["hiring"]).misses
    labels = {item.label for item in found if item.condition == "long_unemployed"}
    assert labels == {"登记失业满6个月／登记失业满3个月"}


def test_what_excludes_whom_alone(tried: World) -> None:
    found = {
        item.condition: (item.excludes, item.alone)
        for item in near_misses(tried.results, ["flexible"]).obstacles
    }
    assert found == {"registered": (3, 2), "resident": (2, 1), "officer": (1, 1)}


def holds(node: Any, answers: dict[str, bool | None]) -> bool | None:
    """Kleene's logic over the tree itself, conditions looked up by name."""
    if node.op == "condition":
        return answers[node.name]
    values = [holds(arg, answers) for arg in node.args]
    if node.op == "not":
        return None if values[0] is None else not values[0]
    assert node.op in ("and", "or")
    decisive = node.op == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


@pytest.mark.parametrize("scheme", ["hiring_subsidy", "post_subsidy", "flexible_social_insurance"])
def test_the_same_as_row_by_row(shipped: World, scheme: str) -> None:
    laws = {law.name: law for law in shipped.district.schemes[scheme].laws}
    expected: Counter[tuple[str, str]] = Counter()
    for row in shipped.results.frame(scheme).collect().iter_rows(named=True):
        if row["outcome"] != "not_entitled" or row["law"] is None:
            continue
        answers = {name[2:]: value for name, value in row.items() if name[:2] == "c."}
        formula = laws[row["law"]].eligible
        assert holds(formula, answers) is False
        used = {node.name for node in formula.walk() if node.op == "condition"}
        for name in used:
            if answers[name] is not None and holds(formula, {**answers, name: not answers[name]}):
                expected[row["law"], name] += 1
    found = near_misses(shipped.results, [scheme]).misses
    assert {(item.law, item.condition): item.subjects for item in found} == dict(expected)
    assert expected


def test_an_unknown_scheme_is_refused(tried: World) -> None:
    with pytest.raises(ResultsError, match="flexibel"):
        near_misses(tried.results, ["flexibel"])
