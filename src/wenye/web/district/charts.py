"""Bar charts as SVG, drawn on the server without a network; each stands beside its table."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString

#: Names of ink on paper: a chart is printed as it is seen.
ACCENT, GREEN, AMBER, GREY = "#0b5c7a", "#1d6b3a", "#7a5200", "#8b9297"
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
_KEPT = 24 * 3600
_ANCHOR = re.compile(r"<svg [^>]*?(width=\"[\d.]+\" height=\"[\d.]+\" viewBox=\"[^\"]+\")>")


def bars(
    rows: Sequence[tuple[str, str, float]], *, title: str, axis: str, parts: Sequence[str]
) -> SafeString:
    """Horizontal bars: (name, part, number) each; parts are stacked in their order.

    The same numbers are drawn once and then taken from the cache.
    """
    if not rows:
        return SafeString("")
    wanted = json.dumps([rows, title, axis, list(parts)], ensure_ascii=False)
    key = f"chart-{hashlib.sha256(wanted.encode()).hexdigest()}"
    svg: str | None = cache.get(key)
    if svg is None:
        svg = _drawn(rows, axis, list(parts))
        cache.set(key, svg, _KEPT)
    said = escape(title)
    return SafeString(svg.replace("<svg ", f'<svg role="img" aria-label="{said}" ', 1))


def _drawn(rows: Sequence[tuple[str, str, float]], axis: str, parts: list[str]) -> str:
    import altair as alt
    import vl_convert

    names = list(dict.fromkeys(name for name, _part, _number in rows))
    data = alt.InlineData(
        values=[
            {"name": name, "part": part, "number": number, "place": parts.index(part)}
            for name, part, number in rows
        ]
    )
    colours = [ACCENT, AMBER, GREEN, GREY][: len(parts)]
    legend = alt.Legend(title=None, orient="top") if len(parts) > 1 else None
    chart = (
        alt.Chart(data)
        .mark_bar(height=16)
        .encode(
            x=alt.X("number:Q", title=axis, axis=alt.Axis(format="~s", tickCount=5)),
            y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("part:N", scale=alt.Scale(domain=parts, range=colours), legend=legend),
            order=alt.Order("place:Q"),
        )
        .properties(width=460, height=alt.Step(26))
        .configure(font=_FONT, background="white")
        .configure_axis(labelFontSize=13, titleFontSize=13, grid=False, domainColor=GREY)
        .configure_legend(labelFontSize=13)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = chart.to_dict()
    svg = str(vl_convert.vegalite_to_svg(spec))
    found = _ANCHOR.match(svg)
    if found is not None:
        # Attributes that name other addresses, and classes of a library, are of no use here.
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {found[1]}>{svg[found.end() :]}'
    return re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg)
