"""The operations guide names every setting that the program reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAME = re.compile(r"\bWENYE_[A-Z]+(?:_[A-Z]+)*\b")


def test_every_setting_is_documented() -> None:
    read = {
        name
        for path in (ROOT / "src" / "wenye").rglob("*.py")
        for name in _NAME.findall(path.read_text(encoding="utf-8"))
    }
    table = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(WENYE_[A-Z_]+)` \|", table, re.MULTILINE))
    assert read - documented == set()
    assert documented - read == set()


def test_the_examples_use_settings_and_commands_that_exist() -> None:
    from wenye.cli.commands import COMMANDS

    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "deploy").iterdir())]
    texts.append((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    for text in texts:
        for command in re.findall(r"(?:bin/|^    |`)wenye ([a-z][a-z-]*)", text, re.MULTILINE):
            assert command in COMMANDS, command
