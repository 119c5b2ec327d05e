"""Recognising the headers of a table: labels, ids and aliases, as senders really write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wenye.registers.columns import Column, columns_of
from wenye.rules.facts import Entity

#: How far down a title or an explanation may push the headers.
SEARCHED_ROWS = 10

_MARKS = re.compile(r"\((?:必填|选填|必填项|非必填|可空)\)|[*★:]|\s|_|-")
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_VALUE = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Headers:
    """Which columns a table has. ``texts``: the sender's headers, made unique and never empty."""

    texts: tuple[str, ...]
    found: dict[int, Column]  # position → column
    rows: int  # rows above the data: titles and headers
    twice: tuple[str, ...]  # labels that more than one header stands for

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.found.values()}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headers that stand for no column."""
        return tuple(text for at, text in enumerate(self.texts) if at not in self.found)


def folded(text: str | None) -> str:
    """A header without what senders add: full-width forms, spaces, marks such as （必填）."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text or "").lower())


@cache
def _index(entity: type[Entity]) -> dict[str, Column]:
    index: dict[str, Column] = {}
    columns = columns_of(entity)
    for column in columns:
        for text in (column.label, column.label_en, column.name):
            index.setdefault(folded(text), column)
    for column in columns:
        for text in (*column.aliases, _IN_BRACKETS.sub("", folded(column.label))):
            index.setdefault(folded(text), column)
    return index


def column_for(entity: type[Entity], header: str | None) -> Column | None:
    """The column that a header stands for, or None."""
    text = folded(header)
    index = _index(entity)
    return index.get(text) or index.get(_IN_BRACKETS.sub("", text)) if text else None


def read_headers(entity: type[Entity], top: Sequence[Sequence[str | None]]) -> Headers:
    """The headers among a table's first rows: the row, or pair of merged rows, that fits best."""
    best = Headers((), {}, 0, ())
    for first in range(min(len(top), SEARCHED_ROWS)):
        for deep in (1, 2):
            if first + deep <= len(top):
                headers = _headers_at(entity, top, first, deep)
                if headers is not None and len(headers.names) > len(best.names):
                    best = headers
    return best


def _headers_at(
    entity: type[Entity], top: Sequence[Sequence[str | None]], first: int, deep: int
) -> Headers | None:
    rows = top[first : first + deep]
    if deep == 2 and any(_VALUE.search(cell or "") for cell in rows[1]):
        return None
    width = max(len(row) for row in rows)
    texts: list[str] = []
    found: dict[int, Column] = {}
    twice: list[str] = []
    for at in range(width):
        cells = [row[at] or "" for row in rows if at < len(row)]
        chosen = next((cell for cell in reversed(cells) if column_for(entity, cell)), None)
        column = column_for(entity, chosen)
        text = chosen or next((cell for cell in reversed(cells) if cell.strip()), "")
        if column is not None:
            if column in found.values():
                twice.append(column.label)
            else:
                found[at] = column
        texts.append(_unique(text.strip() or f"第{at + 1}列", texts))
    return Headers(tuple(texts), found, first + deep, tuple(twice))


def _unique(text: str, taken: Sequence[str]) -> str:
    candidate, count = text, 1
    while candidate in taken:
        count += 1
        candidate = f"{text}（{count}）"
    return candidate


def missing(entity: type[Entity], headers: Headers) -> list[Column]:
    """Columns that the table must have and lacks."""
    return [
        column
        for column in columns_of(entity)
        if column.required and column.name not in headers.names
    ]
