"""Progress: lines for a log, a bar for a person, and nothing on standard output."""

import io
import sys

import pytest

from wenye.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_for_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        for done in range(1001):
            report("判定 / determining", done, 1000)
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "判定 / determining 100/1000"
    assert lines[-1] == "判定 / determining 1000/1000"


def test_a_short_job_gets_a_line_for_each_part(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        for done in range(3):
            report("读入 / reading", done + 1, 3)
    assert capsys.readouterr().err.splitlines() == [f"读入 / reading {n}/3" for n in (1, 2, 3)]


def test_two_jobs_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report("甲", 1, 1)
        report("乙", 1, 2)
    assert capsys.readouterr().err.splitlines() == ["甲 1/1", "乙 1/2"]


def test_a_person_gets_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress() as report:
        report("判定", 1, 4)
        report("判定", 4, 4)
    assert "判定" in terminal.getvalue()
    assert "4/4" in terminal.getvalue()
    assert capsys.readouterr().out == ""
