"""Ways to know less about a population: no answer may turn round, each may only become unknown."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.rules.model import MODEL
from tests.rules.population import Population, is_bound, stored

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity
from wenye.rules.parameters import Series, Status, Step


def some_facts(rng: Random, people: Population, share: float) -> Population:
    """Each fact unknown with the chance ``share``; spells keep their bounds, rows their owner."""
    less = people.copy()
    for entity in MODEL:
        names = [name for name in stored(entity) if not is_bound(entity, name)]
        for row in less.rows[entity]:
            for name in names:
                if rng.random() < share:
                    row[name] = None
    return less


def completeness(rng: Random, people: Population) -> Population:
    """Registers that say less about how complete they are."""
    less = people.copy()
    for entity in MODEL:
        told, lot = people.complete[entity], rng.random()
        if lot < 0.3:
            less.complete[entity] = None
        elif lot < 0.6 and told is not None:
            less.complete[entity] = calendar.add_days(told, -rng.randint(1, 900))
    return less


def late_rows(rng: Random, people: Population, subject: type[Entity]) -> Population:
    """Registers delivered earlier: what began after their completeness day is missing."""
    less = people.copy()
    for entity in MODEL:
        dated = entity.spell[0] if entity.spell else entity.dated
        told = people.complete[entity]
        if entity is subject or dated is None or told is None or rng.random() < 0.3:
            continue
        until = calendar.add_days(people.on, -rng.randint(1, 700))
        if until >= told:
            continue
        last = until >> 6 if entity.facts()[dated].kind.name == "month" else until
        less.complete[entity] = until
        kept = [row for row in less.rows[entity] if row[dated] <= last]
        for key, row in enumerate(kept, start=1):
            row["key"] = key  # only these registers lose rows, and nothing refers to them
        less.rows[entity] = kept
    return less


def opened(rng: Random, outputs: Mapping[str, Expr]) -> dict[str, Series]:
    """Some steps of the parameters read, made open."""
    found: dict[str, Series] = {}
    for expr in outputs.values():
        for node in expr.walk():
            if node.op == "param" and node.attrs[0] not in found:
                found[node.attrs[0]] = less_known(rng, node.attrs[1])
    return found


def less_known(rng: Random, series: Series) -> Series:
    steps = tuple(
        Step(step.since, None, Status.OPEN) if rng.random() < 0.5 else step for step in series.steps
    )
    return Series(series.name, series.label, series.kind, steps)


def turned(
    names: tuple[str, ...], before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]
) -> list[str]:
    """Answers that turned round: neither the same as before nor unknown."""
    found = []
    for key, (one, other) in enumerate(zip(before, after, strict=True), start=1):
        for name, full, less in zip(names, one, other, strict=True):
            if less is not None and less != full:
                found.append(f"{name} of row {key}: {full}, with less known {less}")
    return found[:5]


def reads_one_of_many(expr: Expr) -> bool:
    """Whether a rule looks for one row among several: a later row would take its place."""
    return any(node.op in ("as_at", "latest") for node in expr.walk())
