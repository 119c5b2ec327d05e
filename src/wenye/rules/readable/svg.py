"""Drawing by hand in SVG: text measured and wrapped, round lines, the pages' colours."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

INK, MUTED, HAIRLINE, PAPER, SHEET = "#1d2529", "#566167", "#9aa4a8", "#fbfaf7", "#ffffff"
ACCENT, GREEN, RED, AMBER = "#0b5c7a", "#1f6b45", "#a3261d", "#7a5200"

_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_STYLE = f"""\
.wy text{{font-family:{_FONTS};font-variant-numeric:tabular-nums;fill:{INK}}}
.wy .muted{{fill:{MUTED}}}
.wy .b{{font-weight:600}}
.wy .rail{{fill:none;stroke:{INK};stroke-width:1.5}}
.wy .out{{fill:none;stroke:{MUTED};stroke-width:1.25}}
.wy .way{{fill:none;stroke:{INK};stroke-width:3}}
.wy .maybe{{fill:none;stroke:{INK};stroke-width:1.5;stroke-dasharray:5 4}}
.wy .unused{{fill:none;stroke:{HAIRLINE};stroke-width:1}}
@media print{{.wy .paper{{fill:#fff}}}}"""

# What may not begin a line, and what may not end one.
_CLOSING = set("，。、；：？！）》」』”’〕】％%·,.;:?!)]")
_OPENING = set("（《「『“‘〔【([¥")
_TOKEN = re.compile(r"""[A-Za-z0-9.,%¥/_&#'"’−+×-]+|\s+|.""", re.DOTALL)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_width(text: str, size: float) -> float:
    """Width of a line of text in px, on the safe side whatever the font."""
    return sum(_em(char) for char in text) * size


def _em(char: str) -> float:
    if ord(char) >= 0x2E80 or char in "“”‘’…—·〔〕":
        return 1.0
    if char in "il.,:;'|!()[] ":
        return 0.3
    if char in "mwMW%@":
        return 0.9
    return 0.66 if char.isupper() else 0.56


def wrap(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than ``width``, broken where Chinese and English may break.

    A word wider than the line stands alone and sticks out, rather than be cut.
    """
    lines: list[str] = []
    line = ""
    for token in _unbroken(text):
        if text_width(line + token.rstrip(), size) <= width or not line.strip():
            line += token
        else:
            lines.append(line.rstrip())
            line = token.lstrip()
    return [*lines, line.rstrip()]


def _unbroken(text: str) -> list[str]:
    """Pieces that a line break may stand between."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        before = "".join(pieces[-2:]).rstrip()[-1:]
        joins = pieces and (token[0] in _CLOSING or (before and before in _OPENING))
        unit = before.isdigit() and not pieces[-1].isspace() and token[0] in "年月日个元人条分岁"
        if joins and pieces[-1].isspace() and len(pieces) > 1:
            pieces[-2:] = [pieces[-2] + pieces[-1] + token]
        elif (joins or unit) and not pieces[-1].isspace():
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def balanced(text: str, size: float, width: float) -> list[str]:
    """Wrapped into as few lines as ``width`` allows, and those about equally long."""
    lines = wrap(text, size, width)
    narrow = width
    while narrow > size * 4:
        tried = wrap(text, size, narrow - size / 2)
        if len(tried) > len(lines) or widest(tried, size) > width:
            break
        lines, narrow = tried, narrow - size / 2
    return lines


def widest(lines: list[str], size: float) -> float:
    """Width of the longest line in px."""
    return max((text_width(line, size) for line in lines), default=0.0)


def _n(number: float) -> str:
    return f"{round(number, 1):g}"


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})


class Canvas:
    """Collects the elements of one picture."""

    def __init__(self) -> None:
        self._elements: list[str] = []

    def add(self, element: str) -> None:
        """An element as it is written."""
        self._elements.append(element)

    def text(
        self, x: float, y: float, lines: list[str], size: float, *, extra: str = "", step: float = 0
    ) -> None:
        """Lines of text, the first with its baseline at ``y``; ``extra`` are further attributes."""
        for place, line in enumerate(lines):
            down = y + place * (step or size * 1.45)
            at = f'x="{_n(x)}" y="{_n(down)}" font-size="{_n(size)}"'
            self.add(f"<text {at}{' ' + extra if extra else ''}>{_safe(line)}</text>")

    def box(self, x: float, y: float, w: float, h: float, attributes: str, r: float = 6) -> None:
        """A rectangle with round corners."""
        place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(r)}"'
        self.add(f"<rect {place} {attributes}/>")

    def rail(
        self, points: list[tuple[float, float]], css: str = "rail", *, arrow: bool = False
    ) -> None:
        """A line through the points, its corners rounded; with an arrow's head at the end."""
        points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(points) < 2:
            return
        path = f"M{_n(points[0][0])} {_n(points[0][1])}"
        for before, at, after in zip(points, points[1:], points[2:], strict=False):
            r = min(8.0, _far(before, at) / 2, _far(at, after) / 2)
            start, end = _towards(at, before, r), _towards(at, after, r)
            path += (
                f"L{_n(start[0])} {_n(start[1])}Q{_n(at[0])} {_n(at[1])} {_n(end[0])} {_n(end[1])}"
            )
        x, y = points[-1]
        back = _towards(points[-1], points[-2], 5) if arrow else points[-1]
        self.add(f'<path class="{css}" d="{path}L{_n(back[0])} {_n(back[1])}"/>')
        if arrow:
            dx, dy = (x - back[0]) / 5, (y - back[1]) / 5
            left = f"{_n(x - 8 * dx - 4 * dy)} {_n(y - 8 * dy + 4 * dx)}"
            right = f"{_n(x - 8 * dx + 4 * dy)} {_n(y - 8 * dy - 4 * dx)}"
            fill = {"out": MUTED, "unused": HAIRLINE}.get(css, INK)
            self.add(f'<path fill="{fill}" d="M{_n(x)} {_n(y)}L{left}L{right}Z"/>')

    def sign(self, x: float, y: float, what: str, colour: str) -> None:
        """A sign of 14 px around (x, y): ``yes``, ``no``, ``unknown`` or ``must not``."""
        line = f'fill="none" stroke="{colour}" stroke-width="1.6" stroke-linecap="round"'
        if what == "unknown":
            self.add(f'<path {line} d="M{_n(x - 8)} {_n(y)}l8 -8l8 8l-8 8z"/>')
            style = f'class="b" text-anchor="middle" style="fill:{colour}"'
            self.text(x, y + 3.8, ["?"], 10.5, extra=style)
            return
        if what == "no":
            self.add(f'<path {line} d="M{_n(x - 6.5)} {_n(y - 6.5)}h13v13h-13z"/>')
            self.add(f'<path {line} d="M{_n(x - 3)} {_n(y - 3)}l6 6m0 -6l-6 6"/>')
            return
        self.add(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="6.8" {line}/>')
        inside = "l2.4 2.6l4.4 -5.2" if what == "yes" else "m-0.9 4.2l8.6 -8.4"
        self.add(f'<path {line} d="M{_n(x - 3.4)} {_n(y)}{inside}"/>')

    def picture(
        self, name: str, lang: str, size: tuple[float, float], title: str, description: str
    ) -> str:
        """The whole as an SVG document with a title and a description for those who listen."""
        width, height = size
        given = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
        tongue = "zh-CN" if lang == "zh" else lang
        ids = f"{_safe(name)}-title {_safe(name)}-desc"
        head = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="wy" {given} role="img" '
            f'lang="{tongue}" aria-labelledby="{ids}">',
            f'<title id="{_safe(name)}-title">{_safe(title)}</title>',
            f'<desc id="{_safe(name)}-desc">{_safe(description)}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="paper" width="{_n(width)}" height="{_n(height)}" fill="{PAPER}"/>',
        ]
        return "\n".join([*head, *self._elements, "</svg>"]) + "\n"


def _far(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: tuple[float, float], b: tuple[float, float], by: float) -> tuple[float, float]:
    """The point ``by`` px from ``a`` on the straight way to ``b``."""
    far = _far(a, b)
    return (a[0] + (b[0] - a[0]) * by / far, a[1] + (b[1] - a[1]) * by / far) if far else a
