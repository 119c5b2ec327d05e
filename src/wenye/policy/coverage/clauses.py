"""A sentence clause by clause, and which of its clauses somebody quotes.

A sentence is called placed where one phrase of it is quoted. How much of it that is, its clauses
say: a clause is quoted where a phrase, or a part of one, lies in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenye.policy.citing.bare_text import Bared

_ENDS = ",;:。!?"
_OPEN, _CLOSE = "(《", ")》"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as printed, without the sign that ends it; ``start`` and ``end`` in bare form."""

    text: str
    start: int
    end: int
    quoted: bool = False


def clauses(text: Bared, quoted: Iterable[tuple[int, int]] = ()) -> tuple[Clause, ...]:
    """The clauses of a sentence; ``quoted`` are stretches of its bare form."""
    stretches = list(quoted)
    return tuple(
        Clause(
            text.printed(start, end),
            start,
            end,
            any(first < end and start < last for first, last in stretches),
        )
        for start, end in _spans(text.bare)
    )


def _spans(bare: str) -> list[tuple[int, int]]:
    """Commas and the like part clauses, but not inside brackets, titles or quotation marks."""
    inside = _inside(bare)
    spans: list[tuple[int, int]] = []
    start = 0
    for place, sign in enumerate([*bare, "。"]):
        if sign not in _ENDS or (place < len(bare) and (inside[place] or _numeric(bare, place))):
            continue
        if any(character.isalnum() for character in bare[start:place]):
            spans.append((start, place))
        start = place + 1
    return spans


def _numeric(bare: str, place: int) -> bool:
    """Whether the sign stands within a number or a time of day: 1,000 and 8:30."""
    return bare[place - 1 : place].isdigit() and bare[place + 1 : place + 2].isdigit()


def _inside(bare: str) -> list[bool]:
    """Whether each place lies in brackets or quotation marks that are closed again."""
    inside = [False] * len(bare)
    opened: list[int] = []
    quote: int | None = None
    for place, sign in enumerate(bare):
        first: int | None = None
        if sign in _OPEN:
            opened.append(place)
        elif sign in _CLOSE and opened:
            first = opened.pop()
        elif sign == '"':
            first, quote = quote, place if quote is None else None
        if first is not None:
            inside[first:place] = [True] * (place - first)
    return inside


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(character.isalnum() for character in text)
