"""The places of a read document that a citation can name: sections, articles, items.

A citation says 七, 九（四）, 第七条 or 11, and its document's ``article_form`` says what the head
of it counts: articles (第{}条), or sections (第{}部分). Numbers that start anew in every section
are reached through it: 九（四） is the fourth article, or item, of section nine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from wenye.policy.citing.bare_text import Bared
from wenye.policy.reading.characters import number as numeral
from wenye.policy.reading.characters import plain
from wenye.policy.reading.reading import Article, Item, Reading, Responsibility, Section

_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百]+|[0-9]+|[\u2460-\u2473]")
_PARAGRAPH = re.compile(r"第?[零〇一二三四五六七八九十百0-9]+款")
Path = tuple[int, ...]


def number(text: str) -> int | None:
    """The first numeral of a text as a number: （二十三）, 第七条, 1., ③."""
    found = _NUMERAL.search(plain(text))
    return None if found is None else _value(found[0])


def path(article: str) -> Path:
    """The numerals of a citation's article: 九（四） is (9, 4). 款 are not numbered in print."""
    return tuple(_value(text) for text in _NUMERAL.findall(_PARAGRAPH.sub("", plain(article))))


def _value(text: str) -> int:
    if "\u2460" <= text <= "\u2473":
        return ord(text) - 0x245F
    return numeral(text) or 0


@dataclass(frozen=True, eq=False)
class Place:
    """A section, article or item with all its text, and the numbers by which it can be named.

    ``articles`` are those that it is or holds. ``depth`` is 0 for sections, 1 for articles, 2 and
    more for items.
    """

    label: str
    text: str
    articles: tuple[Article, ...]
    by_section: frozenset[Path]
    by_article: frozenset[Path]
    depth: int
    #: The number of the section whose opening words belong to it.
    opens: str | None = None
    title: str = ""
    #: Who answers for it, and for what is in it: every bracket, in printed order.
    responsibilities: tuple[Responsibility, ...] = ()

    @cached_property
    def bared(self) -> Bared:
        """Its text, ready to be searched."""
        return Bared(self.text)


class Places:
    """All places of one document, in printed order; a section stands before its articles."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.all = tuple(_places(reading))
        self.whole = Bared(
            "\n".join(
                [
                    reading.title or "",
                    reading.document_number or "",
                    reading.opening,
                    *(_section_text(section) for section in reading.sections),
                    reading.closing,
                ]
            )
        )

    def named(self, article: str, form: str) -> tuple[Place, ...]:
        """The places that a citation's article names; several where numbers start anew."""
        wanted = path(article)
        sections_first = any(word in (article + form) for word in ("部分", "章", "节"))
        for by_section in (sections_first, not sections_first):
            found = (self._by_section if by_section else self._by_article).get(wanted)
            if found:
                return tuple(found)
        return ()

    @cached_property
    def _by_section(self) -> dict[Path, list[Place]]:
        return _by_name((place, place.by_section) for place in self.all)

    @cached_property
    def _by_article(self) -> dict[Path, list[Place]]:
        return _by_name((place, place.by_article) for place in self.all)

    def holding(self, bare_phrase: str) -> Place | None:
        """The narrowest place, an article or what holds none, in which a phrase stands."""
        found = [place for place in self.all if bare_phrase in place.bared.bare]
        narrow = [place for place in found if place.depth == 1] or found
        return narrow[0] if narrow else None


def _by_name(places: Iterable[tuple[Place, frozenset[Path]]]) -> dict[Path, list[Place]]:
    found: dict[Path, list[Place]] = {}
    for place, names in places:
        for name in names:
            found.setdefault(name, []).append(place)
    return found


def _section_text(section: Section) -> str:
    heading = f"{section.number}、{section.title}" if section.title else ""
    return "\n".join([heading, section.text, *(_article_text(item) for item in section.articles)])


def _article_text(article: Article) -> str:
    # No full stop in between: a scan may break a sentence where a title would end.
    return f"{article.title}\n{article.text}" if article.title else article.text


def _responsibilities(of: Article | Item) -> Iterator[Responsibility]:
    for item in of.items:
        yield from _responsibilities(item)
    if of.responsibility is not None:
        yield of.responsibility


def _item_text(item: Item) -> str:
    return "\n".join([item.text, *(_item_text(below) for below in item.items)])


def _places(reading: Reading) -> Iterator[Place]:
    runs_through = _runs_through(reading)
    for section in reading.sections:
        counted = None if section.number is None else number(section.number)
        own: frozenset[Path] = frozenset() if counted is None else frozenset({(counted,)})
        if section.number is not None:
            yield Place(
                _section_label(section),
                _section_text(section),
                section.articles,
                own,
                frozenset(),
                0,
                section.number,
                section.title or "",
                tuple(one for article in section.articles for one in _responsibilities(article)),
            )
        for article in section.articles:
            yield from _article_places(section, article, counted, runs_through)


def _runs_through(reading: Reading) -> bool:
    """Whether every number of an article stands once in the document."""
    counted = [number(item.number) for item in reading.articles if item.number is not None]
    return len(counted) == len(set(counted))


def _section_label(section: Section) -> str:
    mark = section.number or ""
    return mark if mark.startswith("第") else f"第{mark}部分"


def _article_places(
    section: Section, article: Article, section_number: int | None, runs_through: bool
) -> Iterator[Place]:
    by_section: frozenset[Path] = frozenset()
    by_article: frozenset[Path] = frozenset()
    label = _section_label(section) if section.number is not None else "正文"
    if article.number is None:
        if section_number is not None:
            by_section = frozenset({(section_number,)})
    else:
        counted = number(article.number)
        numbers = {counted} if runs_through else {counted, article.ordinal}
        by_article = frozenset((item,) for item in numbers if item is not None)
        if section_number is not None and counted is not None:
            by_section = frozenset({(section_number, counted)})
        label = article.number if runs_through else f"{label}{article.number}"
    yield Place(
        label,
        _article_text(article),
        (article,),
        by_section,
        by_article,
        1,
        title=article.title or "",
        responsibilities=tuple(_responsibilities(article)),
    )
    yield from _item_places(article, article.items, label, by_section, by_article, 2)


def _item_places(
    article: Article,
    items: tuple[Item, ...],
    above: str,
    by_section: frozenset[Path],
    by_article: frozenset[Path],
    depth: int,
) -> Iterator[Place]:
    for item in items:
        counted = number(item.number)
        last: Path = () if counted is None else (counted,)
        inner_section = frozenset(name + last for name in by_section) if last else frozenset()
        inner_article = frozenset(name + last for name in by_article) if last else frozenset()
        label = f"{above}{item.number.strip()}"
        yield Place(
            label,
            _item_text(item),
            (article,),
            inner_section,
            inner_article,
            depth,
            responsibilities=tuple(_responsibilities(item)),
        )
        yield from _item_places(article, item.items, label, inner_section, inner_article, depth + 1)
