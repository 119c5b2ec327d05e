"""A district drafted from a document: all that the text states, nothing that only people decide."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wenye
from wenye.policy.case_tables import read_case_table
from wenye.policy.citing.citations import Finding, every_citation, look_up
from wenye.policy.citing.texts import Texts
from wenye.policy.district import District, load_district
from wenye.policy.errors import PolicyError
from wenye.policy.measures import Progress, unresolved
from wenye.policy.scaffolding import scaffold as scaffolding
from wenye.policy.scaffolding.scaffold import Scaffolded, scaffold
from wenye.policy.undecided import idle_parameters, undecided, undecided_in
from wenye.policy.units import written
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer
from wenye.rules.scheme import Scheme

INVENTED = sorted((Path(__file__).parent.parent / "reading" / "documents").glob("*.txt"))
NOTICE = Path(wenye.__file__).parent / "districts" / "example" / "notice.md"
TODAY = dt.date(2026, 10, 31)
DAYS = [dt.date(1990, 1, 1), dt.date(2024, 2, 29), TODAY, dt.date(2031, 1, 1)]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)


def drafted(tmp_path: Path, document: Path | str, **more: Any) -> tuple[Scaffolded, District]:
    if isinstance(document, str):
        path = tmp_path / "document.txt"
        path.write_text(document, encoding="utf-8")
        document = path
    folder = tmp_path / "drafted"
    done = scaffold(document, folder, today=TODAY, **more)
    return done, load_district(folder)


def told(district: District, scheme: type[Scheme], on: dt.date) -> dict[str, Any]:
    row = read_case(scheme.subject, {scheme.subject.__name__.lower(): {}})
    return Explainer(scheme, district.parameters).explain(row, calendar.code(on))


def check_sound(district: District) -> None:
    """It loads, quotes rightly, links to what is there, and decides nothing."""
    looked = look_up(every_citation(district), Texts(district))
    assert [item for item in looked if item.finding is not Finding.FOUND] == []
    assert unresolved(district) == []
    measures = [item for register in district.measures for item in register.measures.values()]
    assert {item.progress for item in measures} <= {Progress.NOT_YET}
    for name, scheme in district.schemes.items():
        words = {f"待定：{item.words}" for item in undecided_in(scheme)}
        assert len(words) >= 2
        first = min(version.since for version in scheme.laws)
        for on in DAYS:
            case = told(district, scheme, on)
            assert case["amount"] is None
            if calendar.code(on) >= first:
                assert case["outcome"] == "undetermined"
                assert set(case["blocked_by"]) == words
            else:
                assert (case["outcome"], case["law"]["version"]) == ("not_entitled", None)
        (row,) = read_case_table(district.cases / f"{name}.yaml").rows
        assert row.outcome == told(district, scheme, row.on)["outcome"] == "undetermined"


# ---- the shipped notice


def test_the_notice_becomes_a_district(tmp_path: Path) -> None:
    done, district = drafted(tmp_path, NOTICE, label="示例区（虚构）")
    assert done.counts == {
        "articles": 6,
        "measures": 10,
        "departments": 0,
        "parameters": 11,
        "schemes": 3,
        "to_be_decided": 25,
    }
    assert (district.name, district.label) == ("drafted", "示例区（虚构）")
    (document,) = district.documents.values()
    assert (document.id, document.number) == ("drafted-2024-1", "示例规〔2024〕1号")
    assert document.effective_from == dt.date(2024, 1, 1)
    assert document.printed_to == dt.date(2028, 12, 31)
    assert (document.article_form, document.last_article) == ("第{}条", 6)
    assert {name: scheme.title for name, scheme in district.schemes.items()} == {
        "article_02": "稳岗小额补贴",
        "article_03": "灵活就业月补",
        "article_04": "首次创业补贴",
    }
    check_sound(district)


def test_quantities_are_quoted_and_dated(tmp_path: Path) -> None:
    _, district = drafted(tmp_path, NOTICE)
    found = {
        name: (parameter.unit.name, written(parameter.unit, value.value))
        for name, parameter in district.details.items()
        if (value := parameter.at(dt.date(2024, 5, 1))).value is not None
    }
    assert found == {
        "article_02.months_1": ("month", "3"),
        "article_02.months_2": ("month", "12"),
        "article_02.amount_1": ("CNY", "800.00"),
        "article_03.months_1": ("month", "2"),
        "article_03.monthly_amount_1": ("CNY/month", "300.00"),
        "article_03.months_2": ("month", "2"),
        "article_03.months_3": ("month", "12"),
        "article_04.years_1": ("year", "1"),
        "article_04.persons_1": ("person", "2"),
        "article_04.amount_1": ("CNY", "5000.00"),
    }
    amount = district.details["article_03.monthly_amount_1"].values[0]
    assert (amount.since, amount.printed_to) == (dt.date(2024, 1, 1), dt.date(2028, 12, 31))
    assert amount.basis == "示例规〔2024〕1号 第三条：“每月给予补贴300元”"
    later = district.details["article_04.amount_2"].values[0]
    assert later.value is None
    assert "另行公布" in later.reason


def test_a_monthly_amount_is_paid_by_the_month(tmp_path: Path) -> None:
    _, district = drafted(tmp_path, NOTICE)
    flows = {name: scheme.flow() for name, scheme in district.schemes.items()}
    assert flows == {"article_02": "once", "article_03": "monthly", "article_04": "once"}


def test_every_clause_of_the_article_waits_for_a_decision(tmp_path: Path) -> None:
    _, district = drafted(tmp_path, NOTICE)
    words = [item.words for item in undecided_in(district.schemes["article_02"])]
    assert words[2:] == [
        "示例区的小型、微型用人单位招用登记失业满3个月的人员",
        "并签订12个月以上劳动合同的",
        "每招用一人",
        "登记失业的时间算到就业之日。",
        "劳务派遣公司不享受本条补贴。",
        "同一名劳动者只计算一次，不论先后由几家单位招用。",
    ]


# ---- documents of every form


@pytest.mark.parametrize("document", INVENTED, ids=lambda path: path.stem)
def test_every_invented_document_is_drafted(document: Path, tmp_path: Path) -> None:
    done, district = drafted(tmp_path, document)
    assert done.counts["to_be_decided"] == len(undecided(district))
    check_sound(district)


def test_the_real_documents_are_drafted(documents_folder: Path, tmp_path: Path) -> None:
    for document in sorted(documents_folder.rglob("*.txt")):
        folder = tmp_path / f"d_{document.stem.replace('-', '_')}"
        scaffold(document, folder, today=TODAY)
        check_sound(load_district(folder))


def test_jiadings_departments_stand_as_printed(documents_folder: Path, tmp_path: Path) -> None:
    _, district = drafted(tmp_path, documents_folder / "jiading-2020-6.txt")
    articles = load_district("jiading").measures[0].articles
    drafts = district.measures[0].articles
    assert drafts.keys() == articles.keys()
    for number, entry in drafts.items():
        assert entry.departments == articles[number].departments
        assert entry.lead == articles[number].lead
    assert district.label == "上海市嘉定区"


def test_a_document_that_gives_no_day(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path, "第一条 对失业人员，一次性给予补贴500元。按照规定给予培训补贴。\n"
    )
    amount = district.details["article_01.amount_1"]
    assert amount.values == ()
    assert [item.value for item in amount.undated] == [50_000]
    what = [item.what for item in undecided(district)]
    assert "district.yaml：施行日期没有读到 / the first day was not read" in what
    assert len(district.schemes) == 2
    for scheme in district.schemes.values():
        assert scheme.conditions["first_day"].label.startswith("待定：施行日期没有读到")
    check_sound(district)


HOSTILE = """某区"引号"与\\反斜杠{花括号}# 办法: 'x'
第一条 {name} 对“甲\\n乙”人员：{0} 给予"补贴"500元；# 不是注释
第二条 - null: ~ 对企业给予奖励 1,000.5元，%s \\u0041 \\"\\"\\" 每月 {。
第三条 &a *b !!python/object 应当<b>公布</b>，''' true: no
"""


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    done, district = drafted(tmp_path, HOSTILE)
    check_sound(district)
    assert done.counts["schemes"] == 2
    words = [item.words for scheme in district.schemes.values() for item in undecided_in(scheme)]
    assert any("{name}" in text and "甲\\n乙" in text for text in words)


TEXTS = [path.read_text("utf-8", errors="replace") for path in [NOTICE, *INVENTED]]
ODD = [
    '"',
    "\\",
    "{",
    "{x}",
    "\n",
    "#",
    "---",
    "'",
    "\t",
    "：",
    "（",
    "】",
    "《",
    "第",
    "一、",
    "半年",
]
ODD += [
    "第一百二十三条 ",
    "给予补贴",
    "每月",
    "1.234元",
    "99999999999999999999元",
    "按照规定给予补贴。",
]


@settings(max_examples=40)
@given(data=st.data())
def test_torn_documents_are_drafted_all_the_same(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    first = data.draw(st.integers(0, len(text) // 2))
    text = text[first : data.draw(st.integers(first, len(text)))] + "办理登记。"
    for at, odd in data.draw(
        st.lists(st.tuples(st.floats(0, 1), st.sampled_from(ODD)), max_size=30)
    ):
        place = int(at * len(text))
        text = text[:place] + odd + text[place:]
    _, district = drafted(tmp_path_factory.mktemp("torn"), text)
    check_sound(district)


def test_numbers_that_start_anew_are_cited_through_their_section(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path,
        "某意见\n一、就业\n（一）鼓励招用。给予补贴100元。\n二、创业\n（一）扶持创业。给予补贴200元。\n",
    )
    (document,) = district.documents.values()
    assert (document.article_form, document.last_article) == ("第{}部分", None)
    assert [*district.measures[0].articles] == ["一（一）", "二（一）"]
    assert [*district.schemes] == ["part_01_article_01", "part_02_article_01"]


def test_more_than_a_hundred_articles(tmp_path: Path) -> None:
    lines = [f"第{place}条 单位应当办理第{place}项登记。\n" for place in range(1, 131)]
    _, district = drafted(tmp_path, "某条例\n" + "".join(lines))
    assert len(district.measures[0].measures) == 130
    check_sound(district)


def test_departments_and_leads(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path,
        "某意见\n（一）甲事。应当办理甲事。（区甲局牵头，区乙局参加）\n"
        "（二）乙事。应当办理乙事。（区乙局负责）\n",
    )
    first, second = district.measures[0].articles.values()
    assert (first.departments, first.lead, first.sole) == (("区甲局", "区乙局"), "区甲局", False)
    assert (second.departments, second.lead, second.sole) == (("区乙局",), None, True)
    named = {item.name: item.articles for item in district.organisation.departments}
    assert named == {"区甲局": (1,), "区乙局": (1, 2)}


def test_units_are_those_of_parameters_and_others_are_listed(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path,
        "某细则\n第一条 补助期限为半年，每人补助2.2万元，再补百分之二十点五。\n"
        "第二条 年满十六周岁的，应当在5个工作日内受理，30日内办结。\n"
        "第三条 每周工作不超过40小时，按照《十二条意见》执行，不超过3次。\n"
        "第四条 本细则自2021年2月1日起施行。\n",
    )
    found = {
        name: (parameter.unit.name, written(parameter.unit, parameter.at(TODAY).value or 0))
        for name, parameter in district.details.items()
    }
    assert found == {
        "article_01.months_1": ("month", "6"),
        "article_01.amount_1": ("CNY", "22000.00"),
        "article_01.percent_1": ("percent", "20.5"),
        "article_02.age_1": ("age", "16"),
        "article_02.working_days_1": ("working_day", "5"),
        "article_02.days_1": ("day", "30"),
    }
    left = [item.what for item in undecided(district) if "没有写成参数" in item.what]
    assert [re.findall("“(.*?)”", what)[0] for what in left] == ["40小时", "3次"]


# ---- where it is written


@pytest.mark.parametrize("kind", ["file", "full", "link"])
def test_what_is_there_already_is_left_alone(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    if kind == "file":
        folder.write_text("mine", "utf-8")
    elif kind == "full":
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", "utf-8")
    else:
        folder.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PolicyError, match="left alone") as error:
        scaffold(NOTICE, folder)
    assert error.value.mend
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "drafted").mkdir()
    _, district = drafted(tmp_path, NOTICE)
    assert district.schemes


def test_a_draft_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scaffolding, "_sound", full)
    with pytest.raises(OSError, match="No space"):
        scaffold(NOTICE, tmp_path / "drafted")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "name", "made"),
    [
        ("My District-2", None, "my_district_2"),
        ("2024", None, "district_2024"),
        ("新区", None, None),
        ("新区", "new_area", "new_area"),
        ("x", "New", None),
        ("x", "新", None),
        ("x", "a b", None),
    ],
)
def test_the_name(folder: str, name: str | None, made: str | None, tmp_path: Path) -> None:
    if made is None:
        with pytest.raises(PolicyError, match="is no name") as error:
            scaffold(NOTICE, tmp_path / folder, name=name)
        assert "--name" in error.value.mend
    else:
        assert scaffold(NOTICE, tmp_path / folder, name=name).name == made


def test_the_name_of_a_shipped_district_would_be_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PolicyError, match="ships with Wenye"):
        scaffold(NOTICE, "example")


def test_a_word_file_is_kept_as_text(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    for line in ("某区某办法", "第一条 对失业人员，一次性给予补贴500元。"):
        file.add_paragraph(line)
    path = tmp_path / "办法.docx"
    file.save(str(path))
    done, district = drafted(tmp_path, path)
    assert "documents/drafted-1.txt" in done.files
    check_sound(district)


# ---- measures


def phrases(district: District) -> list[str]:
    return [
        phrase
        for register in district.measures
        for measure in register.measures.values()
        for phrase in measure.phrases
    ]


def test_measures_hold_the_clause_with_the_command(tmp_path: Path) -> None:
    _, district = drafted(tmp_path, NOTICE)
    assert phrases(district) == [
        "示例区就业服务站负责受理、审核和发放",
        "一次性给予补贴800元",
        "劳务派遣公司不享受本条补贴",
        "同一名劳动者只计算一次",
        "每月给予补贴300元",
        "补贴标准可以由示例区就业服务站另行告示调整",
        "担任企业法定代表人、董事、监事、经理的人员不享受本条补贴",
        "一次性给予创办人补贴5000元",
        "由示例区另行公布",
        "已发放的补贴应当退回",
    ]


def test_items_that_somebody_answers_for_are_drafted(tmp_path: Path) -> None:
    (document,) = (path for path in INVENTED if path.stem == "35-items-with-brackets")
    _, district = drafted(tmp_path, document)
    assert phrases(district) == [
        "落实降费政策",
        "发放稳岗贷款",
        "减免摊位费3个月",
        "开放夜市区域12处",
        "开发社区岗位2000个",
        "开发护林岗位300个",
    ]


def test_tasks_in_whatever_words_are_drafted_where_a_bracket_follows(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path,
        "某分工方案\n（一）甲事\n1.夜市再添12处。（市城管局负责）\n2.街角口袋公园10座。\n",
    )
    assert phrases(district) == ["夜市再添12处"]


def test_amounts_of_a_list_are_drafted_as_what_the_list_is_for(tmp_path: Path) -> None:
    _, district = drafted(
        tmp_path, "某办法\n第一条 按照下列标准给予补贴：\n（一）甲类2000元；\n（二）乙类1000元。\n"
    )
    assert phrases(district) == ["按照下列标准给予补贴", "甲类2000元", "乙类1000元"]
    kinds = [item.kind for item in district.measures[0].measures.values()]
    assert kinds == ["grant", "grant", "grant"]


@pytest.mark.parametrize("document", [NOTICE, *INVENTED[::5]], ids=lambda path: path.stem)
def test_a_fresh_draft_carries_nothing(document: Path, tmp_path: Path) -> None:
    _, district = drafted(tmp_path, document)
    assert idle_parameters(district) == district.details.keys()
    for register in district.measures:
        assert [item.carried_by for item in register.measures.values() if item.carried_by] == []


def test_where_nothing_is_asked_for_no_register_is_written_and_it_is_said(tmp_path: Path) -> None:
    done, district = drafted(tmp_path, "第一条 天气晴朗。\n")
    assert district.measures == ()
    assert "measures.yaml" not in done.files
    assert any("没有写登记册" in item.what for item in undecided(district))


# ---- ranges, days, names


def test_both_ends_of_a_range_are_drafted(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    for line in (
        "某区青年见习办法",
        "第一条 在15日内，对16—24岁失业青年，每月给予见习补贴500至800元。",
        "第二条 本办法自2024年1月1日起施行。",
    ):
        file.add_paragraph(line)
    path = tmp_path / "办法.docx"
    file.save(str(path))
    _, district = drafted(tmp_path, path)
    found = {
        name: (written(parameter.unit, value.value), value.quote)
        for name, parameter in district.details.items()
        for value in parameter.values
        if value.value is not None
    }
    young, paid = "对16—24岁失业青年", "每月给予见习补贴500至800元"
    assert found == {
        "article_01.days_1": ("15", "在15日内"),
        "article_01.age_1": ("16", young),
        "article_01.age_2": ("24", young),
        "article_01.monthly_amount_1": ("500.00", paid),
        "article_01.monthly_amount_2": ("800.00", paid),
    }


def test_an_open_value_without_a_day_says_that_its_day_is_none(tmp_path: Path) -> None:
    _, district = drafted(tmp_path, "第一条 按照规定对失业人员给予培训补贴。\n")
    (value,) = district.details["article_01.amount_1"].values
    assert value.value is None
    assert "占位" in district.details["article_01.amount_1"].note


def test_a_name_made_from_the_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as error:
        scaffold(NOTICE, tmp_path / "中文 区")
    assert "由文件夹的名字“中文 区”得不出辖区的名字" in error.value.what
    assert "--name" in error.value.mend
