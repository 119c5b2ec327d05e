"""Workbooks: read back cell by cell."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fastexcel
import polars as pl
import pytest
from tests.determination.conftest import World

from wenye.determination import workbooks
from wenye.determination.sheets import Book, Column
from wenye.determination.workbooks import write_workbooks


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = fastexcel.read_excel(path)
    return {
        name: book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        for name in book.sheet_names
    }


@pytest.fixture
def written(tried: World, tmp_path: Path) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
    return {path.stem: sheets(path) for path in write_workbooks(tried.results, tmp_path)}


def test_the_pages(written: Any) -> None:
    assert list(written["flexible"]) == ["说明", "符合", "待定", "差一项", "不符合", "依据"]


def test_who_is_entitled_with_amount_term_and_what_it_yields_to(written: Any) -> None:
    head, *rows = written["flexible"]["符合"]
    named = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["编号"] for row in named] == ["1", "5"]
    assert named[0]["街镇"] == "甲街道"
    assert [row["金额"] for row in named] == ["300", "300"]
    assert (named[0]["起始月份"], named[0]["截止月份"]) == ("2026-03", "2027-02")
    assert [row["是否计入"] for row in named] == ["计入", "不计入"]
    assert named[1]["不计入的原因"] == "与“困难人员月补”不可同时享受，已享受后者"


def test_an_amount_keeps_its_fen_and_its_doubt(written: Any) -> None:
    head, first, *_ = written["hiring"]["符合"]
    row = dict(zip(head, first, strict=True))
    assert row["金额"] == "800.5"
    assert row["发放状态"] == "标准有来源、待确认，暂不可发放"
    assert row["结论"] == "依赖待确认的标准"
    assert row["涉及（人员编号）"] == "7"


def test_pending_rows_say_what_is_missing_and_what_blocks(written: Any) -> None:
    head, *rows = written["hiring"]["待定"]
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert told["4"]["未定的标准"] == "劳动合同最低期限"
    assert told["8"]["缺少的事实"] == "本市用人单位"


def test_near_misses_and_refusals(written: Any) -> None:
    assert {row[0]: row[-1] for row in written["flexible"]["差一项"][1:]} == {
        "2": "不满足“本区户籍”",
        "3": "有“担任企业高管”的情形",
        "7": "不满足“已办理灵活就业登记”",
        "8": "不满足“已办理灵活就业登记”",
    }
    assert len(written["flexible"]["不符合"]) == 1 + 5


def test_totals_by_town_are_there(written: Any) -> None:
    rows = {row[0]: row for row in written["flexible"]["说明"]}
    assert rows["合计"][1:6] == ("8", "2", "1", "1", "300")


def test_the_basis_names_conditions_and_values(written: Any) -> None:
    cells = {cell for row in written["hiring"]["依据"] for cell in row}
    assert {"本市用人单位", "试〔2024〕1号 第二条", "劳动合同最低期限", "未定"} <= cells


def test_labels_are_filled_for_the_version_they_belong_to(written: Any) -> None:
    rows = [row[:3] for row in written["hiring"]["依据"]]
    used = {row[0]: row[2] for row in rows}
    assert used["登记失业满6个月"] == "2020-01-01 至 2023-12-31"
    assert used["登记失业满3个月"] == "2024-01-01 起"
    assert used["本市用人单位"] == "2020-01-01 至 2023-12-31；2024-01-01 起"
    cells = "".join(cell for row in rows for cell in row if cell)
    assert "〔未定〕" not in cells
    assert "law_2" not in cells


def test_keys_can_be_copied_as_they_are_shown(tried: World, tmp_path: Path) -> None:
    path = next(p for p in write_workbooks(tried.results, tmp_path) if p.stem == "hiring")
    book = load(path)
    shown = book["xl/worksheets/sheet2.xml"]
    styles = re.findall(r"<xf numFmtId=\"(\d+)\"", book["xl/styles.xml"].split("<cellXfs")[1])
    heads = written_heads(path)
    for at in (i for i, head in enumerate(heads) if "编号" in head):
        letter = chr(ord("A") + at)
        style = re.search(rf'<c r="{letter}2" s="(\d+)"><v>\d+</v>', shown)
        assert style is not None
        assert styles[int(style[1])] == "1"  # the built-in format 0


def load(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def written_heads(path: Path) -> list[str]:
    return [str(cell) for cell in sheets(path)["符合"][0]]


def test_a_page_that_is_cut_says_so(
    tried: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_REFUSALS", 2)
    write_workbooks(tried.results, tmp_path)
    remark, _, *rows = sheets(tmp_path / "flexible.xlsx")["不符合"]
    assert remark[0] == "共 5 行，本页只列前 2 行；其余 3 行见 flexible.parquet"
    assert len(rows) == 2


def test_synthetic_data_is_called_so(shipped: World, tmp_path: Path) -> None:
    assert shipped.results.synthetic
    path = write_workbooks(shipped.results, tmp_path)[0]
    assert any("合成数据" in str(cell) for row in sheets(path)["说明"] for cell in row)


def test_no_identity_number_or_name_leaves(shipped: World, tmp_path: Path) -> None:
    numbers = re.compile(rb"\d{17}[\dX]|9[0-9A-Z]{17}")
    for path in write_workbooks(shipped.results, tmp_path):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/"):
                    assert not numbers.search(book.read(name)), (path.name, name)


def test_awkward_cells_are_kept_as_they_are(tmp_path: Path) -> None:
    texts = ['<&>"', "=1+1", "甲\n乙", "\x00\x1b", "", None, "  x "]
    frame = pl.DataFrame(
        {"t": texts, "n": [None, -1, 0, 1, 2, 3, 4], "m": [-5, 0, 7, 123456789012, 100, None, 1]},
        schema={"t": pl.String, "n": pl.Int32, "m": pl.Int64},
    )
    columns = [Column("t", 9), Column("n", 9, "number"), Column("m", 9, "money")]
    with Book(tmp_path / "a.xlsx", "about") as book:
        book.table("one", columns, frame)
        book.table("none", columns, frame.clear())
    read = sheets(tmp_path / "a.xlsx")
    found = [row[0] or "" for row in read["one"][1:]]
    assert found == ['<&>"', "=1+1", "甲\n乙", "", "", "", "  x "]
    assert read["none"] == [("t", "n", "m")]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(book.read(name))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<dimension ref="A1:C8"/>' in sheet
    amounts = re.findall(r'<c r="C[2-9]" s="\d+"><v>([^<]*)</v>', sheet)
    assert amounts == ["-0.05", "0.00", "0.07", "1234567890.12", "1.00", "0.01"]
