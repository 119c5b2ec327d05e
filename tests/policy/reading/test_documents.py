"""Every invented document of ``documents/`` is read as a careful official reads it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from tests.policy.reading.genre import document
from tests.policy.reading.genre_wear import worn
from tests.policy.reading.matching import differences

from wenye.policy.reading import read_file, read_text

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = sorted(path.stem for path in DOCUMENTS.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_an_official_reads_it(name: str) -> None:
    expected = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    [file] = [path for path in DOCUMENTS.glob(f"{name}.*") if path.suffix != ".json"]
    found = read_file(file).as_json()
    assert [*differences(expected, found)] == []


def test_there_are_documents_of_every_form() -> None:
    assert len(NAMES) > 50


@pytest.mark.parametrize("seed", range(60))
def test_a_clean_document_is_read_whole(seed: int) -> None:
    text, expected = document(seed)
    assert [*differences(expected, read_text(text).as_json())] == []


def test_a_scanned_document_is_read_as_the_clean_one() -> None:
    """Wraps, pages, widths and navigation change nothing, but for what cannot be told apart."""
    wrong = {}
    for seed in range(200):
        text, expected = document(seed)
        found = read_text(worn(text, Random(seed))).as_json()
        if faults := [*differences(expected, found)]:
            wrong[seed] = faults[0]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_a_scan_in_other_wraps_names_the_same_bodies(seed: int) -> None:
    text, _ = document(seed)
    clean, scanned = read_text(text), read_text(worn(text, Random(seed + 1000)))
    named = [article.responsibility for article in clean.articles]
    again = [article.responsibility for article in scanned.articles]
    assert len(named) == len(again)
    for one, other in zip(named, again, strict=True):
        if one is not None and other is not None:
            assert [*differences(list(one.departments), list(other.departments))] == []
