"""The reader's parts, each on the words it is for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from wenye.policy.reading import read_text
from wenye.policy.reading.characters import number, plain, tight
from wenye.policy.reading.days import day
from wenye.policy.reading.lines import printed_lines
from wenye.policy.reading.marks import marks
from wenye.policy.reading.quantities import quantities
from wenye.policy.reading.reading import Reading
from wenye.policy.reading.references import references
from wenye.policy.reading.responsibility import Leading, responsibility
from wenye.policy.reading.sentences import split
from wenye.policy.reading.stream import Stream

BRACKETS = [
    ("（区财政局、区经委按照职责分工负责）", [], ["区财政局", "区经委"], [], "按照职责分工负责"),
    ("（区人社局牵头负责）", ["区人社局"], ["区人社局"], [], "牵头负责"),
    ("（区人社局负责）", [], ["区人社局"], [], "负责"),
    (
        "（甲局、乙局牵头，丙局、丁局参加）",
        ["甲局", "乙局"],
        ["甲局", "乙局", "丙局", "丁局"],
        ["丙局", "丁局"],
        "牵头，参加",
    ),
    ("〔责任单位：甲局、乙局〕", [], ["甲局", "乙局"], [], "责任单位"),
    (
        "（牵头单位：甲局；配合单位：乙局、丙局）",
        ["甲局"],
        ["甲局", "乙局", "丙局"],
        ["乙局", "丙局"],
        "牵头单位，配合单位",
    ),
    (
        "（甲局、乙局等部门按职责分工负责。列第一位者为牵头单位，下同）",
        ["甲局"],
        ["甲局", "乙局"],
        [],
        "按职责分工负责",
    ),
    (
        "（市人社局（市就业中心）、各县、区人民政府负责）",
        [],
        ["市人社局（市就业中心）", "各县、区人民政府"],
        [],
        "负责",
    ),
    ("(甲局和乙局配合)。", [], ["甲局和乙局"], ["甲局和乙局"], "配合"),
    ("（区财政局和区民政局配合）", [], ["区财政局", "区民政局"], ["区财政局", "区民政局"], "配合"),
]


@pytest.mark.parametrize(("text", "lead", "named", "cooperating", "wording"), BRACKETS)
def test_a_bracket_says_who_answers(
    text: str, lead: list[str], named: list[str], cooperating: list[str], wording: str
) -> None:
    found = responsibility(f"做好工作。{text}", Leading())
    assert found is not None
    assert [*found.lead] == lead
    assert [*found.departments] == named
    assert [*found.cooperating] == cooperating
    assert found.wording == wording


@pytest.mark.parametrize(
    "text",
    [
        "比例不低于15%（职工超过100人的为8%）",
        "就业见习补贴（以下简称补贴）。",
        "由街道办理（由企业自行负责）。",
        "提交材料（包括街道负责的）",
        "没有括号。",
        "（2023—2025年）",
    ],
)
def test_other_brackets_are_none(text: str) -> None:
    leading = Leading()
    assert responsibility(text, leading) is None


def test_the_first_named_leads_from_then_on() -> None:
    leading = Leading()
    responsibility("甲。（甲局、乙局负责。列第一位者为牵头单位，下同）", leading)
    found = responsibility("乙。（丙局、丁局负责）", leading)
    assert found is not None
    assert found.lead == ("丙局",)


def test_what_is_not_sure_is_said() -> None:
    leading = Leading()
    named = responsibility("做好工作。（区人社局、区财政局）", leading)
    assert named is not None
    assert (named.wording, named.lead) == ("", ())
    responsibility("做好工作。（甲局等10部门负责）", leading)
    responsibility("做好工作。（区财政局、区人社", leading)
    assert len(leading.doubts) == 3


QUANTITIES = [
    ("由3%降至1%", [("3", "%"), ("1", "%")]),
    ("登记失业半年以上", [("0.5", "年")]),
    ("奖励2.2万元", [("2.2", "万元")]),
    ("每人1,200元/月", [("1200", "元/月")]),
    ("年满五十五周岁", [("55", "周岁")]),
    ("5个工作日内", [("5", "个工作日")]),
    ("百分之六十", [("60", "%")]),
    ("给予一次性补贴", []),
    ("2020年8月3日起，第十二条，第13-24个月", []),
    ("国发〔2019〕28号", []),
    ("每月至少1次", [("1", "次")]),
]


@pytest.mark.parametrize(("text", "found"), QUANTITIES)
def test_numbers_with_a_unit(text: str, found: list[tuple[str, str]]) -> None:
    got = [(item.value, item.unit) for item in quantities(text, 1)]
    assert got == [(Decimal(value), unit) for value, unit in found]


def test_a_scale_is_multiplied_out_exactly() -> None:
    [item] = quantities("奖励2.2万元", None)
    assert item.counted == (Decimal("22000.0"), "元")
    [plain_one] = quantities("奖励800元", None)
    assert plain_one.counted == (Decimal(800), "元")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2020年8月3日", dt.date(2020, 8, 3)),
        ("二〇二〇年八月三日", dt.date(2020, 8, 3)),
        ("二O二一年十二月三十一日", dt.date(2021, 12, 31)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("2023年2月29日", None),
        ("2020年8月", None),
    ],
)
def test_days(text: str, when: dt.date | None) -> None:
    assert day(text) == when


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十三", 23), ("一百零二", 102), ("两", 2), ("二〇二〇", 2020), ("甲", None)],
)
def test_numerals(text: str, value: int | None) -> None:
    assert number(text) == value


def test_a_plain_form_has_the_length_of_the_text() -> None:
    text = "（２０２０）〔条〕條項負責　Ａ：；，．％㈠"
    assert len(plain(text)) == len(text)
    assert plain("條款負責（２）") == "条款负责(2)"
    assert tight("每 月 1 次 of the") == "每月1次of the"


def test_references_are_told_once() -> None:
    text = "按照《甲办法》（沪府规〔2020〕1号）和《甲办法》、国发[2019]28号文，填《申请表》"
    found = [(item.title, item.number) for item in references(text, set())]
    assert found == [("甲办法", "沪府规〔2020〕1号"), (None, "国发〔2019〕28号")]


def test_a_number_in_the_middle_of_a_sentence_heads_nothing() -> None:
    text = "第一条 甲乙丙。\n第二条 依照\n第一条规定办理。\n第三条 丁。"
    found, jumps = marks(Stream.of(printed_lines(text)))
    assert [mark.value for mark in found] == [1, 2, 3]
    assert jumps == []


def test_a_missing_number_is_doubted() -> None:
    found = read_text("第一条 甲乙丙丁。\n第二条 甲乙丙丁。\n第四条 甲乙丙丁。")
    assert [article.ordinal for article in found.articles] == [1, 2, 4]
    assert any("第二条" in doubt and "第四条" in doubt for doubt in found.doubts)


def test_sentences_keep_quotations_whole() -> None:
    text = "甲（见“乙。丙”）。丁；戊"
    assert [*split(text)] == ["甲（见“乙。丙”）。", "丁；", "戊"]


@pytest.mark.parametrize(
    ("clause", "first", "last"),
    [
        ("本办法自2024年1月1日起施行，有效期5年。", "2024-01-01", "2028-12-31"),
        ("本办法自2020年2月29日起施行，有效期一年。", "2020-02-29", "2021-02-28"),
        ("本办法自2024年1月1日起施行，有效期至2026年6月30日。", "2024-01-01", "2026-06-30"),
        ("本办法自印发之日起施行。", "2023-12-20", None),
        ("本办法自印发之日起30日后施行。", None, None),
        ("本办法由区人社局负责解释。", None, None),
    ],
)
def test_from_when_to_when(clause: str, first: str | None, last: str | None) -> None:
    text = f"甲区乙办法\n第一条 为了丙，制定本办法。\n第二条 {clause}\n甲区人民政府\n2023年12月20日"
    found = read_text(text).as_json()
    assert (found["effective_from"], found["effective_to"]) == (first, last)
    assert found["signed_on"] == "2023-12-20"


NOTICE = (
    "甲区人民政府关于乙的通知\n甲府〔2024〕3号\n各区办事处，各有关雇主团体：\n为了丙，通知如下：\n一、总体\n"
    "（一）甲乙丙。做好工作。{bracket}\n（二）丁戊己。做好工作。\n{closing}\n甲区人民政府\n2024年3月1日\n{tail}"
)


def noticed(
    bracket: str = "", closing: str = "本通知自2024年3月1日起施行。", tail: str = ""
) -> Reading:
    return read_text(NOTICE.format(bracket=bracket, closing=closing, tail=tail))


@pytest.mark.parametrize(
    ("bracket", "lead", "named"),
    [
        ("（区甲局牵头、区乙局、区丙局配合）", ("区甲局",), ("区甲局", "区乙局", "区丙局")),
        ("（区甲局牵头，会同区乙局、区丙局落实）", ("区甲局",), ("区甲局", "区乙局", "区丙局")),
        ("（区甲局、区乙局按照各自职责，共同推进）", (), ("区甲局", "区乙局")),
        ("（区甲局负责，区乙局、各街镇予以协助）", (), ("区甲局", "区乙局", "各街镇")),
        ("（区甲局负责，以下各条均需各镇人民政府落实，不再列出）", (), ("区甲局",)),
    ],
)
def test_no_body_is_made_up_and_none_dropped(
    bracket: str, lead: tuple[str, ...], named: tuple[str, ...]
) -> None:
    found = noticed(bracket).articles[0].responsibility
    assert found is not None
    assert (found.lead, found.departments) == (lead, named)


def test_what_speaks_of_other_articles_is_doubted() -> None:
    assert any("前面的条款" in doubt for doubt in noticed("（以上均由区甲局负责）").doubts)
    assert any(
        "别的条款" in doubt for doubt in noticed("（区甲局负责，以下各条均需乙局落实）").doubts
    )


def test_addressees_may_be_of_any_kind() -> None:
    assert noticed().addressees == ("各区办事处", "各有关雇主团体")


def test_a_term_from_day_to_day() -> None:
    found = noticed(closing="本通知执行期限为2024年7月1日至2025年6月30日。")
    assert (str(found.effective_from), str(found.effective_to)) == ("2024-07-01", "2025-06-30")


def test_a_day_that_is_none_is_doubted() -> None:
    found = noticed(closing="本通知自2024年9月31日起施行。")
    assert found.effective_from is None
    assert any("9月31日" in doubt for doubt in found.doubts)


def test_an_annex_is_kept_and_told() -> None:
    found = noticed(tail="附件1\n补贴标准\n每月800元\n")
    assert found.annex == "补贴标准\n每月800元"
    assert any("附件" in doubt for doubt in found.doubts)
    assert noticed().annex == ""


def test_both_ends_of_a_range_are_quantities() -> None:
    found = [(item.value, item.unit) for item in quantities("补贴500—800元/月，3至12个月", None)]
    assert found == [
        (Decimal(500), "元/月"),
        (Decimal(800), "元/月"),
        (Decimal(3), "个月"),
        (Decimal(12), "个月"),
    ]


def test_a_namesake_that_is_repealed_is_another_document() -> None:
    found = noticed(closing="《甲区人民政府关于乙的通知》（甲府〔2021〕9号）同时废止。")
    assert [(item.title, item.number) for item in found.references] == [
        ("甲区人民政府关于乙的通知", "甲府〔2021〕9号")
    ]


def test_an_opening_quote_begins_the_next_sentence() -> None:
    assert [*split("甲乙。“丙”丁。")] == ["甲乙。", "“丙”丁。"]


def test_articles_lost_between_chapters_are_doubted() -> None:
    found = read_text("第一章 甲\n第一条 乙。\n第二条 丙。\n第二章 丁\n第四条 戊。")
    assert any("第四条" in doubt for doubt in found.doubts)


WRAPPED = (
    "甲区人民政府关于乙的意见\n甲府〔2024〕3号\n各街道办事处：\n为了做好就业工作，提出如下意见：\n一、加强宣传\n"
    "（一）做好宣传解读工作。各街道要充分利用各类媒体，加强就业\n政策解读，提高知晓度，并由区人力资源社会保障局会同各街道\n"
    "承办招聘活动，每年不少于12场，全部招聘信息统一发布，方便\n打印和查询，并为残疾人和行动不便的居民提供上门服务，确保不漏\n"
    "一人。（区人力资源社会保障局负责）\n（二）技术支持。由区科委提供。（区科委负责）\n来源于补助资金的，按规定列支。\n"
    "本意见自2024年5月1日起施行。\n甲区人民政府\n2024年3月1日\n打印本页\n关闭窗口\n"
)


def test_a_line_that_begins_like_the_foot_of_a_page_may_be_text() -> None:
    found = read_text(WRAPPED)
    assert [article.title for article in found.articles] == ["做好宣传解读工作", "技术支持"]
    assert "加强就业政策解读，提高知晓度" in found.articles[0].text
    assert "方便打印和查询" in found.articles[0].text
    assert "来源于补助资金的" in found.articles[1].text
    assert found.closing == "本意见自2024年5月1日起施行。"
    assert "打印本页" not in str(found.as_json())


def test_a_note_of_adoption_names_a_body_or_none() -> None:
    text = "甲区劳务市场办法\n（2024年9月13日第十四届会议通过）\n第一条 乙丙丁。\n第二条 戊己庚。"
    found = read_text(text)
    assert (found.issuers, str(found.signed_on)) == ((), "2024-09-13")
