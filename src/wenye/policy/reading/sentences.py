"""A read document sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wenye.policy.reading.characters import plain
from wenye.policy.reading.responsibility import Leading, bracket_at_end, responsibility

if TYPE_CHECKING:
    from wenye.policy.reading.reading import Article, Reading, Sentence


def sentences(reading: Reading) -> Iterator[Sentence]:
    """The sentences of opening, sections, articles and closing; brackets of duty are left out."""
    from wenye.policy.reading.reading import Sentence

    for text in split(reading.opening):
        yield Sentence(text, None, None, "")
    for section in reading.sections:
        for text in split(section.text):
            yield Sentence(text, section.number, None, section.number or "")
        for article in section.articles:
            place = article.number or section.number or ""
            for text in split(_without_bracket(article)):
                yield Sentence(text, section.number, article, place)
    for text in split(reading.closing):
        yield Sentence(text, None, None, "")


def _without_bracket(article: Article) -> str:
    kept = []
    for paragraph in article.text.split("\n"):
        place = bracket_at_end(paragraph)
        said = place is not None and responsibility(paragraph, Leading()) is not None
        kept.append(paragraph[: place[0]] if place is not None and said else paragraph)
    return "\n".join(kept)


def split(text: str) -> Iterator[str]:
    """Sentences: up to 。 ； ？ ！ or the end of a paragraph, what stands in quotes whole."""
    for paragraph in text.split("\n"):
        first = depth = 0
        form = plain(paragraph)
        for at, sign in enumerate(form):
            depth += (sign in "([《") - (sign in ")]》")
            if sign in "。;!?" and depth <= 0:
                last = at + 1
                while last < len(form) and paragraph[last] in "”」』’":
                    last += 1
                if paragraph[first:last].strip("。；; "):
                    yield paragraph[first:last].strip()
                first, depth = last, 0
        rest = paragraph[first:].strip()
        if re.sub(r"[\W_]", "", rest):
            yield rest
