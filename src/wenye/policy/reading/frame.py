"""A document's lines parted: what stands around the numbered text, and the text itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from wenye.policy.reading.days import DAY
from wenye.policy.reading.foot import foot, parts
from wenye.policy.reading.head import head
from wenye.policy.reading.lines import Line
from wenye.policy.reading.marks import marks
from wenye.policy.reading.names import NUMBER, TITLE
from wenye.policy.reading.parts import Frame
from wenye.policy.reading.stream import Stream

_APART = re.compile(r"\(?(?:此件|此文件).{0,8}(?:公开|发布).{0,8}\)?|\(联系.{1,60}\)")
#: Entries that a table of contents may have.
_ENTRIES = 300


def frame(lines: Sequence[Line]) -> Frame:
    """Take the document's lines apart."""
    made = Frame()
    rows = [line for line in lines if not _APART.fullmatch(line.tight)]
    rows = _without_contents(_whole_notes(rows))
    first_mark = _first_mark(rows)
    begin = head(made, rows, first_mark)
    end = foot(made, rows, begin)
    parts(made, rows[begin:end])
    return made


def _without_contents(rows: list[Line]) -> list[Line]:
    """Without a table of contents: its headings come again."""
    for at, line in enumerate(rows):
        if re.fullmatch(r"目录|目次", line.tight):
            last = at + 1
            while last < min(len(rows), at + _ENTRIES) and _comes_again(rows, last):
                last += 1
            if last > at + 1:
                last += last < len(rows) and rows[last].tight == "正文"
                return rows[:at] + rows[last:]
    return rows


def _whole_notes(rows: list[Line]) -> list[Line]:
    """A note in brackets over several lines (…通过 …修正) on one."""
    made: list[Line] = []
    for line in rows:
        before = made[-1].tight if made else ""
        unclosed = before.startswith("(") and before.count("(") > before.count(")")
        if unclosed and len(before) < 120 and re.search(rf"通过|{DAY}|{NUMBER}", before):
            made[-1] = replace(line, text=made[-1].text + line.text)
        else:
            made.append(line)
    return made


def _comes_again(rows: list[Line], at: int) -> bool:
    entry = _entry(rows[at])
    return any(other.tight.startswith(entry) for other in rows[at + 1 :]) and not TITLE.search(
        rows[at].tight
    )


def _entry(line: Line) -> str:
    return re.sub(r"[.·…\-]*\d*$", "", line.tight)


def _first_mark(rows: list[Line]) -> int:
    """The line with the first number that heads something; the number of lines if none does."""
    for most in (500, len(rows)):  # a head is short
        stream = Stream.of(rows[:most])
        found, _ = marks(stream)
        body = [mark for mark in found if mark.value == 1] or found
        if body:
            return bisect_right(stream.starts, body[0].start) - 1
    return len(rows)
