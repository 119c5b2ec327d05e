"""A scheme's decision diagram: what is asked, in which order, and where yes and no lead; SVG.

The version in force on the day is read from left to right. A step that is not met leads down to
不符合; what passes them all reaches 符合 and the amount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.law import Law, Monthly, Once
from wenye.rules.readable.diagram_blocks import (
    RAIL,
    SIZE,
    SMALL,
    UNUSED,
    WAY,
    Block,
    Scene,
    Way,
    lane,
)
from wenye.rules.readable.formula import (
    AllOf,
    AnyOf,
    Formula,
    Not,
    Opened,
    citations,
    formula,
    steps,
    version_on,
)
from wenye.rules.readable.naming import Titles, step_on
from wenye.rules.readable.printed import Lang, day_words, mark, value_words
from wenye.rules.readable.svg import ACCENT, INK, SHEET, Canvas, text_width, widest, wrap
from wenye.rules.readable.wording import words
from wenye.rules.scheme import Scheme

WIDTH, MARGIN = 1100.0, 28.0
_LINK = 38.0  # between the steps of the outermost chain, with room for 是
_DOWN = 26.0  # from a row to the line on which its noes leave
_TURN = 20.0  # from there to the line that leads to the next row
_SIDE, _RIGHT = 44.0, 30.0  # room for the lines around the rows
_NARROWEST = 720.0
_LONGEST = 320  # characters of a line below the flow
_OUTCOMES: dict[bool | None, tuple[str, str]] = {
    True: ("yes", "entitled"),
    False: ("no", "not entitled"),
    None: ("unknown", "undetermined"),
}


def diagram(
    scheme: type[Scheme],
    *,
    lang: Lang = "zh",
    on: dt.date,
    values: Mapping[str, bool | None] | None = None,
    titles: Titles | None = None,
) -> str:
    """The decision diagram of ``scheme`` as it stands on the day ``on``, as an SVG document.

    ``values`` show one case: by condition name (``scheme.name`` for those of other schemes) yes, no
    or unknown. The picture is at most 1,100 px wide and as high as it needs.
    """
    if values is not None:
        values = {name if "." in name else f"{scheme.id}.{name}": v for name, v in values.items()}
    return _Picture(scheme, Scene(lang, on, titles, values)).text()


class _Picture:
    def __init__(self, scheme: type[Scheme], scene: Scene) -> None:
        self.scheme = scheme
        self.scene = scene
        self.canvas = Canvas()
        self.version = version_on(scheme, scene.on)
        self.width = WIDTH

    def text(self) -> str:
        scene, version = self.scene, self.version
        title = (self.scheme.title_en if scene.lang == "en" else "") or self.scheme.title
        if version is None:
            self.width = _NARROWEST
            y, description = self._head(title), scene.say("no version")
        else:
            tree = formula(version.eligible, scene.on, self.scheme.id)
            rows = self._arranged(tree, version)
            wide = max(map(_row_width, rows)) + 2 * MARGIN + (len(rows) > 1) * (_SIDE + _RIGHT)
            self.width = min(WIDTH, max(_NARROWEST, wide))
            y = self._rows(rows, MARGIN + (len(rows) > 1) * _SIDE, self._head(title) + 22)
            y = self._foot(tree, version, y + 34)
            description = self._words(version.eligible)
        return self.canvas.picture(
            f"{self.scheme.id}-diagram",
            scene.lang,
            (self.width, y + MARGIN),
            scene.say("diagram of", title),
            description,
        )

    def _words(self, expr: Expr) -> str:
        scene = self.scene
        return words(expr, scene.lang, scene.on, titles=scene.titles, own=self.scheme.id)

    # ---- above and below the flow

    def _head(self, title: str) -> float:
        scene, canvas, version = self.scene, self.canvas, self.version
        lines = wrap(title, 21, self.width - 2 * MARGIN)
        canvas.text(MARGIN, MARGIN + 20, lines, 21, step=30, extra='class="b"')
        y = MARGIN + 20 + 30 * (len(lines) - 1) + 26
        parts = [scene.say("as on", day_words(scene.on, scene.lang))]
        if version is not None:
            basis = "；".join(citations(version.basis, scene.lang))
            parts.append(scene.say("basis", basis))
        y = self._paragraph(" · ".join(parts), y, extra='class="muted"')
        note = self._note()
        if note:
            canvas.sign(MARGIN + 8, y - 4.5, "unknown", INK)
            y = self._paragraph(note, y, extra='class="b"', indent=24)
        if scene.values is not None and version is not None:
            sign, word = _OUTCOMES[self._outcome()]
            canvas.sign(MARGIN + 8, y - 4.5, sign, INK)
            case = scene.say("case", scene.say(word))
            y = self._paragraph(case, y, extra='class="b"', indent=24)
        return y - 20

    def _note(self) -> str:
        """What an official must know before reading on: nothing in force, or its force in doubt."""
        scene, version = self.scene, self.version
        if version is None:
            return scene.say("no version")
        first = version.doubtful_from
        if first is None or first > calendar.code(scene.on):
            return ""
        return scene.say("in doubt", day_words(calendar.date(first), scene.lang), version.doubt)

    def _paragraph(self, text: str, y: float, *, extra: str = "", indent: float = 0) -> float:
        lines = wrap(text, 13.5, self.width - 2 * MARGIN - indent)
        self.canvas.text(MARGIN + indent, y, lines, 13.5, step=21, extra=extra)
        return y + 21 * len(lines)

    def _foot(self, tree: Formula, version: Law, y: float) -> float:
        scene, pays = self.scene, version.pays
        if pays is not None:
            y = self._told("amount", [pays.amount], y)
        if isinstance(pays, Monthly):
            y = self._told("months", [pays.first, pays.last], y)
        y += 4
        return self._paragraph(_how_to_read(tree, scene), y, extra='class="muted"') - 21

    def _told(self, name: str, exprs: list[Expr], y: float) -> float:
        """A line below the flow; what takes too long to tell stands on the rule card."""
        text = self.scene.say(name, *map(self._words, exprs))
        if len(text) > _LONGEST:
            text = self.scene.say(f"{name} on card")
        return self._paragraph(text, y)

    # ---- the flow

    def _arranged(self, tree: Formula, version: Law) -> list[list[Block]]:
        """Beginning, steps and end in as few rows as there is room for, about equally long."""
        scene = self.scene
        parts = tree.parts if isinstance(tree, AllOf) else (tree,)
        start, end = self._start(), self._end(version)
        room = WIDTH - 2 * MARGIN
        blocks = [start, *(scene.block(part, room) for part in parts), end]
        if _row_width(blocks) <= room:
            return [blocks]
        room -= _SIDE + _RIGHT
        beside = scene.block(parts[0], room - start.width - _LINK)  # not the beginning alone
        blocks = [start, beside, *(scene.block(part, room) for part in parts[1:]), end]
        rows = _filled(blocks, room)
        while room > 400:
            tried = _filled(blocks, room - 20)
            if len(tried) > len(rows):
                break
            rows, room = tried, room - 20
        if len(rows[-1]) == 1 and len(rows[-2]) > 2:
            rows[-1].insert(0, rows[-2].pop())  # the end does not stand alone
        return rows

    def _rows(self, rows: list[list[Block]], left: float, y: float) -> float:
        """The rows one below the other; returns the lower edge."""
        canvas, scene = self.canvas, self.scene
        way: Way = RAIL if scene.values is None else WAY
        entering: list[tuple[float, float]] = []
        exits: list[_Exit] = []
        for number, row in enumerate(rows):
            above, below = lane(row)
            middle, out = y + above, y + above + below + _DOWN
            last = number + 1 == len(rows)
            if entering:
                inwards = [(left - 22, middle), (left, middle)]
                canvas.rail([*entering, *inwards], way, arrow=row[0].arrow)
            at = left
            for place, block in enumerate(row):
                if place:
                    points = [(at, middle), (at + _LINK, middle)]
                    canvas.rail(points, way, arrow=block.arrow)
                    if number or place > 1:
                        self._aside(at + _LINK / 2 - 3, middle - 7, _passed(row[place - 1]))
                    at += _LINK
                top = middle - block.enter
                block.draw(canvas, at, top, way)
                if (number or place) and not (last and place + 1 == len(row)):
                    exits.append(_Exit(block, at, top + block.height, out))
                middle += block.leave - block.enter
                at += block.width
                way = scene.after(way, block.holds)
            if last:
                centre = at - row[-1].width / 2
                floor = max(out, middle + row[-1].height / 2 + 42)
                return self._stop(exits, centre, floor, out)
            turn, right = out + _TURN, self.width - MARGIN - 4
            if number or len(row) > 1:
                self._aside(at + 14, middle - 7, _passed(row[-1]))
            entering = [(at, middle), (right, middle), (right, turn), (left - 22, turn)]
            y = turn + _TURN
        raise AssertionError("a flow without rows")

    def _aside(self, x: float, y: float, word: str) -> None:
        words = [self.scene.say(word)]
        self.canvas.text(x, y, words, SMALL, extra='class="muted" text-anchor="middle"')

    def _stop(self, exits: list[_Exit], centre: float, bottom: float, last: float) -> float:
        """The ways of those who do not pass a step, to the box 不符合; returns its lower edge."""
        scene, trunk = self.scene, MARGIN + 4
        entitled_not = scene.say("not entitled")
        width = text_width(entitled_not, SIZE) + 66
        box = centre - width / 2
        plain = "out" if scene.values is None else UNUSED
        decisive = next(
            (e for e in exits if scene.values is not None and e.block.holds is False), None
        )

        def route(each: _Exit) -> list[tuple[float, float]]:
            x = each.x + each.block.width / 2
            points = [(x, each.y + (7 if each.block.spread else 0))]
            if each.out != last:
                points += [(x, each.out), (trunk, each.out), (trunk, bottom)]
            else:
                points += [(x, bottom)]
            return [*points, (box, bottom)]

        for each in exits:
            self.canvas.rail(route(each), plain, arrow=True)
        for each in exits:
            x, css = each.x + each.block.width / 2, plain
            if each is decisive:
                css = WAY
                self.canvas.rail(route(each), css, arrow=True)
            if each.block.spread:
                ends = (each.x + 10, each.x + each.block.width - 10)
                under = [(ends[0], each.y + 2), (ends[0], each.y + 7), (ends[1], each.y + 7)]
                self.canvas.rail([*under, (ends[1], each.y + 2)], css)
            word = "none" if each.block.spread else "yes" if each.block.forbidden else "no"
            aside = [scene.say(word)]
            self.canvas.text(x + 6, each.y + 20, aside, SMALL, extra='class="muted"')
        self._ending(box, bottom - 19, width, 38, entitled_not, "no", [])
        return bottom + 19

    # ---- where it begins and ends

    def _start(self) -> Block:
        register = self.scheme.subject.register
        lines = wrap(register.label if self.scene.lang == "zh" else register.label_en, SIZE, 96)
        w, h = widest(lines, SIZE) + 32, 20.0 * len(lines) + 18

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            canvas.box(x, y, w, h, f'fill="{SHEET}" stroke="{INK}" stroke-width="1.25"', 19)
            middle = 'class="b" text-anchor="middle"'
            canvas.text(x + w / 2, y + 24, lines, SIZE, step=20, extra=middle)

        return Block(w, h, h / 2, h / 2, draw, True)

    def _end(self, version: Law) -> Block:
        scene = self.scene
        word = scene.say("entitled")
        notes = self._amount(version)
        small = [line for note in notes for line in wrap(note, 13.5, 150)]
        w = max(widest(small, 13.5) + 28, text_width(word, SIZE) + 66)
        h = 38.0 + 20 * len(small) + (6 if small else 0)

        def draw(canvas: Canvas, x: float, y: float, way: Way) -> None:
            self._ending(x, y, w, h, word, "yes", small)

        return Block(w, h, h / 2, h / 2, draw)

    def _amount(self, version: Law) -> list[str]:
        """The amount for the box 符合: where it is one parameter its value, else where to look."""
        scene, pays = self.scene, version.pays
        if pays is None:
            return []
        flow = scene.say("once" if isinstance(pays, Once) else "monthly")
        if pays.amount.op != "param":
            return [scene.say("see below")]
        step, _ = step_on(pays.amount, scene.on)
        if step.value is None:
            return [f"{flow} {scene.say('open')}"]
        value = value_words(step.value, pays.amount.kind, scene.lang, bare=True)
        return [f"{flow} ¥{value}", mark(step.status, scene.lang)]

    def _ending(
        self, x: float, y: float, w: float, h: float, word: str, sign: str, small: list[str]
    ) -> None:
        """One of the two ends; where a case is shown, the one that it comes to is thick."""
        canvas, outcome = self.canvas, self._outcome()
        here = outcome is (sign == "yes") and outcome is not None
        colour = ACCENT if sign == "yes" else INK
        thick = "3" if here else "1.5"
        canvas.box(x, y, w, h, f'fill="{SHEET}" stroke="{colour}" stroke-width="{thick}"')
        across = text_width(word, SIZE) + 22
        left = x + (w - across) / 2
        canvas.sign(left + 7, y + 19, sign, colour)
        bold = f'class="b" style="fill:{colour}"'
        canvas.text(left + 22, y + 24.5, [word], SIZE, extra=bold)
        if small:
            centred = 'text-anchor="middle"'
            canvas.text(x + w / 2, y + 47, small, 13.5, step=20, extra=centred)

    def _outcome(self) -> bool | None:
        if self.version is None:
            return None
        return self.scene.holds(formula(self.version.eligible, self.scene.on, self.scheme.id))


def _passed(block: Block) -> str:
    """The answer with which a step is passed."""
    return "no" if block.forbidden else "yes"


def _row_width(row: list[Block]) -> float:
    return sum(block.width for block in row) + _LINK * (len(row) - 1)


def _filled(blocks: list[Block], room: float) -> list[list[Block]]:
    rows: list[list[Block]] = [[]]
    for block in blocks:
        if rows[-1] and _row_width([*rows[-1], block]) > room:
            rows.append([])
        rows[-1].append(block)
    return rows


@dataclass(frozen=True, slots=True)
class _Exit:
    """A step of the outermost chain at (x, y = its lower edge), and the height its no leaves on."""

    block: Block
    x: float
    y: float
    out: float


def _how_to_read(tree: Formula, scene: Scene) -> str:
    """How the picture is read; only what stands in it."""
    found = {type(part) for part in _parts(tree)}
    text = scene.say("how to read")
    if AnyOf in found:
        text += scene.say("how any")
    if Not in found:
        text += scene.say("how not")
    opened = [part for part in steps(tree) if isinstance(part, Opened)]
    if opened:
        text += scene.say("how frame")
    if any(part.rests is not None for part in opened):
        text += scene.say("how double")
    return text + scene.say("stop")


def _parts(tree: Formula) -> Iterator[Formula]:
    yield tree
    if isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from _parts(part)
    elif isinstance(tree, Not):
        yield from _parts(tree.part)
    elif isinstance(tree, Opened) and tree.inner is not None:
        yield from _parts(tree.inner)
