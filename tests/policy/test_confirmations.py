"""Officers' confirmations: four eyes, the same value, a day that exists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from wenye.policy.errors import PolicyError
from wenye.rules import calendar
from wenye.rules.parameters import Status

ENTRY = """
confirmations:
  - parameter: support.amount
    since: 2025-01-01
    value: 320.50
    source: 存档 12 号
    confirmed_by: 经办甲
    confirmed_on: 2026-10-01
    checked_by: 复核乙
    checked_on: 2026-10-02
"""


def step(district: Any, on: str, name: str = "support.amount") -> Any:
    return district.parameters[name].at(calendar.code(dt.date.fromisoformat(on)))


def test_a_confirmed_value_may_be_paid_on(folder: Any) -> None:
    before = folder.load()
    folder.write("confirmations.yaml", ENTRY)
    after = folder.load()
    assert step(before, "2025-06-01").status == Status.SOURCED
    assert step(after, "2025-06-01").status == Status.CONFIRMED
    assert step(after, "2025-06-01").value == 32050
    assert "2026-10-01 经办甲确认" in step(after, "2025-06-01").reference
    assert before.parameters_digest != after.parameters_digest
    assert [item.checked_by for item in after.confirmations] == ["复核乙"]


def test_an_open_value_is_set(folder: Any) -> None:
    folder.write(
        "confirmations.yaml", ENTRY.replace("2025-01-01", "2026-01-01").replace("320.50", "330")
    )
    assert step(folder.load(), "2026-06-01").value == 33000


def test_the_open_stretch_behind_an_end_is_set(folder: Any) -> None:
    entry = ENTRY.replace("support.amount", "support.share").replace("320.50", "12.25")
    folder.write("confirmations.yaml", entry)
    district = folder.load()
    assert step(district, "2025-06-01", "support.share").value == 1225
    assert step(district, "2024-06-01", "support.share").value == 1050  # rescaled with it


def test_a_value_past_its_printed_expiry_is_confirmed_as_prolonged(folder: Any) -> None:
    quote = "quote: 每月给予补贴300元}"
    folder.change("parameters/support.yaml", quote, quote[:-1] + ", printed_to: 2024-03-31}")
    entry = ENTRY.replace("2025-01-01", "2024-04-01").replace("320.50", "300")
    folder.write("confirmations.yaml", entry)
    district = folder.load()
    assert step(district, "2024-03-31").status == Status.QUOTED
    assert step(district, "2024-06-01").status == Status.CONFIRMED
    assert step(district, "2024-06-01").value == 30000


def test_an_undated_value_gets_its_first_day(folder: Any) -> None:
    folder.write(
        "confirmations.yaml", ENTRY.replace("2025-01-01", "2023-05-01").replace("320.50", "250")
    )
    district = folder.load()
    assert step(district, "2023-05-01").status == Status.CONFIRMED
    assert step(district, "2024-01-01").value == 30000


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_a_file_outside_the_district_is_read_beside_its_own(
    folder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    folder.write("confirmations.yaml", "confirmations:\n# none yet\n")
    path = tmp_path / "signed.yaml"
    path.write_text(ENTRY, encoding="utf-8")
    if how == "variable":
        monkeypatch.setenv("WENYE_CONFIRMATIONS", str(path))
    district = folder.load(confirmations=path if how == "argument" else None)
    assert step(district, "2025-06-01").status == Status.CONFIRMED


def test_a_named_file_that_is_missing_is_refused(folder: Any, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="missing"):
        folder.load(confirmations=tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("support.amount", "support.amuont", "no parameter support.amuont"),
        ("since: 2025-01-01", "since: 2025-02-01", "no value that begins on 2025-02-01"),
        ("since: 2025-01-01", "since: 2025", "2025 is not a day"),
        ("since: 2025-01-01", "since: 2024-01-01", "quoted and needs no confirmation"),
        ("value: 320.50", "value: 321", "says 321.00元/月, the file says 320.50元/月"),
        ("value: 320.50", "value: 320.505", "whole number of fen"),
        ("value: 320.50", "value:", "no value"),
        ("source: 存档 12 号", "source:", "source is missing"),
        ("复核乙", "经办 甲", "both confirmed and checked"),
        ("checked_by: 复核乙", "", "checked_by is missing"),
        ("confirmed_on: 2026-10-01", "confirmed_on: 2026-11-01", "lies after today"),
        ("checked_on: 2026-10-02", "checked_on: 2026-11-02", "lies after today"),
        ("checked_on: 2026-10-02", "checked_on: 2026-09-30", "before it was confirmed"),
        ("source:", "sauce:", "unknown key sauce"),
        ("confirmations:", "confirmation:", "unknown key confirmation"),
    ],
)
def test_what_cannot_hold_is_refused_by_name(folder: Any, old: str, new: str, words: str) -> None:
    assert old in ENTRY
    folder.write("confirmations.yaml", ENTRY.replace(old, new))
    with pytest.raises(PolicyError) as caught:
        folder.load()
    assert words in caught.value.what
    assert "confirmations.yaml:" in caught.value.where


def test_one_value_is_confirmed_once(folder: Any) -> None:
    folder.write("confirmations.yaml", ENTRY + ENTRY.replace("\nconfirmations:\n", ""))
    with pytest.raises(PolicyError, match="confirmed twice"):
        folder.load()


SWITCH = """
paid_once:
  label: 是否一次性发放
  label_en: whether it is paid once
  unit: yes_no
  allowed: [是]
  note: 若按月发放，须改方案文件
  values:
    2025-01-01: {open: 文件没有写}
"""


def test_a_value_that_the_rules_cannot_do_with_is_refused(folder: Any) -> None:
    folder.write("parameters/terms.yaml", SWITCH)
    entry = ENTRY.replace("support.amount", "terms.paid_once")
    folder.write("confirmations.yaml", entry.replace("320.50", "是"))
    assert step(folder.load(), "2025-06-01", "terms.paid_once").value is True
    folder.write("confirmations.yaml", entry.replace("320.50", "否"))
    with pytest.raises(PolicyError, match="can only be 是, not 否：若按月发放") as refused:
        folder.load()
    assert refused.value.mend == "the rules have to be changed first"


def test_an_allowed_value_is_of_the_parameters_unit(folder: Any) -> None:
    folder.write("parameters/terms.yaml", SWITCH.replace("allowed: [是]", "allowed: [1]"))
    with pytest.raises(PolicyError, match="1 is not 是 or 否"):
        folder.load()
