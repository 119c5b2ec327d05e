"""The report: whole, self-contained, and with the run's own numbers."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.determination.conftest import World

from wenye.determination import report_page
from wenye.determination.costs import costs
from wenye.determination.flow import flow, picture
from wenye.determination.near_misses import near_misses
from wenye.determination.report_marks import GROUPS, amount
from wenye.determination.report_money import headline
from wenye.determination.report_page import page, write_report
from wenye.determination.report_schemes import idle

_EMPTY = {"meta", "br", "rect", "path", "line", "circle", "polygon", "polyline", "use", "wbr"}


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def html(shipped: World) -> str:
    return page(shipped.results)


def text_of(html: str) -> str:
    parser = _Balanced()
    parser.feed(html)
    assert parser.open == []
    return "".join(parser.text)


def test_it_is_well_formed_and_needs_nothing_from_elsewhere(html: str) -> None:
    text_of(html)
    assert "<script" not in html
    assert not re.search(r"(src|href)=\"(?!#|[\w]+\.xlsx\")", html)
    assert "@import" not in html and "url(" not in html.replace("url(#", "")


def test_it_says_what_was_run_and_that_it_is_synthetic(html: str) -> None:
    text = text_of(html)
    assert "上海市嘉定区，2026年10月31日判定" in text
    assert "合成数据" in text
    assert "2026-10-31（全部）" in text


def test_it_has_the_runs_numbers(html: str, shipped: World) -> None:
    text = text_of(html)
    for entry in shipped.results.manifest["schemes"].values():
        assert entry["title"] in text
        assert f"{'' if idle(entry) else '判定 '}{entry['rows']:,}" in text
        if entry["payable_fen"]:
            whole, rest = divmod(entry["payable_fen"], 100)
            assert f"¥{whole:,}.{rest:02d}" in text


def test_the_contents_lead_to_every_scheme(html: str, shipped: World) -> None:
    links = re.findall(r'href="#([\w-]+)"', html)
    anchors = re.findall(r' id="([\w-]+)"', html)
    assert set(links) <= set(anchors)
    for name, entry in shipped.results.manifest["schemes"].items():
        assert links.count(f"scheme-{name}") == anchors.count(f"scheme-{name}") == (not idle(entry))


def test_schemes_stand_under_the_districts_part(html: str, shipped: World) -> None:
    found = html[html.index('<h2 id="schemes">') : html.index('<h2 id="costs">')]
    starts = [found.index(f'id="{anchor}"') for anchor, _, _ in GROUPS.values()]
    assert starts == sorted(starts)
    bounds = dict(zip(GROUPS, zip(starts, [*starts[1:], len(found)], strict=True), strict=True))
    for name, entry in shipped.results.manifest["schemes"].items():
        if not idle(entry):
            start, end = bounds[entry["our_part"]]
            assert start < found.index(f'id="scheme-{name}"') < end


def test_a_scheme_that_came_to_nothing_has_a_row_and_no_section(tried: World) -> None:
    entry = tried.results.manifest["schemes"]["hiring"]
    assert 'id="scheme-hiring"' in page(tried.results)
    counts = ("entitled", "granted", "undetermined", "recover_unknown", "open_amounts")
    entry |= dict.fromkeys((*counts, "payable_fen", "unconfirmed_fen", "recover_fen"), 0)
    html = page(tried.results)
    assert 'id="scheme-hiring"' not in html
    listed = html[html.index('id="idle"') : html.index('<h2 id="costs">')]
    assert entry["title"] in listed and f">{entry['rows']:,}<" in listed


def test_once_and_monthly_money_is_never_added(shipped: World) -> None:
    entries = costs(shipped.results)
    shown = text_of(headline(shipped.results, entries))
    schemes = shipped.results.manifest["schemes"]
    for part in GROUPS:
        for key in ("payable_fen", "unconfirmed_fen"):
            sums = {
                flow: sum(
                    entry[key]
                    for entry in schemes.values()
                    if (entry["our_part"], entry["flow"]) == (part, flow)
                )
                for flow in ("once", "monthly")
            }
            assert all(amount(fen) in shown for fen in sums.values())
            if all(sums.values()):
                assert amount(sum(sums.values())) not in page(shipped.results)


def test_a_document_in_doubt_is_named_in_one_box(html: str) -> None:
    basis = html[html.index('<h2 id="basis">') : html.index('<h2 id="drawn">')]
    named = re.findall(r'<div class="note"><b>([^<]+)</b>', basis)
    assert len(named) == len(set(named)) < basis.count("<li>")


def test_every_scheme_has_its_diagram_and_workbook(html: str, shipped: World) -> None:
    for name, scheme in shipped.district.schemes.items():
        assert f"<summary>{scheme.title}</summary>" in html
        assert f'href="{name}.xlsx"' in html


def test_open_values_and_doubtful_bases_are_named(html: str) -> None:
    text = text_of(html)
    assert "一次性吸纳就业补贴标准" in text
    assert "依据提醒" in text
    assert "效力存疑" in text or "待区里确认" in text


def test_a_table_that_is_cut_says_how_much_it_leaves_out(
    tried: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(near_misses(tried.results).misses)
    assert "行，见工作簿" not in text_of(page(tried.results))
    monkeypatch.setattr(report_page, "_TOP", count - 1)
    assert "另有 1 行，见工作簿“差一项”页，或运行 wenye near-misses" in text_of(page(tried.results))


def test_near_misses_say_that_their_rows_do_not_add_up(html: str) -> None:
    assert "各行不能相加" in text_of(html)


def test_no_line_breaks_within_a_date(html: str) -> None:
    near = html[html.index('<h2 id="near">') : html.index('<h2 id="open">')]
    whole = re.findall(r"<time>\d{4}-\d{2}-\d{2}</time> 起</td>", near)
    assert len(whole) == near.count(" 起</td>") > 0
    assert "time { white-space: nowrap; }" in html


def test_without_workbooks_none_is_linked(tried: World, tmp_path: Path) -> None:
    path = write_report(tried.results, tmp_path, workbooks=False)
    assert ".xlsx" not in path.read_text(encoding="utf-8")


def test_a_run_over_nothing_still_makes_a_page(tried: World, tmp_path: Path) -> None:
    from tests.determination.conftest import world
    from tests.determination.trial import ON

    from wenye.registers.store import write

    empty = world(tmp_path / "none", tried.district, write(tmp_path / "r", {}, ON), ON)
    text = text_of(page(empty.results))
    assert "没有只差一项条件的对象" in text
    assert "未报送或未说明" in text


@pytest.mark.parametrize("scheme", ["flexible", "hardship", "hiring", "staffed"])
def test_every_subject_stands_in_one_part_of_each_bar(tried: World, scheme: str) -> None:
    of = flow(tried.results, scheme)
    assert sum(part.count for part in of.outcomes) == of.judged
    assert sum(part.count for part in of.entitled) == of.outcomes[0].count
    drawn = picture(of, "题")
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height', drawn)]
    assert all(width >= 1 for width in widths)
