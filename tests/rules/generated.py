"""Random rules that a scheme could hold: well typed, asking for presence before comparing."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.rules.generated_values import Guards, Valued, Values, conjunction, disjunction
from tests.rules.model import Firm, Job
from tests.rules.population import INSURANCE, SCHEMES, TOWNS

from wenye.rules import (
    ON,
    add_days,
    add_months,
    amount_paid,
    any_of,
    condition,
    count,
    days,
    drawing,
    first_day,
    has,
    key_of,
    last_day,
    month_of,
    months,
    months_drawn,
    months_in,
    paid_before,
    reached,
    same_year,
    share_at_least,
    to_fen,
    where,
    within,
    working_days,
    years,
)
from wenye.rules.expressions import Expr, Quantity, Truth
from wenye.rules.facts import Fact
from wenye.rules.kinds import DAY, money, number
from wenye.rules.sources import root

#: Every operation of the table in ``wenye.rules.expressions`` that an executor can meet.
OPERATIONS = frozenset(
    [
        "const",
        "param",
        "on",
        "pay_month",
        "fact",
        "has",
        "exists",
        "and",
        "or",
        "not",
        "ge",
        "gt",
        "le",
        "lt",
        "eq",
        "ne",
        "isin",
        "add",
        "sub",
        "mul",
        "floordiv",
        "min",
        "max",
        "only_if",
        "where",
        "to_fen",
        "reached",
        "within",
        "add_months",
        "add_days",
        "whole_months",
        "month_of",
        "first_day",
        "last_day",
        "year_of",
        "count",
        "total",
        "condition",
        "rests",
        "named",
        "key",
        "root",
        "ref",
        "as_at",
        "latest",
        "row",
    ]
)


class Rules(Values):
    """Draws rules about ``subject``; everything depends on ``rng`` alone."""

    def history(self) -> Valued:
        holder: Any = None
        guards: Guards = {}
        for _ in range(20):
            holder, guards = self.source()
            if "awards" in holder.entity.relations():
                break
        else:
            return self.literal_truth(), {}
        names = self.rng.sample(SCHEMES, self.rng.randint(1, 2))
        form = self.rng.randrange(4)
        if form == 0:
            return paid_before(holder, *names), guards
        if form == 1:
            month, more = self.month(1)
            return drawing(holder, *names, month=month), guards | more
        if form == 2:
            month, more = self.month(1)
            drawn = months_drawn(holder, *names, before=month)
            n, most = self.number("month", 0)
            return drawn < n, guards | more | most
        limit, more = self.param(money("once"))
        return amount_paid(holder, *names) <= limit, guards | more

    # -- truths ---------------------------------------------------------------------------------

    def compared(self, a: Any, b: Any) -> Truth:
        signs = [operator.ge, operator.gt, operator.le, operator.lt, operator.eq, operator.ne]
        test: Truth = self.rng.choices(signs, [4, 3, 4, 3, 2, 2])[0](a, b)
        return test

    def comparison(self, depth: int) -> Valued:
        lot = self.rng.random()
        make: Callable[[], Valued]
        if lot < 0.3:
            make = lambda: self.day(depth)  # noqa: E731
        elif lot < 0.4:
            make = lambda: self.month(depth)  # noqa: E731
        elif lot < 0.75:
            unit = self.pick(["", "month", "year", "day", "person"])
            make = lambda: self.number(unit, depth)  # noqa: E731
        elif lot < 0.95:
            flow = self.pick(["once", "monthly"])
            make = lambda: self.money(flow, depth)  # noqa: E731
        else:
            a, guards = self.rate()
            share = Decimal(self.rng.randint(0, 12)) / 10
            return self.compared(a, share), guards
        a, guards = make()
        if a.kind.name == "number" and self.chance(0.5):
            # The loops' counts are small: a threshold near them decides more often.
            return self.compared(a, self.rng.randint(0, 4)), guards
        b, more = make()
        if a.kind == DAY and self.chance(0.3):
            b, more = self.near(a), guards
        return self.compared(a, b), guards | more

    def option(self) -> Valued:
        found = self.fact(lambda f: f.kind.name in ("choice", "code"))
        if found is None:
            return self.literal_truth(), {}
        value, guards = found
        if value.kind.name == "choice":
            names = [name for name, _ in value.kind.options]
        else:
            fact: Fact = value.attrs[0]
            names = list({"town": TOWNS, "kind": INSURANCE, "scheme": SCHEMES}[fact.name])
        if self.chance(0.15):
            other = self.fact(lambda f: f.kind == value.kind)
            if other is not None:
                value = where(conjunction([*guards.values(), self.truth(0)]), value, other[0])
                guards = other[1]
        wanted = self.rng.sample(names, self.rng.randint(1, len(names) - 1))
        if len(wanted) == 1 and self.chance(0.5):
            return (value == wanted[0] if self.chance(0.5) else value != wanted[0]), guards
        return value.among(*wanted), guards

    def period(self, depth: int) -> Valued:
        (a, asked), (b, more) = self.day(depth), self.day(depth)
        unit = self.pick(["month", "month", "month", "year", "day", "working_day"])
        n, most = self.length("day" if unit == "working_day" else unit)
        if self.chance(0.5):  # around the end of the period, where the rules part
            b, more = self.near(self.ended(a, n, unit)), asked
        made = {"month": months, "year": years, "day": days, "working_day": working_days}[unit](n)
        return self.pick([reached, within])(a, made, b), asked | more | most

    @staticmethod
    def ended(a: Any, n: Any, unit: str) -> Any:
        if unit == "month":
            return add_months(a, n)
        return add_months(a, months_in(n)) if unit == "year" else add_days(a, n)

    def near(self, day: Any) -> Any:
        """The day itself, one beside it, or an end of its month."""
        form = self.rng.randrange(5)
        if form == 0:
            return day
        if form < 3:
            return add_days(day, self.pick([-3, -1, 1, 3]))
        return last_day(month_of(day)) if form == 3 else first_day(month_of(day))

    def keys(self) -> Valued:
        (a, asked), (b, more) = self.source(), self.source()
        for _ in range(10):
            if a.entity is b.entity:
                break
            b, more = self.source()
        else:
            return self.literal_truth(), {}
        return self.pick([operator.eq, operator.ne])(key_of(a), key_of(b)), asked | more

    def presence(self) -> Valued:
        if self.chance(0.5):
            for _ in range(10):
                source, guards = self.source()
                if guards.pop(source.key, None) is not None:
                    return has(source), guards
        found = self.fact(lambda f: f.kind.name != "key")
        if found is None:
            return self.literal_truth(), {}
        fact, guards = found
        guards.pop(fact.key, None)
        return has(fact), guards

    def share(self, depth: int) -> Valued:
        rows, guards = self.rows()
        whole = count(rows) if self.chance(0.5) else count(rows, self.inside(rows, depth))
        part = count(rows, self.inside(rows, depth))
        return share_at_least(part, whole, Decimal(self.rng.randint(0, 100)) / 100), guards

    def atom(self, depth: int = 1) -> Valued:
        lot = self.rng.random()
        if lot < 0.12:
            return self.fact(lambda f: f.kind.name == "truth") or (self.literal_truth(), {})
        if lot < 0.2:
            return self.presence()
        if lot < 0.3:
            return self.option()
        if lot < 0.5:
            return self.period(depth)
        if lot < 0.55:
            return self.keys()
        if lot < 0.72 and len(self.loops) < 2 and depth > 0:
            if lot < 0.6:
                return self.history()
            if lot < 0.63:
                return self.share(depth - 1)
            if lot < 0.68:
                rows, guards = self.rows()
                return any_of(rows, self.inside(rows, depth - 1)), guards
            a, guards = self.aggregate(number("person"), depth)
            b, more = self.length("person")
            return self.compared(a, b), guards | more
        if lot < 0.74:
            (a, asked), (b, more) = self.day(0), self.day(0)
            return same_year(a, b), asked | more
        return self.comparison(depth)

    def truth(self, depth: int = 2) -> Truth:
        """A yes/no expression that stands by itself."""
        lot = self.rng.random()
        if depth <= 0 or lot < 0.35:
            return self.asked(*self.atom(max(0, depth)))
        parts = [self.truth(depth - 1) for _ in range(self.pick([2, 2, 3]))]
        if lot < 0.58:
            return conjunction(parts)
        if lot < 0.8:
            return disjunction(parts)
        if lot < 0.88:
            return ~parts[0]
        if lot < 0.93:
            return condition("命名的条件", parts[0]) if self.naming else parts[0]
        return where(parts[0], parts[1], parts[-1] if len(parts) > 2 else self.truth(depth - 1))

    def amount(self, flow: str) -> tuple[Quantity, Guards]:
        value, guards = self.money(flow, 2, exact=True)
        if value.kind.scale:
            value = to_fen(value)
        return value, guards

    def standing_day(self) -> Expr:
        """A day that is always there: what a scheme may be dated by."""
        days_here: list[Any] = [ON, first_day(month_of(ON)), add_days(ON, -100)]
        start = root(self.subject)
        if self.subject is Job:
            days_here += [start.started_on] * 4 + [start.worker.birth_date, start.firm.opened_on]
        elif self.subject is Firm:
            days_here += [start.opened_on, last_day(month_of(start.opened_on))]
        day: Expr = self.pick(days_here)
        return day
