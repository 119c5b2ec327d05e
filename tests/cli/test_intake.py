"""``wenye intake`` as a person or a program calls it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.registers.delivery import deliver, person

from wenye.cli.app import main
from wenye.cli.commands import COMMANDS


@pytest.fixture(autouse=True)
def _intake_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command, in a district of which only the units matter."""
    monkeypatch.setitem(COMMANDS, "intake", "读入")
    place = SimpleNamespace(code="990101101", name="甲镇", aliases=())
    district = SimpleNamespace(organisation=SimpleNamespace(units=(place,)))
    monkeypatch.setattr("wenye.policy.district.load_district", lambda name: district)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "来文"


def call(*arguments: object) -> int:
    return main(["intake", *map(str, arguments)])


def test_a_clean_delivery_is_summed_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(folder)
    assert call(folder, folder.parent / "r", "--complete-to", "2026-10-31") == 0
    shown = capsys.readouterr()
    assert "人员" in shown.out
    assert "2026-10-31" in shown.out
    assert "csv utf-8" in shown.out
    assert "注意" not in shown.err


def test_rejected_rows_are_a_warning_not_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(folder, people=[person(1, 出生日期="2020-02-30"), person(2, 街镇="甲镇")])
    assert call(folder, folder.parent / "r") == 0
    shown = capsys.readouterr()
    assert "退回 1 行" in shown.err
    assert "没有这一天（1）" in shown.out
    assert "rejected.xlsx" in shown.out


def test_json_counts_everything_and_names_nobody(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(folder, people=[person(1, 出生日期="2020-02-30"), person(2)])
    assert call(folder, folder.parent / "r", "--json") == 0
    text = capsys.readouterr().out
    told = json.loads(text)
    assert (told["in"], told["accepted"], told["rejected"]) == (4, 3, 1)
    assert told["registers"][0]["reasons"] == {"impossible_day": 1}
    assert person(1)["证件号码"] not in text


def test_a_refused_delivery_is_exit_1_with_a_mend(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    assert call(folder, folder.parent / "r") == 1
    shown = capsys.readouterr()
    assert "文件夹是空的" in shown.err
    assert "办法" in shown.err
    assert "Traceback" not in shown.err
    assert not (folder.parent / "r").exists()


def test_templates_alone_need_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--templates", tmp_path / "out") == 0
    assert (tmp_path / "out" / "人员.xlsx").exists()
    assert call() == 2
