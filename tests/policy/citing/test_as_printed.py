"""Articles of a register and owners of duties, against the document as read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.policy.registered import TEXT, registered

from wenye.policy.citing.as_printed import Aspect, unlike_articles, unlike_owners
from wenye.policy.citing.places import Places
from wenye.policy.district import District, load_district
from wenye.policy.reading import read_file, read_text

LED = "（区人力资源社会保障局牵头负责）"


def unlike(district: District, text: str) -> list[tuple[Aspect, str, str, str]]:
    (register,) = district.measures
    return [
        (item.aspect, item.article, item.entered, item.printed)
        for item in unlike_articles(register, Places(read_text(text)))
    ]


def test_what_is_as_printed_is_not_told(folder: Any) -> None:
    assert unlike(registered(folder), TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            LED,
            "（区人力资源社会保障局负责）",
            [
                (Aspect.WORDING, "一", "牵头负责", "负责"),
                (Aspect.LEAD, "一", "区人力资源社会保障局", "（无）"),
                (
                    Aspect.SOLE,
                    "一",
                    "没有写 sole: true",
                    "只有区人力资源社会保障局负责 / one body alone",
                ),
            ],
        ),
        (
            "（区融媒体中心负责）",
            "（区融媒体中心、区教育局负责）",
            [
                (Aspect.DEPARTMENTS, "二", "区融媒体中心", "区融媒体中心、区教育局"),
                (Aspect.SOLE, "二", "一家单独负责 / sole", "区融媒体中心、区教育局负责"),
            ],
        ),
        ("（区融媒体中心负责）", "（区融媒体中心落实）", [(Aspect.WORDING, "二", "负责", "落实")]),
        ("（二）加强宣传。", "（二）扩大宣传。", [(Aspect.TITLE, "二", "加强宣传", "扩大宣传")]),
        (
            "（二）加强宣传",
            "（三）加强宣传",
            [(Aspect.ARTICLE, "二", "二", "文件没有这一条 / no such article")],
        ),
        ("负责）\n本意见", "负责）。\n本意见", []),
        ("（区融媒体中心负责）", "（ 区 融媒体中心\n负责 ）", []),
    ],
)
def test_every_difference_is_told_with_what_the_text_has(
    folder: Any, old: str, new: str, found: list[tuple[Aspect, str, str, str]]
) -> None:
    assert old in TEXT
    assert unlike(registered(folder), TEXT.replace(old, new)) == found


def test_the_order_of_bodies_is_part_of_it(folder: Any) -> None:
    registered(folder)
    folder.change(
        "measures.yaml",
        "departments: [区融媒体中心]\n        wording: 负责\n        sole: true",
        "departments: [区融媒体中心, 区人力资源社会保障局]\n        wording: 按照职责分工负责",
    )
    text = TEXT.replace(
        "（区融媒体中心负责）", "（区融媒体中心、区人力资源社会保障局按照职责分工负责）"
    )
    district = folder.load()
    assert unlike(district, text) == []
    turned = text.replace(
        "区融媒体中心、区人力资源社会保障局", "区人力资源社会保障局、区融媒体中心"
    )
    (found,) = unlike(district, turned)
    assert found[0] is Aspect.DEPARTMENTS
    assert found[3] == "区人力资源社会保障局、区融媒体中心"


def test_without_a_bracket_the_sentences_must_name_the_bodies(folder: Any) -> None:
    district = registered(folder)
    said = TEXT.replace("（区融媒体中心负责）", "以上由区融媒体中心负责。")
    assert unlike(district, said) == []
    gone = TEXT.replace("（区融媒体中心负责）", "")
    assert [item[0] for item in unlike(district, gone)] == [Aspect.DEPARTMENTS, Aspect.WORDING]


def test_an_owner_stands_in_the_bracket_or_in_the_sentences(folder: Any) -> None:
    district = registered(folder)
    duty = district.duties["visits"]
    places = Places(read_text(TEXT))
    assert list(unlike_owners(duty, places)) == []
    for owner, known in (
        (("区人力资源社会保障局",), True),
        (("人力资源社会保障局",), False),  # a part of a printed name is another name
        (("区民政局",), False),
    ):
        found = list(unlike_owners(replace(duty, owner=owner), places))
        assert (found == []) is known
        assert [(item.aspect, item.entered) for item in found] == [
            (Aspect.OWNER, name) for name in owner if not known
        ]


def test_owners_stand_in_the_order_of_the_bracket(folder: Any) -> None:
    duty = registered(folder).duties["visits"]
    places = Places(read_text(TEXT.replace(LED, "（甲局、乙局、丙局按照职责分工负责）")))
    assert list(unlike_owners(replace(duty, owner=("甲局", "丙局")), places)) == []
    (found,) = unlike_owners(replace(duty, owner=("丙局", "甲局")), places)
    assert (found.entered, found.printed) == ("丙局、甲局", "甲局、乙局、丙局")


@pytest.mark.parametrize(
    ("old", "new", "aspects"),
    [
        (
            "（区人力资源社会保障局牵头负责）",
            "（区人力资源社会保障局负责）",
            {"wording", "lead", "sole"},
        ),
        ("（区就业工作领导小组负责）", "（区就业工作领导小组共同负责）", {"wording", "sole"}),
        ("委、区财政局、区经委按照职责", "委、区经委、区财政局按照职责", {"departments"}),
        ("（五）加大个体工商户扶持力度", "（五）加大个体户扶持力度", {"title"}),
    ],
)
def test_the_real_register_against_a_changed_text(
    documents_folder: Path, old: str, new: str, aspects: set[str]
) -> None:
    (register,) = load_district("jiading").measures
    path = documents_folder / "jiading-2020-6.txt"
    assert list(unlike_articles(register, Places(read_file(path)))) == []
    text = path.read_text(encoding="utf-8")
    joined = "".join(line.strip() or "\n" for line in text.split("\n"))
    for printed in (text, joined):
        if old in printed:
            changed = read_text(printed.replace(old, new))
            break
    else:
        pytest.fail(f"the text has no {old}")
    found = list(unlike_articles(register, Places(changed)))
    assert {item.aspect.value for item in found} <= aspects
    assert found
    assert all(item.where.rpartition(":")[2].isdigit() for item in found)
