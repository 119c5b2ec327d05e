"""The flow of a run as a picture: each bar opens up a part of the one above it.

Those entitled are a sliver of those judged, and those paid a sliver of them: on one scale nobody
would see them. So each stage has a scale of its own, and lines show where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, BAR, LABEL, GAP = 880.0, 26.0, 46.0, 22.0
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: its words, number, look, and where a click leads."""

    words: str
    number: int
    look: str
    href: str = ""
    #: Whether the next bar opens this part up.
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage."""

    title: str
    parts: tuple[Part, ...]

    @property
    def whole(self) -> int:
        """The number of the stage."""
        return sum(part.number for part in self.parts)


def picture(bars: Sequence[Bar], title: str) -> SafeString:
    """The bars, one below the other; every number in it stands in the table as well."""
    height = len(bars) * (BAR + LABEL) + (len(bars) - 1) * GAP + 20
    said = "；".join(
        f"{bar.title} {bar.whole:,}：" + "，".join(f"{p.words} {p.number:,}" for p in bar.parts)
        for bar in bars
    )
    lines = [
        f'<svg class="flow-picture" viewBox="0 0 {WIDTH:g} {height:g}" role="group" '
        f'aria-label="{escape(title)}：{escape(said)}" xmlns="http://www.w3.org/2000/svg">'
    ]
    tops = [20.0 + place * (BAR + LABEL + GAP) for place in range(len(bars))]
    # What opens up lies below everything else: words stay readable on it.
    for bar, top, below in zip(bars, tops, tops[1:], strict=False):
        place = _opened(bar)
        if place is not None:
            begin, end = place
            lines.append(
                f'<path class="opens" d="M{begin:.1f} {top + BAR:g} L0 {below:g} '
                f'L{WIDTH:g} {below:g} L{end:.1f} {top + BAR:g} Z"/>'
            )
    for bar, top in zip(bars, tops, strict=True):
        _bar(lines, bar, top)
    lines.append("</svg>")
    return mark_safe("".join(lines))


def _opened(bar: Bar) -> tuple[float, float] | None:
    """Where the part that the next bar opens up lies; None where there is nothing of it."""
    at = 0.0
    for part, width in zip(bar.parts, widths(bar), strict=True):
        if part.opens and width:
            return at, at + max(width - 1.5, 1)
        at += width
    return None


def _bar(lines: list[str], bar: Bar, top: float) -> None:
    lines.append(
        f'<text x="0" y="{top - 6:g}"><tspan class="value">{escape(bar.title)} '
        f"{bar.whole:,}</tspan></text>"
    )
    if not bar.whole:
        lines.append(f'<rect class="bar no" x="0" y="{top:g}" width="{WIDTH:g}" height="{BAR:g}"/>')
    at = 0.0
    for part, width in zip(bar.parts, widths(bar), strict=True):
        if width:
            lines.append(
                f'<rect class="bar {part.look}" x="{at:.1f}" y="{top:g}" '
                f'width="{max(width - 1.5, 1):.1f}" height="{BAR:g}"/>'
            )
        at += width
    _labels(lines, bar, top + BAR)


def _labels(lines: list[str], bar: Bar, top: float) -> None:
    """The parts' words below the bar, side by side however narrow the parts are."""
    at = 0.0
    for part in bar.parts:
        words = f"{part.words} {part.number:,}"
        width = sum(13.0 if letter > "\u2e7f" else 7.2 for letter in words) + 34
        mark = (
            f'<rect class="bar {part.look}" x="{at:.1f}" y="{top + 9:g}" width="10" height="10"/>'
        )
        text = f'<text x="{at + 15:.1f}" y="{top + 18:g}">{escape(words)}</text>'
        if part.href and part.number:
            text = f'<a href="{escape(part.href)}">{text}</a>'
        lines.append(mark + text)
        at += width


def widths(bar: Bar) -> list[float]:
    """How wide each part is; what is not nothing is never drawn as nothing."""
    least = [_LEAST if part.number else 0.0 for part in bar.parts]
    free = WIDTH - sum(least)
    whole = bar.whole
    return [
        low + (free * part.number / whole if whole else 0.0)
        for low, part in zip(least, bar.parts, strict=True)
    ]
