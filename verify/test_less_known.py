"""Real schemes over synthetic people: a fact taken away only ever leads to undetermined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest
from verify.conftest import AS_OF

from wenye.determination.cases import cases
from wenye.policy.district import load_district
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.decide import Decider
from wenye.rules.held import Held

DAY = calendar.code(AS_OF)
CASES = 400

SCHEMES = [
    (district, scheme)
    for district in ("jiading", "example")
    for scheme in load_district(district).scheme_ids
]


def without(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The case with one thing less known, in every way there is."""
    for name, value in row.items():
        if name == "key" or value is None:
            continue
        yield {**row, name: None}
        if isinstance(value, Held):
            for place, held in enumerate(value.rows):
                for less in without(held):
                    rows = (*value.rows[:place], less, *value.rows[place + 1 :])
                    yield {**row, name: Held(rows, value.complete_to)}
        elif isinstance(value, Mapping):
            for less in without(value):
                yield {**row, name: less}


@pytest.mark.parametrize(("district", "name"), SCHEMES)
def test_less_known_is_never_the_opposite(registers: Registers, district: str, name: str) -> None:
    loaded = load_district(district)
    scheme = loaded.scheme(name)
    decide = Decider(scheme, loaded.parameters)
    keys = registers.table(scheme.subject).select("key").collect()["key"].to_list()
    tried = 0
    for row in cases(registers, scheme, Random(1).sample(keys, min(CASES, len(keys)))).values():
        whole = decide(row, DAY)
        for less in without(row):
            found = decide(less, DAY)
            assert found.outcome in (whole.outcome, None), (row["key"], whole, found)
            assert found.amount_status != "payable" or whole.amount_status == "payable"
            tried += 1
    print(f"{district}/{name}: {tried:,} facts taken away", flush=True)
    assert tried > CASES
