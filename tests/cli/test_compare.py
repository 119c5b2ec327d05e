"""``wenye compare`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.simulation.reforms import few

from wenye.cli.app import main

CHANGE = "small_employer_hire.unemployed_months=6"


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("hirings") / "registers"
    few.hiring_registers(folder)
    return folder


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], registers: Path) -> Any:
    def type_(*arguments: object, code: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        words = ["compare", registers, *arguments, "--on", few.ON, "--district", "example"]
        assert main([str(word) for word in words]) == code
        shown = capsys.readouterr()
        return shown.out, shown.err

    return type_


def test_it_says_who_moves_why_and_at_what_cost(typed: Any) -> None:
    out, err = typed("--change", CHANGE)
    assert "如果登记失业满月数由3个月改为6个月（各日均按此）" in out
    assert "符合的由4变为2（新符合0，不再符合2" in out
    assert "招用时登记失业满3个月 → 招用时登记失业满6个月" in out
    assert "¥3,200.00变为¥1,600.00（−¥1,600.00）" in out
    assert "entitled 4 → 2 (in 0, out 2" in out
    assert "改动不涉及的2个项目结果不变，没有重新判定" in err
    assert "首次创业补贴" not in err  # counted; the names stand in the JSON
    assert "判定" in err  # its progress


def test_json_is_one_document_and_nothing_else(typed: Any) -> None:
    out, _ = typed("--change", CHANGE, "--json")
    data = json.loads(out)
    scheme = data["schemes"]["small_employer_hire"]
    assert scheme["before"]["entitled"] == 4
    assert scheme["after"]["entitled"] == 2
    assert scheme["money"]["after_if_adopted"]["payable"] == "1600.00"
    assert data["small_cells_kept_back"] is True


def test_the_folder_is_written_and_named(typed: Any, tmp_path: Path) -> None:
    out, _ = typed(tmp_path / "out", "--change", CHANGE)
    assert str(tmp_path / "out" / "comparison.html") in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "comparison.html",
        "comparison.json",
        "comparison.xlsx",
        "moved.parquet",
    ]


def test_a_reform_file_does_what_its_changes_do(typed: Any, tmp_path: Path) -> None:
    path = tmp_path / "reform.yaml"
    name, _, value = CHANGE.partition("=")
    path.write_text(f"title: 假设\nchanges:\n  {name}: {value}\n", encoding="utf-8")
    by_file, _ = typed("--reform", path, "--json")
    by_word, _ = typed("--change", CHANGE, "--json")
    assert json.loads(by_file)["schemes"] == json.loads(by_word)["schemes"]


def test_mistakes_say_where_and_what_to_do(typed: Any, tmp_path: Path) -> None:
    _, err = typed("--change", "small_employer_hire.amont=1", code=1)
    assert "没有参数" in err
    assert "small_employer_hire.amount" in err
    _, err = typed("--change", "small_employer_hire.amount=1.001", code=1)
    assert "whole number of fen" in err
    path = tmp_path / "reform.yaml"
    path.write_text("title: 假设\nchanges:\n  nothing.known: 1\n", encoding="utf-8")
    _, err = typed("--reform", path, code=1)
    assert f"{path}:3" in err
    _, err = typed(code=2)
    assert "--change" in err


def test_a_change_that_does_nothing_says_so(typed: Any) -> None:
    out, err = typed("--change", "small_employer_hire.unemployed_months=3")
    assert "没有人受影响" in out
    assert "与现行的值相同" in err


def test_a_folder_of_something_else_is_refused_before_any_work(typed: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    _, err = typed(tmp_path, "--change", CHANGE, code=1)
    assert "目标文件夹里有别的文件" in err
    assert "判定" not in err
