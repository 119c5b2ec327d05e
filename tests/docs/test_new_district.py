"""The guide to a new district is run as it is printed: its files, its commands, what they show."""

import re
import shlex
from pathlib import Path

import pytest

from wenye.cli.app import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "a-new-district.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DISTRICT = Path("build/new-district")


def blocks() -> list[tuple[str, list[str], str]]:
    found = BLOCK.findall(PAGE.read_text("utf-8"))
    return [(kind, marks.split(), text) for kind, marks, text in found]


def entered(file: str, entry: str) -> str:
    """The file with the entry that begins like ``entry`` replaced by it."""
    first, *_ = entry.splitlines()
    indent = len(first) - len(first.lstrip())
    kept: list[str] = []
    inside = replaced = False
    for line in file.splitlines(keepends=True):
        if inside and len(line) - len(line.lstrip()) <= indent:
            inside = False
        if line.rstrip() == first:
            inside = replaced = True
            kept.append(entry)
        elif not inside:
            kept.append(line)
    assert replaced, f"nothing begins with {first!r}"
    return "".join(kept)


def write(mark: str, entry: bool, text: str) -> None:
    name = mark.removeprefix("file=")
    path = Path("build") / name if name == "case.json" else DISTRICT / name
    if entry:
        text = entered(path.read_text("utf-8"), text)
    path.write_text(text, "utf-8")


def test_the_guide_runs_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WENYE_DOCUMENTS", raising=False)
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)
    (tmp_path / "src").symlink_to(ROOT / "src")
    (tmp_path / "build").mkdir()
    shown = ""
    ran = 0
    for kind, marks, text in blocks():
        if kind == "console":
            for line in text.splitlines():
                command = shlex.split(line.removeprefix("$ "))
                assert command[0] == ".venv/bin/wenye"
                assert main(command[1:]) == 0, line
                ran += 1
                shown = capsys.readouterr().out
        elif marks and marks[0].startswith("file="):
            write(marks[0], "entry" in marks, text)
        elif marks == ["drafted"]:
            drafted = (DISTRICT / "schemes" / "article_03.py").read_text("utf-8")
            assert text in drafted
        elif kind == "text":
            assert [line for line in text.splitlines() if line not in shown.splitlines()] == []
    assert ran == 10


def test_every_block_of_the_guide_is_tried() -> None:
    tried = {"console", "text", "json", "yaml", "python"}
    assert {kind for kind, _, _ in blocks()} == tried
    assert all(marks for kind, marks, _ in blocks() if kind in ("json", "yaml", "python"))


@pytest.mark.parametrize("page", ["a-new-district.md", "writing-a-scheme.md"])
def test_every_file_is_named_in_the_text_above_it(page: str) -> None:
    """The words behind a fence are not shown where the page is read."""
    text = (PAGE.parent / page).read_text("utf-8")
    last = named = 0
    for block in BLOCK.finditer(text):
        mark = next((word for word in block[2].split() if word.startswith("file=")), None)
        if mark is not None:
            said = re.findall("`(build/[^`]+)`", text[last : block.start()])
            assert any(name.endswith(f"/{mark.removeprefix('file=')}") for name in said), mark
            named += 1
        last = block.end()
    assert named >= 5
