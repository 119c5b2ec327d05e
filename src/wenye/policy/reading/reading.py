"""What a reading of a document holds, and how it is written as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for an article: the bodies its bracket names, exactly as printed.

    ``departments`` is everybody named, in printed order; ``lead`` and ``cooperating`` are those
    among them of whom the words say so. ``wording`` is what the bracket says without the names.
    """

    wording: str
    lead: tuple[str, ...]
    departments: tuple[str, ...]
    cooperating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph below an article, with its own sub-items and bracket."""

    number: str
    text: str
    items: tuple[Item, ...] = ()
    responsibility: Responsibility | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article; unnumbered (``number`` and ``ordinal`` None) where a section has text alone.

    ``text`` is all of it after the title, items and bracket included, paragraphs parted by a line
    break. ``ordinal`` is the number's value, and starts anew where the numbers do.
    """

    number: str | None
    ordinal: int | None
    title: str | None
    text: str
    items: tuple[Item, ...] = ()
    responsibility: Responsibility | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section; number and title None where the document has none. ``text`` is its opening."""

    number: str | None
    title: str | None
    text: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document, by title, by number, or by both."""

    title: str | None
    number: str | None


_SCALES = {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as printed (2.2 万元), and the ordinal of its article."""

    value: Decimal
    unit: str
    text: str
    article: int | None

    @property
    def counted(self) -> tuple[Decimal, str]:
        """Value and unit with 千, 万 and 亿 multiplied out: 2.2 万元 is 22000 元."""
        scale = _SCALES.get(self.unit[:1]) if len(self.unit) > 1 else None
        if scale is None:
            return self.value, self.unit
        return self.value * scale, self.unit[1:]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the document and its place: numbers as printed, None outside."""

    text: str
    section: str | None
    article: Article | None
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. ``opening`` and ``closing`` are the paragraphs around its sections.

    ``annex`` is what stands behind the signature; it is not read into articles.
    """

    title: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    opening: str
    sections: tuple[Section, ...]
    closing: str
    references: tuple[Reference, ...]
    signed_on: dt.date | None
    effective_from: dt.date | None
    effective_to: dt.date | None
    quantities: tuple[Quantity, ...]
    doubts: tuple[str, ...]
    annex: str = ""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article, through all sections."""
        return tuple(article for section in self.sections for article in section.articles)

    def sentences(self) -> Iterator[Sentence]:
        """The body sentence by sentence, in printed order; headings and brackets are none."""
        from wenye.policy.reading.sentences import sentences

        return sentences(self)

    def as_json(self) -> dict[str, Any]:
        """Plain data: days in ISO form, whole numbers as such, other values as floats."""
        return {
            "title": self.title,
            "document_number": self.document_number,
            "issuers": list(self.issuers),
            "addressees": list(self.addressees),
            "opening": self.opening,
            "sections": [_section(section) for section in self.sections],
            "closing": self.closing,
            "annex": self.annex,
            "references": [
                {"title": item.title, "number": item.number} for item in self.references
            ],
            "signed_on": _day(self.signed_on),
            "effective_from": _day(self.effective_from),
            "effective_to": _day(self.effective_to),
            "quantities": [_quantity(item) for item in self.quantities],
            "doubts": list(self.doubts),
        }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "text": section.text,
        "articles": [
            {
                "number": article.number,
                "ordinal": article.ordinal,
                "title": article.title,
                "text": article.text,
                "items": [_item(item) for item in article.items],
                "responsibility": _responsibility(article.responsibility),
            }
            for article in section.articles
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "text": item.text,
        "items": [_item(below) for below in item.items],
        "responsibility": _responsibility(item.responsibility),
    }


def _responsibility(found: Responsibility | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "wording": found.wording or None,
        "lead": list(found.lead),
        "departments": list(found.departments),
        "cooperating": list(found.cooperating),
    }


def _quantity(item: Quantity) -> dict[str, Any]:
    whole = item.value == item.value.to_integral_value()
    return {
        "value": int(item.value) if whole else float(item.value),
        "unit": item.unit,
        "text": item.text,
        "article": item.article,
    }
