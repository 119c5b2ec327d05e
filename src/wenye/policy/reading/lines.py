"""Printed lines: what belongs to the page and not to the document goes, and breaks are weighed.

A line break may end a paragraph or may only be where the paper ended. ``Line.ends`` says which:
True where the paragraph ends with this line.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from wenye.policy.reading.characters import NUMERAL, number, parted, plain, seen, tight, width
from wenye.policy.reading.days import DAY, MONTH, YEAR
from wenye.policy.reading.names import BODY_END, NUMBER, SELF, TITLE, names_bodies
from wenye.policy.reading.page import LABEL, is_foot

#: What a sentence, a heading's number or a list ends with.
FINISHED = tuple('。;!?！？:…)]"》〉')
_STOPS = tuple("。;!?！？:…")


@dataclass(slots=True)
class Line:
    """A printed line without its outer blanks; ``ends`` its paragraph or not.

    ``plain`` is its plain form, ``tight`` that without blanks.
    """

    text: str
    plain: str = field(init=False)
    tight: str = field(init=False)
    width: int = field(init=False)
    blanks_after: int = 0
    ends_page: bool = False
    begins_page: bool = False
    ends: bool = True
    #: Columns of blanks before the line.
    indent: int = 0

    def __post_init__(self) -> None:
        self.plain = plain(self.text)
        self.tight = tight(self.plain)
        self.width = width(self.text)


def joined(rows: Sequence[Line]) -> str:
    """The text of the rows, one behind the other."""
    return "".join(line.text for line in rows)


def printed_lines(text: str) -> list[Line]:
    """The lines that hold something; page numbers and running heads are left out."""
    lines: list[Line] = []
    begins_page = True
    for page in seen(text).replace("\r\n", "\n").replace("\r", "\n").split("\f"):
        for raw in re.split("[\n\v\x85]", page):
            stripped = _MARKDOWN.sub("", raw.strip(" \t\u3000\u00a0"))
            if stripped:
                before = raw[: len(raw) - len(raw.lstrip(" \t\u3000\u00a0"))]
                indent = width(before.replace("\t", "    "))
                lines.append(Line(stripped, begins_page=begins_page, indent=indent))
                begins_page = False
            elif lines:
                lines[-1].blanks_after += 1
        if lines:
            lines[-1].ends_page = True
        begins_page = True
    lines = _unfolded(_without_page_numbers(lines))
    lines = _without_running_heads(lines)
    _weigh_breaks(lines)
    return _merged(lines)


#: Marks of headings and quotations in texts that were written for a program.
_MARKDOWN = re.compile(r"(?:#{1,6}|>)(?: +|$)|\*\*(?=\S)")
_PAGE = re.compile(
    r"[-·~ ]*第? ?\d{1,4} ?页?[-·~ ]*(?:[(/,]? ?共 ?\d{1,4} ?页\)?)?"
    r"|[-·~ ]+[ivxIVX\d]{1,5}[-·~ ]+|\d{1,4} ?/ ?\d{1,4}|Page \d+( of \d+)?",
    re.IGNORECASE,
)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    bare = [line for line in lines if line.plain.isdecimal() and len(line.plain) <= 3]
    # A number alone on its line may be the rest of a sentence; pages are counted in order.
    counted = [int(line.plain) for line in bare]
    counting = len(counted) > 1 and all(b - a == 1 for a, b in itertools.pairwise(counted))
    kept: list[Line] = []
    for at, line in enumerate(lines):
        form = line.plain
        furniture = _PAGE.fullmatch(form) is not None
        if form.isdecimal():
            after = lines[at + 1].tight if at + 1 < len(lines) else ""
            between = bool(kept) and kept[-1].plain.endswith(FINISHED) and _HEADS.match(after)
            furniture = counting or line.ends_page or line.begins_page or bool(between)
            furniture = bool(furniture) and len(form) <= 3
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
            made.append(Line(text, begins_page=line.begins_page))
        made[-1].ends_page = line.ends_page
        made[-1].blanks_after = line.blanks_after
    return made


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        figures = pieces and (pieces[-1][-1].isdecimal() or word[0].isdecimal())
        figures = figures or word[0] in "年月日"
        apart = pieces and (
            _HEADS.match(plain(word))
            or _ALONE.fullmatch(tight(plain(pieces[-1])))
            or plain(pieces[-1]).endswith(FINISHED)
        )
        if pieces and not apart and (figures or len(word) == 1 or len(pieces[-1]) == 1):
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
        if (
            number(found[1]) == due[found[2]]
            and form[found.start() - 1 : found.start()] not in "本和、"
        ):
            due[found[2]] += 1
            cuts.append(found.start())
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=False) if b > a]


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """Without lines that come again at the head or foot of pages."""
    edges = Counter(line.tight for line in lines if line.ends_page or line.begins_page)
    pages = sum(line.begins_page for line in lines)
    often = {
        text
        for text, times in edges.items()
        if times >= max(2, pages // 2) and not re.search("[。;,、:]", text)
    }
    first = {line.tight: at for at, line in reversed([*enumerate(lines)])}
    kept: list[Line] = []
    for at, line in enumerate(lines):
        # The title of the first page may be the running head of the others.
        again = at > first[line.tight] or at > 8
        if not (again and line.tight in often and (line.ends_page or line.begins_page)):
            kept.append(line)
    return kept


def _weigh_breaks(lines: list[Line]) -> None:
    """Decide for each line whether its paragraph ends with it."""
    full = _full(lines)
    if full is None:
        so_far = ""
        for at, (line, after) in enumerate(itertools.pairwise(lines)):
            so_far = line.tight if at == 0 or lines[at - 1].ends else so_far[-400:] + line.tight
            if _is_open(so_far, after.tight):
                line.ends = False
                continue
            line.ends = (
                line.plain.endswith(FINISHED)
                or re.search(r"[^\d]\.$", line.plain) is not None
                or _stands_apart(line.tight, lines, at)
                or not (
                    _joins(line.tight, after.tight)
                    or _breaks_off(line.tight, after.tight)
                    or (line.tight[-1].isdecimal() and after.tight[0] in "0123456789年月日%元")
                )
            )
        return
    columns, signs = full
    indented = _indented(lines)
    blank = [line.blanks_after > 0 for line in lines[:-1]]
    # Blank lines tell paragraphs apart only where not every line is followed by one.
    telling = any(blank) and sum(blank) < 0.6 * len(blank)
    so_far = ""
    for at, (line, after) in enumerate(itertools.pairwise(lines)):
        # What a head or a list of names could be is no longer than this.
        so_far = line.tight if at == 0 or lines[at - 1].ends else so_far[-200:] + line.tight
        torn = _torn(after.tight) and not line.plain.endswith(_STOPS)
        if torn or _is_open(so_far, after.tight):
            line.ends = False
            continue
        if _stands_apart(so_far, lines, at):
            continue
        if indented and after.indent in _FIRST_LINE:
            line.ends = True
            continue
        stops = line.plain.endswith((*_STOPS, ")", "]", '"'))
        wide = line.width >= columns - (3 if stops else 7) or len(line.text) >= signs - 1
        if telling and line.blanks_after and not line.ends_page:
            line.ends = True
        elif stops:
            line.ends = not wide or _CLOSES.match(after.tight) is not None
        else:
            line.ends = not wide and not _goes_on(line.tight, after.tight)


#: Columns that a paragraph's first line is set in by.
_FIRST_LINE = (3, 4, 5)


def _indented(lines: list[Line]) -> bool:
    """Whether paragraphs show by their first lines: some lines are set in, most are not."""
    first = sum(line.indent in _FIRST_LINE for line in lines)
    return 3 <= first <= 0.6 * len(lines)


def _is_open(line: str, after: str) -> bool:
    """Whether a bracket or a title is open, or the number of a title listed is still to come."""
    if len(line) > 300 or _HEADS.match(after) or (TITLE.search(line) and "《" not in line):
        return False
    if line.count("《") > line.count("》") or line.count("(") > line.count(")"):
        return True
    listed = _HEADS.match(line) is not None and re.search("》[^。;,]{0,4}$", line) is not None
    return listed and re.match(rf"\({NUMBER}\)", after) is not None


def _breaks_off(line: str, after: str) -> bool:
    """Whether a line that holds more than a heading has no end, and the next goes on."""
    within = re.search("[。,;]", line) is not None and not _LABELLED.match(line)
    return within and not _NAMED.fullmatch(after) and not _HEADS.match(after)


def _stands_apart(line: str, lines: list[Line], at: int) -> bool:
    """Whether a paragraph so far and the next line are two: of a head, or of a signature."""
    after = lines[at + 1].tight
    if len(after) < 3 and len(line) < 3:
        return False
    if any(len(form) <= 45 and _ALONE.fullmatch(form) for form in (after, line)):
        return True
    if LABEL.match(line) and len(line) < 60:
        return True
    if _LABELLED.match(after):
        return line.count("(") + line.count("[") <= line.count(")") + line.count("]")
    if _CLOSES.match(after) and re.search(rf"(?:{BODY_END})$", line):
        return True
    if is_foot(after) and (lines[at].ends_page or re.search('[。;!?:)\\]"》]$', line)):
        return True
    if line.endswith(":") and re.match("为|根据|按照|依照|经|现|近|你", after):
        return True
    if TITLE.search(line) and len(line) > 7 and not re.search("[。;,]", line):
        return after[0] not in '》)"〉的,、'
    bodies = len(after) < 200 and names_bodies(lines[at + 1].plain)
    if bodies and line == lines[at].tight and names_bodies(lines[at].plain):
        return True
    if bodies:
        following = at + 2
        while following < min(len(lines), at + 6) and names_bodies(lines[following].plain):
            following += 1
        day = lines[following].tight if following < len(lines) else ""
        if _ALONE.fullmatch(day) or _DAY_BEGUN.fullmatch(day):
            broken = re.search("[、,:](?:省|市|区|县|州)$", line)
            return not broken and re.search(rf"(?:{BODY_END}|[)\].。;!?:])$", line) is not None
    return _NAMED.fullmatch(line) is not None and after.startswith("关于")


_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}:[^:]")
_ALONE = re.compile(rf"\(?(?:{NUMBER})\)?|{DAY}|.{{2,30}}文件|.{{2,30}}(?:{YEAR})年第\d{{1,3}}期")
_DAY_BEGUN = re.compile(rf"{MONTH}\d{{0,2}}")
_NAMED = re.compile(rf"[^\d。;:,、《》|>()]{{3,40}}(?:{BODY_END})")


def _goes_on(before: str, after: str) -> bool:
    """Whether the text breaks off where no heading would end, or goes on as none would begin."""
    return (
        before[-1] in "0123456789"
        or (before[-1] in "年月" and after[0] in f"0123456789{NUMERAL}")
        or (after[0] in "年月日号" and before[-1] in f"0123456789{NUMERAL}")
        or re.match("(?:施行|执行|以上|以下|以内|个月|工作日|元)", after) is not None
        or _joins(before, after)
    )


def _joins(before: str, after: str) -> bool:
    """Whether the words themselves show that a line goes on in the next."""
    return (
        before[-1] in ",、([《〈的和与及或在对为将按至自"
        or after[0] in ",。;、:)]》〉%的"
        or before.endswith("关于")
        or (len(after) <= 2 and before[-1] not in "。;!?:" and not after.isascii())
        or _torn(after)
    )


def _torn(after: str) -> bool:
    """Whether no paragraph would begin so."""
    return after[0] in ",。;、)》〉%" or _WITHIN.match(after) is not None


_WITHIN = re.compile(
    rf"第[{NUMERAL}]+[章条款项](?:规定|第|的|所)|起?(?:施行|执行|实施|生效|试行)[,。]|效期[为至\d{NUMERAL}]"
)
_HEADS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|-)、|\([一二三四五六七八九十-]{1,3}\)|第[一二三四五六七八九十百]{1,5}[章节条]|\d{1,2}[.、]"
    r"|\(\d{1,2}\)|[①-⒛㈠-㈩]|附件"
)
_CLOSES = re.compile(rf"{SELF}(?:自|从|有效)|特此|以上(?:意见|措施|政策)")


def _merged(lines: list[Line]) -> list[Line]:
    """Lines that are one for sure: nothing ends between them and no number begins."""
    made: list[list[Line]] = []
    for line in lines:
        if not made or made[-1][-1].ends or _HEADS.match(line.tight):
            made.append([line])
        else:
            made[-1].append(line)
    return [_one(run) if len(run) > 1 else run[0] for run in made]


def _one(run: list[Line]) -> Line:
    parts = [run[0].text]
    for line in run[1:]:
        parts += [" ", line.text] if parted(parts[-1][-1], line.text[0]) else [line.text]
    last = run[-1]
    return Line(
        "".join(parts),
        last.blanks_after,
        last.ends_page,
        run[0].begins_page,
        last.ends,
        run[0].indent,
    )


def _full(lines: list[Line]) -> tuple[int, int] | None:
    """Columns and signs of a full line where lines are wrapped; None where they are paragraphs."""
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
    # Of the lines that break off, the widest without the few that stick out.
    columns = sorted(line.width for line in broken)
    signs = sorted(len(line.text) for line in broken)
    last = min(len(broken) - 1, int(len(broken) * 0.95))
    return columns[last], signs[last]
