"""Units of parameters: what may be written, what is stored, how it reads.

=================  ==========================  =======================================
unit               kind                        written
=================  ==========================  =======================================
``CNY``            money, once                 yuan, at most two decimals
``CNY/month``      money, monthly              yuan, at most two decimals
``percent``        rate                        10.5 is exactly 105 at scale 3
``month``          number of months            whole
``year``, ``age``  number of years             whole
``day``            number of days              whole
``working_day``    number of days              whole
``person``         number of persons           whole
``number``         plain number                whole
``date``           day                         2025-01-01
``calendar_month`` month                       "2025-01"
``yes_no``         truth                       是 or 否
=================  ==========================  =======================================
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wenye.rules import calendar
from wenye.rules.kinds import DAY, MONTH, TRUTH, Kind, money, number, rate

_TRUTHS = {"是": True, "否": False}
#: A value before a series gives it its scale: the stored integer, or a rate's exact share.
Exact = int | Decimal
#: A number as text: no exponent, no separators, no leading zeros that could mean something else.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its kind, and how a value of it reads in Chinese and English (one, many)."""

    name: str
    kind: Kind
    zh: str
    en: str
    en_many: str


_PERCENT = rate(2)
UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("CNY", money("once"), "{}元", "CNY {}", "CNY {}"),
        Unit("CNY/month", money("monthly"), "{}元/月", "CNY {} a month", "CNY {} a month"),
        Unit("percent", _PERCENT, "{}%", "{}%", "{}%"),
        Unit("month", number("month"), "{}个月", "{} month", "{} months"),
        Unit("year", number("year"), "{}年", "{} year", "{} years"),
        Unit("age", number("age"), "{}周岁", "{}", "{}"),
        Unit("day", number("day"), "{}日", "{} day", "{} days"),
        Unit("working_day", number("day"), "{}个工作日", "{} working day", "{} working days"),
        Unit("person", number("person"), "{}人", "{} person", "{} persons"),
        Unit("number", number(), "{}", "{}", "{}"),
        Unit("date", DAY, "{}", "{}", "{}"),
        Unit("calendar_month", MONTH, "{}", "{}", "{}"),
        Unit("yes_no", TRUTH, "{}", "{}", "{}"),
    )
}


def exact(unit: Unit, value: Any) -> Exact:
    """A written value as it is stored, exactly.

    ``value`` is an int, a Decimal, a date or a text of one of these. Raises ``ValueError`` with the
    reason where it does not fit the unit; a float never fits.
    """
    if unit.kind == TRUTH:
        truth = _TRUTHS.get(value, value) if isinstance(value, str) else value
        if not isinstance(truth, bool):
            raise ValueError(f"{value} is not 是 or 否")
        return truth
    if isinstance(value, bool):
        raise ValueError(f"{value} is not a value")
    if isinstance(value, float):
        raise ValueError(f"{value} is a binary fraction, not an exact value: use Decimal or text")
    if unit.kind == DAY:
        if isinstance(value, str):
            value = _date(value)
        if not isinstance(value, dt.date):
            raise ValueError(f"{value} is not a day: write 2025-01-01")
        return calendar.code(value)
    if unit.kind == MONTH:
        if not isinstance(value, str):
            raise ValueError(f'{value} is not a month: write "2025-01", in quotes')
        try:
            return calendar.month_index(value)
        except ValueError:
            raise ValueError(f'{value} is not a month: write "2025-01"') from None
    amount = _decimal(value)
    if amount < 0:
        raise ValueError(f"{value} is negative")
    if unit.kind.name == "rate":
        return amount.scaleb(-2)
    if unit.kind.name == "money":
        amount = amount.scaleb(2)
        if amount != amount.to_integral_value():
            raise ValueError(f"{value} yuan is not a whole number of fen")
    elif amount != amount.to_integral_value():
        mend = ": write it in months" if unit.name in ("year", "age") else ""
        raise ValueError(f"{value} is not a whole number of {unit.name}s{mend}")
    stored = int(amount)
    if stored >= 2 ** (62 if unit.kind.name == "money" else 30):
        raise ValueError(f"{value} is too large")
    return stored


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value} is not a day: write 2025-01-01") from None


def _decimal(value: Any) -> Decimal:
    if isinstance(value, int | Decimal):
        amount = Decimal(value)
    elif isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        amount = Decimal(value.strip())
    else:
        raise ValueError(f"{value} is not a number")
    if not amount.is_finite():
        raise ValueError(f"{value} is not a number")
    return amount


def scale_of(values: list[Exact]) -> int:
    """The decimal scale that holds every share exactly; at least whole percents."""
    digits = [2]
    for value in values:
        if isinstance(value, Decimal):
            exponent = value.normalize().as_tuple().exponent
            digits.append(-exponent if isinstance(exponent, int) else 0)
    return max(digits)


def stored(value: Exact, scale: int) -> int:
    """The integer that the executors see."""
    return int(value.scaleb(scale)) if isinstance(value, Decimal) else value


def written(unit: Unit, value: Exact) -> str:
    """The bare value: ``2000.00``, ``10.5``, ``2025-01-01``, ``是``."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.scaleb(2).normalize():f}"
    if unit.kind.name == "money":
        yuan, fen = divmod(value, 100)
        return f"{yuan}.{fen:02d}"
    if unit.kind == DAY:
        return calendar.date(value).isoformat()
    if unit.kind == MONTH:
        return calendar.month_text(value)
    return str(value)


def worded(unit: Unit, value: Exact, lang: str = "zh") -> str:
    """The value with its unit, for people: ``2,000.00元/月``; ``CNY 2,000.00 a month``."""
    bare = written(unit, value)
    if isinstance(value, bool):
        return bare if lang == "zh" else "yes" if value else "no"
    if unit.kind.name == "money":
        bare = f"{Decimal(bare):,.2f}"
    if lang == "zh":
        return unit.zh.format(bare)
    return (unit.en if bare == "1" else unit.en_many).format(bare)
