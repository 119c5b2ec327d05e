"""Days as documents print them: 2020 年 8 月 3 日, 二〇二〇年八月三日, 2020-08-03."""

from __future__ import annotations

import datetime as dt
import re

from wenye.policy.reading.characters import number

YEAR = "(?:(?:19|2[0〇oO])[0-9〇oO]{2}|[一二][九〇零oO][〇零一二三四五六七八九oO]{2})"
_SMALL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
#: A calendar day in a plain, tight text.
DAY = rf"{YEAR}年{_SMALL}月{_SMALL}[日号]|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
MONTH = rf"{YEAR}年{_SMALL}月"
_PARTS = re.compile(rf"({YEAR})[年\-/.]({_SMALL})[月\-/.]({_SMALL})[日号]?")


def day(text: str) -> dt.date | None:
    """The day that the plain, tight text is; None where it is none of the calendar."""
    found = _PARTS.fullmatch(text)
    if found is None:
        return None
    year, month, date = (number(_digits(part)) for part in found.groups())
    if year is None or month is None or date is None:
        return None
    if year < 100:
        return None
    try:
        return dt.date(year, month, date)
    except ValueError:
        return None


def _digits(part: str) -> str:
    """The letter O read as the nought that it was taken for, among digits or numerals."""
    nought = "0" if re.search("[0-9]", part) else "〇"
    return re.sub("[oO〇]", nought, part)
