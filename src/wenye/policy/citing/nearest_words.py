"""The words of a document that come nearest to a phrase: whole clauses, and never a torn stretch.

Candidates are runs of clauses. They are compared word for word with the phrase, numbers whole: 13
is not nearly 1. Where two come close to each other both are told; of more, which one is meant
nobody can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from wenye.policy.citing.bare_text import Bared
from wenye.policy.citing.places import Place
from wenye.policy.coverage.clauses import clauses

#: How much of a phrase must be alike for a passage to count as near.
_NEAR = 0.6
#: Passages whose likeness differs by less come close to each other.
_CLOSE = 0.03
#: What standing in the article that is cited adds.
_SAME_ARTICLE = 0.1
#: In a longer text nothing near is looked for: published documents are far below.
_LONGEST = 300_000
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|.", re.DOTALL)
#: The number at the head of a paragraph, which is no part of what is said.
_NUMERAL = "[零一二三四五六七八九十百0-9]+"
_HEAD = re.compile(
    rf"第{_NUMERAL}[条章节款]|\({_NUMERAL}\)|[一二三四五六七八九十]+、|[0-9]+[.、](?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of clauses as printed, the place that holds it, and how like the phrase it is."""

    text: str
    place: str
    start: int
    end: int
    likeness: float
    same_item: bool = False


def nearest(
    phrase: str,
    text: Bared,
    article: tuple[Place, ...] = (),
    item: tuple[Place, ...] = (),
) -> tuple[Passage, ...]:
    """The passage most like the bare ``phrase``: none, one, or two that come close to each other.

    ``article`` are the places cited, ``item`` those numbered like the one that once held the
    phrase: of passages that come close to each other, one that stands there is meant.
    """
    if len(phrase) < 4 or not 2 <= len(text.bare) <= _LONGEST:
        return ()
    found = sorted(
        _candidates(phrase, text, article, item),
        key=lambda passage: (-passage.likeness, passage.end - passage.start, passage.start),
    )
    close = [one for one in found if one.likeness >= found[0].likeness - _CLOSE]
    close = [one for one in close if one.same_item] or close
    apart: list[Passage] = []
    for passage in close:
        overlaps = any(one.start < passage.end and passage.start < one.end for one in apart)
        if not overlaps and passage.text not in {one.text for one in apart}:
            apart.append(passage)
    return tuple(apart) if len(apart) <= 2 else ()


def _candidates(
    phrase: str, text: Bared, article: tuple[Place, ...], item: tuple[Place, ...]
) -> Iterator[Passage]:
    wanted = _WORD.findall(phrase)
    known = set(wanted)
    pieces = _pieces(text)
    shared = [
        sum(word in known for word in _WORD.findall(text.bare[first:last]))
        for first, last in pieces
    ]
    most = len(_pieces(Bared(phrase))) + 2
    for first in range(len(pieces)):
        together = 0
        for last in range(first, min(first + most, len(pieces))):
            together += shared[last]
            if together < _NEAR * len(wanted):
                continue
            start, end = pieces[first][0], pieces[last][1]
            said = text.bare[start:end]
            likeness = _likeness(wanted, _WORD.findall(said))
            if likeness is None:
                continue
            cited = next((one for one in article if said in one.bared.bare), None)
            yield Passage(
                text.printed(start, end),
                "" if cited is None else cited.label,
                start,
                end,
                likeness if cited is None else likeness + _SAME_ARTICLE,
                any(said in one.bared.bare for one in item),
            )


def _likeness(wanted: list[str], said: list[str]) -> float | None:
    """How much of the phrase is said, less what is said between; None where too little is."""
    blocks = SequenceMatcher(None, wanted, said, autojunk=False).get_matching_blocks()[:-1]
    common = sum(block.size for block in blocks)
    if common < _NEAR * len(wanted):
        return None
    between = blocks[-1].b + blocks[-1].size - blocks[0].b
    return 0.75 * common / len(wanted) + 0.25 * common / between


def _pieces(text: Bared) -> list[tuple[int, int]]:
    """The clauses of every paragraph, without the numbers at their heads; in bare form."""
    found: list[tuple[int, int]] = []
    before = 0
    for line in text.text.splitlines():
        paragraph = Bared(line)
        for clause in clauses(paragraph):
            start = clause.start
            head = _HEAD.match(paragraph.bare, start, clause.end)
            begins = start == 0 or paragraph.bare[start - 1] in ";:。"
            if head is not None and begins and head.end() < clause.end:
                # 第二条规定的人员 is said; behind a number that heads its text there is a space.
                printed = line[paragraph.stretch(head.end() - 1, head.end())[1] :]
                if not head[0].startswith("第") or printed[:1].isspace():
                    start = head.end()
            found.append((before + start, before + clause.end))
        before += len(paragraph.bare)
    return found
