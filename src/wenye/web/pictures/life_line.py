"""The life line: a person's spells as bars over time, and the events that matter marked on them.

Drawn for screens, dark screens and paper: colours come from classes (``static/wenye/people.css``),
a bar without an end is open to the right, one whose end nobody knows is broken. The same spells
stand in a table behind the picture (``rows``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.people.spells import LANES, Lane, Spell
from wenye.web.pictures.time_axis import TimeAxis

_WIDTH, _LEFT, _RIGHT, _LANE, _TOP = 960, 128, 948, 26, 28
_SHORTEST = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters: an application, a threshold reached."""

    day: dt.date
    label: str


def life_line(
    spells: Sequence[Spell],
    until: dt.date,
    *,
    marks: Sequence[Mark] = (),
    unknown: Sequence[Lane] = (),
) -> SafeString:
    """The picture as SVG; lanes without a spell are left out, unknown registers say so."""
    lanes = [lane for lane in LANES if lane in unknown or any(each.lane is lane for each in spells)]
    days = [each.first for each in spells] + [mark.day for mark in marks]
    first = min([*days, until - _SHORTEST]).replace(day=1)
    last = max([until, *(mark.day for mark in marks)])
    axis = TimeAxis(first, last, _LEFT, _RIGHT)
    height = _TOP + _LANE * len(lanes) + 8
    parts = [_ticks(axis, height)]
    for at, lane in enumerate(lanes):
        top = _TOP + at * _LANE
        own = [each for each in spells if each.lane is lane]
        parts.append(_lane(axis, lane, top, own, lane in unknown, until))
    parts += [_mark(axis, mark, height) for mark in marks]
    parts.append(_until(axis, until, height))
    return format_html(
        '<svg class="life" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' xmlns="http://www.w3.org/2000/svg">{}</svg>',
        _WIDTH,
        height,
        _("经历时间线：%(count)s段，截至%(day)s")
        % {"count": len(spells), "day": until.isoformat()},
        mark_safe("".join(parts)),
    )


def lane_label(lane: Lane) -> str:
    """The lane's name in the page's language."""
    return lane.label_en.capitalize() if get_language() == "en" else lane.label


def rows(
    spells: Sequence[Spell], employers: Mapping[int, str], schemes: Mapping[str, str] | None = None
) -> list[dict[str, object]]:
    """The table behind the picture: the newest first."""
    english = get_language() == "en"
    found: list[dict[str, object]] = []
    for each in sorted(spells, key=lambda one: (one.first, one.row_key), reverse=True):
        detail = each.detail_en if english else each.detail
        found.append(
            {
                "lane": lane_label(each.lane),
                "first": each.first,
                "last": each.last,
                "open": each.open_end,
                "monthly": each.lane.monthly,
                "employer_key": each.employer_key,
                "employer": employers.get(each.employer_key or 0, ""),
                "detail": (schemes or {}).get(detail, detail),
                "amount_fen": each.amount_fen,
                "register": each.lane.entity.register.name,
                "row": each.row_key,
            }
        )
    return found


def _ticks(axis: TimeAxis, height: int) -> SafeString:
    return format_html_join(
        "",
        '<line class="tick" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="year" x="{}" y="14" text-anchor="middle">{}</text>',
        ((x, x, _TOP - 8, height, x, words) for x, words in axis.ticks()),
    )


def _lane(
    axis: TimeAxis, lane: Lane, top: int, spells: Sequence[Spell], unknown: bool, until: dt.date
) -> SafeString:
    middle = top + _LANE / 2
    parts = [
        format_html(
            '<text class="lane" x="{}" y="{}" text-anchor="end" dominant-baseline="central">'
            "{}</text>"
            '<line class="base" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            _LEFT - 10,
            middle,
            lane_label(lane),
            _LEFT,
            _RIGHT,
            top + _LANE,
            top + _LANE,
        )
    ]
    if unknown:
        parts.append(
            format_html(
                '<text class="unknown" x="{}" y="{}" dominant-baseline="central">{}</text>',
                _LEFT + 8,
                middle,
                _("没有报送，情况未知"),
            )
        )
    parts += [_bar(axis, each, top, until) for each in spells]
    return mark_safe("".join(parts))


def _bar(axis: TimeAxis, spell: Spell, top: int, until: dt.date) -> SafeString:
    end = spell.last if spell.last is not None else until
    start, stop = axis.x(spell.first), axis.x(max(end, spell.first))
    width = max(2.5, round(stop - start, 1))
    kind = f"bar {spell.lane.id}"
    if spell.last is None:
        kind += " unsure-end" if spell.open_end else " goes-on"
    height, y = (10, top + 8) if spell.lane.monthly else (14, top + 6)
    shape = format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        kind,
        start,
        y,
        width,
        height,
    )
    after: SafeString = mark_safe("")
    if spell.last is None and not spell.open_end:
        after = format_html(
            '<path class="{}" d="M{} {}l6 {}l-6 {}z"/>',
            kind,
            start + width,
            y,
            height / 2,
            height / 2,
        )
    months = _months(axis, spell, end, y, height) if spell.lane.monthly else mark_safe("")
    return format_html("<g>{}{}{}<title>{}</title></g>", shape, after, months, _said(spell))


def _months(axis: TimeAxis, spell: Spell, end: dt.date, y: int, height: int) -> SafeString:
    """Cuts between the months, where a month is wide enough to see."""
    count = (end.year - spell.first.year) * 12 + end.month - spell.first.month
    wide = axis.x(end) - axis.x(spell.first)
    if count < 1 or wide / (count + 1) < 3:
        return mark_safe("")
    index = spell.first.year * 12 + spell.first.month
    days = [dt.date(at // 12, at % 12 + 1, 1) for at in range(index, index + count)]
    return format_html_join(
        "",
        '<line class="cut" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        ((axis.x(day), axis.x(day), y, y + height) for day in days),
    )


def _said(spell: Spell) -> str:
    last = _("至今") if spell.last is None else spell.last.isoformat()
    if spell.open_end:
        last = _("结束日期未提供")
    detail = spell.detail_en if get_language() == "en" else spell.detail
    words = f"{lane_label(spell.lane)} {spell.first.isoformat()} – {last}"
    return f"{words} {detail}".strip()


def _mark(axis: TimeAxis, mark: Mark, height: int) -> SafeString:
    x = axis.x(mark.day)
    return format_html(
        '<g><line class="mark" x1="{}" x2="{}" y1="{}" y2="{}"/><title>{} {}</title></g>',
        x,
        x,
        _TOP - 4,
        height,
        mark.day.isoformat(),
        mark.label,
    )


def _until(axis: TimeAxis, until: dt.date, height: int) -> SafeString:
    x = axis.x(until)
    return format_html(
        '<line class="until" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, _TOP - 4, height
    )
