"""Lines as one text: wraps undone, with what is known of every place where a line began."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from wenye.policy.reading.characters import parted, plain
from wenye.policy.reading.lines import Line


@dataclass(slots=True)
class Stream:
    """A run of lines as one text without blanks, in both forms.

    ``starts`` holds the places where a printed line begins, ``breaks`` those among them where a
    paragraph begins (the beginning of the text is one), ``gaps`` those where a blank stood.
    """

    text: str = ""
    plain: str = ""
    starts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Stream:
        """The stream of the lines."""
        made, at, ends = cls(), 0, True
        parts: list[str] = []
        before = ""
        for line in lines:
            text, gaps = _without_blanks(line.text)
            if before and parted(before, text[0]):
                parts.append(" ")
                at += 1
            made.starts.append(at)
            if ends:
                made.breaks.append(at)
            made.gaps += [at + gap for gap in gaps]
            parts.append(text)
            at += len(text)
            ends, before = line.ends, text[-1]
        made.text = "".join(parts)
        made.plain = plain(made.text)
        return made

    def is_start(self, at: int) -> bool:
        """Whether a line begins here."""
        return _holds(self.starts, at)

    def is_break(self, at: int) -> bool:
        """Whether a paragraph begins here."""
        return _holds(self.breaks, at)

    def is_gap(self, at: int) -> bool:
        """Whether a blank stood before this place."""
        return _holds(self.gaps, at)

    def breaks_within(self, first: int, last: int) -> list[int]:
        """Where paragraphs begin after ``first`` and before ``last``."""
        return self.breaks[bisect_right(self.breaks, first) : bisect_left(self.breaks, last)]

    def paragraphs(self, first: int, last: int) -> str:
        """The text between two places, a line break between paragraphs."""
        edges = [first, *self.breaks_within(first, last), last]
        return "\n".join(self.text[a:b] for a, b in itertools.pairwise(edges) if b > a)


def _holds(places: list[int], at: int) -> bool:
    found = bisect_left(places, at)
    return found < len(places) and places[found] == at


def _without_blanks(text: str) -> tuple[str, list[int]]:
    """The text without blanks between Chinese, and the places where one stood."""
    words = text.split()
    if len(words) == 1:
        return words[0], []
    kept: list[str] = []
    gaps: list[int] = []
    at = 0
    for word in words:
        if kept:
            before = kept[-1][-1]
            if parted(before, word[0]):
                kept.append(" ")
                at += 1
            gaps.append(at)
        kept.append(word)
        at += len(word)
    return "".join(kept), gaps
