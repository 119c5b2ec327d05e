"""What a rule means, from the definitions: a third, slow reading that shares no code with the two.

Dates are dates, amounts are fractions, periods come from ``slow_calendar``; rows are looked at one
by one. It reads cases in which every fact is known. Where an open parameter makes an aggregate
uncertain it raises ``Unclear``: intervals are the executors' business, and are tested otherwise.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.rules import slow_calendar
from tests.rules.slow_calendar import ONE_DAY

from wenye.rules.expressions import Expr
from wenye.rules.kinds import Kind
from wenye.rules.tree import Node

Row = Mapping[str, Any]
ABSENT = "absent"


class Unclear(Exception):
    """The definitions alone do not settle this."""


def date_of(code: int) -> dt.date:
    months, rest = divmod(code, 64)
    return dt.date(months // 12, months % 12 + 1, rest // 2)


def code_of(day: dt.date) -> int:
    last = slow_calendar.is_last_of_month(day)
    return (day.year * 12 + day.month - 1) * 64 + day.day * 2 + last


def read(stored: Any, kind: Kind) -> Any:
    """A stored value as what it stands for."""
    if stored is None or kind.name in ("truth", "code"):
        return stored
    if kind.name != "rate" and stored <= -(2 ** (kind.bits - 1)) + 1:
        return ABSENT
    if kind.name == "day":
        return date_of(stored)
    if kind.name in ("number", "money", "rate"):
        return Fraction(stored, 10**kind.scale)
    return stored


def stored(value: Any, kind: Kind) -> Any:
    """The other way round."""
    if isinstance(value, dt.date):
        return code_of(value)
    if isinstance(value, Fraction):
        scaled = value * 10**kind.scale
        assert scaled.denominator == 1
        return int(scaled)
    return value


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
    "eq": operator.eq,
    "ne": operator.ne,
}


_LOGIC = ("and", "or", "not", "condition", "rests", "only_if")


def counts(node: Node) -> bool:
    """Whether an aggregate stands somewhere below."""
    return any(below.op in ("count", "total") for below in node.walk())


class Meaning:
    """Reads expressions about one row on one day."""

    def __init__(self, row: Row, on: int) -> None:
        self.rows: dict[int, Row] = {}
        self.row = row
        self.on = date_of(on)

    def stored(self, expr: Expr) -> Any:
        """The value as an executor would give it back."""
        return stored(self.of(expr), expr.kind)

    def of(self, node: Any) -> Any:
        value = self.computed(node)
        if value is None and node.op not in _LOGIC and counts(node):
            raise Unclear  # the ends of an interval may settle more than an unknown value does
        return value

    def computed(self, node: Any) -> Any:
        if node.op in _COMPARE:
            a, b = self.values(node)
            return None if a is None or b is None else _COMPARE[node.op](a, b)
        return getattr(self, f"_{node.op}")(node)

    def values(self, node: Node) -> list[Any]:
        """Values of the arguments; what is absent settles nothing where it was not asked for."""
        found = [self.of(arg) for arg in node.args]
        return [None if isinstance(value, str) and value == ABSENT else value for value in found]

    def applied(self, node: Node, work: Callable[..., Any]) -> Any:
        values = self.values(node)
        return None if None in values else work(*values)

    # -- rows -----------------------------------------------------------------------------------

    def _root(self, node: Node) -> Any:
        return self.row

    def _row(self, node: Node) -> Any:
        return self.rows[node.key]

    def _ref(self, node: Node) -> Any:
        parent = self.of(node.args[0])
        return parent[node.attrs[1]] if parent else parent

    def held(self, source: Any) -> Any:
        parent = self.of(source.args[0])
        return parent[source.attrs[1]] if parent else parent

    def _as_at(self, node: Any) -> Any:
        return self.picked(node, *node.entity.spell)

    def _latest(self, node: Any) -> Any:
        return self.picked(node, node.entity.spell[0] if node.entity.spell else node.entity.dated)

    def picked(self, node: Any, first: str, last: str = "") -> Any:
        """The last begun of the rows dated up to the day, and still going on if there is a last."""
        held, when = self.held(node), self.of(node.args[1])
        if held is False or held is None or when in (None, ABSENT):
            return False if held is False else None
        kind = node.entity.facts()[first].kind

        def covers(row: Row) -> bool:
            if read(row[first], kind) > when:
                return False
            ends = read(row[last], kind) if last else ABSENT
            return ends == ABSENT or ends >= when

        found = [row for row in held.rows if covers(row)]
        if found:
            return max(found, key=lambda row: (row[first], row["key"]))
        if held.complete_to <= 0:
            return None
        complete = date_of(held.complete_to)
        if kind.name == "month":  # a month is complete when it is over
            after = complete + ONE_DAY
            return False if when < after.year * 12 + after.month - 1 else None
        return False if when <= complete else None

    def _fact(self, node: Node) -> Any:
        row = self.of(node.args[0])
        if not row:
            return ABSENT if row is False else None
        return read(row[node.attrs[0].name], node.attrs[0].kind)

    def _has(self, node: Node) -> Any:
        value = self.of(node.args[0])
        return None if value is None else value != ABSENT

    def _exists(self, node: Node) -> Any:
        row = self.of(node.args[0])
        return None if row is None else row is not False

    def _key(self, node: Node) -> Any:
        row = self.of(node.args[0])
        return row["key"] if row else None

    # -- leaves ---------------------------------------------------------------------------------

    def _const(self, node: Any) -> Any:
        return read(node.attrs[0], node.kind)

    def _on(self, node: Node) -> Any:
        return self.on

    def _pay_month(self, node: Node) -> Any:
        return self.on.year * 12 + self.on.month - 1

    def _param(self, node: Node) -> Any:
        day, series = self.of(node.args[0]), node.attrs[1]
        if day is None or day == ABSENT:
            return None
        value = None
        for step in series.steps:
            if date_of(step.since) <= day:
                value = step.value
        return read(value, series.kind)

    # -- logic ----------------------------------------------------------------------------------

    def _condition(self, node: Node) -> Any:
        return self.of(node.args[0])

    _rests = _named = _condition

    def _and(self, node: Node) -> Any:
        return self.joined(node, decisive=False)

    def _or(self, node: Node) -> Any:
        return self.joined(node, decisive=True)

    def joined(self, node: Node, decisive: bool) -> Any:
        """One side that decides is enough, however unclear the others are."""
        values, unclear = [], False
        for arg in node.args:
            try:
                values.append(self.of(arg))
            except Unclear:
                unclear = True
        if decisive in values:
            return decisive
        if unclear:
            raise Unclear
        return None if None in values else not decisive

    def _not(self, node: Node) -> Any:
        return self.applied(node, operator.not_)

    def _isin(self, node: Node) -> Any:
        return self.applied(node, lambda value: value in node.attrs[0])

    def _where(self, node: Node) -> Any:
        test, yes, no = self.values(node)
        if test is None:
            return yes if yes == no else None
        return yes if test else no

    def _only_if(self, node: Node) -> Any:
        test, value = self.values(node)
        return value if test else None

    # -- arithmetic -----------------------------------------------------------------------------

    def _add(self, node: Any) -> Any:
        return self.applied(node, operator.add if node.kind.name != "month" else _moved)

    def _sub(self, node: Any) -> Any:
        if node.kind.name == "month":
            return self.applied(node, lambda month, n: _moved(month, -n))
        return self.applied(node, lambda a, b: Fraction(a - b))

    def _mul(self, node: Any) -> Any:
        # A finer scale is written as a multiplication: only the kind tells it from a product.
        scales = sum(arg.kind.scale for arg in node.args) - node.kind.scale
        return self.applied(node, lambda a, b: a * b * Fraction(10) ** scales)

    def _floordiv(self, node: Node) -> Any:
        return self.applied(node, lambda a, b: Fraction(math.floor(a / b)) if b > 0 else None)

    def _min(self, node: Node) -> Any:
        return self.applied(node, min)

    def _max(self, node: Node) -> Any:
        return self.applied(node, max)

    def _to_fen(self, node: Node) -> Any:
        half = Fraction(1, 2) if node.attrs[0] == "up" else 0
        return self.applied(node, lambda amount: Fraction(math.floor(amount + half)))

    # -- days -----------------------------------------------------------------------------------

    def _reached(self, node: Node) -> Any:
        return self.applied(node, lambda a, n, b: _period(True, node.attrs[0], a, int(n), b))

    def _within(self, node: Node) -> Any:
        return self.applied(node, lambda a, n, b: _period(False, node.attrs[0], a, int(n), b))

    def _add_months(self, node: Node) -> Any:
        return self.applied(node, lambda day, n: slow_calendar.ends(day, int(n)))

    def _add_days(self, node: Node) -> Any:
        return self.applied(node, lambda day, n: _days_later(day, int(n)))

    def _whole_months(self, node: Node) -> Any:
        return self.applied(node, lambda a, b: Fraction(slow_calendar.whole_months(a, b)))

    def _month_of(self, node: Node) -> Any:
        return self.applied(node, lambda day: day.year * 12 + day.month - 1)

    def _year_of(self, node: Node) -> Any:
        return self.applied(node, lambda day: Fraction(day.year))

    def _first_day(self, node: Node) -> Any:
        return self.applied(node, lambda month: dt.date(month // 12, month % 12 + 1, 1))

    def _last_day(self, node: Node) -> Any:
        return self.applied(
            node, lambda month: dt.date((month + 1) // 12, (month + 1) % 12 + 1, 1) - ONE_DAY
        )

    # -- aggregates -----------------------------------------------------------------------------

    def _count(self, node: Node) -> Any:
        return self.summed(node, lambda: Fraction(1))

    def _total(self, node: Node) -> Any:
        return self.summed(node, lambda: self.of(node.args[2]))

    def summed(self, node: Node, each: Callable[[], Any]) -> Any:
        row, test = node.args[:2]
        held = self.held(row)
        if held is False:
            return Fraction(0)
        if held is None or held.complete_to <= 0 or date_of(held.complete_to) < self.on:
            raise Unclear
        whole = Fraction(0)
        for one in held.rows:
            self.rows[row.key] = one
            counts = self.of(test)
            value = each() if counts else Fraction(0)
            if counts is None or value is None:
                raise Unclear
            whole += value
        return whole


def _moved(month: int, months: Fraction) -> int | None:
    moved = month + int(months)
    return moved if dt.MINYEAR <= moved // 12 <= dt.MAXYEAR else None


def _days_later(day: dt.date, n: int) -> dt.date | None:
    try:
        return day + n * ONE_DAY
    except OverflowError:
        return None


def _period(reached: bool, unit: str, a: dt.date, n: int, b: dt.date) -> bool | None:
    if unit == "month":
        return (slow_calendar.reached if reached else slow_calendar.within)(a, n, b)
    if unit == "day":
        passed: int | None = (b - a).days
    else:
        passed = slow_calendar.working_days(a, b)
    if passed is None:
        return None
    return passed >= n if reached else passed <= n
