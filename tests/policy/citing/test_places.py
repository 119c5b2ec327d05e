"""Which part of a document a citation's article names."""

from __future__ import annotations

import pytest
from tests.policy.readings import article, item, reading, section

from wenye.policy.citing.places import Places, number, path

THROUGH = reading(
    section("一", article("（一）", 1, "甲"), article("（二）", 2, "乙"), title="上"),
    section("二", article("（三）", 3, "丙"), title="下"),
)
ANEW = reading(
    section(
        "一",
        article(
            None,
            None,
            "开头：（一）甲；（二）乙。",
            items=(item("（一）", "甲"), item("（二）", "乙")),
        ),
    ),
    section("二", article("（一）", 1, "丙"), article("（二）", 2, "丁"), text="引言。"),
    section("三", article("（一）", 3, "戊")),
)
PLAIN = reading(
    section(
        None,
        article("第一条", 1, "甲"),
        article("第十二条", 12, "乙", items=(item("1.", "一"), item("2.", "二"))),
    ),
)


def labels(places: Places, name: str, form: str = "第{}条") -> list[str]:
    return [place.label for place in places.named(name, form)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("（二十三）", 23),
        ("第七条", 7),
        ("1.", 1),
        ("１２、", 12),
        ("③", 3),
        ("一百零二", 102),
        ("条", None),
    ],
)
def test_numerals_are_read(text: str, value: int | None) -> None:
    assert number(text) == value


def test_a_citation_is_a_path_of_numerals() -> None:
    assert path("九（四）") == (9, 4)
    assert path("十二（二）1") == (12, 2, 1)
    assert path("第三条第二款") == (3,)
    assert path("") == ()


def test_numbers_that_run_through_name_articles_whatever_the_section() -> None:
    places = Places(THROUGH)
    assert labels(places, "三", "第（{}）条") == ["（三）"]
    assert labels(places, "二", "第（{}）条") == ["（二）"]
    assert labels(places, "二", "第{}部分") == ["第二部分"]
    assert labels(places, "四", "第（{}）条") == []


def test_numbers_that_start_anew_are_reached_through_their_section() -> None:
    places = Places(ANEW)
    assert labels(places, "二（二）", "第{}部分") == ["第二部分（二）"]
    assert labels(places, "一（二）", "第{}部分") == ["第一部分（二）"]
    assert [place.text for place in places.named("一（二）", "第{}部分")] == ["乙"]


def test_a_section_of_text_alone_is_what_its_number_names() -> None:
    assert labels(Places(ANEW), "三", "第{}部分") == ["第三部分"]
    assert {place.articles[0] for place in Places(ANEW).named("一", "第{}部分")} == {
        ANEW.articles[0]
    }


def test_where_nothing_is_an_article_a_number_names_the_section() -> None:
    plain = Places(
        reading(section("一", article(None, None, "甲")), section("二", article(None, None, "乙")))
    )
    assert {place.text.strip() for place in plain.named("二", "第{}条")} == {"乙"}


def test_a_section_number_does_not_stand_for_an_article() -> None:
    both = Places(
        reading(
            section("一", article(None, None, "决定")), section(None, article("第一条", 1, "办法"))
        )
    )
    assert [place.text for place in both.named("一", "第{}条")] == ["办法"]


def test_a_section_holds_its_articles_and_its_opening() -> None:
    (whole,) = Places(ANEW).named("二", "第{}部分")
    assert "引言。" in whole.text
    assert "丁" in whole.text


def test_items_stand_below_their_article() -> None:
    places = Places(PLAIN)
    assert labels(places, "十二") == ["第十二条"]
    assert [place.text for place in places.named("十二（2）", "第{}条")] == ["二"]


def test_a_phrase_is_placed_in_its_article() -> None:
    holding = Places(THROUGH).holding("丙")
    assert holding is not None
    assert holding.label == "（三）"
    assert Places(THROUGH).holding("戊") is None
