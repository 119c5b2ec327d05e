"""The parts of a decision diagram: each knows its size and where its line enters and leaves.

A chain (all of) runs from left to right and wraps downwards; branches (any of) lie one below the
other between a fork and a join; a condition that consists of others is a titled frame around them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wenye.rules.readable.diagram_phrases import told
from wenye.rules.readable.formula import (
    AllOf,
    AnyOf,
    Formula,
    Not,
    Opened,
    Step,
    caption,
    rested_on,
    settled,
)
from wenye.rules.readable.naming import Titles
from wenye.rules.readable.printed import Lang
from wenye.rules.readable.svg import (
    AMBER,
    GREEN,
    HAIRLINE,
    INK,
    RED,
    SHEET,
    Canvas,
    balanced,
    text_width,
    widest,
    wrap,
)

SIZE, LINE, SMALL = 15.0, 22.0, 12.5
GAP = 30.0  # between links of a chain
FORK = 26.0  # from a fork to its branches, and from them to the join
_PAD = 14.0
_STRIP = 26.0  # the strip 不得 above what must not hold
_STATES = {True: ("yes", GREEN), False: ("no", RED), None: ("unknown", AMBER)}

#: How a line looks: nothing known of a case, on its way, stopped, or unknown.
Way = str
RAIL, WAY, UNUSED, MAYBE = "rail", "way", "unused", "maybe"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the picture: ``enter`` and ``leave`` are the heights at which its line passes.

    ``draw`` is given the place of its upper left corner and how the line arrives; ``holds`` is its
    state for the case that is shown.
    """

    width: float
    height: float
    enter: float
    leave: float
    draw: Callable[[Canvas, float, float, Way], None]
    holds: bool | None = None
    spread: bool = False  # several branches: its no is “none of them”
    arrow: bool = True  # whether the line that arrives ends here in an arrow's head
    forbidden: bool = False  # passed by those to whom it does not apply


@dataclass(frozen=True, slots=True)
class Scene:
    """What the parts are drawn for: language, day, and a case's values where one is shown."""

    lang: Lang
    on: dt.date
    titles: Titles | None = None
    values: Mapping[str, bool | None] | None = None

    def say(self, name: str, *parts: str) -> str:
        """The fixed words called ``name``."""
        return told(name, self.lang, *parts)

    def holds(self, part: Formula) -> bool | None:
        """The part's state in the case that is shown."""
        return None if self.values is None else settled(part, self.values)

    def after(self, way: Way, holds: bool | None) -> Way:
        """How the line goes on behind a part that it reached so."""
        if self.values is None or way == UNUSED:
            return way
        if holds is None:
            return MAYBE
        return way if holds else UNUSED

    def block(self, part: Formula, width: float, forbidden: bool = False) -> Block:
        """The part laid out in at most ``width``; a box with a very long word may be wider."""
        if isinstance(part, Not):
            if isinstance(part.part, Not):
                return self.block(part.part.part, width, forbidden)
            if isinstance(part.part, AllOf | AnyOf):
                return self._frame(part.part, width, True)
            return self.block(part.part, width, True)
        if isinstance(part, AllOf):
            return self._chain(part, width)
        if isinstance(part, AnyOf):
            return self._branches(part, width)
        if isinstance(part, Opened):
            return self._frame(part, width, forbidden)
        return self._box(part, width, forbidden)

    # ---- one condition

    def _state(self, canvas: Canvas, x: float, y: float, holds: bool | None) -> None:
        sign, colour = _STATES[holds]
        canvas.sign(x + 7, y, sign, colour)
        style = f'class="b" style="fill:{colour}"'
        canvas.text(x + 19, y + 4.5, [self.say(f"state {sign}")], SMALL, extra=style)

    def _must_not(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        canvas.sign(x + _PAD + 7, y + _STRIP / 2, "must not", INK)
        words = [self.say("must not")]
        canvas.text(x + _PAD + 20, y + _STRIP / 2 + 4.5, words, SMALL, extra='class="b"')
        canvas.add(f'<path stroke="{HAIRLINE}" d="M{x:g} {y + _STRIP:g}h{width:g}"/>')

    def _box(self, part: Step, width: float, forbidden: bool) -> Block:
        most = min(width - 2 * _PAD, SIZE * (13 if self.lang == "zh" else 12))
        label = caption(part, self.lang, self.on, self.titles)
        lines = balanced(label, SIZE, max(most, SIZE * 5))
        own = self.holds(part)
        holds = own if own is None or not forbidden else not own
        shown = self.values is not None
        head = [self.say("must not")] if forbidden else []
        foot = [self.say(f"state {_STATES[holds][0]}")] if shown else []
        marked = max((text_width(each, SMALL) + 22 for each in head + foot), default=0.0)
        w = max(widest(lines, SIZE), marked, SIZE * 2) + 2 * _PAD
        strip = _STRIP if forbidden else 0.0
        h = strip + len(lines) * LINE + 18 + (22 if shown else 0)

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            edge = _STATES[holds][1] if shown else MUTED_EDGE
            canvas.box(x, y, w, h, f'fill="{SHEET}" stroke="{edge}" stroke-width="1.25"')
            if forbidden:
                self._must_not(canvas, x, y, w)
            left = _PAD if shown or forbidden else (w - widest(lines, SIZE)) / 2
            canvas.text(x + left, y + strip + 25, lines, SIZE, step=LINE)
            if shown:
                self._state(canvas, x + _PAD, y + h - 16, holds)

        return Block(w, h, h / 2, h / 2, draw, holds, forbidden=forbidden)

    # ---- a condition that consists of others

    def _frame(self, part: Opened | AllOf | AnyOf, width: float, forbidden: bool) -> Block:
        inner_part = part.inner if isinstance(part, Opened) else part
        pad = 22.0
        inner = None if inner_part is None else self.block(inner_part, width - 2 * pad)
        own = self.holds(part)
        holds = own if own is None or not forbidden else not own
        shown = self.values is not None
        label, notes = "", []
        if isinstance(part, Opened):
            label = caption(part, self.lang, self.on, self.titles)
            notes = self._notes(part)
        least = SIZE * 11 if inner is None else inner.width
        wish = max(least, min(SIZE * 16, width - 2 * pad))
        lines = balanced(label, SIZE, wish) if label else []
        small = [line for note in notes for line in wrap(note, SMALL, wish)]
        content = max(least, widest(lines, SIZE), widest(small, SMALL))
        w = content + 2 * pad
        strip = _STRIP if forbidden else 0.0
        head = strip + (12 if lines else 0) + len(lines) * LINE + len(small) * 18
        head += 26 if shown else 8
        body = inner.height if inner is not None else 0.0
        h = head + body + (16 if inner is not None else 4)
        enter = head + inner.enter if inner is not None else h / 2
        leave = head + inner.leave if inner is not None else h / 2

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            edge = _STATES[holds][1] if shown else INK
            canvas.box(x, y, w, h, f'fill="none" stroke="{edge}" stroke-width="1.25"')
            if isinstance(part, Opened) and part.rests is not None:
                canvas.box(x + 3, y + 3, w - 6, h - 6, f'fill="none" stroke="{HAIRLINE}"', 4)
            if forbidden:
                self._must_not(canvas, x, y, w)
            at = y + strip + 27
            canvas.text(x + pad, at, lines, SIZE, step=LINE, extra='class="b"')
            at += len(lines) * LINE - 3
            canvas.text(x + pad, at, small, SMALL, step=18, extra='class="muted"')
            if shown:
                self._state(canvas, x + pad, y + head - 14, holds)
            if inner is None:
                return
            left = x + (w - inner.width) / 2
            canvas.rail([(x, y + enter), (left, y + enter)], way, arrow=inner.arrow)
            inner.draw(canvas, left, y + head, way)
            after = self.after(way, inner.holds)
            canvas.rail([(left + inner.width, y + leave), (x + w, y + leave)], after)

        arrow = inner is None
        return Block(w, h, enter, leave, draw, holds, arrow=arrow, forbidden=forbidden)

    def _notes(self, part: Opened) -> list[str]:
        """What stands below a frame's title: the other scheme, for whom and when it is judged."""
        if part.rests is None:
            return []
        other = part.rests.scheme
        title = (other.title_en if self.lang == "en" else "") or other.title
        whom, day = rested_on(part.rests, self.lang, self.on)
        notes = [self.say("rests on", title)] if part.condition is not None else []
        if whom or day:
            both = [self.say("rests of", whom)] if whom else []
            both += [self.say("rests when", day)] if day else []
            notes.append((" · ").join(both))
        if part.inner is None:
            notes.append(self.say("other has no version"))
        return notes

    # ---- chains and branches

    def rows(self, blocks: list[Block], width: float) -> list[list[Block]]:
        """The blocks of a chain in rows no wider than ``width``."""
        rows: list[list[Block]] = [[]]
        used = 0.0
        for block in blocks:
            if rows[-1] and used + GAP + block.width > width:
                rows.append([])
                used = 0.0
            used += (GAP if rows[-1] else 0.0) + block.width
            rows[-1].append(block)
        return rows

    def _chain(self, part: AllOf, width: float) -> Block:
        whole = [self.block(each, width) for each in part.parts]
        wraps = sum(block.width for block in whole) + GAP * (len(whole) - 1) > width
        rows = self.rows([self.block(each, width - 44) for each in part.parts], width - 44)
        if not wraps:
            rows = [whole]
        lanes = [lane(row) for row in rows]
        widths = [sum(block.width for block in row) + GAP * (len(row) - 1) for row in rows]
        side = 22.0 if len(rows) > 1 else 0.0
        w = max(widths) + 2 * side
        first = rows[0][0]
        h = sum(above + below for above, below in lanes) + 30 * (len(rows) - 1)
        enter = lanes[0][0]
        leave = h - lanes[-1][1] + sum(block.leave - block.enter for block in rows[-1])
        holds = self.holds(part)

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            at, middle = x + side, y + lanes[0][0]
            if side:
                canvas.rail([(x, middle), (at, middle)], way, arrow=first.arrow)
            for number, row in enumerate(rows):
                at = x + side
                for place, block in enumerate(row):
                    if place:
                        canvas.rail([(at, middle), (at + GAP, middle)], way, arrow=block.arrow)
                        at += GAP
                    block.draw(canvas, at, middle - block.enter, way)
                    middle += block.leave - block.enter
                    at += block.width
                    way = self.after(way, block.holds)
                if number + 1 < len(rows):
                    bottom = _bottom(y, lanes, number) + 15
                    below = bottom + 15 + lanes[number + 1][0]
                    right = x + w - side + 10
                    turn = [(at, middle), (right, middle), (right, bottom), (x + 8, bottom)]
                    ends = [(x + 8, below), (x + side, below)]
                    canvas.rail(turn + ends, way, arrow=rows[number + 1][0].arrow)
                    middle = below
                elif side:
                    canvas.rail([(at, middle), (x + w, middle)], way)

        return Block(w, h, enter, leave, draw, holds, arrow=not side and first.arrow)

    def _branches(self, part: AnyOf, width: float) -> Block:
        inside = [self.block(each, width - 2 * FORK) for each in part.parts]
        broad = max(block.width for block in inside)
        label = self.say("any")
        head = 22.0
        tops: list[float] = []
        h = head
        for block in inside:
            tops.append(h)
            h += block.height + 14
        h -= 14
        enters = [top + block.enter for top, block in zip(tops, inside, strict=True)]
        leaves = [top + block.leave for top, block in zip(tops, inside, strict=True)]
        enter, leave = _among(enters), _among(leaves)
        w = max(broad + 2 * FORK, text_width(label, SMALL) + 8)
        holds = self.holds(part)

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            canvas.text(x + 2, y + 12, [label], SMALL, extra='class="muted"')
            merged: list[tuple[list[tuple[float, float]], Way]] = []
            for top, block, go, come in zip(tops, inside, enters, leaves, strict=True):
                left = x + FORK
                fork = [(x, y + enter), (x + 10, y + enter), (x + 10, y + go), (left, y + go)]
                canvas.rail(fork, way, arrow=block.arrow)
                block.draw(canvas, left, y + top, way)
                join, right = x + w - 12, x + w
                ends = [(join, y + come), (join, y + leave), (right, y + leave)]
                merged.append(
                    ([(left + block.width, y + come), *ends], self.after(way, block.holds))
                )
            for points, after in sorted(merged, key=lambda each: each[1] == WAY):
                canvas.rail(points, after)

        return Block(w, h, enter, leave, draw, holds, spread=True, arrow=False)


MUTED_EDGE = "#6b767b"


def _among(heights: list[float]) -> float:
    """The middle of the branches, or a branch that lies so near that the line would only wiggle."""
    middle = (heights[0] + heights[-1]) / 2
    near = min(heights, key=lambda height: abs(height - middle))
    return near if abs(near - middle) < 30 else middle


def lane(row: list[Block]) -> tuple[float, float]:
    """Height of a row above its first line and below it; the line may step within the row."""
    above = below = 0.0
    middle = 0.0
    for block in row:
        above = max(above, block.enter - middle)
        below = max(below, block.height - block.enter + middle)
        middle += block.leave - block.enter
    return above, below


def _bottom(y: float, lanes: list[tuple[float, float]], number: int) -> float:
    """Lower edge of a chain's row."""
    return y + sum(above + below for above, below in lanes[: number + 1]) + 30 * number
