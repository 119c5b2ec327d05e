"""What a scheme looks like as a picture: every step on it, nothing over another, valid and safe."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.rules import Scheme, add_months, calendar, condition, has, holds, law, monthly, once
from wenye.rules.expressions import ON, parameter
from wenye.rules.facts import Entity, Register, day, many, ref, truth
from wenye.rules.kinds import money as money_kind
from wenye.rules.parameters import Series, Status, Step
from wenye.rules.periods import month_of
from wenye.rules.readable.diagram import diagram
from wenye.rules.readable.formula import formula, settled
from wenye.rules.readable.law_line import law_line
from wenye.rules.readable.svg import balanced, text_width, wrap

D = dt.date
MAY = D(2023, 5, 1)
FIRST = D(2020, 8, 3)
SVG = "{http://www.w3.org/2000/svg}"
ALL = "abcdefghij"


class Person(Entity):
    register = Register("people", "人员", "people", "公安")
    born_on = day("出生日期", "date of birth")
    died_on = day("死亡日期", "date of death", may_be_absent=True)
    a, b, c, d, e, f, g, h, i, j = (truth(name, name) for name in ALL)
    jobs = many("Job", by="worker")


class Job(Entity):
    register = Register("jobs", "就业登记", "employment", "人社")
    spell = "started_on", "ended_on"
    worker = ref("Person", "证件号码", "worker")
    started_on = day("就业日期", "first day")
    ended_on = day("终止日期", "last day", may_be_absent=True)


@dataclass(frozen=True)
class Basis:
    text: str = "虚构〔2020〕1号"
    since: D | None = FIRST
    until: D | None = None
    doubtful_from: D | None = None
    doubt: str = ""


def amount(*steps: tuple[str, int | None, str]) -> Any:
    found = tuple(
        Step(calendar.code(D.fromisoformat(since)), value, Status(status))
        for since, value, status in steps
    )
    return parameter(Series("test.amount", "补贴标准", money_kind("once"), found, "subsidy"))


AMOUNT = amount(("2020-08-03", None, "open"), ("2022-01-01", 200000, "sourced"))
LABELS = {
    "a": "本市单位",
    "b": "用人单位与劳动者签订期限不少于十二个月的书面劳动合同，"
    "并按规定办理就业登记和社会保险登记手续",
    "c": "<b>&\"'",
    "d": "小型微型企业",
    "e": "戊",
    "f": "己",
    "g": "连续登记失业一年以上（截至就业日期前一日）",
    "h": "担任企业法定代表人、董事、监事、经理等",
    "i": "在本区",
    "j": "按时足额缴纳社会保险费",
}


def made(name: str, join: Any, **more: Any) -> type[Scheme]:
    """A scheme over ten yes/no conditions, joined by ``join``."""
    one = {
        key: condition(label, getattr(Person, key), en=f"step {key}")
        for key, label in LABELS.items()
    }
    eligible = join(*one.values())
    keys = {id(node) for node in eligible.walk() if node.op == "condition"}
    own = {key: item for key, item in one.items() if id(item) in keys}
    body = {
        "id": name,
        "title": f"项目{name}",
        "title_en": f"scheme {name}",
        "subject": Person,
        **own,
        "law_1": law(Basis(), eligible=eligible, pays=once(AMOUNT)),
        **more,
    }
    return type(name, (Scheme,), body)


def frame(*steps: Any) -> Any:
    a, b, _, d, e, *_, j = steps
    return condition("甲类", a & (b | d) & ~e, en="class A") & j


CHAIN = made("chain", lambda a, b, c, d, e, f, g, h, i, j: a & b & c & d & e & f & g & h & i & j)
FORK = made("fork", lambda a, b, c, d, *_: a & (b | c | d))
NOTS = made("nots", lambda a, b, c, d, e, *_: ~a & ~(b & c) & (d | ~e))
DEEP = made(
    "deep", lambda a, b, c, d, e, f, g, h, i, j: a & (b | (c & (d | ~e) & g) | ~(f & h)) & j
)
ONE = made("one", lambda a, *_: a)
ALL_OR = made("all_or", lambda a, b, c, *_: a | b | (c & a))


class Certified(Scheme):
    id = "certified"
    title, title_en = "困难人员认定", "certification"
    subject = Person
    local = condition("本市户籍", Person.i, en="local")
    officer = condition("任职", Person.h, en="officer")
    law_1 = law(Basis(since=D(2021, 1, 1)), eligible=local & ~officer)


class Hiring(Scheme):
    id = "hiring"
    title, title_en = "吸纳补贴", "hiring subsidy"
    subject = Job
    dated_by = Job.started_on
    stays = condition("仍在职", ~has(Job.ended_on), en="still employed")
    hard = condition("困难人员", holds(Certified, of=Job.worker, on=Job.started_on), en="hard")
    either = condition("二者之一", stays | hard, en="either")
    law_1 = law(Basis(), eligible=stays & hard, pays=once(AMOUNT))
    law_2 = law(
        Basis("虚构〔2024〕2号", since=D(2024, 1, 1), doubtful_from=D(2025, 8, 3), doubt="待确认"),
        eligible=either,
        pays=once(AMOUNT),
    )


FIVE = Step(calendar.code(FIRST), 5, Status.QUOTED)
FEE = parameter(Series("p", "标准", money_kind("monthly"), (FIVE,)))


class Post(Scheme):
    id = "post"
    title = "岗位补贴"
    subject = Job
    stays = condition("仍在职", ~has(Job.ended_on))
    law_1 = law(
        Basis(until=D(2024, 12, 31)),
        eligible=stays,
        pays=monthly(
            FEE,
            first=month_of(Job.started_on),
            last=month_of(add_months(ON, 3)),
        ),
    )


SCHEMES = [CHAIN, FORK, NOTS, DEEP, ONE, ALL_OR, Certified, Hiring, Post]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def said(svg: str) -> str:
    return "".join(texts(svg))


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right, lower edge of every box but the paper."""
    found = []
    for element in parsed(svg).iter(f"{SVG}rect"):
        if element.get("class") != "paper":
            x, y, w, h = (float(element.get(key, "nan")) for key in ("x", "y", "width", "height"))
            found.append((x, y, x + w, y + h))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
@pytest.mark.parametrize("shown", [False, True])
def test_a_picture_keeps_its_parts_apart_and_on_the_paper(
    scheme: type[Scheme], lang: Any, shown: bool
) -> None:
    values: Any = {"a": True, "b": False, "e": None} if shown else None
    svg = diagram(scheme, lang=lang, on=MAY, values=values)
    root = parsed(svg)
    width, height = float(root.get("width", "nan")), float(root.get("height", "nan"))
    assert width <= 1100
    for one, other in itertools.combinations(boxes(svg), 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart or inside(one, other) or inside(other, one), (one, other)
    for left, top, right, lower in boxes(svg):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert lower <= height
    for element in root.iter(f"{SVG}text"):
        x, y = float(element.get("x", "nan")), float(element.get("y", "nan"))
        wide = text_width(element.text or "", float(element.get("font-size", "nan")))
        middle = element.get("text-anchor") == "middle"
        assert x - (wide / 2 if middle else 0) >= 0
        assert x + (wide / 2 if middle else wide) <= width
        assert y <= height


def inside(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


def test_the_picture_speaks_to_those_who_listen() -> None:
    root = parsed(diagram(FORK, on=MAY))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "项目fork：判定图"
    assert description is not None
    assert "符合“本市单位”，且（符合“用人单位与" in (description.text or "")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_every_step_and_both_ends_stand_on_it() -> None:
    picture = said(diagram(CHAIN, on=MAY))
    for label in LABELS.values():
        assert label in picture
    for word in ("人员", "符合", "不符合", "是", "否", "一次性 ¥2,000.00", "待核实来源"):
        assert word in texts(diagram(CHAIN, on=MAY))


def test_text_from_a_district_cannot_break_the_picture() -> None:
    assert "<b>" not in diagram(CHAIN, on=MAY)
    assert LABELS["c"] in said(diagram(CHAIN, on=MAY))


def test_branches_and_what_must_not_be_are_marked_in_words() -> None:
    assert "满足其一" in texts(diagram(FORK, on=MAY))
    assert "均否" in texts(diagram(FORK, on=MAY))
    assert "不得" not in texts(diagram(FORK, on=MAY))
    assert texts(diagram(NOTS, on=MAY)).count("不得") == 3
    assert "must not" in texts(diagram(NOTS, on=MAY, lang="en"))


def test_a_must_not_step_is_left_by_those_to_whom_it_applies() -> None:
    plain, turned = (texts(diagram(each, on=MAY)) for each in (ONE, made("no", lambda a, *_: ~a)))
    assert [line for line in plain if line in ("是", "否")] == ["是", "否"]  # to the right, down
    assert [line for line in turned if line in ("是", "否")] == ["否", "是"]


def test_another_scheme_is_a_titled_frame_around_its_own_steps() -> None:
    lines = texts(diagram(Hiring, on=MAY))
    for line in (
        "困难人员",
        "见：困难人员认定",
        "对象：人员 · 判定日：就业日期",
        "本市户籍",
        "任职",
    ):
        assert line in lines
    assert "双线框是另一项规定" in said(diagram(Hiring, on=MAY))


def test_a_condition_made_of_others_is_a_frame_too() -> None:
    lines = texts(diagram(Hiring, on=D(2024, 5, 1)))
    assert "二者之一" in lines
    assert "满足其一" in lines
    assert "仍在职" in lines


def test_another_scheme_without_a_version_that_day_is_said_so() -> None:
    assert "没有收录那一项在这一天生效的规定" in texts(diagram(Hiring, on=D(2020, 9, 1)))


def test_a_day_without_a_version_shows_no_steps() -> None:
    lines = texts(diagram(Hiring, on=D(2020, 8, 2)))
    assert "没有收录这一天生效的规定，不予发放" in lines
    assert "仍在职" not in lines


def test_doubt_is_said_above_the_steps() -> None:
    note = "自2025年8月3日起效力存疑，存疑期间不予发放：待确认"
    assert note not in said(diagram(Hiring, on=D(2025, 8, 2)))
    assert note in said(diagram(Hiring, on=D(2025, 8, 3)))


def test_an_open_amount_is_open_and_a_monthly_one_has_its_months() -> None:
    assert "一次性 未定" in texts(diagram(FORK, on=D(2021, 1, 1)))
    lines = said(diagram(Post, on=MAY))
    assert "每月 ¥0.05" in lines
    assert "起始月：就业日期所在月；截止月：自判定当日起满3个月之日所在月" in lines


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"a": True, "b": None, "c": True}, "符合"),
        ({"a": True, "b": None, "c": False}, "尚不能判定"),
        ({"a": False, "b": None}, "不符合"),
        ({"a": None, "b": False, "c": False, "d": False}, "不符合"),
        ({}, "尚不能判定"),
    ],
)
def test_a_case_is_shown_in_words_and_shapes(values: Any, outcome: str) -> None:
    lines = texts(diagram(FORK, on=MAY, values=values))
    assert f"本例：{outcome}" in lines
    states = {True: "满足", False: "不满足", None: "未知"}
    shown = [line for line in lines if line in states.values()]
    assert shown == [states[values.get(name)] for name in "abcd"]


def test_what_must_not_be_and_is_not_counts_as_met() -> None:
    lines = texts(diagram(made("none2", lambda a, *_: ~a), on=MAY, values={"a": False}))
    assert "满足" in lines
    assert "本例：符合" in lines


def test_values_of_another_scheme_are_told_by_its_name() -> None:
    known = {"stays": True, "certified.local": True, "certified.officer": False}
    assert "本例：符合" in texts(diagram(Hiring, on=MAY, values=known))
    assert "本例：尚不能判定" in texts(diagram(Hiring, on=MAY, values={"stays": True}))


@given(st.dictionaries(st.sampled_from("abcdefghj"), st.sampled_from([True, False, None])))
def test_learning_more_never_turns_yes_into_no(values: dict[str, bool | None]) -> None:
    tree = formula(DEEP.laws[0].eligible, MAY)
    named = {f"deep.{name}": value for name, value in values.items()}
    before = settled(tree, named)
    for name in list(named):
        after = settled(tree, {**named, name: None})
        assert after is None or after is before


def test_the_same_picture_each_time() -> None:
    assert diagram(DEEP, on=MAY) == diagram(DEEP, on=MAY)
    assert law_line(Hiring) == law_line(Hiring)


def test_the_law_line_shows_versions_values_and_doubt() -> None:
    svg = law_line(Hiring)
    lines = texts(svg)
    for line in ("规定", "补贴标准", "虚构〔2020〕1号", "2020-08-03", "2024-01-01", "存疑", "未定"):
        assert line in lines, line
    assert "¥2,000.00 待核实来源" in lines
    assert "虚构〔2024〕2号：2025年8月3日起存疑：待确认" in said(svg)
    assert "url(#wy-hatch)" in svg
    assert {"2021", "2022", "2023", "2024", "2025"} <= set(lines)


def test_a_value_without_room_on_the_law_line_stands_below_by_number() -> None:
    months = [f"{year}-0{month}-01" for year in range(2020, 2026) for month in range(1, 10)]
    steps = [(month, 100, "quoted") for month in months]

    class Narrow(Scheme):
        title = "常变的"
        subject = Person
        a = condition("甲", Person.a)
        law_1 = law(Basis(), eligible=a, pays=once(amount(*steps)))

    assert "[1] 补贴标准：自2020年8月1日起：¥1.00 原文" in said(law_line(Narrow))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_a_law_line_is_a_valid_picture(scheme: type[Scheme], lang: Any) -> None:
    root = parsed(law_line(scheme, lang))
    assert float(root.get("width", "nan")) <= 1100
    assert root.find(f"{SVG}title") is not None


TEXT = st.text(
    st.sampled_from("登记失业满六个月，。；：（）“”《》、abc XYZ 0123456789%¥.-"), max_size=80
)


@given(TEXT, st.integers(60, 300))
def test_lines_are_broken_without_losing_a_character(text: str, width: int) -> None:
    for lines in (wrap(text, 15, width), balanced(text, 15, width)):
        assert "".join("".join(lines).split()) == "".join(text.split())
        for before, after in itertools.pairwise(lines):
            assert not after.startswith(tuple("，。；：）”》、%"))
            assert not before.endswith(tuple("（“《"))


@given(st.text(st.sampled_from("登记失业满六个月以上人员"), min_size=1, max_size=60))
def test_chinese_fits_the_width_and_lines_are_about_equally_long(text: str) -> None:
    lines = balanced(text, 15, 180)
    assert len(lines) == -(-len(text) // 12)
    assert all(text_width(line, 15) <= 180 for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= len(lines)
