"""An explanation in words: ranges, days, and a basis that will be in doubt."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from wenye.cli.reasoning import told
from wenye.policy.district import District, load_district
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer

MONTHS = {"kind": "employee", "refunded": False}
BENEFIT: dict[str, Any] = {
    "unemployment": {
        "started_on": "2026-09-10",
        "ended_on": None,
        "claimed_on": "2026-09-15",
        "involuntary": True,
        "seeking_work": True,
        "insured_here": True,
        "person": {
            "birth_date": "1985-05-10",
            "retirement_class": "men",
            "hukou": "elsewhere",
            "employment": [{"started_on": "2021-01-01", "ended_on": "2026-09-05"}],
            "flexible_work": [],
            "contributions": [
                {"first_month": "2021-01", "last_month": "2026-09", **MONTHS},
                {"first_month": "2019-01", "last_month": "2019-09", "kind": "employee"},
            ],
            "benefits": [],
        },
    }
}


@pytest.fixture(scope="module")
def jiading() -> District:
    return load_district("jiading")


def words(district: District, scheme: str, case: Any, on: str) -> str:
    import datetime as dt

    chosen = district.scheme(scheme)
    row = read_case(chosen.subject, case)
    day = calendar.code(dt.date.fromisoformat(on))
    explanation = Explainer(chosen, district.parameters).explain(row, day)
    return told(explanation, {scheme: chosen})


def test_a_range_a_day_and_a_row_that_is_not_there(jiading: District) -> None:
    shown = words(jiading, "unemployment_benefit", BENEFIT, "2026-11-15")
    assert "失业前累计缴费、未核定过期限的月数：69个月至78个月" in shown
    assert "申领受理日（未申领的按判定日）：2026-09-15" in shown
    assert "前次停领时应领未领的月数" not in shown  # there was no benefit before


def test_a_claimed_benefit_keeps_its_law_and_one_not_claimed_comes_into_doubt(
    jiading: District,
) -> None:
    assert "依据存疑" not in words(jiading, "unemployment_benefit", BENEFIT, "2026-11-15")
    waiting = copy.deepcopy(BENEFIT)
    waiting["unemployment"]["claimed_on"] = None
    shown = words(jiading, "unemployment_benefit", waiting, "2026-11-15")
    assert "  · 自 2031-08-16 起依据存疑，不予支付" in shown
