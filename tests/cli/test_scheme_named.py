"""Schemes as a person names them, the list of them, and a case decided today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wenye.cli.app import main
from wenye.cli.scheme_named import scheme_named
from wenye.policy.district import District, load_district
from wenye.policy.errors import PolicyError


@pytest.fixture(scope="module")
def jiading() -> District:
    return load_district("jiading")


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("hiring_subsidy", "hiring_subsidy"),
        ("一次性吸纳就业补贴", "hiring_subsidy"),
        ("一次性吸纳", "hiring_subsidy"),
        ("One-off hiring", "hiring_subsidy"),
        ("失业保险金", "unemployment_benefit"),  # a part of other titles, and the whole of this one
        ("弹性提前退休测算", "early_retirement"),  # without its remark in brackets
        ("培训券(可否", "training_voucher"),
    ],
)
def test_an_id_a_title_or_a_part_that_no_other_has(
    jiading: District, name: str, scheme: str
) -> None:
    assert scheme_named(jiading, name).id == scheme


def test_a_part_that_several_have_lists_them_with_their_ids(jiading: District) -> None:
    with pytest.raises(PolicyError) as caught:
        scheme_named(jiading, "岗位补贴")
    assert "可以指3个项目" in caught.value.what
    for line in (
        "post_subsidy  吸纳就业困难人员岗位补贴",
        "public_post_subsidy  公益性岗位岗位补贴",
    ):
        assert line in caught.value.mend


@pytest.mark.parametrize("name", ["hirng_subsidy", "没有这样的项目", " "])
def test_what_no_scheme_is_called_is_refused(jiading: District, name: str) -> None:
    with pytest.raises(PolicyError, match="has no scheme"):
        scheme_named(jiading, name)


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert main(["card", "--list", *more]) == 0
    return capsys.readouterr().out


def test_the_list_says_who_is_judged_by_whom_and_how_the_law_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def row(day: str) -> list[str]:
        lines = listed(capsys, "--on", day).splitlines()
        return next(line.split() for line in lines if line.startswith("district_graduates "))

    title = ["district_graduates", "区促进高校毕业生就业补贴", "就业登记", "区"]
    assert row("2024-01-01") == [*title, "现行"]
    assert row("2026-11-24") == [*title, "存疑（自2025-08-03起）"]
    assert row("2019-01-01") == [*title, "没有收录"]
    assert "in doubt (from 2025-08-03)" in listed(capsys, "--on", "2026-11-24", "--lang", "en")


def test_the_list_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, Any]] = json.loads(listed(capsys, "--on", "2026-11-24", "--json"))
    found = next(item for item in rows if item["id"] == "district_graduates")
    assert (found["subject"], found["operated_by"]) == ("employment", "district")
    assert (found["law"], found["doubtful_from"]) == ("doubtful", "2025-08-03")


def test_explain_without_a_day_judges_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import datetime as dt

    case = tmp_path / "case.json"
    case.write_text('{"person": {}}')
    before = dt.date.today()
    assert main(["explain", "statutory_retirement", str(case), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert before.isoformat() <= told["on"] <= dt.date.today().isoformat()


def test_a_missing_case_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.json")
    assert main(["explain", "statutory_retirement", missing]) == 1
    assert f"找不到案例文件“{missing}”" in capsys.readouterr().err
    assert main(["explain", "statutory_retirement"]) == 2
    assert "没有写案例文件 CASE.json" in capsys.readouterr().err
