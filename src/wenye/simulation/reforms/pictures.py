"""The two pictures of a comparison, as SVG: who flows where, and what it costs by month.

Every number in them also stands in words beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from wenye.simulation.reforms.comparison import SchemeComparison
from wenye.simulation.reforms.money import Money
from wenye.simulation.reforms.movements import OUTCOMES
from wenye.simulation.reforms.telling import WORDS, money_words

MARK = (
    '<svg viewBox="0 0 48 48" role="img" aria-label="稳业"><g fill="currentColor">'
    '<rect x="6" y="34" width="36" height="2.5"/><rect x="6" y="38.5" width="36" height="2.5"/>'
    '<rect x="6" y="43" width="36" height="2.5"/></g>'
    '<text x="24" y="25" text-anchor="middle" font-size="17" fill="currentColor">稳业</text></svg>'
)
LOOKS = {"entitled": "yes", "undetermined": "wait", "not_entitled": "no"}

_WIDTH, _BAR, _GAP = 640.0, 14.0, 18.0
_LEFT, _RIGHT = 150.0, 490.0
_TALL = 180.0
#: What is not nothing is never drawn as nothing.
_LEAST = 2.0
#: Those refused both ways are most of a register: they are drawn no taller than this share.
_REST = 0.3


def flow_picture(item: SchemeComparison) -> str:
    """Subjects by outcome before (left) and after (right), with bands for those who stay or move.

    Those refused both ways are cut off, and the cut is drawn.
    """
    heights = _heights(item)
    left = {name: sum(heights[name, now] for now in OUTCOMES) for name in OUTCOMES}
    right = {name: sum(heights[was, name] for was in OUTCOMES) for name in OUTCOMES}
    height = max(sum(left.values()), sum(right.values())) + 2 * _GAP + 28
    lines = [
        f'<svg class="moves" viewBox="0 0 {_WIDTH:g} {height:.0f}" role="img" '
        f'aria-label="{escape(_said(item))}">',
        f'<text class="head" x="{_LEFT + _BAR:g}" y="12" text-anchor="end">现行</text>',
        f'<text class="head" x="{_RIGHT:g}" y="12">改动后</text>',
    ]
    tops_left, tops_right = _tops(left), _tops(right)
    lines += _bands(heights, tops_left, tops_right)
    lines += _nodes(item, left, tops_left, after=False)
    lines += _nodes(item, right, tops_right, after=True)
    lines.append("</svg>")
    return "".join(lines)


def _heights(item: SchemeComparison) -> dict[tuple[str, str], float]:
    numbers = dict(item.transitions)
    rest = ("not_entitled", "not_entitled")
    whole = sum(number for pair, number in numbers.items() if pair != rest) or 1
    numbers[rest] = min(numbers[rest], int(_REST * whole) + 1)
    scale = _TALL / (sum(numbers.values()) or 1)
    return {
        pair: max(_LEAST, number * scale) if number else 0.0 for pair, number in numbers.items()
    }


def _tops(sizes: dict[str, float]) -> dict[str, float]:
    tops, at = {}, 24.0
    for name in OUTCOMES:
        tops[name] = at
        at += sizes[name] + _GAP
    return tops


def _bands(
    heights: dict[tuple[str, str], float], left: dict[str, float], right: dict[str, float]
) -> Iterator[str]:
    from_at, to_at = dict(left), dict(right)
    x0, x1 = _LEFT + _BAR, _RIGHT
    half = (x0 + x1) / 2
    drawn = []
    for was in OUTCOMES:
        for now in OUTCOMES:
            tall = heights[was, now]
            if not tall:
                continue
            y0, y1 = from_at[was], to_at[now]
            from_at[was] += tall
            to_at[now] += tall
            look = "stays" if was == now else f"moves {LOOKS[now]}"
            drawn.append(
                (
                    was != now,
                    f'<path class="{look}" d="M{x0:g} {y0:.1f} '
                    f"C{half:g} {y0:.1f} {half:g} {y1:.1f} {x1:g} {y1:.1f} "
                    f"L{x1:g} {y1 + tall:.1f} C{half:g} {y1 + tall:.1f} "
                    f'{half:g} {y0 + tall:.1f} {x0:g} {y0 + tall:.1f} Z"/>',
                )
            )
    # Those who stay lie below those who move.
    yield from (path for _, path in sorted(drawn, key=lambda each: each[0]))


def _nodes(
    item: SchemeComparison, sizes: dict[str, float], tops: dict[str, float], *, after: bool
) -> Iterator[str]:
    x = _RIGHT if after else _LEFT
    at, anchor = (x + _BAR + 8, "start") if after else (x - 8, "end")
    for name in OUTCOMES:
        number = item.outcome(name, after=after)
        if not number:
            continue
        yield (
            f'<rect class="{LOOKS[name]}" x="{x:g}" y="{tops[name]:.1f}" width="{_BAR:g}" '
            f'height="{sizes[name]:.1f}"/>'
        )
        if name == "not_entitled" and item.transitions[name, name]:
            y = tops[name] + sizes[name] - 5
            yield f'<path class="cut" d="M{x - 3:g} {y:.1f} l{_BAR + 6:g} -4"/>'
        middle = tops[name] + sizes[name] / 2 + 4.5
        yield (
            f'<text x="{at:g}" y="{middle:.1f}" text-anchor="{anchor}">'
            f"{WORDS[name]} {number:,}</text>"
        )


def _said(item: SchemeComparison) -> str:
    told = "，".join(
        f"{WORDS[was]}到{WORDS[now]} {number:,}"
        for (was, now), number in item.transitions.items()
        if number
    )
    return f"{item.title}：{told}"


_TOP, _FLOOR, _STEP, _SIDE = 20.0, 190.0, 44.0, 96.0


def cost_picture(months: Sequence[str], before: Money, after: Money, title: str) -> str:
    """Two bars a month, before and after; what is not confirmed is stacked above, hatched."""
    tops = [
        side.payable[at] + side.unconfirmed[at]
        for side in (before, after)
        for at in range(len(months))
    ]
    most = max(tops)
    if not most:
        return ""
    width = _SIDE + _STEP * len(months) + 8
    lines = [
        f'<svg class="months" viewBox="0 0 {width:g} 232" role="img" '
        f'aria-label="{escape(title)}：最高 {money_words(most)}">',
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="2.4" height="5" class="wait"/>'
        "</pattern></defs>",
        f'<path class="axis" d="M{_SIDE:g} {_TOP:g} H{width:g} M{_SIDE:g} {_FLOOR:g} H{width:g}"/>',
        f'<text x="{_SIDE - 8:g}" y="{_TOP + 4:g}" text-anchor="end">{_short(most)}</text>',
        f'<text x="{_SIDE - 8:g}" y="{_FLOOR + 4:g}" text-anchor="end">0</text>',
    ]
    for at, month in enumerate(months):
        x = _SIDE + _STEP * at + 6
        for place, side in enumerate((before, after)):
            lines += _stack(x + 16 * place, side, at, most, "was" if place == 0 else "now")
        year, _, number = month.partition("-")
        lines.append(f'<text x="{x + 15:g}" y="207" text-anchor="middle">{int(number)}月</text>')
        if at == 0 or number == "01":
            lines.append(
                f'<text class="head" x="{x + 15:g}" y="224" text-anchor="middle">{year}</text>'
            )
    lines.append("</svg>")
    return "".join(lines)


def _stack(x: float, side: Money, at: int, most: int, look: str) -> Iterator[str]:
    floor = _FLOOR
    for fen, kind in ((side.payable[at], "yes"), (side.unconfirmed[at], "hatched")):
        if fen:
            tall = max(1.0, (_FLOOR - _TOP) * fen / most)
            floor -= tall
            yield (
                f'<rect class="{kind} {look}" x="{x:g}" y="{floor:.1f}" width="14" '
                f'height="{tall:.1f}"/>'
            )


def _short(fen: int) -> str:
    """A round amount for the axis; the exact ones stand in the table."""
    yuan = fen // 100
    return f"¥{yuan / 10_000:,.1f}万" if yuan >= 10_000 else f"¥{yuan:,}"
