"""The checks that a mutant of the language has to pass to survive; the cheapest come first."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules import slow_calendar
from tests.rules.day_pairs import pairs
from tests.rules.equality import answers, case_answers
from tests.rules.generated_schemes import program
from tests.rules.less_known import asked_again
from tests.rules.meaning import Meaning, Unclear
from tests.rules.population import population

from wenye.rules import calendar

SEEDS = range(500, 524)
EXAMPLES = Path(__file__).resolve().parent.parent / "tests" / "rules"


def check() -> None:
    """Raises where anything is wrong."""
    periods()
    for seed in SEEDS:
        equal(seed)
        meant(seed + 1000)
        if seed % 3 == 0:
            less_known(seed + 2000)
    examples()


def examples() -> None:
    """The tests of the language, but for those that do the above at greater length."""
    left_out = ("test_executors.py", "test_monotone.py", "readable")
    ignored = [f"--ignore={EXAMPLES / name}" for name in left_out]
    failed = pytest.main([str(EXAMPLES), *ignored, "-x", "-q", "-p", "no:cacheprovider"])
    assert not failed


def periods() -> None:
    for begin, n, day in pairs(3, 400):
        a, b = calendar.code(begin), calendar.code(day)
        assert calendar.reached(a, n, b) == slow_calendar.reached(begin, n, day)
        assert calendar.within(a, n, b) == slow_calendar.within(begin, n, day)
        passed = slow_calendar.working_days(begin, day)
        assert calendar.working_days_between(a, b) == passed


def equal(seed: int) -> None:
    subject, outputs = program(seed)
    assert answers(subject, outputs, population(seed, 60)).differences() == []


def meant(seed: int) -> None:
    subject, outputs = program(seed)
    people = population(seed, 16, unknown=0.0, complete=True)
    found = case_answers(subject, outputs, people)
    for row, answer in zip(people.cases(subject), found, strict=True):
        meaning = Meaning(row, people.on)
        for expr, value in zip(outputs.values(), answer, strict=True):
            try:
                assert meaning.stored(expr) == value
            except Unclear:
                continue


def less_known(seed: int) -> None:
    assert asked_again(seed, 30).faults == []
