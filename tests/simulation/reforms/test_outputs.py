"""What is written: small numbers kept back, pictures with their numbers, a folder that is whole."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
from tests.simulation.reforms import few

from wenye.determination.results import ResultsError
from wenye.policy.district import load_district
from wenye.registers.store import Registers, file_digest
from wenye.simulation.reforms.comparison import Comparison, compare
from wenye.simulation.reforms.folder import check_target, write_comparison
from wenye.simulation.reforms.page import page
from wenye.simulation.reforms.reform import Reform, changes_from

TOWNS = {"990101001": 6, "990101002": 5, "990101101": 2, "990101401": 1}
NAMES = {"990101001": "甲街道", "990101002": "乙街道", "990101101": "丙镇", "990101401": "丁园区"}
#: More months of waiting than anybody has waited: everybody moves out.
CHANGE = "flexible_monthly.waiting_months=36"


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    towns = [town for town, people in TOWNS.items() for _ in range(people)]
    return few.monthly_registers(tmp_path_factory.mktemp("towns") / "registers", towns)


def tried(registers: Registers, *, internal: bool = False, change: str = CHANGE) -> Comparison:
    district = load_district("example", today=few.ON)
    reform = Reform(changes_from([change], district), "假设：<等>三年", "what if", "只供测算")
    return compare(registers, district, reform, few.ON, internal=internal)


@pytest.fixture(scope="module")
def found(registers: Registers) -> Comparison:
    return tried(registers)


@pytest.fixture(scope="module")
def folder(found: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_comparison(found, tmp_path_factory.mktemp("out") / "comparison")


def rows_of(html: str, town: str) -> list[list[str]]:
    """The cells of the rows that begin with a town's name, tags taken off."""
    found = re.findall(rf'<tr><th scope="row">{NAMES[town]}</th>(.*?)</tr>', html)
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in found]


def test_the_page_keeps_small_numbers_back(found: Comparison) -> None:
    html = page(found)
    by_town, *cross = rows_of(html, "990101401")
    assert by_town == ["&lt;3", "略", "&lt;3", "略", "&lt;3", "略", "略", "略"]
    for row in cross:
        assert not any(re.search(r"[0-9¥]", cell.replace("&lt;3", "")) for cell in row[2:])
    assert rows_of(html, "990101001")[0][:6] == ["6", "0", "6", "0", "6", "0"]


def test_inside_the_bureau_they_are_shown_and_the_page_says_so(registers: Registers) -> None:
    html = page(tried(registers, internal=True))
    assert rows_of(html, "990101401")[0][:6] == ["1", "0", "1", "0", "1", "0"]
    assert "内部使用" in html
    assert "内部使用" not in page(tried(registers))


def test_a_single_small_town_takes_another_with_it(tmp_path: Path) -> None:
    towns = ["990101001"] * 9 + ["990101002"] * 5 + ["990101101"] * 4 + ["990101401"]
    held = few.monthly_registers(tmp_path / "registers", towns)
    (item,) = tried(held).schemes
    hidden = {cell.town: cell.hidden for cell in item.cells.by_town}
    assert hidden == {
        "990101001": False,
        "990101002": False,
        "990101101": True,
        "990101401": True,
    }


def test_of_a_town_kept_back_no_part_is_shown(tmp_path: Path) -> None:
    towns = ["990101001"] * 9 + ["990101002"] * 5 + ["990101101"] * 4 + ["990101401"]
    (item,) = tried(few.monthly_registers(tmp_path / "registers", towns)).schemes
    back = {cell.town for cell in item.cells.by_town if cell.hidden}
    assert {cell.town for cell in item.cells.cross if cell.hidden} >= back
    assert not [cell for cell in item.cells.cross if cell.town in back and not cell.hidden]


def test_totals_stay_exact(found: Comparison) -> None:
    (item,) = found.schemes
    assert item.outcome("entitled", after=False) == item.movements["out"].subjects == 14
    assert ">14<" in page(found)


def test_the_workbook_and_the_data_keep_back_what_the_page_does(folder: Path) -> None:
    book = fastexcel.read_excel(folder / "comparison.xlsx")
    assert book.sheet_names == [
        *("说明", "各项目", "变动原因", "按月花费"),
        *("按街镇", "按性别", "按年龄", "街镇性别年龄"),
    ]
    towns = book.load_sheet("按街镇", dtypes="string").to_polars()
    small = towns.filter(pl.col("街镇") == "丁园区").drop("项目", "街镇").row(0)
    assert set(small) == {"<3", "略"}
    data = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    cells = data["schemes"]["flexible_monthly"]["cells"]
    (kept,) = [cell for cell in cells["by_town"] if cell["town"] == "990101401"]
    numbers = {name: value for name, value in kept.items() if not name.startswith("town")}
    assert numbers.pop("kept_back") is True
    assert set(numbers.values()) == {None}


def test_amounts_in_the_workbook_are_the_sums_to_the_fen(found: Comparison, folder: Path) -> None:
    book = fastexcel.read_excel(folder / "comparison.xlsx")
    months = book.load_sheet("按月花费").to_polars()
    whole = months.filter(pl.col("项目") == "合计")
    yuan = [f"{fen / 100:.2f}" for fen in found.before.payable]
    assert [f"{value:.2f}" for value in whole["可发放（现行）（元）"]] == yuan
    assert whole["月份"].to_list() == found.months


def test_the_page_is_one_whole_file(found: Comparison) -> None:
    html = page(found)
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert "假设：&lt;等&gt;三年" in html
    pictures = re.findall(r"<svg.*?</svg>", html)
    assert len(pictures) == 3  # the mark, who flows where, what it costs
    for picture in pictures:
        ElementTree.fromstring(picture)
    assert "符合到不符合 14" in pictures[1]


def test_bars_are_as_long_as_what_they_stand_for(found: Comparison) -> None:
    bars = re.findall(r'<rect class="yes (was|now)"[^>]*height="([\d.]+)"', page(found))
    assert [look for look, _ in bars] == ["was"] * 12  # after the change nobody is paid
    assert len({height for _, height in bars}) == 1


def test_who_moved_has_keys_and_no_names(found: Comparison, folder: Path) -> None:
    moved = pl.read_parquet(folder / "moved.parquet")
    assert moved["key"].sort().to_list() == list(range(1, 15))
    assert moved["movement"].unique().to_list() == ["out"]
    assert moved["condition"].unique().to_list() == ["waited"]
    assert not {"name", "number"} & set(moved.columns)
    assert moved.equals(found.moved)


def test_the_manifest_names_every_file(folder: Path) -> None:
    data: dict[str, Any] = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    files = data["manifest"]["files"]
    assert set(files) == {"comparison.html", "comparison.xlsx", "moved.parquet"}
    assert all(file_digest(folder / name) == digest for name, digest in files.items())
    wanted = {"flexible_monthly.waiting_months": [{"since": None, "value": "36"}]}
    assert data["manifest"]["changes"] == wanted


def test_nothing_else_is_written_over(registers: Registers, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")
    for target in (tmp_path, tmp_path / "kept.txt", registers.folder):
        with pytest.raises(ResultsError):
            check_target(target, registers)
    check_target(tmp_path / "new", registers)


def test_a_comparison_takes_the_place_of_the_one_before(
    found: Comparison, registers: Registers, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    write_comparison(found, target)
    (target / "remark.txt").write_text("mine", encoding="utf-8")
    check_target(target, registers)
    write_comparison(tried(registers, change="flexible_monthly.amount=1"), target)
    data = json.loads((target / "comparison.json").read_text(encoding="utf-8"))
    assert data["changes"][0]["parameter"] == "flexible_monthly.amount"
    assert (target / "remark.txt").read_text(encoding="utf-8") == "mine"


def test_a_page_where_nothing_moves_says_so(registers: Registers) -> None:
    html = page(tried(registers, change="flexible_monthly.waiting_months=2"))
    assert "没有人受影响" in html
