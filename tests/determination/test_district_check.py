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

MEASURES = """
kinds:
  subsidy: {label: 补贴, label_en: subsidy}
registers:
  - document: trial-1
    articles:
      三:
        measures:
          - id: T1-03.1
            label: 每月发补贴
            label_en: a monthly support
            kind: subsidy
            phrases: [每月300元]
            progress: carried
            carried_by: {scheme: [flexibel]}
"""
SIGNED = """
confirmations:
  - parameter: returnee_startup_subsidy.amount
    since: 2020-08-03
    value: 5000
    source: 试验用文号
    confirmed_by: 经办甲
    confirmed_on: 2026-10-01
    checked_by: 复核乙
    checked_on: 2026-10-02
"""
TEXT = """试验办法
试〔2024〕1号
第一条 为做好试验，制定本办法。
第二条 用人单位招用登记失业人员的，给予补贴。
第三条 灵活就业人员每月300元，最长12个月。
第四条 就业困难人员每月 1000元，最长36个月。
第五条 创业组织应当有职工。
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


def texts(folder: Path, text: str = TEXT) -> Path:
    folder.mkdir()
    (folder / "trial-1.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_citation_that_is_not_in_the_text_is_a_mistake(tmp_path: Path) -> None:
    trial.write_district(tmp_path / "d")
    found = check_district(tmp_path / "d", DAY, documents=texts(tmp_path / "texts"))
    assert found.by_finding == {"found": 4, "elsewhere": 0, "missing": 1, "no_text": 0}
    (mistake,) = found.mistakes
    assert "2人以上" in mistake.what
    assert mistake.where.rpartition(":")[0].endswith(".yaml")


def test_a_citation_of_the_wrong_article_names_the_right_one(tmp_path: Path) -> None:
    trial.write_district(tmp_path / "d")
    text = TEXT.replace("每月300元，", "").replace("应当有职工", "有2人以上职工，每月300元")
    found = check_district(tmp_path / "d", DAY, documents=texts(tmp_path / "texts", text))
    (mistake,) = found.mistakes
    assert "第五条" in mistake.what
    assert "第五条" in mistake.mend
    assert found.by_finding["elsewhere"] == 1


def test_a_measure_that_links_to_nothing_is_a_mistake(tmp_path: Path) -> None:
    trial.write_district(tmp_path)
    (tmp_path / "measures.yaml").write_text(MEASURES, encoding="utf-8")
    found = check_district(tmp_path, DAY)
    assert found.measures == 1
    (mistake,) = found.mistakes
    assert "scheme:flexibel" in mistake.what
    assert "flexible" in mistake.mend


def test_a_register_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    trial.write_district(tmp_path)
    (tmp_path / "measures.yaml").write_text("registers: []\n", encoding="utf-8")
    found = check_district(tmp_path, DAY)
    assert len(found.mistakes) == 1
    assert "measures.yaml" in found.mistakes[0].where


def test_without_a_text_nothing_is_called_wrong(tmp_path: Path) -> None:
    found = check_district(trial.write_district(tmp_path), DAY)
    assert found.sound
    assert found.by_finding["no_text"] == len(found.citations) == 5


def test_an_unreadable_text_is_told_once(tmp_path: Path) -> None:
    trial.write_district(tmp_path / "d")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "trial-1.docx").write_bytes(b"PK\x03\x04 no zip after all")
    found = check_district(tmp_path / "d", DAY, documents=folder)
    (mistake,) = found.mistakes
    assert "trial-1.docx" in mistake.where
    assert found.by_finding["no_text"] == 5


def test_a_district_that_is_not_there(tmp_path: Path) -> None:
    found = check_district("jiadng", DAY)
    assert not found.sound
    assert "jiading" in found.mistakes[0].mend


def test_signatures_given_in_service_do_not_spoil_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They lie apart from the rules; a table states what the rules and their own values say."""
    signed = tmp_path / "signed.yaml"
    signed.write_text(SIGNED, encoding="utf-8")
    monkeypatch.setenv("WENYE_CONFIRMATIONS", str(signed))
    found = check_district("jiading", DAY, today=DAY)
    assert found.confirmations == 1
    assert found.mistakes == []
