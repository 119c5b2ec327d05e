"""Read documents made by hand: no reader between a test and what it looks at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from wenye.policy.reading.reading import (
    Article,
    Item,
    Quantity,
    Reading,
    Reference,
    Responsibility,
    Section,
)


def reading(*sections: Section, **more: Any) -> Reading:
    """A reading of these sections, with nothing else unless given."""
    bare: dict[str, Any] = {
        "title": "试验办法",
        "document_number": "试〔2024〕1号",
        "issuers": (),
        "addressees": (),
        "opening": "",
        "closing": "",
        "references": (),
        "signed_on": None,
        "effective_from": None,
        "effective_to": None,
        "quantities": (),
        "doubts": (),
    }
    return Reading(sections=sections, **{**bare, **more})


def section(number: str | None, *articles: Article, title: str = "", text: str = "") -> Section:
    return Section(number, title or None, text, articles)


def article(number: str | None, ordinal: int | None, text: str, **more: Any) -> Article:
    return Article(number, ordinal, more.pop("title", None), text, **more)


def item(number: str, text: str, *items: Item) -> Item:
    return Item(number, text, items)


def bracket(*departments: str, lead: tuple[str, ...] = ()) -> Responsibility:
    return Responsibility("按照职责分工负责", lead, departments, ())


def quantity(value: str, unit: str, place: int | None) -> Quantity:
    return Quantity(Decimal(value), unit, f"{value}{unit}", place)


def reference(title: str) -> Reference:
    return Reference(title, None)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
