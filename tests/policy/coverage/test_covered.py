"""A document sentence by sentence: what carries each, and what nobody has placed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.policy.registered import MEASURES, TEXT, registered

from wenye.policy.citing.texts import Texts
from wenye.policy.coverage.covered import Coverage, State, coverage
from wenye.policy.district import load_district
from wenye.policy.errors import PolicyError


def covered(folder: Any, text: str = TEXT) -> Coverage:
    district = registered(folder, text)
    return coverage(district, Texts(district))


def rows(found: Coverage) -> dict[str, tuple[str, str | None, tuple[str, ...]]]:
    return {
        item.sentence.text: (
            item.state.value,
            item.kind,
            tuple(dict.fromkeys(link.id for link in item.links)),
        )
        for document in found.documents
        for item in document.sentences
    }


def test_each_sentence_and_what_carries_it(folder: Any) -> None:
    assert rows(covered(folder)) == {
        "为促进就业，制定本意见。": ("statement", "statement", ()),
        "对灵活就业人员，每月给予补贴300元。": ("carried", "scheme", ("support.amount", "T1-01.1")),
        "鼓励平台企业放宽条件。": ("not_yet", "discretionary", ("T1-01.2",)),
        "由街道每月至少走访1次。": ("partly", "duty", ("T1-01.3", "visits")),
        "落实市里的培训政策，开展技能大赛。": ("not_yet", "delegated", ("T1-01.4",)),
        "营造良好氛围。": ("not_computable", "not_computable", ("T1-02.1",)),
        "加强舆论引导，选树典型。": ("not_yet", "not_yet", ("T1-02.2",)),
        "<b>新加的一句</b>没有人管。": ("unplaced", None, ()),
        "本意见自2024年1月1日起施行。": ("statement", "statement", ()),
    }


def test_the_counts_are_those_of_the_register_and_of_the_text(folder: Any) -> None:
    data = covered(folder).as_json()
    assert data["measures"] == {
        "total": 6,
        "carried": 1,
        "not_yet": 4,
        "not_computable": 1,
        "partly": 1,
    }
    assert data["sentences"] == {
        "total": 9,
        "placed": 8,
        "carried": 1,
        "partly": 1,
        "not_yet": 3,
        "not_computable": 1,
        "statement": 2,
        "unplaced": 1,
    }
    (document,) = data["documents"]
    assert len(document["sentences"]) == 9
    second = document["sentences"][1]
    assert (second["article"], second["kind"]) == ("（一）", "scheme")
    assert {carrier["by"] for carrier in second["carriers"]} == {"parameter", "measure"}


def test_a_phrase_in_a_heading_places_no_sentence_and_is_told(folder: Any) -> None:
    (document,) = covered(folder).documents
    assert [item.cited.phrase for item in document.adrift] == ["加强宣传"]


def test_a_phrase_of_the_wrong_article_places_nothing(folder: Any) -> None:
    moved = TEXT.replace("营造良好氛围。", "").replace(
        "（一）支持灵活就业。", "（一）支持灵活就业。营造良好氛围。"
    )
    found = covered(folder, moved)
    assert rows(found)["营造良好氛围。"] == ("unplaced", None, ())
    assert "营造良好氛围" in [item.cited.phrase for item in found.documents[0].adrift]
    assert found.measures["not_computable"] == 1


def test_a_sentence_of_which_a_part_waits_is_carried_in_part(folder: Any) -> None:
    joined = TEXT.replace("300元。鼓励平台", "300元，鼓励平台")
    states = rows(covered(folder, joined))
    assert states["对灵活就业人员，每月给予补贴300元，鼓励平台企业放宽条件。"][0] == "partly"


def test_a_phrase_across_two_sentences_places_both(folder: Any) -> None:
    district = registered(folder)
    folder.write("measures.yaml", MEASURES.replace("[营造良好氛围]", "[氛围。加强舆论引导]"))
    district = folder.load()
    found = rows(coverage(district, Texts(district)))
    assert "T1-02.1" in found["营造良好氛围。"][2]
    assert "T1-02.1" in found["加强舆论引导，选树典型。"][2]


def test_a_phrase_that_is_said_twice_places_its_first_sentence_only(folder: Any) -> None:
    twice = TEXT.replace("营造良好氛围。", "营造良好氛围。再次营造良好氛围。")
    found = rows(covered(folder, twice))
    assert found["营造良好氛围。"][0] == "not_computable"
    assert found["再次营造良好氛围。"][0] == "unplaced"


def test_a_district_without_a_register_is_refused(folder: Any) -> None:
    district = folder.load()
    with pytest.raises(PolicyError, match="no register") as error:
        coverage(district, Texts(district))
    assert error.value.where.endswith("measures.yaml")


def test_a_document_without_a_text_is_refused(folder: Any) -> None:
    district = registered(folder, own=False)
    with pytest.raises(PolicyError, match="not at hand") as error:
        coverage(district, Texts(district))
    assert "--documents" in error.value.mend


def test_jiadings_document_is_covered_to_the_last_sentence(documents_folder: Path) -> None:
    district = load_district("jiading")
    found = coverage(district, Texts(district, documents_folder))
    measures, sentences = found.measures, found.sentences
    assert measures["total"] == 107
    assert measures["carried"] + measures["not_yet"] + measures["not_computable"] == 107
    (document,) = found.documents
    assert document.adrift == ()
    assert [item.sentence.text for item in document.sentences if not item.placed] == []
    assert sentences["placed"] == sentences["total"] > 80
    statements = [item for item in document.sentences if item.state is State.STATEMENT]
    assert [item.why for item in statements] == ["purpose", "commencement"]
    ids = {link.id for item in document.sentences for link in item.links}
    assert district.measures[0].measures.keys() <= ids
