"""The dismissal rate, by either reckoning and by neither."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy import parameters
from wenye.policy.dismissal_rate import DismissalRate
from wenye.registers.model import StaffingYear
from wenye.rules import ON, calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case

TEXT = """
over_start:
  label: 是否按年初
  label_en: whether over the start
  unit: yes_no
  values:
    2024-01-01: {known}
ceiling:
  label: 上限
  label_en: ceiling
  unit: percent
  values:
    2024-01-01: {{value: 5.5, status: sourced, reference: 虚构}}
few:
  label: 人数较少
  label_en: few
  unit: person
  values:
    2024-01-01: {{value: 30, status: sourced, reference: 虚构}}
"""
SWITCH = {
    "start": "{value: 是, status: sourced, reference: 虚构}",
    "mean": "{value: 否, status: sourced, reference: 虚构}",
    "open": "{open: 未定}",
}
DAY = calendar.code(dt.date(2025, 1, 1))


def found(folder: Any, over: str, **figures: int) -> dict[str, Any]:
    folder.write("parameters/rate.yaml", TEXT.format(known=SWITCH[over]))
    with folder.load().speaking():
        rules = parameters("rate").at(ON)
    rate = DismissalRate(
        at_start=StaffingYear.insured_at_start,
        at_end=StaffingYear.insured_at_end,
        retired_or_died=StaffingYear.retired_or_died,
        over_months=StaffingYear.insured_over_months,
        over_start=rules.over_start,
    )
    program = CaseProgram(
        {
            "lost": rate.lost,
            "no_higher": rate.no_higher(rules.ceiling),
            "few": rate.mean_at_most(rules.few),
        }
    )
    names = ("insured_at_start", "insured_at_end", "retired_or_died", "insured_over_months")
    case = {name: figures[name] for name in names if name in figures}
    return program(read_case(StaffingYear, {"staffing_year": case}), DAY)


@pytest.mark.parametrize(
    ("end", "months", "over_start", "over_mean"),
    [
        (189, 200 * 12, 1, 1),  # 11 of 200 is 5.5 %
        (188, 200 * 12, 0, 0),
        (189, 200 * 12 - 1, 1, 0),  # the mean a twelfth below 200
        (188, 219 * 12, 0, 1),
        (210, 200 * 12, 1, 1),
    ],
)
def test_the_rate(folder: Any, end: int, months: int, over_start: int, over_mean: int) -> None:
    figures = {"insured_at_start": 200, "insured_at_end": end, "retired_or_died": 0}
    figures["insured_over_months"] = months
    both = over_start if over_start == over_mean else None
    expected = {"start": over_start, "mean": over_mean, "open": both}
    for over, answer in expected.items():
        assert found(folder, over, **figures)["no_higher"] == answer, over


def test_who_retired_or_died_was_not_dismissed(folder: Any) -> None:
    figures = {"insured_at_start": 200, "insured_at_end": 188, "insured_over_months": 2400}
    told = found(folder, "open", **figures, retired_or_died=1)
    assert (told["lost"], told["no_higher"]) == (11, 1)
    assert found(folder, "open", **figures)["no_higher"] is None


def test_only_the_reckoning_that_holds_is_asked_for(folder: Any) -> None:
    figures = {"insured_at_start": 200, "insured_at_end": 189, "retired_or_died": 0}
    assert found(folder, "start", **figures)["no_higher"] == 1
    assert found(folder, "mean", **figures)["no_higher"] is None


@pytest.mark.parametrize(("months", "few"), [(30 * 12, 1), (30 * 12 + 1, 0)])
def test_a_small_staff_is_one_by_the_monthly_mean(folder: Any, months: int, few: int) -> None:
    assert found(folder, "open", insured_over_months=months)["few"] == few
