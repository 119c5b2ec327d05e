"""``wenye district`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wenye.cli import commands
from wenye.cli.app import main

ORGANISATION = """\
units:
  - {code: "990114001", name: 甲街道, kind: street}
  - {code: "990114101", name: 乙镇, kind: town}
departments: []
"""


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(commands.COMMANDS, "district", "合成辖区 / a synthetic district")
    folder = tmp_path / "invented"
    folder.mkdir()
    (folder / "organisation.yaml").write_text(ORGANISATION, "utf-8")
    return folder


def test_it_writes_and_says_so_in_chinese(
    district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = ["district", str(out), "--people", "200", "--seed", "3", "--district", str(district)]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "合成辖区已写入" in told
    assert "人员.xlsx　200 行" in told
    assert (out / "完整日期.csv").exists()


def test_json_tells_what_should_be_rejected(
    district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = ["district", str(out), "--people", "2000", "--errors", "0.05", "--format", "csv"]
    assert main([*asked, "--as-of", "2026-06-30", "--district", str(district), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2026-06-30"
    assert told["registers"]["people"]["file"] == "人员.csv"
    assert told["registers"]["people"]["to_be_rejected"] > 0


def test_a_folder_with_something_else_is_refused(
    district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["district", str(tmp_path), "--people", "200", "--district", str(district)]
    assert main(asked) == 1
    assert "文件夹里有别的东西" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--format", "doc"], ["--as-of", "2026-02-30"]])
def test_wrong_usage_is_told_apart(district: Path, tmp_path: Path, wrong: list[str]) -> None:
    assert main(["district", str(tmp_path / "out"), *wrong, "--district", str(district)]) == 2
