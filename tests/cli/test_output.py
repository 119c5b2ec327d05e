"""A page that a command writes: whole, in a folder that need not be there yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenye.cli.app import main
from wenye.cli.output import write_whole
from wenye.policy.errors import PolicyError


def test_missing_folders_are_made(tmp_path: Path) -> None:
    file = tmp_path / "build" / "pages" / "coverage.html"
    write_whole(file, "页")
    assert file.read_text(encoding="utf-8") == "页"
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_named_with_a_mend(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file", encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        write_whole(tmp_path / "build" / "coverage.html", "页")
    assert caught.value.where == str(tmp_path / "build")
    assert "先建好" in caught.value.mend


def test_coverage_writes_its_page_after_setup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["coverage", "--district", "example", "--html", "build/coverage.html"]) == 0
    assert "build/coverage.html" in capsys.readouterr().out
    assert (tmp_path / "build" / "coverage.html").is_file()
