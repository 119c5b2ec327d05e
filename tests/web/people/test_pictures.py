"""The life line and the head-count line."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import xml.etree.ElementTree as ElementTree

from wenye.services.decisions.facts import facts
from wenye.services.people.headcount import MonthCount, head_counts, staff
from wenye.services.people.spells import LANES, Spell, horizon, spells
from wenye.web.pictures.head_count import head_count_line
from wenye.web.pictures.life_line import Mark, life_line, rows

UNTIL = dt.date(2026, 10, 31)
LANE = {lane.id: lane for lane in LANES}


def _spell(lane: str, first: dt.date, last: dt.date | None, **more: object) -> Spell:
    return Spell(LANE[lane], 1, first, last, **more)  # type: ignore[arg-type]


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_a_bar_for_every_spell_and_a_title_for_who_cannot_see_it() -> None:
    held = [
        _spell("employment", dt.date(2019, 3, 1), dt.date(2024, 5, 31)),
        _spell("unemployment", dt.date(2024, 6, 1), None),
        _spell("contribution", dt.date(2019, 3, 1), dt.date(2024, 5, 31)),
        _spell("training", dt.date(2025, 1, 1), None, open_end=True, detail="<script>&\u202e"),
    ]
    svg = str(life_line(held, UNTIL, marks=[Mark(dt.date(2026, 1, 1), "申请 <b>")]))
    assert "<script>" not in svg and "<b>" not in svg
    tree = _parsed(svg)
    kinds = [each.get("class", "") for each in tree.iter() if "rect" in each.tag]
    assert kinds == [
        "bar employment",
        "bar training unsure-end",
        "bar unemployment goes-on",
        "bar contribution",
    ]
    words = " ".join(each.text or "" for each in tree.iter())
    assert "登记失业 2024-06-01 – 至今" in words
    assert "结束日期未提供" in words
    assert not re.search(r"style=|fill=|stroke=", svg)  # colours come from classes


def test_nothing_lies_outside_the_picture() -> None:
    held = [
        _spell("employment", dt.date(1950, 1, 1), dt.date(2026, 10, 31)),
        _spell("benefit", dt.date(2026, 11, 1), dt.date(2028, 1, 31)),
        _spell("award", dt.date(2026, 10, 31), dt.date(2026, 10, 1)),
    ]
    for each in _parsed(str(life_line(held, UNTIL))).iter():
        for name in ("x", "x1", "x2"):
            assert 0 <= float(each.get(name, "0")) <= 960
        if each.get("width"):
            assert float(each.get("width", "0")) > 0


def test_an_empty_life_is_a_picture_too() -> None:
    _parsed(str(life_line([], UNTIL)))
    svg = str(life_line([], UNTIL, unknown=[LANE["benefit"]]))
    assert "没有报送" in svg


def test_the_table_holds_what_the_picture_shows(db: None) -> None:
    known = facts()
    for key in range(1, 60):
        held = spells(known, key)
        told = rows(held, {})
        assert len(told) == len(held)
        assert all(each.first <= horizon(known) for each in held if not each.lane.monthly)
        _parsed(str(life_line(held, horizon(known))))


def test_head_counts_agree_with_the_staff_list(db: None) -> None:
    known = facts()
    for key in range(1, 40):
        months = head_counts(known, key, 12)
        assert len(months) == 12
        assert months[-1].staff == len(staff(known, key))
        for before, after in itertools.pairwise(months):
            assert after.staff >= before.staff - after.left - before.left
        _parsed(str(head_count_line(months)))


def test_an_employer_with_nobody_has_a_line_at_nought() -> None:
    months = [MonthCount(dt.date(2026, 1, 1), 0, 0, 0), MonthCount(dt.date(2026, 2, 1), 0, 0, 0)]
    assert "190.0" in str(head_count_line(months))
    assert "15,000" in str(head_count_line([MonthCount(dt.date(2026, 1, 1), 11_001, 0, 0)]))
