"""A workflow drawn: states from top to bottom, steps onwards at the right, back at the left.

Steps between the same two states share an arc. Arcs that overlap lie in lanes of their own, so that
each word stands beside its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from wenye.services.cases.workflows import State, Workflow

#: Sizes in user units.
BOX, HEIGHT, GAP, LANE, FIRST = 150, 40, 34, 62, 46
_FILLS = {"open": "#e3eff3", "waiting": "#fbf1dc", "done": "#e5f2e9", "final": "#eeece6"}
_KINDS = {"open": "待办", "waiting": "等待", "done": "已决定", "final": "终结"}


@dataclass(frozen=True, slots=True)
class Arc:
    """Steps from one state to another."""

    start: int
    end: int
    words: tuple[str, ...]
    lane: int = 0

    @property
    def onwards(self) -> bool:
        """Whether it leads down."""
        return self.end > self.start

    @property
    def span(self) -> tuple[int, int]:
        """The rows between which it lies."""
        return min(self.start, self.end), max(self.start, self.end)


def arcs(workflow: Workflow) -> list[Arc]:
    """The arcs with their lanes, short ones nearest to the states."""
    order = {name: at for at, name in enumerate(workflow.states)}
    words: dict[tuple[int, int], list[str]] = {}
    for move in workflow.transitions:
        for source in move.sources:
            for end in dict.fromkeys(move.ends):
                if source != end:
                    words.setdefault((order[source], order[end]), []).append(move.label)
    found = [Arc(start, end, tuple(dict.fromkeys(said))) for (start, end), said in words.items()]
    found.sort(key=lambda arc: (arc.span[1] - arc.span[0], arc.span, arc.onwards))
    placed: list[Arc] = []
    for arc in found:
        taken = {
            other.lane
            for other in placed
            if other.onwards == arc.onwards and _overlap(other.span, arc.span)
        }
        lane = next(at for at in range(len(found)) if at not in taken)
        placed.append(Arc(arc.start, arc.end, arc.words, lane))
    return placed


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def picture(workflow: Workflow) -> str:
    """The workflow as SVG; what it shows stands in the table beside it too."""
    lines = arcs(workflow)
    left = max((arc.lane + 1 for arc in lines if not arc.onwards), default=0)
    right = max((arc.lane + 1 for arc in lines if arc.onwards), default=0)
    x = FIRST + left * LANE + (70 if left else 10)
    width = x + BOX + FIRST + right * LANE + 60
    height = len(workflow.states) * (HEIGHT + GAP) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(workflow.label)}：状态和步骤" '
        'font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif">',
        f"<title>{escape(workflow.label)}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#4d585e"/></marker></defs>',
    ]
    parts += [_line(arc, x) for arc in lines]
    parts += [_box(state, at, x) for at, state in enumerate(workflow.states.values())]
    parts += [_words(arc, x) for arc in lines]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _middle(row: int) -> int:
    return 10 + row * (HEIGHT + GAP) + HEIGHT // 2


def _reach(arc: Arc, x: int) -> int:
    """Where the arc's upright line stands."""
    far = FIRST + arc.lane * LANE
    return x + BOX + far if arc.onwards else x - far


def _line(arc: Arc, x: int) -> str:
    edge = x + BOX if arc.onwards else x
    # Leaving and arriving lines lie a little apart, so that they do not cover each other.
    begin, finish = _middle(arc.start) + 7, _middle(arc.end) - 7
    far = _reach(arc, x)
    if arc.onwards and arc.end == arc.start + 1 and arc.lane == 0:
        at = x + BOX // 2
        begin, finish = _middle(arc.start) + HEIGHT // 2, _middle(arc.end) - HEIGHT // 2
        path = f"M{at} {begin}V{finish}"
    else:
        bend = 8 if far > edge else -8
        down = 8 if finish > begin else -8
        path = (
            f"M{edge} {begin}H{far - bend}q{bend} 0 {bend} {down}"
            f"V{finish - down}q0 {down} {-bend} {down}H{edge}"
        )
    return f'<path d="{path}" fill="none" stroke="#4d585e" marker-end="url(#tip)"/>'


def _box(state: State, row: int, x: int) -> str:
    top = _middle(row) - HEIGHT // 2
    centre = x + BOX // 2
    return (
        f'<rect x="{x}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="6" '
        f'fill="{_FILLS[state.kind]}" stroke="#8b9297"/>'
        f'<text x="{centre}" y="{top + 18}" text-anchor="middle" font-size="14" '
        f'font-weight="600" fill="#1d2529">{escape(state.label)}</text>'
        f'<text x="{centre}" y="{top + 33}" text-anchor="middle" font-size="10" '
        f'fill="#4d585e">{_KINDS[state.kind]} · {escape(state.id)}</text>'
    )


def _words(arc: Arc, x: int) -> str:
    middle = (_middle(arc.start) + _middle(arc.end)) // 2
    said = "、".join(arc.words)
    if arc.onwards and arc.end == arc.start + 1 and arc.lane == 0:
        at, anchor = x + BOX // 2 + 8, "start"
    elif arc.onwards:
        at, anchor = _reach(arc, x) + 4, "start"
    else:
        at, anchor = _reach(arc, x) - 4, "end"
    return (
        f'<text x="{at}" y="{middle + 4}" text-anchor="{anchor}" font-size="11" fill="#1d2529" '
        f'stroke="#ffffff" stroke-width="3" paint-order="stroke">{escape(said)}</text>'
    )
