"""The coverage page: one file, whole, escaped, with every link leading somewhere on it."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.policy.registered import TEXT, registered

from wenye.policy.citing.texts import Texts
from wenye.policy.coverage.covered import coverage
from wenye.policy.coverage.page import page
from wenye.policy.district import load_district

ON = dt.date(2026, 10, 31)
_VOID = {"meta", "br"}


class Read(HTMLParser):
    """A page's links, names, text and tags; tags that cross each other fail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def written(folder: Any) -> str:
    district = registered(folder)
    return page(coverage(district, Texts(district)), ON)


def sound(html: str) -> Read:
    read = Read(html)
    assert "script" not in read.tags
    assert len(read.ids) == len(set(read.ids))
    assert {link for link in read.links if not link.startswith("#")} == set()
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert "http" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return read


def test_the_page_is_one_whole_file_and_every_link_leads_somewhere(folder: Any) -> None:
    read = sound(written(folder))
    for name in ("scheme-support", "duty-visits", "parameter-support.amount", "m-T1-01.2"):
        assert f"#{name}" in read.links


def test_each_sentence_bears_the_number_by_which_it_is_named(folder: Any) -> None:
    html = written(folder)
    printed = re.findall(r'<p class="say"><small class="no">(\d+)</small>', html)
    assert printed == [str(number) for number in range(1, 10)]
    assert "第2句</a>" in html
    (line,) = re.findall(r'<div class="line [a-z_]+" id="s1-2">.*?</p>', html)
    assert '<small class="no">2</small>对灵活就业人员' in line


def test_what_the_marks_mean_stands_open_on_paper(folder: Any) -> None:
    html = written(folder)
    style, body = html.split("</style>")
    legend = body[body.index('<div class="legend in-print">') :]
    for words in ("已承载", "部分承载", "尚未承载", "无法计算", "框架文字", "未归位"):
        assert words in legend[: legend.index("</dl>")]
    on_paper = style[style.index("@media print") :]
    assert re.search(r"details\.legend \{ display: none", on_paper)
    assert re.search(r"\.in-print \{ display: block", on_paper)
    assert ".in-print { display: none; }" in style[: style.index("@media print")]


def test_an_annex_and_lost_links_are_shown(folder: Any) -> None:
    annex = "试验区人民政府\n2024年1月1日\n附件\n1．<i>月补</i>300元。\n"
    registered(folder, TEXT + annex)
    folder.change("measures.yaml", "{scheme: [support]}", "{scheme: [suport]}")
    district = folder.load()
    html = page(coverage(district, Texts(district)), ON)
    read = sound(html)
    text = "".join(read.text)
    assert "附件另有 1 句，没有读成条款" in text
    assert "&lt;i&gt;月补&lt;/i&gt;300元" in html
    assert "T1-01.1　scheme:suport 不存在（measures.yaml:" in text
    assert "登记册有错误" in text
    assert str(folder.path) not in html


def test_what_the_texts_say_is_escaped(folder: Any) -> None:
    html = written(folder)
    assert "&lt;b&gt;新加的一句&lt;/b&gt;没有人管。" in html
    assert "待设&lt;清单&gt;" in html
    assert "<b>新加" not in html


def test_the_numbers_stand_at_the_top_in_words(folder: Any) -> None:
    text = "".join(Read(written(folder)).text)
    assert (
        "文件提出 6 条措施：1 条已承载，4 条尚未承载，其中 1 条已有一部分，1 条无法计算。" in text
    )
    assert "正文共 9 句，8 句已归位" in text
    assert "至少有一处短语被措施、责任、参数或项目引用" in text
    assert "共 10 个分句，6 个有引文，4 个没有，列在正文后面" in text
    assert "还有 1 句没有归位" in text


def test_every_state_is_told_in_word_and_shape(folder: Any) -> None:
    html = written(folder)
    for state, word in (("carried", "已承载"), ("partly", "部分承载"), ("unplaced", "未归位")):
        assert f'<div class="line {state}"' in html
        assert re.search(rf'<use href="#s-{state}"/></svg>{word}', html)


def test_the_words_that_something_rests_on_are_underlined(folder: Any) -> None:
    html = written(folder)
    assert "对灵活就业人员，<u>每月给予补贴300元</u>。" in html
    assert "由街道<u>每月至少走访1次</u>。" in html


def test_who_answers_stands_under_the_title(folder: Any) -> None:
    html = written(folder)
    assert '（一）支持灵活就业</h4><p class="who"><b>区人力资源社会保障局</b>（牵头）' in html


def test_a_lead_that_the_district_assigned_says_so(folder: Any) -> None:
    registered(folder)
    folder.change(
        "measures.yaml",
        "departments: [区融媒体中心]",
        "departments: [区融媒体中心]\n        assigned_lead: 区人力资源社会保障局\n"
        "        decision: 试验决定",
    )
    district = folder.load()
    html = page(coverage(district, Texts(district)), ON)
    assert "牵头（本区确定）：区人力资源社会保障局　试验决定" in html


def test_the_bar_of_sentences_adds_up_to_all_of_them(folder: Any) -> None:
    key = re.findall(r'<ul class="key">.*?</ul>', written(folder))[1]
    counts = dict(re.findall(r"<b>(.*?)</b> (\d+)", key))
    assert (counts["部分承载"], counts["尚未承载"]) == ("1", "3")
    assert sum(map(int, counts.values())) == 9


def test_clauses_that_nobody_quotes_are_listed(folder: Any) -> None:
    html = written(folder)
    note = html[html.index('id="unquoted"') : html.index('id="gaps"')]
    assert '<a href="#s1-2">第2句</a>　对灵活就业人员' in note
    assert "开展技能大赛" in note
    assert "每月给予补贴" not in note
    assert "<small>分句 1/2</small>" in html


def test_a_kind_that_holds_of_one_phrase_is_told_with_it(folder: Any) -> None:
    registered(folder, TEXT.replace("营造良好氛围。", "营造良好氛围，鼓励多种形式。"))
    folder.change("measures.yaml", "[营造良好氛围]", "[营造良好氛围, 多种形式]")
    folder.change("measures.yaml", "progress: not_computable", "progress: not_yet")
    district = folder.load()
    html = page(coverage(district, Texts(district)), ON)
    assert "<small>鼓励、探索一类：“多种形式”</small>" in html


def test_duties_and_values_carry_the_doubt_of_their_document(folder: Any) -> None:
    doubt = '<b class="doubt">未定：是否仍有效待确认（自2026-07-01起）'
    registered(folder)
    folder.change("parameters/support.yaml", "    2026-01-01: {open: 未公布}\n", "")
    folder.change(
        "parameters/support.yaml", "    2025-01-01: {value: 320.5", "    2027-01-01: {value: 9"
    )
    district = folder.load()
    found = coverage(district, Texts(district))
    html = page(found, ON)
    duties = html[html.index('id="duties"') : html.index('id="values"')]
    values = html[html.index('id="values"') : html.index('id="cards"')]
    assert f"<dt>依据状态</dt><dd>{doubt}" in duties
    assert f"<td>文件原文<br>{doubt}" in values
    early = page(found, dt.date(2025, 1, 1))
    assert "<dt>依据状态</dt><dd>施行中</dd>" in early
    assert doubt not in early


def test_a_document_in_doubt_says_so(folder: Any) -> None:
    html = written(folder)
    assert "文件效力存疑" in html
    district = folder.load()
    early = page(coverage(district, Texts(district)), dt.date(2025, 1, 1))
    assert "文件效力存疑" not in early
    assert "文件施行中" in early


@pytest.mark.parametrize("name", ["example"])
def test_the_example_has_a_page(name: str) -> None:
    district = load_district(name)
    sound(page(coverage(district, Texts(district)), ON))


def test_jiadings_page_is_sound(documents_folder: Path) -> None:
    district = load_district("jiading")
    read = sound(page(coverage(district, Texts(district, documents_folder)), ON))
    names = {f"scheme-{scheme}" for scheme in district.scheme_ids}
    names |= {f"duty-{duty}" for duty in district.duties}
    names |= {f"m-{measure}" for measure in district.measures[0].measures}
    assert names <= set(read.ids)
