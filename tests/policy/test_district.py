"""Loading a district by name or path; its organisation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wenye.policy.district import available_districts, load_district
from wenye.policy.errors import PolicyError


def test_by_path_and_by_name(folder: Any) -> None:
    assert folder.load().name == "trial"
    assert load_district("example").name == "example"
    assert {"example", "jiading"} <= set(available_districts())


def test_an_unknown_district_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_district("nowhere")
    assert "example, jiading" in caught.value.mend
    with pytest.raises(PolicyError, match=r"no district\.yaml"):
        load_district(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("district.yaml", "label_en: Trial District", "lable_en: x", "unknown key lable_en"),
        ("district.yaml", "name: trial", "name: My District", "no name for a district"),
        ("district.yaml", "name: trial", "name: 7", "not a text"),
        ("district.yaml", "printed_to: 2026-06-30", "printed_to: 2023-06-30", "lies before"),
        ("district.yaml", "printed_to:", "ended_by: other\n    printed_to:", "no document 'other'"),
        ("district.yaml", "printed_to:", "doubtful_from:", "without a reason"),
        ("district.yaml", "last_article: 9", "last_article: nine", "not a whole number"),
        ("district.yaml", "last_article: 9", "article_form: 条", "needs one {}"),
        ("organisation.yaml", "990101001", "9901010", "not a code of nine digits"),
        ("organisation.yaml", "kind: street", "kind: village", "no kind of unit village"),
        ("organisation.yaml", "units:", "unit:", "unknown key unit"),
        ("organisation.yaml", "kind: street", "kind: street, aliases: [甲街道]", "already stands"),
    ],
)
def test_mistakes_are_refused(folder: Any, file: str, old: str, new: str, words: str) -> None:
    folder.change(file, old, new)
    with pytest.raises(PolicyError) as caught:
        folder.load()
    assert words in caught.value.what
    assert file in caught.value.where


def test_a_document_stands_once(folder: Any) -> None:
    text = (folder.path / "district.yaml").read_text(encoding="utf-8")
    entry = text[text.index("  - id") :]
    folder.write("district.yaml", text + entry)
    with pytest.raises(PolicyError, match="trial-1 stands twice"):
        folder.load()


def test_units_are_known_by_code_name_and_other_names() -> None:
    organisation = load_district("jiading").organisation
    assert organisation.unit("310114501") is organisation.unit("工业区")
    assert organisation.unit("嘉定工业区").kind == "managed_area"
    with pytest.raises(PolicyError) as caught:
        organisation.unit("南翔")
    assert "南翔镇" in caught.value.mend


def test_the_room_stays_light() -> None:
    code = (
        "import sys, wenye.policy.district\n"
        "print([name for name in sys.modules if name in ('polars', 'wenye.registers', 'numpy')])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"
