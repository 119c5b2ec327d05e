"""The handbook: a page for each scheme, whose cases read in the words of the registers."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from wenye.determination.case_rows import CaseRows
from wenye.determination.handbook.case_words import told_case, told_change
from wenye.determination.handbook.handbook import handbook
from wenye.policy.case_tables import read_case_tables
from wenye.policy.district import load_district
from wenye.registers.model import Employment

EXAMPLE = load_district("example")
ON = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(handbook(EXAMPLE, ON))


def test_every_scheme_has_its_page_and_pictures(pages: dict[str, str]) -> None:
    wanted = {"README.md"}
    for name in EXAMPLE.scheme_ids:
        wanted |= {f"{name}.md", f"{name}.svg", f"{name}.en.svg", f"{name}-law.svg"}
    assert pages.keys() == wanted
    for name in EXAMPLE.scheme_ids:
        assert f"({name}.md)" in pages["README.md"]
        for picture in (f"{name}.svg", f"{name}.en.svg", f"{name}-law.svg"):
            assert f"({picture})" in pages[f"{name}.md"]


def test_every_row_of_a_table_stands_on_its_page(pages: dict[str, str]) -> None:
    for name, table in read_case_tables(EXAMPLE.cases).items():
        page = pages[f"{name}.md"]
        lines = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line]
        assert len(lines) == len(table.rows) + page.count("| 情形 |")
        for row in table.rows:
            if not row.left_out:
                assert f"| {row.text.replace('|', '／')} |" in page


def test_cases_stand_under_the_version_that_judges_them(pages: dict[str, str]) -> None:
    rows = CaseRows(EXAMPLE)
    for name, table in read_case_tables(EXAMPLE.cases).items():
        scheme = EXAMPLE.scheme(name)
        parts = pages[f"{name}.md"].partition("\n---\n")[0].split("\n### ")[1:]
        for row in table.rows:
            if row.left_out:
                continue
            law = rows.explain(name, row)["law"]
            version = next((v for v in scheme.laws if law and v.name == law["version"]), None)
            wanted = "没有收录当日规定的" if version is None else f"依据：{version.basis.text}（"
            under = [
                part for part in parts if f"| {row.text.replace('|', '／')} | {row.on}" in part
            ]
            assert [part.startswith(wanted) for part in under] == [True]


def test_the_contents_lead_to_every_heading(pages: dict[str, str]) -> None:
    page = pages["small_employer_hire.md"].partition("\n---\n")[0]
    title, contents = page.splitlines()[2], page.split("\n\n")[2]
    assert title == f"# {EXAMPLE.scheme('small_employer_hire').title}"
    headings = re.findall(r"^###? (.+)$", page, re.MULTILINE)
    assert re.findall(r"- \[(.+)\]\(#", contents) == headings
    assert "- [判定流程](#判定流程)" in contents
    assert "  - [依据：示例规〔2024〕1号 第二条（2024-01-01 起）]" in contents
    assert "(#依据示例规20241号-第二条2024-01-01-起)" in contents


def test_a_row_says_what_differs_what_comes_out_and_why(pages: dict[str, str]) -> None:
    page = pages["small_employer_hire.md"]
    assert (
        "| 合同11个月 | 2024-07-01 | 劳动合同期限（月）：11 | ✗ 不符合 |  "
        "| 签订12个月以上劳动合同 |" in page
    )
    assert "| 只有这一项未知：用人单位·规模 |" in page
    assert "800.00 可付" in page


def test_a_case_is_told_by_the_labels_of_the_registers() -> None:
    case = {
        "employment": {
            "started_on": dt.date(2026, 3, 1),
            "contract_months": None,
            "employer": {"key": 1, "in_city": True},
            "worker": {
                "contributions": [{"employer": {"key": 1}, "in_full": False}] * 2,
                "awards": [],
            },
        }
    }
    assert told_case(Employment, case) == [
        "就业登记：就业日期 2026-03-01，劳动合同期限（月） 无",
        "就业登记·用人单位：本市用人单位 是",
        "就业登记·人员·社会保险缴费：用人单位（同一个），按时足额缴纳 否（共2条）",
        "就业登记·人员·已享受补贴：没有记录",
    ]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("employment.contract_months", 11, "劳动合同期限（月）：11"),
        ("employment.employer.size", "micro", "用人单位·规模：微型"),
        ("employment.worker.awards", "未知", "人员·已享受补贴：未知"),
        ("employment.worker.awards", [], "人员·已享受补贴：没有记录"),
        ("employment.worker.awards[0].amount", 800, "人员·已享受补贴（第1条）·金额：800元"),
        ("employment.employer.in_city", False, "用人单位·本市用人单位：否"),
    ],
)
def test_a_change_names_its_place_and_its_value(path: str, value: object, words: str) -> None:
    assert told_change(Employment, path, value) == words
