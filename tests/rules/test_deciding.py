"""What can change an outcome at all: a part that never does is found, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.examples import Basis
from tests.rules.model import Person

from wenye.rules import Scheme, condition, has, law
from wenye.rules.deciding import idle_conditions, idle_parts, turns_on

disabled = Person.disabled
wage = Person.wage
savings = has(Person.savings)
dead = has(Person.died_on)


class Absorbed(Scheme):
    title = "补贴"
    subject = Person
    a = condition("残疾", disabled)
    b = condition("有存款", savings)
    c = condition("已死亡", dead)
    law_1 = law(Basis(), eligible=(a & b) | (a & b & c))


class Needed(Scheme):
    title = "补贴"
    subject = Person
    a = condition("残疾", disabled)
    b = condition("有存款", savings)
    c = condition("已死亡", dead)
    law_1 = law(Basis(), eligible=(a & b) | (~a & c))


def test_a_condition_that_another_absorbs_never_decides() -> None:
    found = [(version.name, item.name) for version, item in idle_conditions(Absorbed)]
    assert found == [("law_1", "c")]


def test_conditions_that_decide_somewhere_are_not_named() -> None:
    assert idle_conditions(Needed) == []


@pytest.mark.parametrize(
    ("test", "idle"),
    [
        (disabled | (disabled & savings), 1),
        (disabled & (savings | ~savings), 1),
        (disabled & savings, 0),
        ((disabled & savings) | (~disabled & dead), 0),
        (disabled | ~disabled, 1),
    ],
)
def test_a_comparison_that_never_matters_is_found(test: Any, idle: int) -> None:
    assert len(idle_parts(condition("条件", test))) == idle


def leaf(name: str, value: str) -> dict[str, Any]:
    return {"op": "condition", "name": name, "value": value}


def test_an_outcome_turns_on_what_would_make_it_another() -> None:
    both = {"op": "and", "of": [leaf("a", "yes"), leaf("b", "no")]}
    assert turns_on(both, "b")
    assert not turns_on(both, "a")
    either = {"op": "or", "of": [leaf("a", "yes"), {"op": "not", "of": [leaf("b", "no")]}]}
    assert not turns_on(either, "a")
    unknown = {"op": "and", "of": [leaf("a", "unknown"), leaf("b", "yes")]}
    assert turns_on(unknown, "a")
