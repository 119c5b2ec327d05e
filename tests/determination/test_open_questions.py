"""What keeps subjects undetermined, and that each of them is told for itself."""

from __future__ import annotations

import pytest
from tests.determination.conftest import World

from wenye.determination.cases import cases
from wenye.determination.open_questions import open_questions
from wenye.rules.settle import Settler


def test_missing_facts_and_who_supplies_them(tried: World) -> None:
    found = open_questions(tried.results)
    assert found.undetermined == {"flexible": 1, "hardship": 0, "hiring": 2, "staffed": 0}
    told = {(item.scheme, item.path): (item.subjects, item.asked_of) for item in found.facts}
    assert told == {
        ("flexible", "hukou"): (1, "公安"),
        ("hiring", "employer.in_city"): (1, "市场监管、民政、编制"),
    }


def test_open_values_with_their_reason(tried: World) -> None:
    (value,) = open_questions(tried.results).values
    assert (value.name, value.outcomes, value.amounts) == ("hiring.contract_months", 2, 0)
    assert value.reason == "按照规定"


def test_an_open_amount_counts_too(shipped: World) -> None:
    counted = [item for item in open_questions(shipped.results).values if item.amounts]
    entries = shipped.results.manifest["schemes"].values()
    waiting = sum(entry["open_amounts"] for entry in entries)
    assert counted
    assert max(item.amounts for item in counted) <= waiting


def test_every_undetermined_row_has_its_own_set(shipped: World) -> None:
    """Rows of whom the same is known share a set: it must be right for each of them."""
    looked = 0
    sets = shipped.results.unknowns
    for name, scheme in shipped.district.schemes.items():
        settle = Settler(scheme.outcome, shipped.district.parameters)
        told = {
            row["number"]: (row["missing"], row["blocked_by"])
            for row in sets.iter_rows(named=True)
            if row["scheme"] == name
        }
        frame = shipped.results.frame(name).select("key", "outcome", "unknown").collect()
        rows = frame.rows()
        waiting = [key for key, outcome, _ in rows if outcome == "undetermined"]
        held = cases(shipped.registers, scheme, waiting)
        for key, outcome, number in rows:
            assert (number is not None) == (outcome == "undetermined")
            if number is not None:
                missing, blocked = settle(held[key], shipped.results.day)
                assert ([ask.path for ask in missing], blocked) == told[number]
                looked += 1
    assert looked >= 10


@pytest.mark.parametrize("scheme", ["hiring", "flexible"])
def test_sets_add_up_to_the_undetermined(tried: World, scheme: str) -> None:
    found = open_questions(tried.results, [scheme])
    assert sum(item.subjects for item in found.questions) == found.undetermined[scheme]
