"""The articles of a read document as a draft speaks of them: cited how, called what, saying what.

An article's *key* is the way in which citations name it, and is proved here: the document's places
hold it under that name. An article that no number reaches is cited as the document alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.places import Places, number
from wenye.policy.coverage.sentence_words import framework
from wenye.policy.documents import chinese_number
from wenye.policy.reading.reading import Article, Item, Reading, Responsibility, Section, Sentence
from wenye.policy.scaffolding.commands import command_at
from wenye.policy.scaffolding.wording import defines, marked
from wenye.policy.scaffolding.yaml_text import tidy

#: How citations read where numbers start anew in every section.
_BY_SECTION = "第{}部分"


@dataclass(slots=True)
class Drafted:
    """An article: ``key`` as cited, ``stem`` as files are called, its sentences but framework.

    ``tasks`` are the places among the sentences of those that no word of command marks, but that
    stand where somebody answers for what is to be done.
    """

    key: str
    stem: str
    en: str
    title: str
    ordinal: int | None
    bare: str
    sentences: list[str] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    tasks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Articles:
    """All articles of a document, the form of their citations, and the last number in it."""

    form: str
    last: int | None
    drafted: tuple[Drafted, ...]


def articles(reading: Reading) -> Articles:
    """The articles of a reading, each with a key that finds it."""
    places = Places(reading)
    numbers = [number(item.number) for item in reading.articles if item.number is not None]
    counted = [item for item in numbers if item is not None]
    through = bool(counted) and len(counted) == len(numbers) == len(set(counted))
    form = _form(reading, through)
    said: dict[int, list[str]] = {}
    for sentence in reading.sentences():
        if sentence.article is not None and not framework(sentence, reading):
            said.setdefault(id(sentence.article), []).append(sentence.text)
    own = {id(place.articles[0]): place.bared.bare for place in places.all if place.depth == 1}
    found: list[Drafted] = []
    stems: dict[str, int] = {}
    for section, article in _every(reading):
        key = _key(section, article, places, form, through)
        stem, en = _called(section, article, through)
        stems[stem] = stems.get(stem, 0) + 1
        if stems[stem] > 1:
            en = f"{en} ({stems[stem]})"
            stem = f"{stem}_{stems[stem]}"
        whole = own[id(article)]
        # What no citation would find is not drafted from.
        sentences = [
            text for text in said.get(id(article), []) if bare(text) and bare(text) in whole
        ]
        found.append(
            Drafted(
                key=key,
                stem=stem,
                en=en,
                title=tidy(article.title or ""),
                ordinal=article.ordinal,
                bare=whole,
                sentences=sentences,
                responsibilities=list(_responsibilities(article)),
                tasks=frozenset(_tasks(article, sentences)),
            )
        )
    last = max(counted, default=None) if through else None
    return Articles(form, last if last is not None and last < 100 else None, tuple(found))


def outside(reading: Reading) -> Iterator[Sentence]:
    """Sentences that stand in no article and are no framework: nothing is drafted from them."""
    for sentence in reading.sentences():
        if sentence.article is None and not framework(sentence, reading):
            yield sentence


def _every(reading: Reading) -> Iterator[tuple[Section, Article]]:
    for section in reading.sections:
        for article in section.articles:
            yield section, article


def _form(reading: Reading, through: bool) -> str:
    first = next((item.number for item in reading.articles if item.number is not None), None)
    if through and first is not None:
        if first.startswith("第"):
            return "第{}条"
        return "第（{}）条" if first.lstrip()[:1] in ("（", "(") else "第{}点"
    if any(section.number is not None for section in reading.sections):
        chapter = any((section.number or "").startswith("第") for section in reading.sections)
        return "第{}章" if chapter else _BY_SECTION
    return "第{}条"


def _key(section: Section, article: Article, places: Places, form: str, through: bool) -> str:
    for key in _keys(section, article, through):
        named = places.named(key, form)
        if any(item is article for place in named for item in place.articles):
            return key
    return ""


def _keys(section: Section, article: Article, through: bool) -> Iterator[str]:
    """Names that may reach an article, the plainest first."""
    own = None if article.number is None else number(article.number)
    above = None if section.number is None else number(section.number)
    if own is not None and through:
        yield chinese_number(own) if 0 < own < 100 else f"第{own}条"
    elif own is not None and above is not None and 0 < own < 100 and 0 < above < 100:
        yield f"{chinese_number(above)}（{chinese_number(own)}）"
    elif own is None and above is not None and 0 < above < 100:
        yield f"第{chinese_number(above)}{'章' if '章' in (section.number or '') else '部分'}"


def _called(section: Section, article: Article, through: bool) -> tuple[str, str]:
    own = None if article.number is None else number(article.number)
    above = None if section.number is None else number(section.number)
    if own is not None and through:
        return f"article_{own:02d}", f"article {own}"
    if own is not None and above is not None:
        return f"part_{above:02d}_article_{own:02d}", f"part {above}, article {own}"
    if above is not None and own is None:
        return f"part_{above:02d}", f"part {above}"
    return ("text", "the text") if own is None else (f"article_{own:02d}", f"article {own}")


def _responsibilities(article: Article) -> Iterator[Responsibility]:
    if article.responsibility is not None:
        yield article.responsibility
    for item in article.items:
        yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Responsibility]:
    if item.responsibility is not None:
        yield item.responsibility
    for below in item.items:
        yield from _of_item(below)


def _tasks(article: Article, sentences: list[str]) -> Iterator[int]:
    """The sentences of every item, or of the article, that ends in a bracket and commands nothing.

    Somebody answers for it, so what it says is to be done: 开发社区岗位2000个.（市民政局负责）
    """
    stretches = [bare(text) for text in _answered(article.items)]
    if article.responsibility is not None:
        stretches.append(bare(article.text))
    said = [bare(text[marked(text) :]) for text in sentences]
    for stretch in stretches:
        within = [place for place, text in enumerate(said) if text in stretch]
        if all(command_at(sentences[place]) is None for place in within):
            yield from (place for place in within if not defines(sentences[place]))


def _answered(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.responsibility is not None:
            yield item.text
        yield from _answered(item.items)


def printed(text: str) -> str:
    """A name as printed, without blanks and line breaks."""
    return re.sub(r"\s+", " ", tidy(text)).strip()
