"""Whether what a district cites really stands where it says: every phrase, in its article.

Parameters' values, the laws and conditions of schemes, measures and duties name a document, an
article and a phrase. Each is looked up in the document as it was read; a phrase that stands in
another article is a mistake that names the right place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.nearest_words import Passage, nearest
from wenye.policy.citing.places import Place, Places
from wenye.policy.documents import Citation, Document

if TYPE_CHECKING:
    from wenye.policy.citing.texts import Texts
    from wenye.policy.district import District
    from wenye.rules.scheme import Scheme

#: Between two passages that come equally near.
NEAREST_OR = "　或 / or　"


class Citing(StrEnum):
    """What cites."""

    PARAMETER = "parameter"
    SCHEME = "scheme"
    MEASURE = "measure"
    DUTY = "duty"


class Finding(StrEnum):
    """What looking a phrase up came to."""

    FOUND = "found"
    ELSEWHERE = "elsewhere"
    MISSING = "missing"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Cited:
    """A phrase that something rests on; ``where`` is its ``file:line``."""

    by: Citing
    id: str
    document: Document
    article: str
    phrase: str
    where: str

    @property
    def place(self) -> str:
        """The document and the article, in words."""
        return Citation(self.document, self.article).text


@dataclass(frozen=True, slots=True)
class Looked:
    """A citation looked up. ``stands_in`` is the place that holds the phrase; ``nearest`` what the
    document says instead, in whole clauses, where something comes near (two passages parted by
    ``NEAREST_OR`` where they come equally near), and ``nearest_in`` where."""

    cited: Cited
    finding: Finding
    stands_in: str = ""
    nearest: str = ""
    nearest_in: str = ""
    article_known: bool = True

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "by": self.cited.by.value,
            "id": self.cited.id,
            "document": self.cited.document.id,
            "article": self.cited.article,
            "phrase": self.cited.phrase,
            "where": self.cited.where,
            "finding": self.finding.value,
            "stands_in": self.stands_in or None,
            "nearest": self.nearest or None,
            "nearest_in": self.nearest_in or None,
        }


def every_citation(
    district: District,
    schemes: Mapping[str, type[Scheme]] | None = None,
    *,
    without_phrase: bool = False,
) -> list[Cited]:
    """Every citation with a phrase: of parameters, of ``schemes`` (all unless given), of measures
    and of duties. A phrase that stands in several places of one file is told once per line.
    ``without_phrase`` adds what schemes cite without quoting anything."""
    named = district.schemes if schemes is None else schemes
    found = [
        *_of_parameters(district),
        *_of_schemes(named, without_phrase=without_phrase),
        *_of_measures(district),
        *_of_duties(district),
    ]
    return list(dict.fromkeys(found))


def _of_parameters(district: District) -> Iterator[Cited]:
    for parameter in district.details.values():
        for value in parameter.values:
            if value.citation is not None:
                yield Cited(
                    Citing.PARAMETER,
                    parameter.name,
                    value.citation.document,
                    value.citation.article,
                    value.quote,
                    value.where,
                )


def _of_schemes(schemes: Mapping[str, type[Scheme]], *, without_phrase: bool) -> Iterator[Cited]:
    for name, scheme in schemes.items():
        cites: list[Any] = [version.basis for version in scheme.laws]
        cites += [item.cites for item in scheme.conditions.values()]
        cites += [] if scheme.claws_back is None else [scheme.claws_back.cites]
        for citation in _citations(cites):
            if citation.phrase or without_phrase:
                yield Cited(
                    Citing.SCHEME,
                    name,
                    citation.document,
                    citation.article,
                    citation.phrase,
                    citation.where,
                )


def _of_measures(district: District) -> Iterator[Cited]:
    for register in district.measures:
        for measure in register.measures.values():
            for phrase in measure.phrases:
                yield Cited(
                    Citing.MEASURE,
                    measure.id,
                    register.document,
                    measure.article,
                    phrase,
                    measure.where,
                )


def _of_duties(district: District) -> Iterator[Cited]:
    for duty in district.duties.values():
        if duty.citation is None:
            continue
        document, article = duty.citation.document, duty.citation.article
        for phrase in duty.quotes:
            yield Cited(Citing.DUTY, duty.id, document, article, phrase, duty.where)


def _citations(cites: Iterable[Any]) -> Iterator[Citation]:
    for item in cites:
        if isinstance(item, Citation):
            yield item
        elif isinstance(item, Mapping):
            yield from _citations(item.values())
        elif isinstance(item, list | tuple):
            yield from _citations(item)


def look_up(citations: Iterable[Cited], texts: Texts) -> list[Looked]:
    """Every citation looked up in its document's text; ``PolicyError`` where one is unreadable."""
    return [look(cited, texts.places(cited.document)) for cited in citations]


def look(cited: Cited, places: Places | None, *, stood_in: str = "") -> Looked:
    """One citation, looked up among the places of its document.

    ``stood_in`` is the label of the place that held the phrase in an earlier version, if any: of
    words that come equally near, those in the place of that number are the nearest.
    """
    if places is None:
        return Looked(cited, Finding.NO_TEXT)
    phrase = bare(cited.phrase)
    item = tuple(place for place in places.all if stood_in and place.label == stood_in)
    if not cited.article:
        if phrase in places.whole.bare:
            return Looked(cited, Finding.FOUND)
        return _missing(cited, phrase, places, (), item)
    named = places.named(cited.article, cited.document.article_form)
    for place in named:
        if phrase in place.bared.bare:
            return Looked(cited, Finding.FOUND, place.label)
    elsewhere = places.holding(phrase)
    if elsewhere is not None or phrase in places.whole.bare:
        label = "各条以外" if elsewhere is None else elsewhere.label
        return Looked(cited, Finding.ELSEWHERE, label, article_known=bool(named))
    return _missing(cited, phrase, places, named, item, known=bool(named))


def _missing(
    cited: Cited,
    phrase: str,
    places: Places,
    named: tuple[Place, ...],
    item: tuple[Place, ...],
    *,
    known: bool = True,
) -> Looked:
    passages = nearest(phrase, places.whole, named, item)
    labels = dict.fromkeys(_label(passage, places) for passage in passages)
    return Looked(
        cited,
        Finding.MISSING,
        nearest=NEAREST_OR.join(passage.text for passage in passages),
        nearest_in="、".join(label for label in labels if label),
        article_known=known,
    )


def _label(passage: Passage, places: Places) -> str:
    if passage.place:
        return passage.place
    holding = places.holding(places.whole.bare[passage.start : passage.end])
    return "" if holding is None else holding.label
