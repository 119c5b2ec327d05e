"""The check of a district: sound ones pass, and mistakes are all named at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.determination import trial

from wenye.determination.district_check import check_district
from wenye.policy.district import available_districts

DAY = dt.date(2026, 10, 31)
TABLE = """
方案: flexible
日期: 2026-10-31
基础:
  person:
    hukou: district
    company_officer: 否
    flexible_work: [{started_on: 2026-02-28, ended_on: 无}]
案例:
  - 说明: 全部符合
    结果: 符合
    金额: 300.00
    金额状态: 可付
  - 说明: 金额写错了
    结果: 符合
    金额: 301.00
  - 说明: 外地户籍
    改动: {person.hukou: elsewhere}
    结果: 不符合
"""


@pytest.mark.parametrize("name", available_districts())
def test_the_shipped_districts_are_sound(name: str) -> None:
    found = check_district(name, DAY)
    assert found.mistakes == []
    assert found.cases == found.cases_met > 0
    assert sum(found.by_status.values()) == found.parameters


def test_open_and_unconfirmed_values_are_counted_and_are_no_mistake(tmp_path: Path) -> None:
    found = check_district(trial.write_district(tmp_path), DAY)
    assert found.sound
    assert found.open == ["hiring.contract_months"]
    assert found.unconfirmed == ["hiring.amount", "hiring.unemployed_months"]


def test_a_case_that_comes_out_otherwise_is_named(tmp_path: Path) -> None:
    trial.write_district(tmp_path)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "flexible.yaml").write_text(TABLE, encoding="utf-8")
    found = check_district(tmp_path, DAY)
    assert (found.cases, found.cases_met) == (3, 2)
    (mistake,) = found.mistakes
    assert mistake.what == "案例“金额写错了”：金额 应为 301.00，判定为 300.00"
    assert mistake.where.endswith("flexible.yaml:14")


def test_several_mistakes_are_all_told(tmp_path: Path) -> None:
    trial.write_district(tmp_path)
    for name in ("flexible", "hiring"):
        path = tmp_path / "schemes" / f"{name}.py"
        path.write_text(path.read_text().replace('parameters("', 'parameters("x'))
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "flexibel.yaml").write_text(
        TABLE.replace("方案: flexible", "方案: flexibel"), encoding="utf-8"
    )
    found = check_district(tmp_path, DAY)
    assert len(found.mistakes) == 3
    assert found.schemes == 2
    assert [bool(item.mend) for item in found.mistakes] == [True, True, True]


def test_a_quotation_that_is_not_in_the_text_is_a_mistake(tmp_path: Path) -> None:
    trial.write_district(tmp_path / "d")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "trial-1.txt").write_text(
        "每月300元，最长12个月；每月 1000元，最长36个月。", encoding="utf-8"
    )
    found = check_district(tmp_path / "d", DAY, texts=texts)
    assert (found.quotations, found.quotations_found) == (5, 4)
    assert "2人以上" in found.mistakes[0].what


def test_a_district_that_is_not_there(tmp_path: Path) -> None:
    found = check_district("jiadng", DAY)
    assert not found.sound
    assert "jiading" in found.mistakes[0].mend
