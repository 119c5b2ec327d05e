"""Random schemes: versions through time, grandfathering, payments, schemes resting on schemes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.rules.generated import Rules
from tests.rules.generated_values import conjunction, disjunction
from tests.rules.model import SUBJECTS, Job
from tests.rules.population import random_date

from wenye.rules import any_of, claw_back, condition, holds, law, monthly, once, only_if, where
from wenye.rules.expressions import Day, Expr, Truth, literal
from wenye.rules.facts import Entity
from wenye.rules.kinds import TRUTH
from wenye.rules.rewrite import Rewriter
from wenye.rules.scheme import Scheme
from wenye.rules.sources import root
from wenye.rules.tree import Node


@dataclass(frozen=True)
class Basis:
    """A citation, as far as the language looks at it."""

    since: dt.date | None
    until: dt.date | None = None
    doubtful_from: dt.date | None = None
    doubt: str = ""
    text: str = "合成依据"


def formula(rng: Random, parts: list[Truth]) -> Truth:
    """All the parts in one formula."""
    parts = list(parts)
    rng.shuffle(parts)
    while len(parts) > 1:
        taken, parts = parts[:2], parts[2:]
        form = rng.randrange(7)
        if form < 3:
            made = conjunction(taken)
        elif form < 5:
            made = disjunction(taken)
        elif form == 5:
            made = taken[0] & ~taken[1]
        else:
            made = where(taken[0], taken[1], ~taken[1])
        parts.append(made)
    return parts[0]


def random_scheme(
    rng: Random, name: str, subject: type[Entity], others: list[type[Scheme]]
) -> type[Scheme]:
    """A scheme about ``subject`` that may rest on ``others``."""
    rules = Rules(rng, subject, name)
    rules.naming = False
    body: dict[str, Any] = {"id": name, "title": "随机规则", "subject": subject}
    body["dated_by"] = rules.standing_day()
    conditions: list[Truth] = []
    for place in range(rng.randint(2, 4)):
        test = rules.truth(2)
        if others and rng.random() < 0.3:
            test = resting(rng, rules, rng.choice(others))
        body[f"c{place}"] = made = condition(f"条件{place}", test)
        conditions.append(made)
    flow = rng.choice(["once", "monthly", ""])
    starts = sorted({random_date(rng, 2018, 2025) for _ in range(rng.choice([1, 2, 2, 3]))})
    for place, since in enumerate(starts):
        eligible = formula(rng, conditions if place == 0 else rng.sample(conditions, 2))
        pays, asked = payment(rng, rules, flow)
        until = random_date(rng, 2019, 2026) if rng.random() < 0.3 else None
        basis = Basis(
            since,
            until if until is None or until >= since else None,
            random_date(rng, 2020, 2026) if rng.random() < 0.3 else None,
        )
        keeps = rules.truth(1) if rng.random() < 0.3 else None
        body[f"law_{place}"] = law(
            basis, eligible=conjunction([eligible, *asked]), pays=pays, keeps=keeps
        )
    if subject is Job and flow != "monthly" and rng.random() < 0.2:
        body["once_per"] = root(Job).worker
    if flow and rng.random() < 0.3:
        amount, guards = rules.amount("once")
        when = conjunction([*guards.values(), rules.truth(1)])
        body["claws_back"] = claw_back("退回", when=when, amount=amount)
    made_scheme: type[Scheme] = type(name, (Scheme,), body)
    return made_scheme


def resting(rng: Random, rules: Rules, other: type[Scheme]) -> Truth:
    """Another scheme's outcome for a row near by, perhaps as at another day."""
    if rng.random() < 0.3:
        rows, guards = rules.rows()
        rules.loops.append(rows.each())
        inner = resting_near(rng, rules, other)
        rules.loops.pop()
        return rules.asked(any_of(rows, inner), guards)
    return resting_near(rng, rules, other)


def resting_near(rng: Random, rules: Rules, other: type[Scheme]) -> Truth:
    for _ in range(30):
        source, guards = rules.source()
        if source.entity is other.subject:
            day, more = rules.day(0) if rng.random() < 0.4 else (None, {})
            rests = holds(other, source) if day is None else holds(other, source, on=day)
            return rules.asked(rests, guards | more)
    return rules.truth(1)


def payment(rng: Random, rules: Rules, flow: str) -> tuple[Any, list[Truth]]:
    if not flow:
        return None, []
    if flow == "once":
        amount, guards = rules.amount("once")
        return once(amount), list(guards.values())
    rules.in_month = rng.random() < 0.5
    amount, guards = rules.amount("monthly")
    while any(node.op == "pay_month" for guard in guards.values() for node in guard.walk()):
        # What an amount needs is asked by the eligibility, which knows no month being paid.
        amount, guards = rules.amount("monthly")
    rules.in_month = False
    first, more = rules.month(1)
    n, most = rules.length("month")
    return monthly(amount, first=first, months=n), [*(guards | more | most).values()]


def outputs_of(scheme: type[Scheme]) -> dict[str, Expr]:
    """Everything an executor is asked of a scheme."""
    found: dict[str, Expr] = {
        "outcome": scheme.outcome,
        **scheme.conditions,
        "law_index": scheme.law_index,
        "doubtful": scheme.doubtful,
    }
    for name in ("amount", "first", "last"):
        part = getattr(scheme, name)
        if part is not None:
            found[name] = only_if(scheme.outcome, part)
    if scheme.claws_back is not None:
        found["recover"] = only_if(scheme.claws_back.when, scheme.claws_back.amount)
    return {f"{scheme.id}.{name}": expr for name, expr in found.items()}


def loose_rules(rng: Random, subject: type[Entity], many: int) -> dict[str, Expr]:
    """Rules and values outside any scheme, bound to a day that picks their parameters."""
    rules = Rules(rng, subject)
    made: dict[str, Expr] = {}
    for place in range(many):
        bound = Rewriter(law=rules.standing_day())
        if rng.random() < 0.6:
            made[f"rule{place}"] = bound(rules.truth(rng.choice([1, 2, 2, 3])))
            continue
        kind, depth = rng.randrange(4), rng.choice([1, 1, 2])
        if kind == 0:
            value, guards = rules.number(rng.choice(["", "month", "day", "person"]), depth)
        elif kind == 1:
            value, guards = rules.money(rng.choice(["once", "monthly"]), depth)
        elif kind == 2:
            value, guards = rules.day(depth)
        else:
            value, guards = rules.month(depth)
        # Asked for no more than its presence, a value shows every slip of the arithmetic.
        tests = [*guards.values()] if rng.random() < 0.7 else [*guards.values(), rules.truth(1)]
        test = conjunction(tests or [literal(True, TRUTH)])
        made[f"value{place}"] = bound(only_if(test, value))
    return made


def program(
    seed: int, *, rules: int = 10, schemes: int = 2
) -> tuple[type[Entity], dict[str, Expr]]:
    """The subject and the outputs of a seed."""
    rng = Random(seed)
    subject = SUBJECTS[seed % len(SUBJECTS)]
    outputs = loose_rules(rng, subject, rules)
    others: list[type[Scheme]] = []
    if schemes:
        others.append(random_scheme(rng, f"base_{seed}", rng.choice(SUBJECTS), []))
    for place in range(schemes):
        scheme = random_scheme(rng, f"scheme_{seed}_{place}", subject, others)
        outputs |= outputs_of(scheme)
        others.append(scheme)
    return subject, outputs


def nodes(outputs: dict[str, Expr]) -> Iterator[Node]:
    for expr in outputs.values():
        yield from expr.walk()


__all__ = ["Basis", "Day", "nodes", "outputs_of", "program", "random_scheme"]
