"""Both executors say the same of every generated rule, and what they say is what the rule means."""

from __future__ import annotations

import pytest
from tests.rules.equality import answers, case_answers
from tests.rules.generated import OPERATIONS
from tests.rules.generated_schemes import nodes, program
from tests.rules.meaning import Meaning, Unclear
from tests.rules.population import population

from wenye.rules import presence

PROGRAMS = 32
ROWS = 240


@pytest.mark.parametrize("part", range(4))
def test_the_executors_agree(part: int) -> None:
    pairs = 0
    for seed in range(part, PROGRAMS, 4):
        subject, outputs = program(seed)
        found = answers(subject, outputs, population(seed, ROWS))
        assert found.differences() == [], f"seed {seed}"
        pairs += found.pairs
    assert pairs > 25_000


def test_the_generator_uses_every_operation() -> None:
    used = {node.op for seed in range(60) for node in nodes(program(seed)[1])}
    assert used == OPERATIONS


def test_every_answer_occurs_often() -> None:
    """A generator whose rules are all undetermined would prove nothing."""
    seen: dict[object, int] = {}
    for seed in range(12):
        subject, outputs = program(seed)
        rules = {name: expr for name, expr in outputs.items() if name.startswith("rule")}
        for row in case_answers(subject, rules, population(seed, 40)):
            for value in row:
                seen[value] = seen.get(value, 0) + 1
    assert min(seen[True], seen[False], seen[None]) > sum(seen.values()) / 6


def test_generated_rules_ask_for_presence() -> None:
    for seed in range(30):
        for name, rule in program(seed, schemes=0)[1].items():
            presence.check(rule, name)


@pytest.mark.parametrize("part", range(2))
def test_the_executors_say_what_is_meant(part: int) -> None:
    """Against a slow reading from the definitions, where every fact is known."""
    told = unclear = 0
    for seed in range(100 + part, 112, 2):
        subject, outputs = program(seed)
        people = population(seed, 30, unknown=0.0, complete=True)
        found = case_answers(subject, outputs, people)
        for row, answer in zip(people.cases(subject), found, strict=True):
            meaning = Meaning(row, people.on)
            for (name, expr), value in zip(outputs.items(), answer, strict=True):
                try:
                    assert meaning.stored(expr) == value, f"{name} of row {row['key']}"
                    told += 1
                except Unclear:
                    unclear += 1
    assert told > 10 * unclear
