"""``wenye catalogue``, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from wenye.cli.app import main

CALL = ("catalogue", "--district", "example", "--on", "2026-10-31")


def test_the_catalogue_says_who_needs_what_from_whom_how_fresh_and_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(CALL) == 0
    shown = capsys.readouterr().out
    assert "数据共享目录，按 2026-10-31 适用的规定 / data-sharing catalogue" in shown
    fact = (
        "  失业登记·失业登记日期（unemployment.started_on） / registered on"
        "　提供 / from: 人力资源社会保障\n"
        "    稳岗小额补贴：招用时登记失业满3个月；就业日期前1日所在的一段；"
        "登记册须完整至就业日期前1日；依据 示例规〔2024〕1号 第二条\n"
    )
    assert fact in shown
    unread = shown.partition("没有项目读取")[2].partition("没有部门提供")[0]
    assert "人员·性别（people.sex）" in unread
    assert "people.hukou" not in unread
    assert "没有部门提供 0 项" in shown


def test_the_catalogue_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CALL, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["district"], found["on"]) == ("example", "2026-10-31")
    facts = {item["fact"]: item for item in found["read"]}
    hukou = facts["people.hukou"]
    assert (hukou["supplied_by"], hukou["personal"]) == ("公安", True)
    assert [(use["scheme"], use["name"]) for use in hukou["uses"]] == [
        ("first_business", "resident"),
        ("flexible_monthly", "resident"),
    ]
    assert "people.sex" in {item["fact"] for item in found["read_by_no_scheme"]}
    assert found["supplied_by_nobody"] == []


def test_one_scheme_and_one_department_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CALL, "--json"]) == 0
    everything = json.loads(capsys.readouterr().out)["read"]
    wanted = {
        item["fact"]
        for item in everything
        if "公安" in item["supplied_by"].split("、")
        and any(use["scheme"] == "flexible_monthly" for use in item["uses"])
    }
    only = [*CALL, "--scheme", "flexible_monthly", "--from", "公安"]
    assert main([*only, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {item["fact"] for item in found["read"]} == wanted
    assert {use["scheme"] for item in found["read"] for use in item["uses"]} == {"flexible_monthly"}
    assert found["read_by_no_scheme"] == []
    assert "people.hukou" in wanted and len(wanted) < len(everything)
    assert main(only) == 0
    shown = capsys.readouterr().out
    assert "只看公安提供的" in shown.splitlines()[0]
    assert "没有项目读取" not in shown  # the other schemes were not asked


def test_a_department_alone_keeps_what_nobody_reads_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*CALL, "--from", "公安", "--from", "民政", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    shared = [set(item["supplied_by"].split("、")) for item in found["read"]]
    assert shared and all(names & {"公安", "民政"} for names in shared)
    assert "hardships.low_income_family" in {item["fact"] for item in found["read_by_no_scheme"]}


@pytest.mark.parametrize(
    ("option", "name", "near"),
    [("--scheme", "flexible_month", "flexible_monthly"), ("--from", "公安局", "公安")],
)
def test_a_filter_by_an_unknown_name_is_refused(
    option: str, name: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CALL, option, name]) == 1
    error = capsys.readouterr().err
    assert name in error and option in error and f"did you mean {near}" in error


def test_the_catalogue_as_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "catalogue.xlsx"
    assert main([*CALL, "--xlsx", str(file)]) == 0
    assert main([*CALL, "--json"]) == 0
    shown = capsys.readouterr().out
    found = json.loads(shown[shown.index("\n{\n") :])
    sheets = {
        name: pl.read_excel(file, sheet_name=name, read_options={"header_row": 1})
        for name in ("读取", "没有项目读取")
    }
    assert sheets["读取"].height == sum(len(item["uses"]) for item in found["read"])
    assert set(sheets["读取"]["标识"]) == {item["fact"] for item in found["read"]}
    unread = {item["fact"] for item in found["read_by_no_scheme"]}
    assert set(sheets["没有项目读取"]["标识"]) == unread
    assert [path.name for path in file.parent.iterdir()] == ["catalogue.xlsx"]


def test_a_workbook_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catalogue.xlsx").mkdir()
    assert main([*CALL, "--xlsx", str(tmp_path / "catalogue.xlsx")]) == 1
    error = capsys.readouterr().err
    assert "catalogue.xlsx" in error and "错误 / error" in error
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue.xlsx"]


def test_an_unknown_district(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--district", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err
