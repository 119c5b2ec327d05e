"""What a scheme looks like in words: expressions, labels, and the whole card."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.readable.hiring import (
    AMOUNT,
    FLOOR,
    LONG,
    MAY,
    SHARE,
    WORKED,
    YEARS,
    Basis,
    Certified,
    D,
    Firm,
    Hiring,
    Job,
    Monthly,
    Person,
)

from wenye.rules import (
    ON,
    PAY_MONTH,
    Scheme,
    add_days,
    add_months,
    amount_paid,
    any_of,
    calendar,
    condition,
    count,
    days,
    drawing,
    first_day,
    greatest,
    has,
    key_of,
    last_day,
    law,
    least,
    month_of,
    months,
    months_drawn,
    months_in,
    only_if,
    paid_before,
    reached,
    same_year,
    share_at_least,
    to_fen,
    total,
    where,
    whole_months,
    within,
    working_days,
    years,
)
from wenye.rules.expressions import Expr, literal, parameter
from wenye.rules.kinds import Kind, rate
from wenye.rules.kinds import money as money_kind
from wenye.rules.kinds import number as number_kind
from wenye.rules.readable.card import card, card_json, schemes_named
from wenye.rules.readable.printed import value_words
from wenye.rules.readable.wording import label_words, words


def zh(expr: Expr, on: D = MAY) -> str:
    return words(expr, "zh", on)


def en(expr: Expr, on: D = MAY) -> str:
    return words(expr, "en", on)


@pytest.mark.parametrize(
    ("value", "kind", "chinese", "english"),
    [
        (123456, money_kind("once"), "¥1,234.56", "¥1,234.56"),
        (100000000, money_kind("once"), "¥1,000,000.00", "¥1,000,000.00"),
        (1234567, money_kind("monthly", 3), "¥12.34567/月", "¥12.34567 a month"),
        (-5, money_kind("once"), "-¥0.05", "-¥0.05"),
        (5, rate(1), "50 %", "50 %"),
        (105, rate(3), "10.5 %", "10.5 %"),
        (1, rate(0), "100 %", "100 %"),
        (6, number_kind("month"), "6个月", "6 months"),
        (1, number_kind("year"), "1年", "1 year"),
        (15, number_kind("month", 1), "1.5个月", "1.5 months"),
        (calendar.code(D(2020, 8, 3)), Kind("day"), "2020年8月3日", "3 August 2020"),
        (2020 * 12 + 7, Kind("month"), "2020年8月", "August 2020"),
        (True, Kind("truth"), "是", "yes"),
        (None, number_kind(), "无", "none"),
    ],
)
def test_values_are_exact(value: Any, kind: Kind, chinese: str, english: str) -> None:
    assert (value_words(value, kind, "zh"), value_words(value, kind, "en")) == (chinese, english)


def test_facts_are_told_by_label_and_path() -> None:
    assert zh(Job.worker.officer) == "人员·企业任职为“是”"
    assert zh(~Job.worker.officer) == "人员·企业任职为“否”"
    assert en(Job.firm.in_city) == "'employer · in the city' is \"yes\""


def test_a_row_mentioned_twice_is_that_row() -> None:
    assert zh(Hiring.conditions["long"].test) == (
        "人员在就业日期前1日有失业登记，且自该失业登记·登记日期起至就业日期满6个月（失业月数，原文）"
    )


@pytest.mark.parametrize(
    ("expr", "chinese"),
    [
        (Firm.staff >= 100, "职工人数不少于100人"),
        (Firm.staff > 100, "职工人数超过100人"),
        (~(Firm.staff > 100), "职工人数不超过100人"),
        (~(Firm.staff >= 100), "职工人数少于100人"),
        (Job.started_on <= D(2022, 6, 1), "就业日期不晚于2022年6月1日"),
        (reached(Person.born_on, years(45), ON), "自出生日期起至判定当日满45年"),
        (~reached(Person.born_on, years(45), ON), "自出生日期起至判定当日不满45年"),
        (within(Job.started_on, days(30), ON), "判定当日在自就业日期起30日以内"),
        (~within(Job.started_on, months(6), ON), "判定当日在自就业日期起6个月以外"),
        (within(Job.started_on, working_days(5), ON), "判定当日在自就业日期起5个工作日以内"),
        (same_year(Person.born_on, ON), "出生日期与判定当日在同一年"),
        (has(Job.ended_on), "有终止日期"),
        (~has(Job.ended_on), "没有终止日期"),
        (Person.hukou.among("here", "far"), "户籍为“本区”或“外省市”"),
        (Person.hukou != "far", "户籍不是“外省市”"),
        (~(Firm.in_city & (Firm.staff > 9)), "并非（本市用人单位为“是”，且职工人数超过9人）"),
        (whole_months(Job.started_on, ON) >= 3, "自就业日期至判定当日的整月数不少于3个月"),
        (add_months(Job.started_on, 6) < ON, "自就业日期起满6个月之日早于判定当日"),
        (last_day(month_of(ON)) >= Job.started_on, "判定当日所在月的最后一日不早于就业日期"),
        (key_of(Job.worker) == key_of(Job.firm), "人员与用人单位是同一个"),
    ],
)
def test_truths_in_words(expr: Expr, chinese: str) -> None:
    assert zh(expr) == chinese


@pytest.mark.parametrize(
    ("expr", "chinese"),
    [
        (count(Firm.jobs, unit="person") >= 5, "就业登记的人数不少于5人"),
        (
            count(Firm.jobs, ~has(Firm.jobs.ended_on), "person") >= 5,
            "就业登记中没有终止日期的人数不少于5人",
        ),
        (any_of(Firm.jobs), "有就业登记"),
        (~any_of(Firm.jobs, has(Firm.jobs.ended_on)), "就业登记中没有有终止日期的记录"),
        (
            any_of(WORKED, WORKED.started_on < Job.started_on),
            "人员·就业登记中有就业日期早于本条就业登记·就业日期的记录",
        ),
        (
            share_at_least(count(Firm.jobs, unit="person"), Firm.staff, Decimal("0.08")),
            "就业登记的人数占职工人数的比例不低于8 %",
        ),
        (
            Firm.in_city & share_at_least(Firm.staff, Firm.staff, SHARE),
            "本市用人单位为“是”，且职工人数占职工人数的比例不低于10.5 %（比例，原文）",
        ),
        (paid_before(Job.worker, "a"), "人员享受过“a”"),
        (~paid_before(Job.worker, "a", "b"), "人员未享受过“a”、“b”"),
        (drawing(Job.firm, "a", month=month_of(ON)), "用人单位在判定当日所在月享受“a”"),
        (
            months_drawn(Job.worker, "a", before=month_of(ON)) < 36,
            "人员在判定当日所在月之前已享受“a”的月数少于36个月",
        ),
        (
            total(Firm.awards, Firm.awards.amount, ~Firm.awards.recovered) >= 0,
            "已享受补贴中已追回为“否”的记录的金额之和不少于¥0.00",
        ),
    ],
)
def test_counts_shares_and_history_in_words(expr: Expr, chinese: str) -> None:
    assert zh(expr) == chinese


@pytest.mark.parametrize(
    ("expr", "chinese"),
    [
        (FLOOR * SHARE, "缴费基数（¥7,310.50/月，已确认） × 比例（10.5 %，原文）"),
        (
            to_fen(FLOOR * SHARE),
            "缴费基数（¥7,310.50/月，已确认） × 比例（10.5 %，原文）（四舍五入到分）",
        ),
        (Firm.staff * (Firm.staff + 1), "职工人数 × （职工人数 + 1人）"),
        (Firm.staff // 2, "职工人数除以2的整数部分"),
        (least(Firm.staff, 5), "（职工人数；5人）中较小者"),
        (greatest(Job.started_on, ON), "（就业日期；判定当日）中较晚者"),
        (where(Firm.in_city, Firm.staff, 0), "若本市用人单位为“是”，则职工人数，否则0人"),
        (only_if(Firm.in_city, Firm.staff), "职工人数（限于本市用人单位为“是”）"),
        (month_of(ON) + 2, "判定当日所在月后2个月"),
        (month_of(ON) - month_of(Job.started_on), "自就业日期所在月至判定当日所在月的月数"),
        (
            month_of(ON) + months_in(YEARS) - 1,
            "自判定当日所在月起连续3年（最长年数，原文）的最后一个月",
        ),
        (add_days(ON, -10), "判定当日前10日"),
        (first_day(PAY_MONTH), "发放所属月份的第一日"),
        (amount_paid(Job.worker, "a"), "人员已享受“a”的金额"),
    ],
)
def test_quantities_in_words(expr: Expr, chinese: str) -> None:
    assert zh(expr) == chinese


def test_every_phrase_has_its_english() -> None:
    assert en(reached(Person.born_on, years(45), ON)) == (
        "at least 45 years from 'date of birth' to the day of determination"
    )
    assert en(Hiring.conditions["long"].test) == (
        "for worker, a row of registered unemployment covers 1 day before 'first day', and "
        "at least 6 months (months unemployed, quoted) "
        "from 'that row of registered unemployment · registered on' to 'first day'"
    )


def test_a_parameter_shows_the_value_and_mark_of_the_day() -> None:
    assert zh(AMOUNT, D(2021, 1, 1)) == "〔未定〕（补贴标准）"
    assert zh(AMOUNT, D(2022, 1, 1)) == "¥2,000.00（补贴标准，待核实来源）"
    assert zh(AMOUNT, D(2019, 1, 1)) == "〔未定〕（补贴标准）"
    fixed = parameter(AMOUNT.attrs[1], literal(D(2022, 6, 1), Kind("day")))
    assert zh(fixed, D(2021, 1, 1)) == "¥2,000.00（补贴标准，2022年6月1日的值，待核实来源）"


def test_a_branch_that_the_day_rules_out_is_not_told() -> None:
    changed = where(ON >= D(2025, 1, 1), Firm.staff, 7)
    assert zh(changed, D(2024, 12, 31)) == "7人"
    assert zh(changed, D(2025, 1, 1)) == "职工人数"


@pytest.mark.parametrize(
    ("label", "filled"),
    [
        ("满{n}个月", "满6个月"),
        ("满{n}", "满6个月"),
        ("满 {n} 个月，{n}", "满 6 个月，6个月"),
        ("不低于{share}", "不低于10.5 %"),
        ("不低于{share}%", "不低于10.5%"),
        ("每月{sum}", "每月¥7,310.50/月"),
        ("每月{sum}元", "每月7,310.50元"),
    ],
)
def test_a_label_says_each_unit_once(label: str, filled: str) -> None:
    values = {"n": LONG, "share": SHARE, "sum": FLOOR}
    used = {name: value for name, value in values.items() if f"{{{name}}}" in label}
    assert label_words(condition(label, Firm.in_city, **used), "zh", MAY) == filled


def test_a_label_shows_what_is_open() -> None:
    named = condition("补贴{x}元", Firm.in_city, x=AMOUNT)
    assert label_words(named, "zh", D(2021, 1, 1)) == "补贴〔未定〕元"


def test_the_card_follows_the_formula_of_the_day() -> None:
    text = card(Hiring, on=MAY)
    conditions = text[text.index("## 条件") : text.index("## 给多少")]
    assert conditions.split("\n")[4:] == [
        "同时满足：",
        "",
        "1. 本市单位 [1]",
        "   - 判定：用人单位·本市用人单位为“是”",
        "2. 满足其一：",
        "   1. 登记失业满6个月 [2]",
        "      - 判定：人员在就业日期前1日有失业登记，且自该失业登记·登记日期起至就业日期"
        "满6个月（失业月数，原文）",
        "   2. 经认定的困难人员 [2]",
        "      - 看另一项：困难人员认定（`certified`），对象：人员，判定日：就业日期",
        "      - 即同时满足：",
        "        1. 本市户籍 [3]",
        "           - 判定：户籍为“本区”或“本市其他区”",
        "        2. 满45周岁 [3]",
        "           - 判定：自出生日期起至判定当日满45年",
        "        3. 不得：担任企业职务 [3]",
        "           - 判定：企业任职为“是”",
        "3. 不得：合同不足一年 [2]",
        "   - 判定：没有合同月数，或合同月数少于12个月",
        "4. 此前未享受过本项补贴 [2]",
        "   - 判定：人员未享受过本项补贴",
        "",
        "条件的依据：",
        "",
        "- [1] 虚构〔2019〕9号",
        "- [2] 虚构〔2020〕1号 第七条",
        "- [3] 虚构〔2020〕2号",
        "",
        "",
    ]


def test_the_card_says_how_much_and_how_sure_it_is() -> None:
    text = card(Hiring, on=MAY)
    assert "- 一次性：¥2,000.00（补贴标准，待核实来源）" in text
    assert "- 取整：不需要，金额本身就是整分" in text
    assert "- 补贴标准：有来源，待区里核实确认后才能据以发放（来源2022-01-01）" in text
    assert "- 补贴标准：未定（来源2020-08-03）" in card(Hiring, on=D(2021, 1, 1))


def test_the_card_tells_the_versions_and_what_differs() -> None:
    text = card(Hiring, on=MAY)
    versions = text[text.index("## 历次规定") : text.index("## 不能同时享受")]
    assert versions.split("\n")[2:] == [
        "- 自2020年8月3日至2021年12月31日 · 虚构〔2020〕1号 第七条",
        "- 自2022年1月1日起 · 虚构〔2020〕1号 第七条（本卡所述）",
        "  - 新增条件：经认定的困难人员",
        "  - 新增条件：不得：合同不足一年",
        "  - 以后仍按这一次的：就业日期不晚于2022年6月1日",
        "  - 自2025年8月3日起效力存疑：是否延续待确认",
        "",
        "",
    ]


def test_the_card_warns_of_doubt_from_its_first_day() -> None:
    warning = "> 注意：依据自2025年8月3日起效力存疑，存疑期间不予发放。是否延续待确认"
    assert warning not in card(Hiring, on=D(2025, 8, 2))
    assert warning in card(Hiring, on=D(2025, 8, 3))


def test_before_the_first_version_the_card_shows_no_conditions() -> None:
    text = card(Hiring, on=D(2020, 8, 2))
    assert "> 注意：没有收录这一天生效的规定，不予发放。" in text
    assert "## 条件" not in text
    assert "自2020年8月3日至2021年12月31日" in text
    assert card_json(Hiring, D(2020, 8, 2))["formula"] is None


def test_the_card_says_who_does_what_and_who_supplies_what() -> None:
    text = card(Hiring, on=MAY, titles={"other_scheme": ("另一项补贴", "another")})
    for line in (
        "- 主办：市",
        "- 本区：预审并移交",
        "- 只享受一次：每一人员",
        "  - 另一项补贴 (`other_scheme`)",
        "- 一年内离职的退回",
        "  - 退回金额：人员已享受本项补贴的金额",
        "- 就业登记（人社提供）：就业日期、终止日期、合同月数",
        "- 人员（公安提供）：出生日期、户籍",
        "- 人员（市场监管提供）：企业任职",
    ):
        assert line in text.split("\n"), line


def test_a_monthly_amount_has_its_first_and_last_month_and_its_rounding() -> None:
    text = card(Monthly, on=MAY)
    assert "- 从哪个月起（含）：就业日期所在月" in text
    assert "- 到哪个月止（含）：自就业日期所在月起连续3年（最长年数，原文）的最后一个月" in text
    assert "- 取整：不足一分的舍去" in text
    assert "  - 取值日：发放所属月份的第一日" in text


def test_a_long_value_is_explained_once() -> None:
    here = (Person.hukou == "here") | (Person.hukou == "city")
    born = where(here, add_months(Person.born_on, 720), add_months(Person.born_on, 660))
    late = where(Person.officer, add_months(Person.died_on, 6), born)

    class Retiring(Scheme):
        title = "退休"
        subject = Person
        alive = condition("健在", ~has(Person.died_on))
        before = condition("未到", has(Person.died_on) & (late >= ON))
        after = condition("已到", has(Person.died_on) & (late < ON))
        law_1 = law(Basis(), eligible=alive | before | after)

    text = card(Retiring, on=MAY)
    assert text.count("满720个月") == 1
    assert (
        "- 〔日期1〕：若户籍为“本区”，或户籍为“本市其他区”，则自出生日期起满720个月之日，" in text
    )
    assert text.count("〔日期1〕") == 3
    english = card(Retiring, on=MAY, lang="en")
    assert english.count("[day 1]") == 3
    assert "〔日期" not in english


@pytest.mark.parametrize("scheme", [Certified, Hiring, Monthly])
@pytest.mark.parametrize("on", [D(2019, 1, 1), D(2021, 1, 1), MAY, D(2026, 1, 1)])
def test_both_cards_and_the_data_are_whole_and_the_same_each_time(
    scheme: type[Scheme], on: D
) -> None:
    for lang in ("zh", "en"):
        text = card(scheme, lang=lang, on=on)  # type: ignore[arg-type]
        assert text == card(scheme, lang=lang, on=on)  # type: ignore[arg-type]
        assert text.startswith("# ")
        assert text.endswith("\n")
        assert not re.search(r"[ \t]$|\n\n\n|[{}]|None", text, re.MULTILINE)
    data = card_json(scheme, on)
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


def test_the_english_card_has_no_chinese_of_its_own() -> None:
    text = card(Hiring, on=MAY, lang="en")
    assert set(re.findall(r"[\u4e00-\u9fff〔〕]+", text)) == {
        *("虚构〔", "〕", "号"),  # documents are cited in their own language
        *("公安", "人社", "市场监管", "财政"),  # departments have no English name in the model
        *("来源", "是否延续待确认"),
        *("失业月数", "补贴标准"),  # in the names of the parameters
    }


def test_the_data_say_what_the_card_says() -> None:
    data = card_json(Hiring, MAY)
    assert data["version"]["name"] == "law_2022"
    assert data["pays"]["yuan"] == "2000.00"
    assert data["pays"]["status"] == "sourced"
    first, second, third, _ = data["formula"]["all"]
    assert (first["name"], first["citations"]) == ("city", ["虚构〔2019〕9号"])
    assert [part["name"] for part in second["any"]] == ["long", "hard"]
    assert second["any"][1]["rests_on"]["id"] == "certified"
    assert third["not"]["label_en"] == "short contract"
    assert [(p["name"], p["status"]) for p in data["parameters"]] == [
        ("test.失业月数", "quoted"),
        ("test.补贴标准", "sourced"),
    ]
    assert [each["what"] for each in data["open"]] == ["to confirm"]


def test_a_card_knows_which_other_schemes_it_names() -> None:
    assert schemes_named(Hiring) == {"other_scheme"}
    assert schemes_named(Certified) == set()
