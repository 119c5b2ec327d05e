"""A rule card as HTML: lists within lists close in order, and nothing of the text is markup."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

from wenye.policy.coverage.card_markup import card_html
from wenye.policy.district import load_district
from wenye.rules.readable.card import card


class Nesting(HTMLParser):
    """Follows the tags, and fails where one closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            assert self.open[-1] in ("ul", "ol")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Nesting:
    found = Nesting()
    found.feed(html)
    assert found.open == []
    return found


def test_headings_lists_and_remarks() -> None:
    html = card_html("# 题\n\n> 注意\n\n## 条件\n\n1. 甲\n   - 乙\n2. 丙\n\n话\n")
    assert html.replace("\n", "") == (
        '<h3>题</h3><p class="note">注意</p><h4>条件</h4>'
        "<ol><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol><p>话</p>"
    )


def test_the_text_is_escaped() -> None:
    html = card_html("# <b>题</b>\n\n- `<i>` & 甲\n")
    assert "<b>" not in html
    assert "<code>&lt;i&gt;</code> &amp; 甲" in html


@pytest.mark.parametrize("scheme", load_district("jiading").scheme_ids)
def test_every_card_is_whole(scheme: str) -> None:
    text = card(load_district("jiading").scheme(scheme), on=dt.date(2026, 10, 31))
    shown = read(card_html(text)).text
    for line in text.splitlines():
        words = line.strip("# >-`").split("`")[0].strip()
        assert words.split(". ", 1)[-1] in shown
