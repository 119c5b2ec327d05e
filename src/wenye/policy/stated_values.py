"""Whether a quoted value stands in its own quotation: 300 in 每月给予补贴300元, 12 months in 1年.

The numbers of a quotation are read with what they count, and the value is looked for among them in
the unit of its parameter: a year is twelve months, 半年 six, 2.2万元 22,000 yuan, 一半 50%. One
without a unit is taken as it stands; days and months are looked for among the dates. Whether it is
the right number of several, only a reader can say.
"""

from __future__ import annotations

import calendar as months_of
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wenye.policy.reading.characters import NUMERAL, number, plain, tight
from wenye.policy.reading.days import DAY, YEAR, day
from wenye.policy.reading.names import NUMBER
from wenye.policy.reading.quantities import quantities
from wenye.policy.units import Exact, Unit, written
from wenye.rules.kinds import DAY as DAY_KIND
from wenye.rules.kinds import MONTH as MONTH_KIND

_MONTHS, _HOURS, _WORKING, _SHARE, _COUNT = "months", "hours", "working days", "percent", "count"
_YUAN, _YUAN_A_MONTH, _YUAN_ELSE = "yuan", "yuan a month", "yuan for something else"
#: What a printed unit counts, and how much of it one is.
_PRINTED: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("元", "元/人", "元/户", "元/次"), (_YUAN, Decimal(1))),
    "角": (_YUAN, Decimal("0.1")),
    **dict.fromkeys(("元/月", "元/人/月"), (_YUAN_A_MONTH, Decimal(1))),
    **dict.fromkeys(("%", "个百分点", "百分点"), (_SHARE, Decimal(1))),
    "‰": (_SHARE, Decimal("0.1")),
    **dict.fromkeys(("成", "折"), (_SHARE, Decimal(10))),
    "倍": (_SHARE, Decimal(100)),
    **dict.fromkeys(("年", "周年", "周岁", "岁"), (_MONTHS, Decimal(12))),
    "个月": (_MONTHS, Decimal(1)),
    **dict.fromkeys(("个季度", "季度"), (_MONTHS, Decimal(3))),
    **dict.fromkeys(("小时", "个小时"), (_HOURS, Decimal(1))),
    **dict.fromkeys(("日", "天", "自然日", "个自然日"), (_HOURS, Decimal(24))),
    **dict.fromkeys(("周", "个星期", "星期"), (_HOURS, Decimal(168))),
    **dict.fromkeys(("个工作日", "工作日"), (_WORKING, Decimal(1))),
    **dict.fromkeys(("人次", "人", "名", "位", "户", "家", "次", "个", "项"), (_COUNT, Decimal(1))),
}
#: What a parameter's unit counts, and how much of it one is.
_UNITS: dict[str, tuple[tuple[str, ...], Decimal]] = {
    "CNY": ((_YUAN, _YUAN_ELSE), Decimal(1)),
    "CNY/month": ((_YUAN, _YUAN_A_MONTH), Decimal(1)),
    "percent": ((_SHARE,), Decimal(1)),
    "month": ((_MONTHS,), Decimal(1)),
    "year": ((_MONTHS,), Decimal(12)),
    "age": ((_MONTHS,), Decimal(12)),
    "day": ((_HOURS,), Decimal(24)),
    "working_day": ((_WORKING,), Decimal(1)),
    "person": ((_COUNT,), Decimal(1)),
}
_WORDS = (
    (re.compile("一半|半数|减半|折半|对半"), Decimal(50)),
    (re.compile("全额|全部|全数"), Decimal(100)),
    (re.compile("加倍|双倍|翻倍"), Decimal(200)),
)
_N = rf"(?:\d{{1,12}}(?:,\d{{3}})*(?:\.\d{{1,6}})?|[{NUMERAL}壹贰叁肆伍陆柒捌玖拾佰仟廿]{{1,12}})"
_YEARS_AND = re.compile(rf"(?P<years>{_N})年(?:(?P<half>半)|零?(?P<months>{_N})个月)")
_HALF = re.compile(r"半(?P<unit>年|天|日)")
_PART = re.compile(rf"(?P<whole>{_N})分之(?P<part>{_N})")
_UNIT = "|".join(map(re.escape, sorted(_PRINTED, key=len, reverse=True)))
_PLAIN_NUMBER = re.compile(
    rf"(?P<low>{_N})(?P<low_scale>[亿万千])?(?:[-~至到]{{1,2}}(?P<high>{_N})(?P<scale>[亿万千])?)?"
    rf"(?P<unit>{_UNIT})?(?!次性)"
)
_SMALL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?P<iso>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
    rf"|(?P<year>{YEAR})年(?:(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})[日号])?)?"
    rf"|(?P<next>次年|翌年)?(?<!个)(?P<month2>{_SMALL})月(?:(?P<day2>{_SMALL})[日号])?"
)
_SCALES = {"千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a quotation states it: as printed, and how much of what it counts (or "")."""

    printed: Decimal
    counts: str
    much: Decimal
    text: str


def states(unit: Unit, value: Exact, quote: str) -> bool:
    """Whether a quotation states the value of a parameter with this unit."""
    form = plain(tight(quote))
    if unit.kind == DAY_KIND:
        return written(unit, value) in {item.isoformat() for item in _days(form)}
    if unit.kind == MONTH_KIND:
        return written(unit, value) in {f"{item:%Y-%m}" for item in _days(form)}
    bare = Decimal(written(unit, value))
    counted, one = _UNITS.get(unit.name, ((), Decimal(1)))
    return any(
        item.much == bare * one
        if item.counts in counted
        else item.printed == bare and (not item.counts or not counted)
        for item in numbers(quote)
    )


def numbers(quote: str) -> tuple[Number, ...]:
    """The numbers of a quotation; those of dates and of documents are none."""
    return tuple(_numbers(plain(tight(quote))))


def _numbers(form: str) -> Iterator[Number]:
    for found in _YEARS_AND.finditer(form):
        years = _value(found["years"])
        more = Decimal(6) if found["half"] else _value(found["months"])
        if years is not None and more is not None:
            yield Number(years, _MONTHS, years * 12 + more, found[0])
    # 一年半 is no year: what was read is not read again.
    form = _YEARS_AND.sub(lambda found: " " * len(found[0]), form)
    for found in _HALF.finditer(form):
        half = Decimal("0.5")
        counts, one = _PRINTED[found["unit"]]
        yield Number(half, counts, half * one, found[0])
    for words, much in _WORDS:
        for found in words.finditer(form):
            yield Number(much, _SHARE, much, found[0])
    for found in _PART.finditer(form):
        whole, part = _value(found["whole"]), _value(found["part"])
        if whole and part is not None:
            yield Number(100 * part / whole, _SHARE, 100 * part / whole, found[0])
    for quantity in quantities(form, None):
        value, printed = quantity.counted
        yield _number(value, "".join(plain(printed).split()), quantity.text)
        form = form.replace(quantity.text, " " * len(quantity.text), 1)
    for pattern in (re.compile(NUMBER), re.compile(DAY), _DATE, _HALF, _PART):
        form = pattern.sub(lambda found: " " * len(found[0]), form)
    for found in _PLAIN_NUMBER.finditer(form):
        yield from _plain_numbers(found)


def _plain_numbers(found: re.Match[str]) -> Iterator[Number]:
    """A number that is no quantity, or both ends of a range."""
    printed, scale = found["unit"] or "", found["scale"]
    for text, own in ((found["low"], found["low_scale"] or scale), (found["high"], scale)):
        value = _value(text or "")
        word = len(text or "") == 1 and not (text.isdigit() or printed or own)
        if value is not None and not word:  # 统一, 一般 state no number
            yield _number(value * _SCALES.get(own or "", 1), printed, found[0])


def _number(value: Decimal, printed: str, text: str) -> Number:
    counts, one = _PRINTED.get(printed, ("", Decimal(1)))
    if not counts and printed:
        counts = _YUAN_ELSE if printed.startswith("元") else _COUNT
    return Number(value, counts, value * one, text)


def _value(text: str) -> Decimal | None:
    if not text:
        return None
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    found = number(text)
    return None if found is None else Decimal(found)


def _days(form: str) -> Iterator[dt.date]:
    """The days of the dates in a text; of a month or a year its first and its last."""
    year: int | None = None
    for found in _DATE.finditer(form):
        if found["iso"]:
            exact = day(found["iso"])
            if exact is not None:
                yield exact
            continue
        if found["year"]:
            first = day(f"{found['year']}年1月1日")
            year = None if first is None else first.year
        if year is None:
            continue
        held = year + 1 if found["next"] else year
        month = number(found["month"] or found["month2"] or "")
        of_month = number(found["day"] or found["day2"] or "")
        yield from _ends(held, month, of_month)


def _ends(year: int, month: int | None, of_month: int | None) -> Iterator[dt.date]:
    first, last = (month, month) if month else (1, 12)
    if not 1 <= first <= 12:
        return
    days = (of_month, of_month) if of_month else (1, months_of.monthrange(year, last)[1])
    for each, at in zip((first, last), days, strict=True):
        try:
            yield dt.date(year, each, at)
        except ValueError:
            continue
