"""The six rules as a decision graph for the ZEN engine: named conditions, then rules and amounts.

The engine has no calendar months, so days come as the project's day codes and empty days as null.
Its expressions have no bit operations: a code comes with its month-rule forms, ``start`` (last-day
bit off) and ``end`` (day 31 on a month's last day), worked out beforehand and not timed.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import zen

from outcomes import RULES, Outcomes
from peers.numpy_rules import ON_CODE
from population import DATES, NO_DAY, People, with_codes

ON_END = ON_CODE | 63


def _there(*names: str) -> str:
    return " and ".join(f"{name} != null" for name in names)


#: Named conditions (with ``to_retirement``), in the order in which they are worked out.
CONDITIONS = {
    "to_retirement": "(male ? 720 : cadre ? 660 : 600) - age",
    "is_local": "local",
    "six_months_unemployed": f"{_there('registered', 'hired')} and hired_end >= registered + 384",
    "a_years_contract": "contract >= 12",
    "has_contributed": "contributed >= 1",
    "hired_after_graduation": f"{_there('graduated', 'hired')} and hired >= graduated",
    "graduated_lately": f"{_there('graduated', 'hired')} and hired_end < graduated + 1536",
    "claim_is_over": f"claim_ended != null and claim_ended <= {ON_CODE}",
    "near_retirement": "$.to_retirement > 0 and $.to_retirement < 24",
    "works_flexibly": "flexible_since != null",
    "of_age": "age >= (male ? 600 : 480)",
    "certified_at_a_level": "certified != null and level >= 1 and level <= 5",
    "certified_lately": f"certified != null and {ON_END} < certified + 768",
    "a_years_contributions": "contributed >= 12",
    "a_year_in_business": f"business_since != null and {ON_END} >= business_since + 768",
    "young_graduate": (
        f"{_there('graduated', 'business_since')} and business_since >= graduated"
        " and business_since_end < graduated + 3904"
    ),
}

#: Rules and amounts in fen.
EXPRESSIONS = {
    "hire": "$.is_local and $.six_months_unemployed and $.a_years_contract and $.has_contributed",
    "graduate": "$.hired_after_graduation and $.graduated_lately and $.a_years_contract",
    "retirement": "$.claim_is_over and $.near_retirement",
    "flexible": "$.is_local and $.works_flexibly and $.of_age",
    "training": "$.certified_at_a_level and $.certified_lately and $.a_years_contributions",
    "startup": "$.a_year_in_business and ($.is_local or $.young_graduate)",
    "hire_fen": "$.hire ? 200000 : 0",
    "graduate_fen": "$.graduate ? 50000 * min([contributed, 12]) : 0",
    "retirement_fen": "$.retirement ? 136000 : 0",
    "flexible_fen": (
        f"$.flexible ? 50000 * min([floor(({ON_END} - flexible_since) / 64),"
        " $.to_retirement <= 60 ? 48 : 36]) : 0"
    ),
    "training_fen": (
        "$.training ? (level == 1 ? 60000 : level == 2 ? 100000 : level == 3 ? 150000"
        " : level == 4 ? 200000 : 250000) : 0"
    ),
    "startup_fen": "$.startup ? 800000 : 0",
}


def graph() -> str:
    """The decision graph as the engine's JSON: input, one node of expressions, output."""
    expressions = [
        {"id": name, "key": name, "value": text}
        for name, text in {**CONDITIONS, **EXPRESSIONS}.items()
    ]
    return json.dumps(
        {
            "nodes": [
                {"id": "in", "name": "facts", "type": "inputNode"},
                {
                    "id": "rules",
                    "name": "rules",
                    "type": "expressionNode",
                    "content": {"expressions": expressions},
                },
                {"id": "out", "name": "outcomes", "type": "outputNode"},
            ],
            "edges": [
                {"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"},
                {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"},
            ],
        }
    )


def contexts(people: People) -> list[dict[str, Any]]:
    """One context per person, as the engine takes it."""
    columns: dict[str, list[Any]] = {}
    for name, values in with_codes(people).items():
        if name not in DATES:
            columns[name] = values.tolist()
            continue
        start, end = values & ~1, np.where(values & 1, values | 63, values)
        there = values != NO_DAY
        ends = {f"{name}_end": end} if name in ("hired", "business_since") else {}
        for key, form in {name: start, **ends}.items():
            objects = form.astype(object)
            objects[~there] = None
            columns[key] = objects.tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def engine() -> Any:
    """An engine that knows the graph as ``six``."""
    content = zen.ZenDecisionContent(graph())
    return zen.ZenEngine({"loader": lambda key: content})


class ZenRules:
    """Variants: ``loop`` (one call per person), ``batch`` (its call for many)."""

    def __init__(self, people: People, variant: str) -> None:
        self.contexts = contexts(people)
        self.batch = variant == "batch"
        self.engine = engine()
        self.decision = self.engine.get_decision("six")

    def prepare(self) -> None:
        if self.batch:
            self.requests = [{"key": "six", "context": context} for context in self.contexts]

    def run(self) -> list[dict[str, Any]]:
        if self.batch:
            return [
                answer["data"]["result"] for answer in self.engine.evaluate_batch(self.requests)
            ]
        evaluate = self.decision.evaluate
        return [evaluate(context)["result"] for context in self.contexts]

    def outcomes(self, result: list[dict[str, Any]]) -> Outcomes:
        return {
            rule: (
                np.array([row[rule] for row in result], dtype=bool),
                np.array([row[f"{rule}_fen"] for row in result], dtype=np.int64),
            )
            for rule in RULES
        }
