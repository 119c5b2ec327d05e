"""A scheme's law line: its versions and the values it depends on, through time; SVG.

What is quoted or confirmed has a firm edge, what still wants confirming a broken one, what is open
none; a stretch whose force is in doubt is hatched. A value that finds no room is numbered and
stands below.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wenye.rules import calendar
from wenye.rules.law import Law, Monthly
from wenye.rules.parameters import Series, Status, Step
from wenye.rules.readable.diagram_phrases import told
from wenye.rules.readable.formula import citations
from wenye.rules.readable.printed import Lang, day_words, mark, value_words
from wenye.rules.readable.svg import HAIRLINE, INK, MUTED, SHEET, Canvas, text_width, wrap
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node

WIDTH, MARGIN = 1100.0, 28.0
_LEFT, _RIGHT = 262.0, 1072.0  # the years run between these
_BAR, _ROW, _SIZE = 28.0, 46.0, 13.0
_FIRM = (Status.QUOTED, Status.CONFIRMED)


def law_line(scheme: type[Scheme], lang: Lang = "zh") -> str:
    """The versions and parameter values of ``scheme`` through time, as an SVG document."""
    return _Line(scheme, lang).text()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A value from a day up to another (None: no end is known)."""

    since: int
    until: int | None
    lines: tuple[str, ...]  # fullest wording first
    edge: str  # firm, broken or none
    doubtful_from: int | None = None


class _Line:
    def __init__(self, scheme: type[Scheme], lang: Lang) -> None:
        self.scheme = scheme
        self.lang: Lang = lang
        self.canvas = Canvas()
        self.notes: list[str] = []
        self._numbered = 0
        self.series = _parameters(scheme)
        self.first, self.last = self._span()

    def _say(self, name: str, *parts: str) -> str:
        return told(name, self.lang, *parts)

    def _span(self) -> tuple[int, int]:
        """The first and last ordinal shown: to a year after the last change that is known."""
        first = min(version.since for version in self.scheme.laws)
        days = [version.since for version in self.scheme.laws]
        days += [day for v in self.scheme.laws for day in (v.until, v.doubtful_from) if day]
        days += [step.since for series in self.series for step in series.steps]
        return calendar.ordinal(first), calendar.ordinal(max(days)) + 365

    def _x(self, day_code: int) -> float:
        at = (calendar.ordinal(day_code) - self.first) / (self.last - self.first)
        return _LEFT + min(max(at, 0.0), 1.0) * (_RIGHT - _LEFT)

    def text(self) -> str:
        """The whole picture."""
        canvas = self.canvas
        title = (self.scheme.title_en if self.lang == "en" else "") or self.scheme.title
        whole = self._say("law line of", title)
        lines = wrap(whole, 21, WIDTH - 2 * MARGIN)
        canvas.text(MARGIN, MARGIN + 20, lines, 21, step=30, extra='class="b"')
        top = MARGIN + 20 + 30 * (len(lines) - 1) + 24
        bottom = top + 30 + _ROW * (1 + len(self.series)) + 8
        canvas.add(_HATCH)
        self._years(top + 22, bottom)
        y = self._flags(top + 14) + 16
        y = self._row(self._say("versions"), [self._version(v) for v in self.scheme.laws], y, True)
        for series in self.series:
            label = series.label if self.lang == "zh" else series.label_en or series.label
            y = self._row(label, self._steps(series), y, False)
        y = self._legend(bottom + 46)
        for note in self.notes:
            lines = wrap(note, _SIZE, WIDTH - 2 * MARGIN)
            canvas.text(MARGIN, y, lines, _SIZE, step=20)
            y += 20 * len(lines)
        description = "；".join(
            f"{self._since(version.since)} {' '.join(citations(version.basis, self.lang))}"
            for version in self.scheme.laws
        )
        name = f"{self.scheme.id}-law-line"
        return canvas.picture(name, self.lang, (WIDTH, y + 8), whole, description)

    def _since(self, day_code: int) -> str:
        return day_words(calendar.date(day_code), self.lang)

    # ---- time

    def _years(self, top: float, bottom: float) -> None:
        first = dt.date.fromordinal(self.first).year + 1
        last = dt.date.fromordinal(self.last).year
        every = 1 if (_RIGHT - _LEFT) / max(last - first + 2, 1) >= 46 else 2
        for year in range(first, last + 1):
            x = self._x(calendar.code(dt.date(year, 1, 1)))
            self.canvas.add(f'<path stroke="#dfe2e0" d="M{x:.1f} {top:.1f}V{bottom:.1f}"/>')
            if (year - first) % every == 0:
                centred = 'class="muted" text-anchor="middle"'
                self.canvas.text(x, bottom + 17, [str(year)], 12.5, extra=centred)

    def _flags(self, y: float) -> float:
        """A flag where a version begins, with the day where there is room for it."""
        free = 0.0
        for version in self.scheme.laws:
            x = self._x(version.since)
            date = calendar.date(version.since).isoformat()
            if x >= free:
                self.canvas.text(x + 5, y, [date], 12.5, extra='class="b"')
                free = x + text_width(date, 12.5) + 14
            self.canvas.add(f'<path stroke="{INK}" d="M{x:.1f} {y - 10:.1f}V{y + 22:.1f}"/>')
        return y

    # ---- rows

    def _version(self, version: Law) -> _Stretch:
        place = self.scheme.laws.index(version)
        basis = "；".join(citations(version.basis, self.lang))
        until = ends(self.scheme, place)
        first = version.doubtful_from
        doubtful = None if first is None or (until is not None and until < first) else first
        if doubtful is not None:
            day = self._since(doubtful)
            doubt = self._say("doubt of", day, version.doubt)
            self.notes.append(self._say("note", basis, doubt))
        label = version.label_en if self.lang == "en" else version.label
        wordings = (f"{label} · {basis}" if label else basis, basis)
        return _Stretch(version.since, until, wordings, "firm", doubtful)

    def _steps(self, series: Series) -> list[_Stretch]:
        begin = calendar.from_ordinal(self.first)
        found = [self._step(series, Step(begin, None, Status.OPEN), None)]
        for place, step in enumerate(series.steps):
            following = series.steps[place + 1 :]
            until = calendar.add_days(following[0].since, -1) if following else None
            found.append(self._step(series, step, until))
        if series.steps[:1] and series.steps[0].since <= begin:
            found = found[1:]
        elif series.steps:
            found[0] = self._step(
                series, Step(begin, None, Status.OPEN), calendar.add_days(series.steps[0].since, -1)
            )
        return [each for each in found if each.until is None or each.until >= begin]

    def _step(self, series: Series, step: Step, until: int | None) -> _Stretch:
        if step.value is None:
            return _Stretch(step.since, until, (self._say("open"), ""), "none")
        value = value_words(step.value, series.kind, self.lang)
        bare = value_words(step.value, series.kind, self.lang, bare=True)
        bare = f"¥{bare}" if series.kind.name == "money" else bare
        status = mark(step.status, self.lang)
        edge = "firm" if step.status in _FIRM else "broken"
        wordings = (f"{value} {status}", value, bare, bare.removesuffix(".00"))
        return _Stretch(step.since, until, wordings, edge)

    def _row(self, label: str, stretches: list[_Stretch], y: float, heavy: bool) -> float:
        canvas = self.canvas
        lines = wrap(label, _SIZE, _LEFT - MARGIN - 18)
        if len(lines) > 2:
            lines = [lines[0], lines[1][:-1] + "…"]
        at = y + _BAR / 2 + 4.5 - (len(lines) - 1) * 9
        canvas.text(MARGIN, at, lines, _SIZE, step=18, extra='class="b"' if heavy else "")
        for stretch in stretches:
            self._bar(stretch, y, label)
        return y + _ROW

    def _bar(self, stretch: _Stretch, y: float, label: str) -> None:
        canvas = self.canvas
        left = self._x(stretch.since)
        right = _RIGHT if stretch.until is None else self._x(stretch.until)
        width = max(right - left - 2, 3.0)
        if stretch.edge == "none":
            line = f'stroke="{HAIRLINE}" stroke-dasharray="1 4" stroke-linecap="round"'
            canvas.add(f'<path {line} d="M{left:.1f} {y + _BAR / 2:.1f}h{width:.1f}"/>')
        else:
            dash = ' stroke-dasharray="5 3"' if stretch.edge == "broken" else ""
            canvas.box(left, y, width, _BAR, f'fill="{SHEET}" stroke="{INK}"{dash}', 4)
        if stretch.until is None and stretch.edge != "none":
            arrow = f"M{right:.1f} {y + 8:.1f}l6 6l-6 6"
            canvas.add(f'<path fill="none" stroke="{INK}" d="{arrow}"/>')
        if stretch.doubtful_from is not None:
            start = self._x(stretch.doubtful_from)
            hatched = 'fill="url(#wy-hatch)"'
            canvas.box(start, y + 0.5, max(left + width - start, 3.0), _BAR - 1, hatched, 4)
            words = self._say("doubtful")
            room = left + width - start
            if text_width(words, _SIZE) + 12 <= room:
                across = text_width(words, _SIZE) + 10
                plate = f'fill="{SHEET}"'
                canvas.box(start + room / 2 - across / 2, y + 5, across, _BAR - 10, plate, 3)
                centred = 'class="b" text-anchor="middle"'
                canvas.text(start + room / 2, y + 18.5, [words], _SIZE, extra=centred)
            width = start - left
        self._inside(stretch, left, width, y, label)

    def _inside(self, stretch: _Stretch, left: float, width: float, y: float, label: str) -> None:
        """The fullest wording that fits into the bar, or a number that stands for it below."""
        text = next((t for t in stretch.lines if text_width(t, _SIZE) + 12 <= width), None)
        if text is None:
            whole = self._say("from", self._since(stretch.since), stretch.lines[0])
            self._numbered += 1
            text = f"[{self._numbered}]"
            self.notes.append(f"{text} {self._say('note', label, whole)}")
            if text_width(text, 11) > width:
                return
        if not text:
            return
        open_ = stretch.edge == "none"
        if open_:
            across = text_width(text, _SIZE) + 10
            middle = left + width / 2
            canvas_box = 'class="paper" fill="#fbfaf7"'
            self.canvas.box(middle - across / 2, y + 5, across, _BAR - 10, canvas_box, 3)
            centred = 'class="muted" text-anchor="middle"'
            self.canvas.text(middle, y + 18.5, [text], _SIZE, extra=centred)
            return
        self.canvas.text(left + 6, y + 18.5, [text], _SIZE)

    def _legend(self, y: float) -> float:
        x = MARGIN
        for name in ("firm", "sourced", "open", "doubtful"):
            if name == "open":
                dots = f'stroke="{MUTED}" stroke-dasharray="1 4" stroke-linecap="round"'
                self.canvas.add(f'<path {dots} d="M{x:.1f} {y - 4.5:.1f}h26"/>')
            else:
                fill = "url(#wy-hatch)" if name == "doubtful" else SHEET
                dash = ' stroke-dasharray="5 3"' if name == "sourced" else ""
                self.canvas.box(x, y - 12, 26, 15, f'fill="{fill}" stroke="{INK}"{dash}', 3)
            words = self._say(f"legend {name}")
            self.canvas.text(x + 33, y, [words], _SIZE, extra='class="muted"')
            x += 33 + text_width(words, _SIZE) + 26
        return y + 30


_HATCH = (
    '<defs><pattern id="wy-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0V7" stroke="{MUTED}" stroke-width="2"/>'
    "</pattern></defs>"
)


def _parameters(scheme: type[Scheme]) -> list[Series]:
    """The parameters of all versions, in order of name; not those of other schemes."""
    found: dict[str, Series] = {}
    stack: list[Node] = []
    for version in scheme.laws:
        stack.append(version.eligible)
        if version.pays is not None:
            stack.append(version.pays.amount)
        if isinstance(version.pays, Monthly):
            stack += [version.pays.first, version.pays.last]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node.key in seen or node.op == "rests":
            continue
        seen.add(node.key)
        if node.op == "param":
            found[node.attrs[0]] = node.attrs[1]
        stack.extend(node.args)
    return [found[name] for name in sorted(found)]
