"""One thing asked: what an answer to it may be, and how what people write becomes a case's value.

People write days and amounts as they are used to (2026年3月1日, 2026.3.1, ¥1,200): what can be read
in one way only is taken, anything else is told back in words.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wenye.rules.facts import Fact

#: The longest answer that is read at all.
LONGEST = 60
#: What stands for “there is none” and “I do not know” in a form.
NONE, UNKNOWN = "none", "unknown"
#: A contract without an end, as the registers write it.
NO_FIXED_TERM = 9999

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_DAY_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(?:份)?")
_MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of several."""

    value: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Field:
    """One fact asked at one place of a case; ``name`` is the place as written."""

    name: str
    label: str
    label_en: str
    #: ``truth``, ``choice``, ``day``, ``month``, ``number``, ``money``, ``code``; ``presence`` of a
    #: row referred to; ``same``: which of several employers it is.
    kind: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    may_be_absent: bool = False
    supplied_by: str = ""
    help: str = ""
    help_en: str = ""
    #: What stands there now, as a form shows it.
    value: str = ""
    #: The key that a ``same`` or ``presence`` answer gives to the employer in question.
    main_key: int = 0

    @property
    def chosen_from(self) -> bool:
        """Whether the answer is one of a few."""
        return bool(self.options)

    def holding(self, value: str) -> Field:
        """The same, with what was written into it."""
        return replace(self, value=value)


class NotRead(ValueError):
    """What was written cannot be taken; the message says why, to the person."""


TRUTH = (Option("yes", "是", "yes"), Option("no", "否", "no"))
PRESENCE = (Option("yes", "有", "yes"), Option("no", "没有", "no"))


def read(field: Field, text: str) -> tuple[bool, Any]:
    """``(answered, value)`` of what was written; NotRead where it makes no sense.

    Nothing written, and “unknown”, are no answer.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or text == UNKNOWN:
        return False, None
    if len(text) > LONGEST:
        raise NotRead(_("写得太长了，请只写要问的内容。"))
    if text == NONE or text in ("无", "没有"):
        if field.kind in ("presence", "same") and not field.may_be_absent:
            raise NotRead(_("这一项不能是“没有”。"))
        if field.kind in ("presence", "same") or field.may_be_absent:
            return True, None
        if field.kind != "truth":
            raise NotRead(_("这一项不能是“没有”。"))
    return True, _READERS[field.kind](field, text)


def _one_of(field: Field, text: str) -> str:
    for option in field.options:
        if text in (option.value, option.label):
            return option.value
    raise NotRead(_("请从列出的选项里选一个。"))


def _truth(field: Field, text: str) -> bool:
    words = {"是": True, "有": True, "yes": True, "否": False, "不是": False, "没有": False}
    words |= {"无": False, "no": False, "none": False}
    if text.lower() not in words:
        raise NotRead(_("请回答“是”或“否”。"))
    return words[text.lower()]


def _presence(field: Field, text: str) -> Any:
    if _one_of(field, text) == "no":
        return None
    return {"key": field.main_key} if field.main_key else {}


def _same(field: Field, text: str) -> Any:
    return {"key": int(_one_of(field, text))}


def _day(field: Field, text: str) -> str:
    found = _DAY.fullmatch(text) or _DAY_DIGITS.fullmatch(text)
    if found is None:
        raise NotRead(_("请写成年、月、日，例如 2026-03-01。"))
    try:
        day = dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        raise NotRead(_("日历上没有这一天，请检查。")) from None
    return _within(day.isoformat(), day.year)


def _month(field: Field, text: str) -> str:
    found = _MONTH.fullmatch(text) or _MONTH_DIGITS.fullmatch(text)
    if found is None:
        day = _DAY.fullmatch(text)
        if day is None:
            raise NotRead(_("请写成年、月，例如 2026-03。"))
        found = day
    year, number = int(found[1]), int(found[2])
    if not 1 <= number <= 12:
        raise NotRead(_("月份应在1到12之间。"))
    return _within(f"{year:04d}-{number:02d}", year)


def _within(text: str, year: int) -> str:
    if not 1900 <= year <= 2100:
        raise NotRead(_("年份看起来不对，请检查。"))
    return text


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d)[,，](?=\d{3}(?:\D|$))", "", text)
    return re.sub(r"^[¥￥]\s*|\s*(?:元|个月|月|年|人|周岁|岁|天|次)$", "", text)


def _number(field: Field, text: str) -> int:
    if field.unit == "month" and text in ("无固定期限", "no fixed term"):
        return NO_FIXED_TERM
    plain = _plain(text)
    if not re.fullmatch(r"\d{1,9}", plain):
        raise NotRead(_("请写一个整数，例如 12。"))
    return int(plain)


def _money(field: Field, text: str) -> str:
    plain = _plain(text)
    if not re.fullmatch(r"\d{1,12}(\.\d{1,10})?", plain):
        raise NotRead(_("请写金额，单位是元，例如 2690 或 2690.50。"))
    amount = Decimal(plain)
    if amount >= 10**11:
        raise NotRead(_("这个金额看起来不对，请检查。"))
    if amount != amount.quantize(Decimal("0.01")):
        raise NotRead(_("金额最多写到分（两位小数）。"))
    return f"{amount:.2f}"


def _code(field: Field, text: str) -> str:
    return text


_READERS: dict[str, Any] = {
    "truth": _truth,
    "choice": _one_of,
    "day": _day,
    "month": _month,
    "number": _number,
    "money": _money,
    "code": _code,
    "presence": _presence,
    "same": _same,
}


def shown(field: Field, value: Any) -> str:
    """A case's value as the form writes it."""
    if value is None:
        return "no" if field.kind == "presence" else NONE
    if field.kind == "presence":
        return "yes"
    if field.kind == "same":
        return str(value.get("key", "")) if isinstance(value, dict) else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def options_of(fact: Fact) -> tuple[Option, ...]:
    """The answers that a fact allows; none where it is written."""
    if fact.kind.name == "truth":
        return TRUTH
    return tuple(Option(name, label, name.replace("_", " ")) for name, label in fact.kind.options)
