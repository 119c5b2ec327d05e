"""A quoted phrase stands in its document, whatever the scan did to lines and widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wenye.policy.errors import PolicyError
from wenye.policy.quotations import bare

FILE = "parameters/support.yaml"


def test_whitespace_and_width_do_not_count() -> None:
    assert bare("国发[2019]28 号，３%\n降至 1%") == bare("国发〔2019〕28号,3%降至1%")


def test_a_phrase_is_found_across_a_broken_line(folder: Any) -> None:
    assert [item.found for item in folder.load().quotations()] == [True]


def test_a_phrase_that_is_not_there_is_told(folder: Any) -> None:
    folder.change(FILE, "quote: 每月给予补贴300元", "quote: 每月给予补贴400元")
    (quotation,) = folder.load().quotations()
    assert quotation.found is False
    assert (quotation.parameter, quotation.phrase) == ("support.amount", "每月给予补贴400元")
    assert "support.yaml:" in quotation.where


def test_a_text_kept_elsewhere_is_looked_up_by_the_document_id(folder: Any, tmp_path: Path) -> None:
    folder.change("district.yaml", "    text: notice.md\n", "")
    texts = tmp_path / "texts"
    texts.mkdir()
    assert [item.found for item in folder.load().quotations(texts)] == [None]
    (texts / "trial-1.txt").write_text("每月给予补贴300元", encoding="utf-8")
    assert [item.found for item in folder.load().quotations(texts)] == [True]


def test_a_named_text_that_is_missing_is_refused(folder: Any) -> None:
    folder.change("district.yaml", "text: notice.md", "text: gone.md")
    with pytest.raises(PolicyError, match="missing"):
        folder.load().quotations()
