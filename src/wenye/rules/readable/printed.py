"""Exact values as people read them: ¥1,234.56, 10.5 %, 2020年8月3日, 6个月."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from wenye.rules import calendar
from wenye.rules.kinds import Kind
from wenye.rules.parameters import Status

Lang = Literal["zh", "en"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_UNITS: dict[str, tuple[str, str, str]] = {
    "year": ("{}年", "{} year", "{} years"),
    "age": ("{}周岁", "{}", "{}"),
    "month": ("{}个月", "{} month", "{} months"),
    "day": ("{}日", "{} day", "{} days"),
    "working_day": ("{}个工作日", "{} working day", "{} working days"),
    "person": ("{}人", "{} person", "{} persons"),
}

#: How a value is known, as a mark behind it.
MARKS: dict[Status, tuple[str, str]] = {
    Status.QUOTED: ("原文", "quoted"),
    Status.CONFIRMED: ("已确认", "confirmed"),
    Status.SOURCED: ("待核实来源", "source to be confirmed"),
    Status.OPEN: ("未定", "open"),
}


def mark(status: Status, lang: Lang) -> str:
    """The mark of a status: 原文, 已确认, 待核实来源, 未定."""
    return MARKS[status][lang == "en"]


def day_words(day: dt.date, lang: Lang) -> str:
    """2020年8月3日; 3 August 2020."""
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(index: int, lang: Lang) -> str:
    """2020年8月; August 2020."""
    year, month = divmod(index, 12)
    return f"{_MONTHS[month]} {year}" if lang == "en" else f"{year}年{month + 1}月"


def plain(value: int, scale: int = 0) -> str:
    """A scaled integer without trailing zeros and without rounding: 105 at scale 1 is 10.5."""
    text = f"{Decimal(value).scaleb(-scale):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(fen: int, scale: int = 0) -> str:
    """¥1,234.56, with further decimals only where there are fractions of a fen."""
    amount = Decimal(fen).scaleb(-2 - scale)
    whole, _, fraction = f"{abs(amount):,f}".partition(".")
    fraction = fraction.rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}¥{whole}.{fraction}"


def with_unit(number: str, unit: str, lang: Lang) -> str:
    """A number with its unit: 6个月, 1 month."""
    zh, one, many = _UNITS.get(unit, ("{}", "{}", "{}"))
    return (zh if lang == "zh" else one if number in ("1", "-1") else many).format(number)


def value_words(value: Any, kind: Kind, lang: Lang, *, bare: bool = False) -> str:
    """A stored value of ``kind`` in words; ``bare`` leaves the unit (个月, %, ¥, /月) out."""
    if value is None:
        return "无" if lang == "zh" else "none"
    if kind.name == "truth":
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if kind.name == "money":
        if bare:
            return yuan(value, kind.scale).replace("¥", "")
        monthly = "" if kind.unit != "monthly" else "/月" if lang == "zh" else " a month"
        return yuan(value, kind.scale) + monthly
    if kind.name == "rate":
        return plain(value * 100, kind.scale) + ("" if bare else " %")
    if kind.name == "day":
        return day_words(calendar.date(value), lang)
    if kind.name == "month":
        return month_words(value, lang)
    if kind.name == "choice":
        identifier, label = kind.options[int(value)]
        return label if lang == "zh" else identifier.replace("_", " ")
    if kind.name == "number":
        number = plain(value, kind.scale)
        return number if bare else with_unit(number, kind.unit, lang)
    return str(value)
