"""The guide to reading documents: its commands run as printed, its table names every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wenye.cli.app import main
from wenye.policy.reading import read_text

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reading-documents.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ wenye ").split()
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ wenye ")
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_runs_as_printed(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = [
        str(ROOT / word) if word.startswith("src/") else word.replace("build", str(tmp_path))
        for word in command
    ]
    assert main(moved) == 0
    assert capsys.readouterr().out.strip()


def test_there_is_a_command_for_every_section() -> None:
    assert {command[0] for command in COMMANDS} == {"read", "check", "diff", "coverage", "duties"}


def test_the_table_names_every_key() -> None:
    keys = read_text("一、甲\n（一）乙。丙。").as_json()
    assert [key for key in keys if f"`{key}`" not in PAGE] == []
