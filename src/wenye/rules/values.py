"""Between what people write and what is stored: days, amounts, options, and the four states.

In JSON a fact left out is unknown, ``null`` is absent, ``"n/a"`` not applicable; days are
``"2020-08-03"``, months ``"2020-08"``, money yuan as a string or number with at most two decimals.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from wenye.rules import calendar
from wenye.rules.errors import CaseError, did_you_mean
from wenye.rules.facts import Fact
from wenye.rules.kinds import Kind

#: How a fact stands in a case.
STATES = ("known", "absent", "not_applicable", "unknown")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def encode(fact: Fact, value: Any, where: str) -> Any:
    """A JSON value as stored.

    Raises
    ------
    CaseError
        Naming the place, for a wrong type, an impossible day, an unknown option, or null where the
        fact cannot be absent.
    """
    kind = fact.kind
    if kind.name == "text":
        raise CaseError(
            f"{fact.label} 供人阅读，规则不用 / is for people to read, and no rule uses it",
            where=where,
            mend="leave it out",
        )
    if value is None or value == "n/a":
        if not fact.may_be_absent:
            raise CaseError(
                f"{fact.label} 不能为空 / cannot be absent",
                where=where,
                mend="leave it out if it is not known",
            )
        table = calendar.ABSENT if value is None else calendar.NOT_APPLICABLE
        return table[kind.bits]
    return _ENCODERS[kind.name](kind, value, where)


def _wrong(value: Any, where: str, wanted: str) -> CaseError:
    return CaseError(f"{value!r} 不是{wanted}", where=where)


def _truth(kind: Kind, value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, where, "是/否 / is not true or false")
    return value


def _number(kind: Kind, value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(value, where, "整数 / is not a whole number")
    if not -(2**31) + 2 <= value < 2**31:
        raise _wrong(value, where, "可用的数 / is out of range")
    return value


def _money(kind: Kind, value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _wrong(value, where, "金额 / is not an amount")
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(value, where, "金额 / is not an amount") from None
    # Bounded before it is multiplied: a far exponent overflows, and long digits would be rounded.
    if not amount.is_finite() or amount.adjusted() > 20 or _exponent(amount) < -20:
        raise _wrong(value, where, "金额 / is not an amount")
    fen = Fraction(amount) * 100
    if fen.denominator != 1 or abs(fen) >= 2**62:
        raise _wrong(value, where, "以元为单位、最多两位小数的金额 / needs yuan with two decimals")
    return int(fen)


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number has one
    return exponent


def _day(kind: Kind, value: Any, where: str) -> int:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return calendar.code(value)
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _wrong(value, where, "日期 / is not a day like 2020-08-03")
    try:
        return calendar.code(dt.date.fromisoformat(value))
    except ValueError:
        raise _wrong(value, where, "日历上有的日期 / is not a day of the calendar") from None


def _month(kind: Kind, value: Any, where: str) -> int:
    if not isinstance(value, str) or not _MONTH.fullmatch(value):
        raise _wrong(value, where, "月份 / is not a month like 2020-08")
    try:
        return calendar.month_index(value)
    except ValueError:
        raise _wrong(value, where, "日历上有的月份 / is not a month of the calendar") from None


def _choice(kind: Kind, value: Any, where: str) -> int:
    for position, (name, label) in enumerate(kind.options):
        if value in (name, label):
            return position
    raise CaseError(
        f"{value!r} 不是可选项 / is not an option",
        where=where,
        mend=did_you_mean(str(value), [name for name, _ in kind.options]),
    )


def _code(kind: Kind, value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong(value, where, "代码 / is not a code")
    return value


_ENCODERS: dict[str, Any] = {
    "truth": _truth,
    "number": _number,
    "money": _money,
    "day": _day,
    "month": _month,
    "choice": _choice,
    "code": _code,
}


def state(kind: Kind, stored: Any) -> str:
    """Whether a stored value is known, absent, not applicable or unknown."""
    if stored is None:
        return "unknown"
    if kind.bits and isinstance(stored, int):
        if stored == calendar.ABSENT[kind.bits]:
            return "absent"
        if stored == calendar.NOT_APPLICABLE[kind.bits]:
            return "not_applicable"
    return "known"


def decode(kind: Kind, stored: Any) -> Any:
    """A stored value as JSON: null when absent or unknown (``state`` tells which)."""
    if state(kind, stored) != "known":
        return "n/a" if state(kind, stored) == "not_applicable" else None
    if kind.name == "day":
        return calendar.date(stored).isoformat()
    if kind.name == "month":
        return calendar.month_text(stored)
    if kind.name == "choice":
        return kind.options[stored][0]
    if kind.name == "money":
        return yuan(stored, kind.scale)
    if kind.scale:
        return str(Decimal(stored).scaleb(-kind.scale))
    return stored


def yuan(fen: int, scale: int = 0) -> str:
    """Fen as a string of yuan with two decimals (more only where the amount is not yet rounded)."""
    return f"{Decimal(fen).scaleb(-2 - scale):.{2 + scale}f}"


def words_zh(kind: Kind, stored: Any) -> str:
    """A stored value as people read it in Chinese."""
    how = state(kind, stored)
    if how != "known":
        return {"unknown": "未提供", "absent": "无", "not_applicable": "不适用"}[how]
    if kind.name == "truth":
        return "是" if stored else "否"
    if kind.name == "choice":
        return str(kind.options[stored][1])
    if kind.name == "money":
        return f"¥{Decimal(stored).scaleb(-2 - kind.scale):,.{2 + kind.scale}f}"
    if kind.name == "rate":
        return f"{(Decimal(stored).scaleb(2 - kind.scale)).normalize():f}%"
    if kind.name == "number":
        unit = {"month": "个月", "year": "年", "age": "周岁", "day": "天", "person": "人"}.get(
            kind.unit, ""
        )
        return f"{stored}{unit}"
    return str(decode(kind, stored))
