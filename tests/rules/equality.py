"""Both executors over one population, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rules.population import Population

from wenye.rules.batch import BatchProgram
from wenye.rules.case import CaseProgram
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity
from wenye.rules.parameters import Series


@dataclass
class Answers:
    """One row of outputs per row of the subject, in the order of the keys."""

    names: tuple[str, ...]
    case: list[tuple[Any, ...]] = field(default_factory=list)
    batch: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def pairs(self) -> int:
        return len(self.names) * len(self.case)

    def differences(self) -> list[str]:
        """Readable differences, at most a few."""
        if self.case == self.batch:
            return []
        found = []
        for key, (one, other) in enumerate(zip(self.case, self.batch, strict=True), start=1):
            for name, a, b in zip(self.names, one, other, strict=True):
                if a != b:
                    found.append(f"{name} of row {key}: case {a}, batch {b}")
        return found[:5]


Parameters = Mapping[str, Series] | None


def case_answers(
    subject: type[Entity],
    outputs: Mapping[str, Expr],
    people: Population,
    parameters: Parameters = None,
) -> list[tuple[Any, ...]]:
    decide = CaseProgram(outputs, parameters).decide
    on = people.on
    return [decide(row, on, on >> 6) for row in people.cases(subject)]


def batch_answers(
    subject: type[Entity],
    outputs: Mapping[str, Expr],
    people: Population,
    parameters: Parameters = None,
) -> list[tuple[Any, ...]]:
    frame = BatchProgram(subject, outputs, people.on, parameters).run(people.tables()).collect()
    return frame.drop("key").rows()


def answers(
    subject: type[Entity],
    outputs: Mapping[str, Expr],
    people: Population,
    parameters: Parameters = None,
) -> Answers:
    """What both executors say."""
    return Answers(
        tuple(outputs),
        case_answers(subject, outputs, people, parameters),
        batch_answers(subject, outputs, people, parameters),
    )
