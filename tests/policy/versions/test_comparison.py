"""What changed between two versions of a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.policy.readings import article, bracket, day, quantity, reading, reference, section

from wenye.policy.documents import chinese_number
from wenye.policy.reading import read_file, read_text
from wenye.policy.reading.reading import Article, Reading, Responsibility
from wenye.policy.versions.change import Change
from wenye.policy.versions.comparison import Comparison, compare, wording
from wenye.policy.versions.words import as_json, in_words

HIRING = "鼓励用人单位吸纳登记失业人员就业，按照规定给予一次性补贴。"
LOANS = "创业组织吸纳本市劳动者就业的比例不低于15%的，可以申请担保贷款。"
TRAINING = "面向各类群体广泛开展职业技能培训，按照规定给予培训费补贴。"
PUBLICITY = "大力宣传支持就业创业的政策措施，提高政策知晓度。"


def articles(*texts: str, **more: Any) -> tuple[Article, ...]:
    marks = "一二三四五六七八九"
    return tuple(
        article(f"（{marks[place]}）", place + 1, text, **more) for place, text in enumerate(texts)
    )


def version(*texts: str, **more: Any) -> Reading:
    return reading(section("一", *articles(*texts), title="就业"), **more)


def told(comparison: Comparison) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(item.old, item.new, item.what) for item in comparison.articles]


OLD = version(HIRING, LOANS, TRAINING)


def test_the_same_document_is_the_same() -> None:
    comparison = compare(OLD, version(HIRING, LOANS, TRAINING))
    assert comparison.same
    assert comparison.unchanged == 3
    assert list(in_words(comparison)) == ["  没有差别 / no difference"]


def test_wraps_and_widths_are_no_change() -> None:
    wrapped = LOANS.replace("15%", "１５ %").replace("就业的", "就\n业的")
    assert compare(OLD, version(HIRING, wrapped, TRAINING)).same


def test_an_article_that_moved_is_renumbered_and_not_new() -> None:
    comparison = compare(OLD, version(TRAINING, HIRING, LOANS))
    assert told(comparison) == [
        ("（三）", "（一）", ("renumbered",)),
        ("（一）", "（二）", ("renumbered",)),
        ("（二）", "（三）", ("renumbered",)),
    ]


def test_an_article_that_came_and_one_that_went() -> None:
    comparison = compare(OLD, version(HIRING, PUBLICITY, TRAINING))
    assert told(comparison) == [
        (None, "（二）", ("added",)),
        ("（二）", None, ("removed",)),
    ] or told(comparison) == [("（二）", None, ("removed",)), (None, "（二）", ("added",))]
    assert comparison.unchanged == 2


def test_a_number_alone_does_not_make_two_articles_one() -> None:
    comparison = compare(version(HIRING), version(PUBLICITY))
    assert {item.what for item in comparison.articles} == {("added",), ("removed",)}


def test_an_article_that_moved_and_was_reworded_is_still_the_same() -> None:
    new = LOANS.replace("15%", "10%")
    first, second = compare(OLD, version(new, HIRING, TRAINING)).articles
    assert (first.old, first.new, first.what) == ("（二）", "（一）", ("renumbered", "reworded"))
    assert second.what == ("renumbered",)
    (change,) = first.wording
    assert "【15%】" in change.old
    assert "【10%】" in change.new


def test_quantities_are_told_as_they_were_and_are() -> None:
    old = reading(section("一", *articles(LOANS)), quantities=(quantity("15", "%", 1),))
    new = reading(
        section("一", *articles(LOANS.replace("15%", "10%，不少于2人"))),
        quantities=(quantity("10", "%", 1), quantity("2", "人", 1)),
    )
    (item,) = compare(old, new).articles
    assert item.quantities == (Change("15%", "10%"), Change(None, "2人"))


def test_quantities_of_unnumbered_articles_are_told_by_their_words() -> None:
    def of(amount: str) -> Reading:
        return reading(
            section("一", article(None, None, f"第一档标准为{amount}元每月。")),
            section("二", article(None, None, "第二档标准为300元每月。")),
            quantities=(quantity(amount, "元", None), quantity("300", "元", None)),
        )

    (item,) = compare(of("500"), of("600")).articles
    assert item.quantities == (Change("500元", "600元"),)


def test_bodies_are_compared_as_bodies() -> None:
    old = section(
        "一", article("（一）", 1, HIRING, responsibility=bracket("甲局", "乙局", lead=("甲局",)))
    )
    new = section(
        "一", article("（一）", 1, HIRING, responsibility=bracket("乙局", "丙局", lead=("乙局",)))
    )
    (item,) = compare(reading(old), reading(new)).articles
    assert item.what == ("departments",)
    assert (item.bodies.added, item.bodies.removed) == (("丙局",), ("甲局",))
    assert item.bodies.lead == Change(["甲局"], ["乙局"])


def answered(*departments: str, wording: str = "按照职责分工负责", **more: Any) -> Reading:
    told = Responsibility(wording, more.get("lead", ()), departments, more.get("cooperating", ()))
    return reading(section("一", article("（一）", 1, HIRING, responsibility=told)))


def test_how_bodies_answer_is_compared() -> None:
    comparison = compare(answered("甲局", "乙局"), answered("甲局", "乙局", wording="共同负责"))
    (item,) = comparison.articles
    assert not comparison.same
    assert item.what == ("department_wording",)
    assert item.bodies.wording == Change("按照职责分工负责", "共同负责")
    assert "      怎样负责：按照职责分工负责 → 共同负责" in list(in_words(comparison))


def test_the_order_of_bodies_is_compared() -> None:
    comparison = compare(answered("甲局", "乙局", "丙局"), answered("丙局", "甲局", "丁局"))
    (item,) = comparison.articles
    assert item.what == ("departments", "department_order")
    assert item.bodies.order == Change(["甲局", "丙局"], ["丙局", "甲局"])
    data = as_json(comparison)["articles"][0]
    assert data["department_order"] == {"old": ["甲局", "丙局"], "new": ["丙局", "甲局"]}
    (item,) = compare(answered("甲局", "乙局"), answered("乙局", "甲局")).articles
    assert item.what == ("department_order",)


def test_who_helps_is_compared() -> None:
    (item,) = compare(
        answered("甲局", "乙局", cooperating=("乙局",)), answered("甲局", "乙局")
    ).articles
    assert item.bodies.cooperating == Change(["乙局"], [])


def test_a_deadline_in_a_bracket_is_no_silent_change() -> None:
    def said(bracket: str) -> Reading:
        return read_text(f"试验办法\n一、就业\n（一）支持就业。给予补贴。（{bracket}）\n")

    (item,) = compare(
        said("区教育局负责，2025年底前完成"), said("区教育局负责，2026年底前完成")
    ).articles
    assert item.what == ("department_wording",)
    assert item.bodies.wording is not None
    assert "2026年底前完成" in item.bodies.wording.new


def sectioned(*headings: tuple[str, str, tuple[int, ...]]) -> Reading:
    texts = (HIRING, LOANS, TRAINING, PUBLICITY)
    made = articles(*texts)
    return reading(
        *(
            section(number, *(made[place] for place in places), title=title)
            for number, title, places in headings
        )
    )


SECTIONED = sectioned(("一", "保市场主体", (0, 1)), ("二", "保居民就业", (2, 3)))


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (
            sectioned(("一", "稳市场主体", (0, 1)), ("二", "保居民就业", (2, 3))),
            [("一、保市场主体", "一、稳市场主体", ("renamed",))],
        ),
        (
            sectioned(("一", "完全另写", (0, 1)), ("二", "保居民就业", (2, 3))),
            [("一、保市场主体", "一、完全另写", ("renamed",))],
        ),
        (
            sectioned(("一", "保居民就业", (2, 3)), ("二", "保市场主体", (0, 1))),
            [
                ("二、保居民就业", "一、保居民就业", ("renumbered",)),
                ("一、保市场主体", "二、保市场主体", ("renumbered",)),
            ],
        ),
        (
            sectioned(("一", "保市场主体", (0, 1)), ("二", "促培训", (2,)), ("三", "广宣传", (3,))),
            [
                ("二、保居民就业", "二、促培训", ("renamed",)),
                (None, "三、广宣传", ("added",)),
            ],
        ),
        (
            sectioned(("一", "保市场主体", (0, 1, 2, 3))),
            [("二、保居民就业", None, ("removed",))],
        ),
    ],
)
def test_headings_of_sections_are_compared(
    new: Reading, changes: list[tuple[str | None, str | None, tuple[str, ...]]]
) -> None:
    comparison = compare(SECTIONED, new)
    assert not comparison.same
    assert [(item.old, item.new, item.what) for item in comparison.sections] == changes
    assert as_json(comparison)["sections"][0]["what"] == list(changes[0][2])
    assert any("部分 " in line for line in in_words(comparison))


def test_an_article_that_moved_to_another_section_says_so() -> None:
    new = sectioned(("一", "保市场主体", (0, 1, 2)), ("二", "保居民就业", (3,)))
    (item,) = compare(SECTIONED, new).articles
    assert item.what == ("moved",)
    assert item.section == Change("二、保居民就业", "一、保市场主体")


def test_a_title_that_changed() -> None:
    old = reading(section("一", article("（一）", 1, HIRING, title="吸纳就业")))
    new = reading(section("一", article("（一）", 1, HIRING, title="鼓励吸纳就业")))
    (item,) = compare(old, new).articles
    assert item.what == ("reworded",)
    assert item.title_change == Change("吸纳就业", "鼓励吸纳就业")


def test_what_changed_of_the_document_as_a_whole() -> None:
    old = version(HIRING, effective_to=day("2025-08-02"), references=(reference("甲意见"),))
    new = version(
        HIRING,
        document_number="试〔2025〕9号",
        effective_to=day("2030-08-02"),
        references=(reference("乙意见"),),
    )
    comparison = compare(old, new)
    assert comparison.facts == {
        "document_number": Change("试〔2024〕1号", "试〔2025〕9号"),
        "effective_to": Change(day("2025-08-02"), day("2030-08-02")),
    }
    assert comparison.references_added == ("《乙意见》",)
    assert comparison.references_removed == ("《甲意见》",)
    assert not comparison.same
    data = as_json(comparison)
    assert data["facts"]["effective_to"] == {"old": "2025-08-02", "new": "2030-08-02"}
    assert any("2025-08-02 → 2030-08-02" in line for line in in_words(comparison))


def test_text_around_the_articles_is_compared_too() -> None:
    old = version(HIRING, closing="本意见自2020年8月3日起施行。")
    new = version(HIRING, closing="本意见自2025年8月3日起施行。")
    (item,) = compare(old, new).articles
    assert (item.old, item.what) == ("结尾", ("reworded",))


def test_near_changes_are_shown_as_one_and_far_ones_apart() -> None:
    middle = "中间还有很长的一段话没有改动，"
    assert len(list(wording(f"甲乙{middle}丙", f"甲丁{middle}戊"))) == 2
    assert len(list(wording("补贴甲和乙都算", "补贴丙和丁都算"))) == 1


def test_long_texts_are_compared_by_the_sentence() -> None:
    old = [f"第{place}项工作由责任部门按时完成并报告。" for place in range(400)]
    new = [*old[:200], "新加的一句。", *old[200:]]
    (change,) = wording("".join(old), "".join(new))
    assert change.old is None
    assert "【新加的一句。】" in change.new


@pytest.mark.parametrize("count", [600])
def test_many_articles_find_their_own(count: int) -> None:
    old = "\n".join(
        f"第{n}条 编号为{n * 7919}的事项由第{n}组办理，并在{n}日内答复。" for n in range(1, count)
    )
    new = old.replace("第1条 编号为7919的事项由第1组办理，并在1日内答复。\n", "")
    comparison = compare(read_text(old), read_text(new))
    assert [item.what for item in comparison.articles] == [("removed",)]


def test_the_real_document_against_a_changed_one(documents_folder: Path) -> None:
    old = read_file(documents_folder / "jiading-2020-6.txt")
    text = (documents_folder / "jiading-2020-6.txt").read_text(encoding="utf-8")
    start, end = text.index("（十三）做好"), text.index("四、激发")
    text = (text[:start] + text[end:]).replace("不低于 15%", "不低于 10%")
    for number in range(14, 24):
        mark, earlier = f"（{chinese_number(number)}）", f"（{chinese_number(number - 1)}）"
        text = text.replace(mark, earlier)
    comparison = compare(old, read_text(text))
    assert told(comparison) == [
        ("（八）", "（八）", ("reworded", "quantities")),
        ("（十三）", None, ("removed",)),
        *(
            (f"（{chinese_number(n)}）", f"（{chinese_number(n - 1)}）", ("renumbered",))
            for n in range(14, 24)
        ),
    ]
    assert comparison.articles[0].quantities == (Change("15%", "10%"),)


BODY = "试验办法\n试〔2024〕1号\n第一条 为做好试验，制定本办法。\n试验区人民政府\n2024年1月1日\n"
ANNEX = "附件\n试验补贴目录\n1．月补每月300元。\n2．交通补贴每月50元，最长6个月。\n"


@pytest.mark.parametrize(
    ("old", "new", "what", "numbers"),
    [
        (ANNEX, ANNEX.replace("50元", "60元"), "reworded", [Change("50元", "60元")]),
        (ANNEX, ANNEX.replace("交通", "通勤"), "reworded", []),
        ("", "附件\n1．月补每月300元。\n", "added", [Change(None, "300元")]),
        ("附件\n1．月补每月300元。\n", "", "removed", [Change("300元", None)]),
    ],
)
def test_an_annex_is_compared_as_text(old: str, new: str, what: str, numbers: list[Change]) -> None:
    comparison = compare(read_text(BODY + old), read_text(BODY + new))
    assert not comparison.same
    assert comparison.articles == ()
    assert comparison.annex is not None
    assert (comparison.annex.what, list(comparison.annex.quantities)) == (what, numbers)
    assert bool(comparison.annex.wording) is (what == "reworded")
    assert as_json(comparison)["annex"]["what"] == what
    assert any("附件：" in line for line in in_words(comparison))


def test_an_annex_that_wraps_otherwise_is_the_same() -> None:
    wrapped = ANNEX.replace("每月300元", "每月 ３００ 元")
    comparison = compare(read_text(BODY + ANNEX), read_text(BODY + wrapped))
    assert comparison.same
    assert as_json(comparison)["annex"] is None
