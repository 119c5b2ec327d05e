"""Printed lines: what belongs to the page and not to the document goes, and breaks are weighed.

A line break may end a paragraph or may only be where the paper ended. ``Line.ends`` says which:
True where the paragraph ends with this line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from wenye.policy.reading.characters import NUMERAL, number, plain, seen, tight, width

#: What a sentence, a heading's number or a list ends with.
FINISHED = tuple('。;!?！？:…)]"》〉')
_STOPS = tuple('。;!?！？:…')


@dataclass(slots=True)
class Line:
    """A printed line without its outer blanks, in both forms; ``ends`` its paragraph or not."""

    text: str
    plain: str
    width: int
    blanks_after: int = 0
    ends_page: bool = False
    begins_page: bool = False
    ends: bool = True

    @property
    def tight(self) -> str:
        """The plain form without blanks."""
        return tight(self.plain)


def printed_lines(text: str) -> list[Line]:
    """The lines that hold something; page numbers and running heads are left out."""
    lines: list[Line] = []
    begins_page = True
    for page in seen(text).replace("\r\n", "\n").replace("\r", "\n").split("\f"):
        for raw in re.split("[\n\v\x85]", page):
            stripped = raw.strip(" \t\u3000\u00a0")
            if stripped:
                form = plain(stripped)
                lines.append(Line(stripped, form, width(stripped), begins_page=begins_page))
                begins_page = False
            elif lines:
                lines[-1].blanks_after += 1
        if lines:
            lines[-1].ends_page = True
        begins_page = True
    lines = _unfolded(_without_page_numbers(lines))
    lines = _without_running_heads(lines)
    _weigh_breaks(lines)
    return lines


_PAGE = re.compile(
    r"[-·~ ]*第? ?\d{1,4} ?页?[-·~ ]*(?:[(/,]? ?共 ?\d{1,4} ?页\)?)?"
    r"|[-·~ ]+[ivxIVX\d]{1,5}[-·~ ]+|\d{1,4} ?/ ?\d{1,4}|Page \d+( of \d+)?",
    re.IGNORECASE,
)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    bare = [line for line in lines if line.plain.isdigit() and len(line.plain) <= 3]
    # A number alone on its line may be the rest of a sentence; pages are counted in order.
    counted = [int(line.plain) for line in bare]
    counting = len(counted) > 1 and all(b - a == 1 for a, b in zip(counted, counted[1:]))
    kept: list[Line] = []
    for line in lines:
        form = line.plain
        furniture = _PAGE.fullmatch(form) is not None
        if form.isdigit():
            furniture = counting and len(form) <= 3 or (line.ends_page or line.begins_page)
            furniture = furniture and len(form) <= 3
        elif re.fullmatch(r"\d{1,4} ?/ ?\d{1,4}", form):
            furniture = line.ends_page or line.begins_page
        if not furniture:
            kept.append(line)
        elif kept:
            kept[-1].ends_page = kept[-1].ends_page or line.ends_page
    return kept


def _unfolded(lines: list[Line]) -> list[Line]:
    """Lines that hold a whole page, cut where a blank or a number shows a lost break."""
    made: list[Line] = []
    for line in lines:
        if len(line.text) < 120 or sum(other.width for other in lines) > 3 * line.width:
            made.append(line)
            continue
        for text in _pieces(line.text):
            made.append(Line(text, plain(text), width(text), begins_page=line.begins_page))
        made[-1].ends_page = line.ends_page
        made[-1].blanks_after = line.blanks_after
    return made


def _pieces(text: str) -> list[str]:
    words = text.split()
    pieces: list[str] = []
    for word in words:
        numbered = _HEADS.match(plain(word)) is not None
        figures = pieces and (pieces[-1][-1].isdigit() or word[0].isdigit() or word[0] in "年月日")
        if pieces and figures and not numbered and not plain(pieces[-1]).endswith(FINISHED):
            pieces[-1] += word
        else:
            pieces.append(word)
    return [part for piece in pieces for part in _chapters(piece)]


def _chapters(text: str) -> list[str]:
    """Cut before 第一章, 第一条, 第二条 … in their order, where nothing else parts them."""
    form, cuts, due = plain(text), [0], {"章": 1, "条": 1}
    if len(text) < 120:
        return [text]
    for found in re.finditer(rf"第([{NUMERAL}]{{1,7}})([章条])", form):
        if number(found[1]) == due[found[2]] and form[found.start() - 1 : found.start()] not in "本和、":
            due[found[2]] += 1
            cuts.append(found.start())
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)]) if b > a]


def _without_running_heads(lines: list[Line]) -> list[Line]:
    edges = Counter(line.tight for line in lines if line.ends_page or line.begins_page)
    often = {text for text, times in edges.items() if times >= 3}
    seen_once: set[str] = set()
    kept = []
    for line in lines:
        if line.tight in often and (line.ends_page or line.begins_page):
            if line.tight in seen_once:
                continue
            seen_once.add(line.tight)
        kept.append(line)
    return kept


def _weigh_breaks(lines: list[Line]) -> None:
    """Decide for each line whether its paragraph ends with it."""
    full = _full_width(lines)
    if full is None:
        for line in lines:
            line.ends = True
        return
    blank = [line.blanks_after > 0 for line in lines[:-1]]
    # Blank lines tell paragraphs apart only where not every line is followed by one.
    telling = any(blank) and sum(blank) < 0.6 * len(blank)
    for line, after in zip(lines, [*lines[1:], None]):
        if after is None:
            line.ends = True
        elif telling and line.blanks_after and not line.ends_page:
            line.ends = True
        elif telling and not line.ends_page:
            line.ends = line.plain.endswith(_STOPS) and line.width < 0.8 * full
        elif line.plain.endswith((*_STOPS, ")", "]", '"')):
            line.ends = line.width < full - 3 or _CLOSES.match(after.tight) is not None
        elif _HEADS.match(line.tight) or _HEADS.match(after.tight):
            line.ends = line.width < full - 7
        else:
            # A short line that breaks off within a sentence is the end of a page or a bad scan.
            line.ends = line.width < 0.6 * full


_HEADS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]{1,5}[章节条]|\d{1,2}[.、]|附件"
)
_CLOSES = re.compile(
    r"本(?:意见|通知|办法|规定|细则|方案|措施|决定|公告|通告|条例|政策)(?:自|从|有效)|特此|以上(?:意见|措施|政策)"
)


def _full_width(lines: list[Line]) -> int | None:
    """The columns of a full line where lines are wrapped; None where lines are paragraphs."""
    widths = sorted(line.width for line in lines if line.width >= 16)
    if len(widths) < 4:
        return None
    full = widths[int(len(widths) * 0.9)]
    if full > 160:
        return None
    long = [line for line in lines[:-1] if 0.75 * full <= line.width <= full + 6]
    broken = [line for line in long if not line.plain.endswith(FINISHED)]
    if len(broken) < max(2, 0.35 * len(long)):
        return None
    # The widest of the lines that break off, without the few that stick out.
    edges = sorted(line.width for line in broken)
    return edges[min(len(edges) - 1, int(len(edges) * 0.95))]
