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


AWARDS = """
awards:
  - {id: old_support, label: 旧补贴, label_en: the old support}
"""


def test_titles_of_schemes_and_of_awards_that_are_none(folder: Any) -> None:
    text = (folder.path / "district.yaml").read_text(encoding="utf-8")
    folder.write("district.yaml", text + AWARDS)
    found = folder.load().titles(["support", "old_support", "elsewhere"])
    assert found == {"support": ("补贴", "补贴"), "old_support": ("旧补贴", "the old support")}


@pytest.mark.parametrize(
    ("taken", "words"), [("support", "is a scheme, which has a title"), ("old", "stands twice")]
)
def test_an_award_has_an_id_of_its_own(folder: Any, taken: str, words: str) -> None:
    text = (folder.path / "district.yaml").read_text(encoding="utf-8")
    entry = f"  - {{id: {taken}, label: 旧补贴, label_en: the old support}}\n"
    folder.write("district.yaml", f"{text}awards:\n{entry * (1 + (taken == 'old'))}")
    with pytest.raises(PolicyError, match=words) as caught:
        folder.load()
    assert "district.yaml" in caught.value.where


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
