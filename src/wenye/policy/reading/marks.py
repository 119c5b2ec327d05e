"""The numbers at the head of chapters, sections, articles and items, told from those in a text.

What counts is the order: 第三条 after 第二条 is a heading, 第三条 in the middle of a sentence is
a reference. A number that opens a line and continues its count is believed; one within a line
only after the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from wenye.policy.reading.characters import NUMERAL, number
from wenye.policy.reading.names import BODY_END
from wenye.policy.reading.stream import Stream


class Level(IntEnum):
    """The kinds of numbers, from the widest to the narrowest."""

    CHAPTER = 0  # 第一章
    PART = 1  # 第一节
    SECTION = 2  # 一、
    ARTICLE = 3  # 第一条
    POINT = 4  # （一）
    DIGIT = 5  # 1.
    BRACKETED = 6  # （1）
    CIRCLED = 7  # ①


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that heads something: where it begins and ends, its kind and value."""

    start: int
    end: int
    level: Level
    value: int


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_RINGED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_BOXED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_SIGNS = {"circled": _CIRCLED, "ringed": _RINGED, "boxed": _BOXED, "dotted": _DOTTED}
_N = f"[{NUMERAL}]{{1,7}}"
_FORM = re.compile(
    rf"第(?P<chapter>{_N}|\d{{1,3}})(?:章|编|部分)"
    rf"|第(?P<part>{_N}|\d{{1,3}})节"
    rf"|第(?P<article>{_N}|\d{{1,4}})条(?:之[{NUMERAL}])?"
    rf"|(?P<section>[一二三四五六七八九十]{{1,3}}|-)[、.]"
    rf"|\((?P<point>[一二三四五六七八九十百]{{1,4}}|[二三四五六七八九]?十?-)\)"
    r"|(?P<digit>\d{1,3})(?:[.、](?!\d)|\.(?=(?:19|20)\d\d年))"
    r"|\((?P<bracketed>\d{1,2})\)"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<ringed>[{_RINGED}])|(?P<boxed>[{_BOXED}])|(?P<dotted>[{_DOTTED}])"
)
_LEVELS = {level.name.lower(): level for level in Level} | {
    "ringed": Level.POINT,
    "boxed": Level.BRACKETED,
    "dotted": Level.DIGIT,
}
#: What follows a number that is spoken of, and does not head anything.
_SPOKEN_OF = re.compile(
    r"(?:至|和|或|以及|及|、)?第[一二三四五六七八九十\d]+[款项条]|\([一二三四五六七八九十]+\)项|[款项]|至\(|、\(|和\("
)
_ARTICLE_SPOKEN_OF = re.compile(
    r"规定|中的|中规|所列|所称|所规|的(?!确)|情形|之规定|执行|办理|修改为|改为|后增加|增加|删去|以及|、"
)
_ENDED = tuple('。;!?:…)]"')


def _candidates(stream: Stream) -> Iterator[Mark]:
    for found in _FORM.finditer(stream.plain):
        kind = found.lastgroup
        assert kind is not None
        text = found[kind]
        value = _SIGNS[kind].index(text) + 1 if kind in _SIGNS else number(text.replace("-", "一"))
        if value:
            yield Mark(found.start(), found.end(), _LEVELS[kind], value)


class _Count:
    """The numbers accepted so far: one count per level, begun anew below a wider number."""

    def __init__(self) -> None:
        self.open: list[Mark] = []

    def last(self, level: Level) -> Mark | None:
        return next((mark for mark in self.open if mark.level == level), None)

    def take(self, mark: Mark) -> None:
        last = self.last(mark.level)
        if last is not None:  # the next of an open count: everything below it is closed
            del self.open[self.open.index(last) :]
        else:
            while self.open and self.open[-1].level > mark.level:
                self.open.pop()
        self.open.append(mark)


def marks(stream: Stream) -> tuple[list[Mark], list[tuple[Mark, Mark]]]:
    """The numbers that head something, in order, and the pairs between which the count jumps."""
    counts, jumps = _Count(), []
    found: list[Mark] = []
    # Through chapters and restarted sections an article's count may run on.
    running: dict[Level, int] = {}
    counted: dict[Level, Mark] = {}
    for mark in _candidates(stream):
        last = counts.last(mark.level)
        due = {1, running.get(mark.level, 0) + 1}
        if last is not None:
            due = {last.value + 1}
        begins, ended = _place(stream, mark, found[-1] if found else None)
        if not begins:
            continue
        expected = mark.value in due
        heads = expected and stream.is_break(mark.start)
        if _is_spoken_of(stream, mark) and not heads:
            continue
        first = mark.level not in running
        own_paragraph = stream.is_break(mark.start) and ended
        if not expected:
            restart = mark.value == 1 and (last is None or _stops(stream, mark.start))
            jump = last is not None and last.value < mark.value <= last.value + 5
            fragment = first and not found
            again = last is None and mark.value > 1 and _alone(mark.level)
            lost = mark.level == Level.ARTICLE and last is None and counted.get(mark.level)
            if not own_paragraph or not (restart or jump or fragment or again):
                continue
            if lost and lost.value < mark.value:
                jumps.append((lost, mark))
            if jump and last is not None and mark.level <= Level.POINT:
                jumps.append((last, mark))
            elif jump:
                continue
        elif not ended or (
            first and mark.level <= Level.SECTION and not _apart(stream, mark.start)
        ):
            continue
        counts.take(mark)
        running[mark.level] = mark.value
        counted[mark.level] = mark
        found.append(mark)
    return found, jumps


def _apart(stream: Stream, at: int) -> bool:
    """A first section begins a line, or stands behind a blank in a page copied as one line."""
    return stream.is_start(at) or stream.is_gap(at)


def _is_spoken_of(stream: Stream, mark: Mark) -> bool:
    if _SPOKEN_OF.match(stream.plain, mark.end):
        return True
    named = mark.level in (Level.CHAPTER, Level.PART, Level.ARTICLE)
    return named and _ARTICLE_SPOKEN_OF.match(stream.plain, mark.end) is not None


def _stops(stream: Stream, at: int) -> bool:
    return at == 0 or stream.plain[at - 1] in '。;!?…)]"'


def _alone(level: Level) -> bool:
    return level in (Level.ARTICLE, Level.SECTION, Level.POINT)


def _place(stream: Stream, mark: Mark, before: Mark | None) -> tuple[bool, bool]:
    """Whether a number may stand here at all, and whether what stands before it has ended."""
    at = mark.start
    if at == 0:
        return True, True
    sign = stream.plain[at - 1]
    # A point ends a sentence, except within a number.
    point = sign == "." and not stream.plain[at - 2 : at - 1].isdecimal()
    ended = sign in _ENDED or point or stream.is_break(at)
    if stream.is_start(at) or stream.is_gap(at):
        if not ended and before is not None and before.level < mark.level:
            # A heading as long as the line is followed by its first number.
            heading = stream.plain[before.end : at]
            ended = len(heading) <= 45 and not re.search("[。;:,]", heading)
        if not ended and stream.is_start(at):
            # A line of bodies (责任单位：…) ends without a stop.
            ended = (
                re.search(rf":.{{0,120}}(?:{BODY_END})$", stream.plain[max(0, at - 130) : at])
                is not None
            )
        return True, ended
    return sign in _ENDED, sign in _ENDED
