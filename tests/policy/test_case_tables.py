"""Case tables are read strictly: what nobody would read is refused with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from wenye.policy.case_tables import read_case_table
from wenye.policy.errors import PolicyError
from wenye.registers.model import Employment
from wenye.rules.case_input import read_case

TABLE = """
方案: trial
日期: 2026-03-15
基础:
  employment:
    contract_months: 12
    employer: {key: 1, in_city: 是}
    worker:
      contributions: [{employer: {key: 1}, in_full: 否}, {employer: 无, in_full: 是}]
      awards: [{重复: 3, scheme: trial}]
案例:
  - 说明: 各项齐备
    结果: 符合
    金额: 1370.00
    金额状态: 可付
    期限: [2026-03, 2026-05]
  - 说明: 合同十一个月
    日期: 2026-04-01
    改动: {employment.contract_months: 11, "employment.worker.contributions[1].in_full": 未知}
    结果: 不符合
    决定: contract
    缺: []
缺一待定: [employment.employer.in_city]
"""


def read(folder: Path, text: str = TABLE) -> object:
    path = folder / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    return read_case_table(path)


def test_a_row_is_the_full_case_with_its_changes(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_text(TABLE, encoding="utf-8")
    first, second, third = read_case_table(path).rows
    assert (first.outcome, first.amount, first.amount_status) == ("entitled", "1370.00", "payable")
    assert (first.on, first.term) == (dt.date(2026, 3, 15), ("2026-03", "2026-05"))
    assert first.case["employment"]["employer"] == {"key": 1, "in_city": True}
    assert first.case["employment"]["worker"]["contributions"][1]["employer"] is None
    assert len(first.case["employment"]["worker"]["awards"]) == 3
    assert (second.on, second.missing, second.blocked_by) == (dt.date(2026, 4, 1), (), None)
    assert second.case["employment"]["contract_months"] == 11
    assert second.case["employment"]["worker"]["contributions"][1] == {"employer": None}
    assert first.case["employment"]["contract_months"] == 12
    assert (third.outcome, third.missing) == ("undetermined", ("employment.employer.in_city",))
    assert third.case["employment"]["employer"] == {"key": 1}


def test_numbered_rows_are_the_same_employer(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_text(TABLE, encoding="utf-8")
    row = read_case(Employment, read_case_table(path).rows[0].case)
    paying = row["worker"]["contributions"].rows[0]["employer"]
    assert row["employer"]["key"] == paying["key"] == 1
    assert row["worker"]["contributions"].rows[1]["employer"] is False
    assert row["worker"]["key"] is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("方案: trial", "方案: other", "other stands in trial.yaml"),
        ("    决定: contract", "    决订: contract", "unknown key 决订"),
        ("结果: 不符合", "结果: 不合", "结果: 不合"),
        ("金额状态: 可付", "金额状态: 已付", "金额状态: 已付"),
        ("金额: 1370.00", "金额: 很多", "很多 is not an amount"),
        ("期限: [2026-03, 2026-05]", "期限: [2026-03]", "first and a last month"),
        ("employment.contract_months: 11", "employment.contracts.months: 11", "has no contracts"),
        ("contributions[1].in_full", "contributions[7].in_full", "has no 7"),
        ("contributions[1].in_full", "contributions[x].in_full", "is not a path"),
        ("[employment.employer.in_city]", "[employment.employer.size]", "has no size"),
        ("重复: 3", "重复: 多次", "is not a number of rows"),
        ("日期: 2026-04-01", "日期: 2026-04-31", "no day 2026-04-31"),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TABLE
    with pytest.raises(PolicyError, match=r"trial\.yaml:\d+") as caught:
        read(tmp_path, TABLE.replace(old, new))
    assert said in caught.value.what


def test_a_table_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no cases"):
        read(tmp_path, "方案: trial\n日期: 2026-03-15\n基础: {employment: {}}\n")
