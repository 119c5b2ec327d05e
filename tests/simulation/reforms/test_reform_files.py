"""Reform files and changes as they are written, and how a mistake in one is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from wenye.policy.district import available_districts, load_district
from wenye.policy.errors import PolicyError
from wenye.simulation.reforms.reform import Reform, changes_from, read_reform, together

EXAMPLE = load_district("example")
SHIPPED = [
    (name, path)
    for name in available_districts()
    for path in sorted((load_district(name).folder / "reforms").glob("*.yaml"))
]


def written(folder: Path, text: str) -> Path:
    path = folder / "reform.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=[path.stem for _, path in SHIPPED])
def test_a_shipped_reform_is_plainly_a_what_if(name: str, path: Path) -> None:
    reform = read_reform(path, load_district(name))
    assert reform.title.startswith("假设：")
    assert reform.title_en.startswith("what if:")
    assert "不是政策" in reform.note


def test_districts_ship_reforms_to_begin_with() -> None:
    assert {name for name, _ in SHIPPED} >= {"example", "jiading"}


def test_values_and_days_are_read_exactly(tmp_path: Path) -> None:
    text = """
title: 假设：两处
changes:
  small_employer_hire.amount: 800.5
  flexible_monthly.amount: {2028-01-01: 420, 2027-01-01: open}
"""
    reform = read_reform(written(tmp_path, text), EXAMPLE)
    once, monthly = reform.changes
    assert once.steps[0].value == 800_50
    assert once.overrides == Decimal("800.5")
    assert [step.since for step in monthly.steps] == [dt.date(2027, 1, 1), dt.date(2028, 1, 1)]
    assert monthly.overrides == {dt.date(2027, 1, 1): None, dt.date(2028, 1, 1): 420}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("title: a\nchanges:\n  small_employer_hire.amont: 1\n", 3, "amont"),
        ("title: a\nchanges:\n  small_employer_hire.contract_months: 6.5\n", 3, "whole number"),
        ("title: a\nchanges:\n  small_employer_hire.amount: 0.001\n", 3, "fen"),
        ("title: a\nchanges:\n  small_employer_hire.amount:\n", 3, "没有值"),
        ("title: a\nchanges:\n  small_employer_hire.amount: {}\n", 3, "没有值"),
        (
            "title: a\nchanges:\n  small_employer_hire.amount:\n"
            "    2026-01-01: 1\n    2026-13-01: 2\n",
            5,
            "2026-13-01",
        ),
        ("title: a\nnotes: b\nchanges:\n  small_employer_hire.amount: 1\n", 2, "notes"),
        ("title: a\nchanges: {}\n", 2, "没有改动"),
        ("changes:\n  small_employer_hire.amount: 1\n", 1, "title"),
    ],
)
def test_a_mistake_is_told_by_file_and_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(PolicyError) as refused:
        read_reform(path, EXAMPLE)
    assert what in refused.value.what
    assert refused.value.where == f"{path}:{line}"


def test_an_unknown_parameter_proposes_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, "title: a\nchanges:\n  small_employer_hire.amont: 1\n")
    with pytest.raises(PolicyError) as refused:
        read_reform(path, EXAMPLE)
    assert "small_employer_hire.amount" in refused.value.mend


@pytest.mark.parametrize(
    "text",
    [
        "small_employer_hire.amount",
        "small_employer_hire.amount=",
        "=3",
        "small_employer_hire.amount=1@soon",
        "small_employer_hire.amount=1@2026-02-30",
        "small_employer_hire.amount=a lot",
        "small_employer_hire.amount=-1",
        "nothing.at_all=1",
    ],
)
def test_a_change_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(PolicyError) as refused:
        changes_from([text], EXAMPLE)
    assert refused.value.where == f"--change {text}"


def test_one_parameter_may_have_several_days_and_no_day_twice() -> None:
    name = "flexible_monthly.amount"
    (change,) = changes_from([f"{name}=2@2028-01-01", f"{name}=1@2027-01-01"], EXAMPLE)
    assert [step.value for step in change.steps] == [1_00, 2_00]
    for again in (f"{name}=3@2027-01-01", f"{name}=3"):
        with pytest.raises(PolicyError, match="写了两次"):
            changes_from([f"{name}=1@2027-01-01", again], EXAMPLE)


def test_a_file_and_a_change_do_not_contradict_each_other(tmp_path: Path) -> None:
    text = "title: a\nchanges:\n  small_employer_hire.amount: 1\n"
    reform = read_reform(written(tmp_path, text), EXAMPLE)
    with pytest.raises(PolicyError, match="改革文件里也改了"):
        together(reform, changes_from(["small_employer_hire.amount=2"], EXAMPLE))
    both = together(reform, changes_from(["first_business.amount=2"], EXAMPLE))
    assert both.names == ("small_employer_hire.amount", "first_business.amount")
    assert together(None, both.changes) == Reform(both.changes)
