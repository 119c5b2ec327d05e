"""A document sentence by sentence: what carries each, and what nobody has placed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.policy.registered import MEASURES, TEXT, registered

from wenye.policy.citing.texts import Texts
from wenye.policy.coverage.covered import Coverage, State, coverage
from wenye.policy.district import load_district
from wenye.policy.errors import PolicyError

ON = dt.date(2026, 10, 31)


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
    data = covered(folder).as_json(ON)
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
        "not_yet": 4,
        "not_computable": 1,
        "statement": 2,
        "unplaced": 1,
        "annex": 0,
    }
    (document,) = data["documents"]
    for name in ("measures", "sentences"):
        parts = ("carried", "not_yet", "not_computable", "statement", "unplaced")
        assert sum(data[name].get(part, 0) for part in parts) == data[name]["total"]
    assert len(document["sentences"]) == 9
    second = document["sentences"][1]
    assert (second["article"], second["kind"]) == ("（一）", "scheme")
    assert {carrier["by"] for carrier in second["carriers"]} == {"parameter", "measure"}


def kinds(found: Coverage, text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The kinds of a sentence, and of each phrase in it."""
    (item,) = [
        item
        for document in found.documents
        for item in document.sentences
        if item.sentence.text == text
    ]
    return item.kinds, {link.phrase: link.kind for link in item.links}


def test_a_word_of_one_clause_says_nothing_of_another(folder: Any) -> None:
    joined = TEXT.replace("营造良好氛围。加强", "营造良好氛围，鼓励多种形式，加强")
    registered(folder, joined)
    folder.change("measures.yaml", "[营造良好氛围]", "[营造良好氛围, 多种形式]")
    folder.change("measures.yaml", "progress: not_computable", "progress: not_yet")
    district = folder.load()
    found = coverage(district, Texts(district))
    text = "营造良好氛围，鼓励多种形式，加强舆论引导，选树典型。"
    assert kinds(found, text) == (
        ("not_yet", "discretionary"),
        {"营造良好氛围": "not_yet", "多种形式": "discretionary", "选树典型": "not_yet"},
    )


def test_what_is_called_a_programme_is_one_thing_of_a_list(folder: Any) -> None:
    listed = TEXT.replace("营造良好氛围。", "推进技能大赛、营造良好氛围。")
    registered(folder, listed)
    folder.change("measures.yaml", "[营造良好氛围]", "[营造良好氛围, 技能大赛]")
    folder.change("measures.yaml", "progress: not_computable", "progress: not_yet")
    district = folder.load()
    found = coverage(district, Texts(district))
    _, of_phrases = kinds(found, "推进技能大赛、营造良好氛围。")
    assert of_phrases == {"营造良好氛围": "not_yet", "技能大赛": "programme"}


def test_the_kind_of_a_sentence_is_that_of_most_of_it(folder: Any) -> None:
    joined = TEXT.replace("300元。鼓励平台", "300元，积极鼓励平台")
    text = "对灵活就业人员，每月给予补贴300元，积极鼓励平台企业放宽条件。"
    assert kinds(covered(folder, joined), text)[0] == ("discretionary", "scheme", "parameter")


def test_how_much_of_a_sentence_is_quoted(folder: Any) -> None:
    data = covered(folder).as_json(ON)
    (document,) = data["documents"]
    second, fifth = document["sentences"][1], document["sentences"][4]
    assert second["quoted"] == {
        "characters": 10,
        "of_characters": 17,
        "clauses": 1,
        "of_clauses": 2,
    }
    assert second["clauses_not_quoted"] == ["对灵活就业人员"]
    assert fifth["clauses_not_quoted"] == ["开展技能大赛"]
    assert document["sentences"][0]["clauses_not_quoted"] == []  # framework
    assert data["quoted"]["of_clauses"] - data["quoted"]["clauses"] == 4


def test_documents_say_how_they_stand_on_the_day(folder: Any) -> None:
    found = covered(folder)
    (late,) = found.as_json(ON)["documents"]
    assert (late["standing"], late["doubtful_from"]) == ("doubtful", dt.date(2026, 7, 1))
    assert "2026-06-30" in late["doubt"]
    (early,) = found.as_json(dt.date(2026, 6, 30))["documents"]
    assert (early["standing"], early["doubt"]) == ("in_force", None)


def test_a_phrase_in_a_heading_places_no_sentence_and_is_told(folder: Any) -> None:
    (document,) = covered(folder).documents
    assert [item.cited.phrase for item in document.adrift] == ["加强宣传"]


def test_a_link_to_nothing_carries_nothing(folder: Any) -> None:
    registered(folder)
    folder.change("measures.yaml", "{scheme: [support]}", "{scheme: [suport]}")
    district = folder.load()
    found = coverage(district, Texts(district))
    assert (found.measures["carried"], found.measures["partly"]) == (0, 1)
    (lost,) = found.documents[0].lost
    path, _, line = lost.where.rpartition(":")
    text = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "suport" in text
    # The value on the sentence is there; the measure it states is not.
    state, kind, _ = rows(found)["对灵活就业人员，每月给予补贴300元。"]
    assert (state, kind) == ("partly", "parameter")


def test_a_link_to_nothing_beside_one_that_leads_somewhere(folder: Any) -> None:
    registered(folder)
    folder.change("measures.yaml", "{scheme: [support]}", "{scheme: [support, suport]}")
    district = folder.load()
    found = coverage(district, Texts(district))
    measure = found.documents[0].register.measures["T1-01.1"]
    assert (measure.progress.value, measure.partly) == ("not_yet", True)
    assert [str(carrier) for carrier in measure.carried_by] == ["scheme:support"]
    assert "scheme:suport 不存在" in measure.reason
    assert not found.sound


def test_a_sentence_that_a_measure_misquotes_is_not_carried_whole(folder: Any) -> None:
    registered(folder)
    folder.change("measures.yaml", "[每月给予补贴]", "[每月都给予补贴]")
    district = folder.load()
    found = coverage(district, Texts(district))
    assert rows(found)["对灵活就业人员，每月给予补贴300元。"][0] == "partly"
    assert found.measures["carried"] == 0


def test_an_annex_is_told_and_counted_apart(folder: Any) -> None:
    found = covered(
        folder, f"{TEXT}试验区人民政府\n2024年1月1日\n附件\n试验补贴目录\n1．月补300元。\n"
    )
    assert found.documents[0].annex == ("试验补贴目录", "1．月补300元。")
    assert (found.sentences["total"], found.sentences["annex"]) == (9, 2)


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


def test_a_duty_without_a_clock_carries_no_sentence(folder: Any) -> None:
    registered(folder)
    folder.change(
        "duties.yaml",
        "{every: {calendar_month: 1, of: 登记, of_en: registration}}",
        "{none: {reason: 没有写, reason_en: none is printed}}",
    )
    district = folder.load()
    found = coverage(district, Texts(district))
    assert rows(found)["由街道每月至少走访1次。"][0] == "not_yet"
    assert (found.sentences["partly"], found.measures["partly"]) == (0, 0)


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
    assert sentences["placed"] == sentences["total"] == 88
    assert sentences["annex"] == 0
    assert found.sound
    statements = [item for item in document.sentences if item.state is State.STATEMENT]
    assert [item.why for item in statements] == ["purpose", "commencement"]
    ids = {link.id for item in document.sentences for link in item.links}
    assert district.measures[0].measures.keys() <= ids
