"""The case executor and the batch executor say the same of generated rules and populations.

``make verify`` compares ten million pairs; here a few hundred thousand, every operation among them.
"""

from __future__ import annotations

import pytest
from tests.rules.equality import answers
from tests.rules.generated_schemes import nodes, program
from tests.rules.population import population

SEEDS = range(30)

#: Every operation of the language (see ``rules.expressions``) and every way to a row.
OPERATIONS = {
    *("const", "param", "on", "law", "pay_month", "fact", "has", "exists", "key"),
    *("and", "or", "not", "where", "only_if", "condition", "rests"),
    *("ge", "gt", "le", "lt", "eq", "ne", "isin"),
    *("add", "sub", "mul", "floordiv", "min", "max", "to_fen"),
    *("reached", "within", "add_months", "add_days", "whole_months"),
    *("month_of", "first_day", "last_day", "year_of", "count", "total"),
    *("root", "ref", "as_at", "latest", "row"),
}
#: Bound to a day before a formula is run.
BOUND = {"law"}


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_rules_come_out_the_same(seed: int) -> None:
    subject, outputs = program(seed)
    assert answers(subject, outputs, population(seed, 80)).differences() == []


def test_every_operation_is_generated() -> None:
    met = {node.op for seed in SEEDS for node in nodes(program(seed)[1])}
    assert OPERATIONS - BOUND - met == set()
