"""An employer's head count as a stepped line over the months."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wenye.services.people.headcount import MonthCount

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 960, 220, 56, 948, 16, 190


def head_count_line(months: Sequence[MonthCount]) -> SafeString:
    """The picture as SVG; the scale begins at nought, so that a step looks as big as it is."""
    most = max([1, *(each.staff for each in months)])
    step = _round_step(most)
    top = -(-most // step) * step
    wide = (_RIGHT - _LEFT) / max(1, len(months))
    points = []
    for at, each in enumerate(months):
        y = round(_FOOT - each.staff / top * (_FOOT - _TOP), 1)
        points += [
            f"{_LEFT + at * wide:.1f},{y}",
            f"{_LEFT + (at + 1) * wide:.1f},{y}",
        ]
    rules = format_html_join(
        "",
        '<line class="tick" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="year" x="{}" y="{}" text-anchor="end" dominant-baseline="central">{}</text>',
        (
            (_LEFT, _RIGHT, y, y, _LEFT - 8, y, f"{value:,}")
            for value in range(0, top + 1, step)
            for y in [round(_FOOT - value / top * (_FOOT - _TOP), 1)]
        ),
    )
    years = format_html_join(
        "",
        '<text class="year" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (round(_LEFT + (at + 0.5) * wide, 1), _FOOT + 20, each.month.strftime("%Y-%m"))
            for at, each in enumerate(months)
            if each.month.month in (1, 7)
        ),
    )
    return format_html(
        '<svg class="life" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' xmlns="http://www.w3.org/2000/svg">{}{}<polyline class="line" points="{}"/></svg>',
        _WIDTH,
        _HEIGHT,
        _("月末职工人数，最近%(count)s个月") % {"count": len(months)},
        rules,
        years,
        " ".join(points),
    )


def _round_step(most: int) -> int:
    """A round number of people between two rules, at most five rules."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if most / (size * factor) <= 5:
                return size * factor
        size *= 10
