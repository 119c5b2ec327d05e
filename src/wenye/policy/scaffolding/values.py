"""The quantities of an article as parameters: named for their place, quoted, dated.

A quantity whose unit is none of the parameters' own, or whose value does not fit it, is left out
and told. Where the text leaves an amount or a rate to another text, the parameter is open and says
so in the document's words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wenye.policy.reading.characters import plain
from wenye.policy.reading.quantities import quantities
from wenye.policy.reading.reading import Quantity
from wenye.policy.scaffolding.articles import Drafted
from wenye.policy.scaffolding.wording import (
    clause_at,
    granted_at,
    hands_over_at,
    is_monthly,
    phrase_at,
    shortened,
)
from wenye.policy.units import UNITS, exact

#: Printed units (plain form) as units of parameters.
_UNITS = {
    **dict.fromkeys(("元", "元/人", "元/户", "元/次"), "CNY"),
    **dict.fromkeys(("元/月", "元/人/月"), "CNY/month"),
    "%": "percent",
    "年": "year",
    "个月": "month",
    **dict.fromkeys(("日", "天", "自然日", "个自然日"), "day"),
    **dict.fromkeys(("工作日", "个工作日"), "working_day"),
    **dict.fromkeys(("周岁", "岁"), "age"),
    **dict.fromkeys(("人", "名"), "person"),
}
_NAMES = {
    "CNY": ("amount", "amount"),
    "CNY/month": ("monthly_amount", "amount a month"),
    "percent": ("percent", "percentage"),
    "year": ("years", "years"),
    "month": ("months", "months"),
    "day": ("days", "days"),
    "working_day": ("working_days", "working days"),
    "age": ("age", "age"),
    "person": ("persons", "persons"),
}
#: Quantities of one article that become parameters; no published one comes near.
MOST_VALUES = 400
#: From when a value holds whose document gives no day: earlier than any that could be meant.
FAR_BACK = dt.date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter of an article; ``value`` is None where the text leaves it open."""

    name: str
    unit: str
    value: Decimal | None
    quote: str
    sentence: int
    label_en: str

    @property
    def is_money(self) -> bool:
        """Whether it is an amount that could be paid."""
        return self.unit.startswith("CNY")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quantity that became no parameter: its text, the words around it, and why."""

    text: str
    quote: str
    why: str
    why_en: str


@dataclass(slots=True)
class Values:
    """The parameters of one article, in printed order."""

    article: Drafted
    found: list[Value] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _by_unit: Counter[str] = field(default_factory=Counter)
    _by_sentence: dict[int, list[Value]] = field(default_factory=dict)

    def add(self, unit: str, value: Decimal | None, quote: str, sentence: int) -> Value:
        """Another parameter, with the next free name of its unit."""
        name, en = _NAMES[unit]
        self._by_unit[unit] += 1
        place = self._by_unit[unit]
        added = Value(
            f"{name}_{place}", unit, value, quote, sentence, f"{self.article.en}: {en} {place}"
        )
        self.found.append(added)
        self._by_sentence.setdefault(sentence, []).append(added)
        return added

    def of_sentence(self, sentence: int) -> list[Value]:
        """Those that stand in a sentence."""
        return self._by_sentence.get(sentence, [])


def values_of(article: Drafted) -> Values:
    """The quantities of an article, and the amounts that it leaves to another text."""
    values = Values(article)
    for number, text in enumerate(article.sentences):
        _stated(values, number, text)
        handed = hands_over_at(text)
        if handed is not None and not any(item.is_money for item in values.of_sentence(number)):
            short = len(text) <= 60
            quote = text.strip("。； ") if short else phrase_at(text, handed, 4, article.bare)
            rate = "比例" in quote and "标准" not in quote
            unit = "percent" if rate else _cash(text, handed)
            if granted_at(text) is not None or "标准" in text or rate:
                values.add(unit, None, quote, number)
    return values


def _cash(text: str, at: int) -> str:
    return "CNY/month" if is_monthly(clause_at(text, at)) else "CNY"


def _stated(values: Values, number: int, text: str) -> None:
    article = values.article
    at = 0
    for quantity in quantities(text, None):
        found = _place(text, quantity.text, at)
        if found < 0:
            continue
        before = text[:found]
        if before.count("《") > before.count("》"):
            continue  # the title of another document
        at = found + len(quantity.text)
        quote = phrase_at(text, found, len(quantity.text), article.bare)
        if len(values.found) >= MOST_VALUES:
            why, why_en = "这一条的参数已经太多", "the article has too many parameters"
            values.left_out.append(LeftOut(quantity.text, quote, why, why_en))
            continue
        unit, value = _in_units(quantity, clause_at(text, found))
        if unit is None:
            why = f"没有单位“{quantity.unit}”的参数"
            why_en = "no parameter has this unit"
        else:
            try:
                exact(UNITS[unit], value)
            except ValueError:
                why, why_en = "值不合参数的写法", "the value does not fit its unit"
            else:
                if not any(
                    (item.unit, item.value, item.quote) == (unit, value, quote)
                    for item in values.of_sentence(number)
                ):
                    values.add(unit, value, quote, number)
                continue
        values.left_out.append(LeftOut(quantity.text, quote, why, why_en))


def _place(text: str, printed: str, at: int) -> int:
    """Where the quantity stands from ``at`` on: 5 of 5—8人 is not that of 15日."""
    found = re.compile(rf"(?<![0-9.]){re.escape(printed)}(?![0-9])").search(text, at)
    return found.start() if found is not None else text.find(printed, at)


def _in_units(quantity: Quantity, clause: str) -> tuple[str | None, Decimal]:
    value, counted = quantity.counted
    printed = "".join(plain(counted).split())
    unit = _UNITS.get(printed)
    if unit == "CNY" and is_monthly(clause):
        unit = "CNY/month"
    if unit == "year" and value != value.to_integral_value():
        unit, value = "month", value * 12  # 半年, 一年半: months are whole where years are not
    return unit, value


def parameter_file(
    values: Values, document: str, since: dt.date | None, until: dt.date | None
) -> dict[str, Any]:
    """The parameters of an article as their file holds them."""
    return {
        item.name: _parameter(item, values.article, document, since, until) for item in values.found
    }


def _parameter(
    item: Value, article: Drafted, document: str, since: dt.date | None, until: dt.date | None
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "label": shortened(item.quote),
        "label_en": item.label_en,
        "unit": item.unit,
    }
    if item.value is None:
        entry["values"] = {since or FAR_BACK: {"open": f"文件没有给出数值：“{item.quote}”"}}
        if since is None:
            entry["note"] = f"文件没有读到施行日期，从哪天起待定；{FAR_BACK}是占位，不是文件所说"
    elif since is None:
        reference = f"{document} {article.key}：“{item.quote}”"
        note = "文件没有读到施行日期，从哪天起待定"
        entry["undated"] = [{"value": item.value, "reference": reference, "note": note}]
    else:
        value: dict[str, Any] = {
            "value": item.value,
            "status": "quoted",
            "document": document,
            "article": article.key,
            "quote": item.quote,
        }
        if until is not None:
            value["printed_to"] = until
        entry["values"] = {since: value}
    return entry
