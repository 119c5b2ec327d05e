"""Every row of the shipped case tables, and what a table must hold to be worth its name."""

from __future__ import annotations

from typing import Any

import pytest
from tests.districts.shipped import (
    district,
    every_row,
    every_scheme,
    explained,
    outcome_of,
    rows_of,
    tables,
)

from wenye.policy.case_tables import TableRow
from wenye.rules.deciding import turns_on, valued

WORDS = {"entitled": "yes", "not_entitled": "no", "undetermined": "unknown"}
ROWS = list(every_row())


def _name(row: TableRow) -> str:
    return f"{row.on}-{row.text}"


@pytest.mark.parametrize(
    ("name", "scheme", "row"), ROWS, ids=[f"{s}-{_name(row)}" for _, s, row in ROWS]
)
def test_a_row(name: str, scheme: str, row: TableRow) -> None:
    assert rows_of(name).differences(scheme, row) == []
    found = explained(name, scheme, row)
    if "不追回" in row.text:  # a table states what is returned, and cannot state that nothing is
        assert found["claw_back"] is None


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_a_table_is_full_enough(name: str, scheme: str) -> None:
    table = tables(name)[scheme]
    versions = district(name).schemes[scheme].laws
    assert len(table.rows) >= 8
    assert {row.law for row in table.rows} >= {version.name for version in versions}
    assert {row.outcome for row in table.rows} == set(WORDS)
    assert len({_name(row) for row in table.rows}) == len(table.rows)
    pays = any(version.pays is not None for version in versions)
    for row in table.rows:
        if pays and row.outcome == "entitled":
            assert row.amount_status is not None, row.where
            assert (row.amount is not None) == (row.amount_status in ("payable", "unconfirmed"))


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_every_condition_decides_some_row(name: str, scheme: str) -> None:
    kind = district(name).schemes[scheme]
    idle = {
        (version.name, item.name) for version in kind.laws for item in kind.conditions_of(version)
    }
    for row in tables(name)[scheme].rows:
        found = explained(name, scheme, row)
        law = found["law"] and found["law"]["version"]
        for item in found["conditions"]:
            if turns_on(found["tree"], item["name"]):
                idle.discard((law, item["name"]))
    assert idle == set()


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_the_tree_says_what_the_decision_says(name: str, scheme: str) -> None:
    for row in tables(name)[scheme].rows:
        found = explained(name, scheme, row)
        assert valued(found["tree"], {}) == WORDS[found["outcome"]], row.where


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of everything that can be left out of a case."""
    if isinstance(data, dict):
        found = [(*path, key) for key in data if path]
        return found + [deep for key, value in data.items() for deep in _paths(value, (*path, key))]
    if isinstance(data, list):
        return [deep for at, value in enumerate(data) for deep in _paths(value, (*path, at))]
    return []


def _without(data: Any, path: tuple[Any, ...]) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        if not rest:
            return {key: value for key, value in data.items() if key != step}
        return {key: _without(v, rest) if key == step else v for key, v in data.items()}
    return [_without(item, rest) if at == step else item for at, item in enumerate(data)]


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_a_fact_left_out_never_turns_yes_into_no(name: str, scheme: str) -> None:
    seen = 0
    for row in tables(name)[scheme].rows:
        known = outcome_of(name, scheme, row, row.case)
        for path in _paths(row.case):
            less = outcome_of(name, scheme, row, _without(row.case, path))
            assert less in (known, None), (row.where, path)
            seen += 1
    assert seen > 50
