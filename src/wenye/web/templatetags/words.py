"""How values are written on a page: days, months, amounts, and nothing as a word."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def or_none(value: Any) -> Any:
    """The value, or “无” where there is none."""
    return _("无") if value is None or value == "" else value


@register.filter
def or_unknown(value: Any) -> Any:
    """The value, or “未提供” where it is not known."""
    return _("未提供") if value is None or value == "" else value


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A day in a table: 2020-08-03; none as “无”."""
    if value is None or value == "":
        return str(_("无"))
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return value.strftime("%Y-%m-%d")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A point in time in a table: 2020-08-03 14:05."""
    return str(_("无")) if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def day_prose(value: dt.date | None) -> str:
    """A day in a sentence: 2020年8月3日."""
    if value is None:
        return str(_("无"))
    if get_language() == "en":
        return f"{value.day} {value.strftime('%B')} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def month(value: dt.date | None) -> str:
    """A month in a table: 2020-08."""
    return str(_("无")) if value is None else value.strftime("%Y-%m")


@register.filter
def yuan(fen: int | None) -> str:
    """Whole fen as ¥1,234.56; none as “无”."""
    if not isinstance(fen, int):
        return str(_("无"))
    return f"{'-' if fen < 0 else ''}¥{Decimal(abs(fen)) / 100:,.2f}"


@register.filter
def count(value: int | None) -> str:
    """A number of things: 12,345."""
    return str(_("未提供")) if value is None else f"{value:,}"


@register.simple_tag
def two(zh: Any, en: Any) -> Any:
    """What the page's language asks for; Chinese where there is no English."""
    return en if get_language() == "en" and en else zh
