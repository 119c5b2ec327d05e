"""The flow as a picture: nothing that is there is invisible, and nothing in it is not in words."""

from __future__ import annotations

import re

from wenye.web.district.picture import WIDTH, Bar, Part, picture, widths


def bar(*numbers: int, opens: bool = True) -> Bar:
    parts = tuple(
        Part(f"part {place}", number, "yes", "/there/?a=1&b=2", opens=opens and place == 0)
        for place, number in enumerate(numbers)
    )
    return Bar("stage", parts)


def test_widths_fill_the_bar_and_show_every_part() -> None:
    of = widths(bar(1, 0, 4_000_000))
    assert sum(of) == WIDTH
    assert of[0] >= 3
    assert of[1] == 0


def test_an_empty_stage_is_drawn_as_empty() -> None:
    assert widths(bar(0, 0)) == [0.0, 0.0]
    svg = picture([bar(0, 0), bar(0, 0)], "title")
    assert "opens" not in svg
    assert "<a " not in svg


def test_every_number_is_in_words_and_leads_somewhere() -> None:
    svg = picture([bar(120, 3_400), bar(7, 113)], "flow")
    assert svg.count('class="opens"') == 1
    label = re.search(r'aria-label="([^"]*)"', svg)
    assert label is not None
    for number in ("120", "3,400", "7", "113"):
        assert number in label[1]
    assert svg.count("<a ") == 4
    assert "a=1&amp;b=2" in svg
    assert "style=" not in svg


def test_names_cannot_break_out_of_the_picture() -> None:
    svg = picture([Bar('"><script>', (Part("<b>", 1, "yes"),))], '"><script>')
    assert "<script" not in svg
    assert "<b>" not in svg
