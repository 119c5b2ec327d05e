"""Random values of every kind, drawn with the questions that their presence asks.

A value comes with its *guards*: the questions of presence that must hold where it is read. They
travel outwards with the value until a truth is made of it, and are asked there, in one of the
forms that the language accepts.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from functools import reduce
from random import Random
from typing import Any

from tests.rules.model import Firm, Person
from tests.rules.population import random_date, random_day, stored

from wenye.rules import (
    LAW,
    ON,
    PAY_MONTH,
    add_days,
    add_months,
    calendar,
    condition,
    count,
    first_day,
    greatest,
    has,
    last_day,
    least,
    month_of,
    months_in,
    to_fen,
    total,
    where,
    whole_months,
    year_of,
)
from wenye.rules.expressions import Truth, literal, parameter
from wenye.rules.facts import Entity, Fact
from wenye.rules.functions import quantity
from wenye.rules.kinds import DAY, TRUTH, Kind, money, number, rate
from wenye.rules.parameters import Series, Status, Step
from wenye.rules.sources import Rows, Source, root

Guards = dict[int, Truth]
Valued = tuple[Any, Guards]


def conjunction(parts: list[Truth]) -> Truth:
    return reduce(operator.and_, parts)


def disjunction(parts: list[Truth]) -> Truth:
    return reduce(operator.or_, parts)


def random_series(rng: Random, name: str, kind: Kind, values: Callable[[], int]) -> Series:
    """A parameter through time: from one to four steps, some of them open."""
    starts = sorted({random_day(rng, 2015, 2025) for _ in range(rng.randint(1, 4))})
    if rng.random() < 0.7:
        starts[0] = calendar.code(dt.date(2000, 1, 1))
    steps = []
    for since in starts:
        status = Status.OPEN if rng.random() < 0.12 else rng.choice(list(Status)[:3])
        steps.append(Step(since, None if status is Status.OPEN else values(), status))
    return Series(name, name, kind, tuple(steps))


class Values:
    """Draws values about ``subject``; everything depends on ``rng`` alone."""

    def __init__(self, rng: Random, subject: type[Entity], name: str = "loose") -> None:
        self.rng = rng
        self.subject = subject
        self.loops: list[Source] = []
        #: Allowed only inside the amount of monthly(…).
        self.in_month = False
        #: Conditions named inside a formula: not in a scheme, which names its own.
        self.naming = True
        self.parameters = {
            kind: [random_series(rng, f"{name}.{unit}{i}", kind, values) for i in range(2)]
            for unit, kind, values in (
                ("month", number("month"), lambda: rng.randint(0, 24)),
                ("year", number("year"), lambda: rng.randint(0, 6)),
                ("day", number("day"), lambda: rng.randint(0, 90)),
                ("person", number("person"), lambda: rng.randint(0, 6)),
                ("count", number(), lambda: rng.randint(0, 5)),
                ("once", money("once"), lambda: rng.randint(0, 500_000)),
                ("monthly", money("monthly"), lambda: rng.randint(0, 500_000)),
                ("rate", rate(3), lambda: rng.randint(0, 1200)),
                ("date", DAY, lambda: random_day(rng)),
            )
        }

    def truth(self, depth: int = 2) -> Truth:
        """A yes/no expression that stands by itself."""
        raise NotImplementedError

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: list[Any]) -> Any:
        return self.rng.choice(options)

    # -- presence -------------------------------------------------------------------------------

    def asked(self, test: Truth, guards: Guards) -> Truth:
        """``test`` where its guards hold, asked in one of the accepted forms."""
        if not guards:
            return test
        asked = list(guards.values())
        self.rng.shuffle(asked)
        form = self.rng.randrange(6)
        if form == 0:
            return disjunction([*(~guard for guard in asked), test])
        if form == 1:
            return where(conjunction(asked), test, self.literal_truth())
        if form == 2 and len(asked) == 1:
            return (condition("在", asked[0]) if self.naming else asked[0]) & test
        if form == 3:
            return ~(disjunction([~guard for guard in asked]) | ~test)
        if form == 4:
            return where(disjunction([~guard for guard in asked]), self.literal_truth(), test)
        parts = [*asked, test]
        self.rng.shuffle(parts)
        return conjunction(parts)

    def literal_truth(self) -> Truth:
        value: Truth = literal(self.chance(0.5), TRUTH)
        return value

    # -- sources --------------------------------------------------------------------------------

    def source(self, steps: int | None = None) -> tuple[Source, Guards]:
        """The judged row, a loop's row, or a row that a few steps lead to."""
        here: Source = root(self.subject)
        if self.loops and self.chance(0.75):
            here = self.loops[-1] if self.chance(0.85) else self.pick(self.loops)
        guards: Guards = {}
        for _ in range(self.pick([0, 0, 1, 1, 2, 3]) if steps is None else steps):
            refs = [fact for fact in stored(here.entity).values() if fact.kind.name == "key"]
            relations = [r for r in here.entity.relations().values() if self.dated(r.entity)]
            if relations and (not refs or self.chance(0.5)):
                here, more = self.picked(here, getattr(here, self.pick(relations).name))
                guards |= more
            elif refs:
                fact = self.pick(refs)
                here = getattr(here, fact.name)
                if fact.may_be_absent:
                    guards[here.key] = here.exists if self.chance(0.5) else has(here)
        return here, guards

    @staticmethod
    def dated(entity: type[Entity]) -> bool:
        return entity.spell is not None or entity.dated is not None

    def picked(self, here: Source, rows: Rows) -> tuple[Source, Guards]:
        entity = rows.relation.entity
        dated = entity.spell[0] if entity.spell else (entity.dated or "")
        in_months = entity.facts()[dated].kind.name == "month"
        when, guards = self.month(1) if in_months else self.day(1)
        if self.chance(0.4):
            when, guards = (month_of(ON) if in_months else ON), {}
        method = rows.as_at if entity.spell and self.chance(0.7) else rows.latest
        found = method(when)
        return found, {**guards, found.key: found.exists}

    def fact(self, accepts: Callable[[Fact], bool]) -> Valued | None:
        """A fact that is accepted, somewhere near; None where none was met."""
        for _ in range(10):
            source, guards = self.source()
            found = [fact for fact in stored(source.entity).values() if accepts(fact)]
            if found:
                fact = self.pick(found)
                value = getattr(source, fact.name)
                if fact.may_be_absent:
                    guards[value.key] = has(value)
                return value, guards
        return None

    def of_kind(self, kind: Kind) -> Valued | None:
        return self.fact(lambda f: f.kind.name == kind.name and f.kind.unit == kind.unit)

    def param(self, kind: Kind) -> Valued:
        series = self.pick(self.parameters[kind])
        if self.chance(0.7):
            return parameter(series), {}
        at, guards = self.day(1)
        return parameter(series, at), guards

    # -- values ---------------------------------------------------------------------------------

    def chosen(self, make: Callable[[int], Valued], depth: int) -> Valued:
        """where(test, yes, no): the test asks what the first branch needs."""
        (yes, asked), (no, guards) = make(depth - 1), make(depth - 1)
        test = self.truth(depth - 1)
        value = where(conjunction([*asked.values(), test]), yes, no)
        return (quantity("命名的值", value) if self.chance(0.3) else value), guards

    def extreme(self, make: Callable[[int], Valued], depth: int) -> Valued:
        (a, asked), (b, more) = make(depth - 1), make(depth - 1)
        return (least if self.chance(0.5) else greatest)(a, b), asked | more

    def day(self, depth: int = 2) -> Valued:
        lot = self.rng.random()
        if depth <= 0 or lot < 0.45:
            if lot < 0.3 and (found := self.of_kind(DAY)):
                return found
            if self.chance(0.2):
                return self.param(DAY)
            return self.pick([ON, LAW, literal(random_date(self.rng), DAY)]), {}
        if lot < 0.6:
            day, guards = self.day(depth - 1)
            n, more = self.length("month")
            return add_months(day, n), guards | more
        if lot < 0.75:
            day, guards = self.day(depth - 1)
            n, more = self.length("day")
            return add_days(day, n), guards | more
        if lot < 0.85:
            month, guards = self.month(depth - 1)
            return (first_day if self.chance(0.5) else last_day)(month), guards
        return (self.chosen if self.chance(0.4) else self.extreme)(self.day, depth)

    def month(self, depth: int = 2) -> Valued:
        lot = self.rng.random()
        if depth <= 0 or lot < 0.35:
            found = self.fact(lambda f: f.kind.name == "month") if lot < 0.25 else None
            if self.in_month and self.chance(0.3):
                return PAY_MONTH, {}
            return found or (month_of(ON), {})
        if lot < 0.65:
            day, guards = self.day(depth - 1)
            return month_of(day), guards
        if lot < 0.85:
            month, guards = self.month(depth - 1)
            n, more = self.length("month")
            return (month + n if self.chance(0.5) else month - n), guards | more
        return (self.chosen if self.chance(0.4) else self.extreme)(self.month, depth)

    def length(self, unit: str) -> Valued:
        """A number of months, years, days: mostly given, sometimes a fact or a count."""
        lot = self.rng.random()
        if lot < 0.5:
            most = {"month": 30, "year": 4, "day": 400, "person": 5, "": 3}[unit]
            return literal(self.rng.randint(-2, most), number(unit)), {}
        if lot < 0.75:
            return self.param(number(unit))
        if lot < 0.9:
            return self.of_kind(number(unit)) or self.param(number(unit))
        return self.number(unit, 1)

    def number(self, unit: str = "", depth: int = 2) -> Valued:
        kind = number(unit)
        lot = self.rng.random()
        if depth <= 0 or lot < 0.3:
            if lot < 0.2 and (found := self.of_kind(kind)):
                return found
            return self.param(kind)
        if lot < 0.5 and len(self.loops) < 2:
            return self.aggregate(kind, depth)
        if lot < 0.6:
            if unit == "month" and self.chance(0.3):
                (a, asked), (b, more) = self.month(depth - 1), self.month(depth - 1)
                return a - b, asked | more
            if unit == "month" and self.chance(0.3):
                n, guards = self.number("year", depth - 1)
                return months_in(n), guards
            if unit == "month":
                (a, asked), (b, more) = self.day(depth - 1), self.day(depth - 1)
                return whole_months(a, b), asked | more
            if unit == "":
                day, guards = self.day(depth - 1)
                return year_of(day), guards
        if lot < 0.75:
            (a, asked), (b, more) = self.number(unit, depth - 1), self.number(unit, depth - 1)
            return (a + b if self.chance(0.5) else a - b), asked | more
        a, asked = self.number(unit, depth - 1)
        if lot < 0.82:
            b, more = self.number("", 0) if self.chance(0.5) else (self.rng.randint(-2, 5), {})
            return a * b, asked | more
        if lot < 0.88:
            b, more = self.number("", 0) if self.chance(0.4) else (self.rng.randint(1, 7), {})
            return a // b, asked | more
        return (self.chosen if self.chance(0.5) else self.extreme)(
            lambda d: self.number(unit, d), depth
        )

    def money(self, flow: str, depth: int = 2, *, exact: bool = False) -> Valued:
        """An amount; ``exact`` asks for whole fen."""
        kind = money(flow)
        lot = self.rng.random()
        if depth <= 0 or lot < 0.35:
            return (self.of_kind(kind) if lot < 0.2 else None) or self.param(kind)
        if lot < 0.45 and len(self.loops) < 2:
            return self.aggregate(kind, depth)
        a, asked = self.money(flow, depth - 1, exact=exact)
        if lot < 0.6:
            b, more = self.money(flow, depth - 1, exact=exact)
            return (a + b if self.chance(0.5) else a - b), asked | more
        if lot < 0.7:
            b, more = self.number("", 0) if self.chance(0.5) else (self.rng.randint(0, 5), {})
            return a * b, asked | more
        if lot < 0.85:
            share, more = self.rate(0)
            part = a * share
            if exact or self.chance(0.5):
                part = to_fen(part, self.pick(["up", "down"]))
            return part, asked | more
        return (self.chosen if self.chance(0.4) else self.extreme)(
            lambda d: self.money(flow, d, exact=exact), depth
        )

    def rate(self, depth: int = 1) -> Valued:
        a, guards = self.param(rate(3))
        lot = self.rng.random()
        if depth <= 0 or lot < 0.5:
            return a, guards
        b, more = self.param(rate(3))
        joined = self.pick([operator.add, operator.sub, operator.mul])(a, b)
        return joined, guards | more

    # -- aggregates -----------------------------------------------------------------------------

    def rows(self) -> tuple[Rows, Guards]:
        for _ in range(20):
            source, guards = self.source()
            relations = list(source.entity.relations())
            if relations:
                return getattr(source, self.pick(relations)), guards
        here = {Person: "jobs", Firm: "jobs"}.get(self.subject)
        start = root(self.subject)
        return (getattr(start, here) if here else start.worker.jobs), {}

    def inside(self, rows: Rows, depth: int) -> Truth:
        self.loops.append(rows.each())
        test = self.truth(depth)
        self.loops.pop()
        return test

    def aggregate(self, kind: Kind, depth: int) -> Valued:
        """A count or a sum; what its rows need is asked in its ``where``."""
        rows, guards = self.rows()
        depth = min(depth - 1, 1)
        if kind.name == "number" and self.chance(0.6):
            test = None if self.chance(0.1) else self.inside(rows, depth)
            return count(rows, test, kind.unit), guards
        self.loops.append(rows.each())
        value, asked = (
            self.number(kind.unit, 0) if kind.name == "number" else self.money(kind.unit, 0)
        )
        tests = list(asked.values())
        if not tests or self.chance(0.8):
            tests.append(self.truth(depth))
        self.loops.pop()
        if value.kind.scale:
            value = to_fen(value)
        return total(rows, greatest(value, 0), conjunction(tests)), guards
