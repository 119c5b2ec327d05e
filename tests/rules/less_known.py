"""A generated program asked again, by both executors, with something taken away each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.rules import blanking
from tests.rules.equality import Parameters, answers, case_answers
from tests.rules.generated_schemes import program
from tests.rules.population import Population, population

from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity


@dataclass
class Asked:
    """How many answers were asked again, and which turned round or were told apart."""

    subject: type[Entity]
    pairs: int = 0
    faults: list[str] = field(default_factory=list)

    def again(
        self,
        what: str,
        outputs: Mapping[str, Expr],
        before: list[tuple[Any, ...]],
        people: Population,
        parameters: Parameters = None,
    ) -> None:
        found = answers(self.subject, outputs, people, parameters)
        turned = blanking.turned(tuple(outputs), before, found.case)
        self.pairs += found.pairs
        self.faults += [f"less {what}: {fault}" for fault in (*found.differences(), *turned)]


def asked_again(seed: int, rows: int) -> Asked:
    """The program of a seed: full, then with facts, completeness, parameters, late rows missing."""
    subject, outputs = program(seed)
    rng = Random(seed)
    people = population(seed, rows, 0.0 if seed % 2 else 0.1, complete=seed % 2 == 1)
    full = case_answers(subject, outputs, people)
    asked = Asked(subject)
    fewer = blanking.some_facts(rng, people, rng.choice((0.02, 0.1, 0.3)))
    asked.again("facts", outputs, full, fewer)
    asked.again("completeness", outputs, full, blanking.completeness(rng, people))
    asked.again("parameters", outputs, full, people, blanking.opened(rng, outputs))
    # A row that comes late takes the place of the one that was found.
    rest = {name: e for name, e in outputs.items() if not blanking.reads_one_of_many(e)}
    before = case_answers(subject, rest, people)
    asked.again("rows", rest, before, blanking.late_rows(rng, people, subject))
    return asked
