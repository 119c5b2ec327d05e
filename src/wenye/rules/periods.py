"""Calendar periods and day arithmetic.

``reached(a, n, b)`` (满, 以上): b is on or after the day that ends n from a. ``within(a, n, b)``
(以内): b is on or before it. Both are yes on the ending day itself; 不满 is ``~reached``, 超过 is
``~within``.
"""

from __future__ import annotations

from typing import Any

from wenye.rules.errors import RuleError
from wenye.rules.expressions import Day, Expr, Month, Quantity, Truth, literal, make
from wenye.rules.kinds import DAY, MONTH, number
from wenye.rules.tree import written_at


class Period:
    """A length of time: ``months(6)``, ``years(2)``, ``days(30)``, ``working_days(5)``."""

    def __init__(self, length: Quantity, unit: str) -> None:
        self.length = length
        self.unit = unit


#: The period that a number of that unit makes.
_PERIODS = {
    "month": "use months(…)",
    "year": "use years(…)",
    "age": "use years(…)",
    "day": "use days(…)",
}


def _length(value: Any, unit: str) -> Quantity:
    expr = literal(value, number(unit))
    fitting = {"year": ("year", "age", "")}.get(unit, (unit, ""))
    if expr.kind.name != "number" or expr.kind.unit not in fitting or expr.kind.scale:
        raise RuleError(
            f"a {expr.kind} is not a number of {unit}s",
            where=written_at(),
            mend=_PERIODS.get(expr.kind.unit, ""),
        )
    return expr  # type: ignore[no-any-return]


def months(n: Any) -> Period:
    """A number of calendar months."""
    return Period(_length(n, "month"), "month")


def years(n: Any) -> Period:
    """A number of calendar years: twelve months each."""
    length = _length(n, "year")
    twelve = Quantity("const", number(), (), (12,))
    return Period(Quantity("mul", number("month"), (length, twelve)), "month")


def days(n: Any) -> Period:
    """A number of days."""
    return Period(_length(n, "day"), "day")


def working_days(n: Any) -> Period:
    """A number of working days by China's holiday calendar; unknown in years not announced."""
    return Period(_length(n, "day"), "working_day")


def _day(value: Any, place: str) -> Expr:
    expr = literal(value, DAY)
    if expr.kind != DAY:
        raise RuleError(
            f"{place} takes a day, not a {expr.kind}",
            where=written_at(),
            mend="first_day(month) or last_day(month)" if expr.kind == MONTH else "",
        )
    return expr  # type: ignore[no-any-return]


def _period(op: str, a: Any, n: Any, b: Any) -> Truth:
    if not isinstance(n, Period):
        raise RuleError(
            f"{op} takes a period", where=written_at(), mend="months(n), years(n) or days(n)"
        )
    return Truth(op, (_day(a, op), n.length, _day(b, op)), (n.unit,))


def reached(a: Any, n: Period, b: Any) -> Truth:
    """Whether ``b`` is on or after the day that ends ``n`` from ``a``."""
    return _period("reached", a, n, b)


def within(a: Any, n: Period, b: Any) -> Truth:
    """Whether ``b`` is on or before the day that ends ``n`` from ``a``."""
    return _period("within", a, n, b)


def add_months(a: Any, n: Any) -> Day:
    """The day that ends ``n`` months from ``a``."""
    return make("add_months", DAY, (_day(a, "add_months"), _length(n, "month")))  # type: ignore[no-any-return]


def add_days(a: Any, n: Any) -> Day:
    """The day ``n`` days after ``a`` (before it where ``n`` is negative)."""
    return make("add_days", DAY, (_day(a, "add_days"), _length(n, "day")))  # type: ignore[no-any-return]


def whole_months(a: Any, b: Any) -> Quantity:
    """Whole months from ``a`` to ``b``: the most for which ``reached(a, months(n), b)`` holds."""
    return make(  # type: ignore[no-any-return]
        "whole_months", number("month"), (_day(a, "whole_months"), _day(b, "whole_months"))
    )


def month_of(a: Any) -> Month:
    """The calendar month of a day."""
    return make("month_of", MONTH, (_day(a, "month_of"),))  # type: ignore[no-any-return]


def year_of(a: Any) -> Quantity:
    """The calendar year of a day, as a number."""
    return make("year_of", number(), (_day(a, "year_of"),))  # type: ignore[no-any-return]


def same_year(a: Any, b: Any) -> Truth:
    """Whether two days fall in one calendar year."""
    return year_of(a) == year_of(b)


def _month(value: Any, place: str) -> Expr:
    if not isinstance(value, Expr) or value.kind != MONTH:
        raise RuleError(f"{place} takes a month", where=written_at(), mend="month_of(day)")
    return value


def first_day(month: Any) -> Day:
    """First day of a month."""
    return make("first_day", DAY, (_month(month, "first_day"),))  # type: ignore[no-any-return]


def last_day(month: Any) -> Day:
    """Last day of a month."""
    return make("last_day", DAY, (_month(month, "last_day"),))  # type: ignore[no-any-return]
