"""Who is an enterprise, where it is open, confirmed or refused that cooperatives are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy import parameters
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import StaffingYear
from wenye.rules import ON, calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case

TEXT = """
cooperatives:
  label: 合作社是否算企业
  label_en: whether cooperatives are enterprises
  unit: yes_no
  values:
    2024-01-01: {known}
"""
READING = {
    "counted": "{value: 是, status: sourced, reference: 虚构}",
    "left out": "{value: 否, status: sourced, reference: 虚构}",
    "open": "{open: 未定}",
}
DAY = calendar.code(dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("kind", "reading", "expected"),
    [
        ("cooperative", "open", None),
        ("cooperative", "counted", 1),
        ("cooperative", "left out", 0),
        ("enterprise", "open", 1),
        ("enterprise", "left out", 1),
        ("self_employed", "open", 0),
        ("institution", "counted", 0),
    ],
)
def test_a_kind(folder: Any, kind: str, reading: str, expected: int | None) -> None:
    folder.write("parameters/employers.yaml", TEXT.format(known=READING[reading]))
    with folder.load().speaking():
        cooperatives = parameters("employers").at(ON).cooperatives
    program = CaseProgram({"is": is_enterprise(StaffingYear.employer.kind, cooperatives)})
    case = read_case(StaffingYear, {"staffing_year": {"employer": {"kind": kind}}})
    assert program(case, DAY)["is"] == expected
