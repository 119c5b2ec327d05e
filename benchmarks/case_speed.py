"""One case at a time: how long a page or an officer waits for one person's six rules.

    python case_speed.py ENGINE CASES

Facts are in the engine's own form beforehand; what is timed is one call per person, for everything
the engine says about the case. Prints one JSON object with p50 and p99 in microseconds.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from outcomes import RULES
from population import DATES, NO_DAY, cases, population, with_codes

#: Engine → what it gives for a case, and how many cases it is given at most.
ENGINES: dict[str, tuple[str, int]] = {
    "wenye": ("outcomes, conditions, amounts; what is missing where undetermined", 20_000),
    "wenye-decide": ("outcomes, conditions, amounts", 20_000),
    "wenye-program": ("the same, all six rules in one program", 20_000),
    "zen-trace": ("yes/no, conditions, amounts, with trace", 20_000),
    "zen": ("yes/no, conditions, amounts", 20_000),
    "openfisca": ("yes/no, amounts; build_from_entities", 2_000),
    "openfisca-arrays": ("yes/no, amounts; arrays of one", 2_000),
}


def wenye_rows(n: int) -> list[dict[str, Any]]:
    """The people as the case executor takes them: stored values, None for unknown."""
    people = with_codes(population(n))
    people["sex"] = 1 - people.pop("male").astype(np.int8)
    return [
        {name: None if value == NO_DAY else value for name, value in case.items()}
        for case in cases(people)
    ]


def wenye(n: int, *, missing: bool) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    """Each scheme decided, and with ``missing`` what would settle it where it is undetermined."""
    from wenye.rules.decide import Decider
    from wenye.rules.settle import Settler
    from workload_rules import ON_CODE, SCHEMES

    deciders = [Decider(scheme) for scheme in SCHEMES.values()]
    settlers = [Settler(scheme.outcome) for scheme in SCHEMES.values()]
    both = list(zip(deciders, settlers, strict=True))

    def decide(row: dict[str, Any]) -> list[Any]:
        return [decider(row, ON_CODE) for decider in deciders]

    def decide_and_settle(row: dict[str, Any]) -> list[Any]:
        told = []
        for decider, settler in both:
            decision = decider(row, ON_CODE)
            open_still = settler(row, ON_CODE) if decision.outcome is None else None
            told.append((decision, open_still))
        return told

    return (decide_and_settle if missing else decide), wenye_rows(n)


def wenye_program(n: int) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    """The case executor alone, which computes what the rules share once."""
    from wenye.rules.case import CaseProgram
    from wenye_engine import outputs
    from workload_rules import ON_CODE

    program = CaseProgram(outputs("amounts"))
    month = ON_CODE >> 6
    return (lambda row: program(row, ON_CODE, month)), wenye_rows(n)


def zen(n: int, *, trace: bool) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    """ZEN, with or without its trace."""
    from peers.zen_rules import contexts, engine

    decision = engine().get_decision("six")
    options = {"trace": trace}
    return (lambda context: decision.evaluate(context, options)), contexts(population(n))


def openfisca(n: int) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    """OpenFisca from a nested description, as its web API does it."""
    from openfisca_core.simulations import SimulationBuilder

    from peers.openfisca_rules import PERIOD, system

    rules = system("dates")

    def situation(case: dict[str, Any]) -> dict[str, Any]:
        facts = {
            name: {"ETERNITY" if name in DATES else PERIOD: str(value) if name in DATES else value}
            for name, value in case.items()
            if value is not None and name != "employer"
        }
        return {"people": {"one": facts}}

    def decide(described: dict[str, Any]) -> list[Any]:
        simulation = SimulationBuilder().build_from_entities(rules, described)
        return [simulation.calculate(f"{rule}_amount", PERIOD) for rule in RULES]

    return decide, [situation(case) for case in cases(population(n))]


def openfisca_arrays(n: int) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    """OpenFisca from arrays of one value: its fastest way."""
    from openfisca_core.simulations import SimulationBuilder

    from peers.openfisca_rules import PERIOD, system

    rules = system("dates")
    people = population(n)

    def decide(row: dict[str, Any]) -> list[Any]:
        simulation = SimulationBuilder().build_default_simulation(rules, 1)
        for name, value in row.items():
            simulation.set_input(name, "ETERNITY" if name in DATES else PERIOD, value)
        return [simulation.calculate(f"{rule}_amount", PERIOD) for rule in RULES]

    rows = [{name: values[i : i + 1] for name, values in people.items()} for i in range(n)]
    return decide, rows


def _made(name: str, n: int) -> tuple[Callable[[Any], Any], Iterable[Any]]:
    if name == "wenye-program":
        return wenye_program(n)
    if name.startswith("wenye"):
        return wenye(n, missing=name == "wenye")
    if name.startswith("zen"):
        return zen(n, trace=name == "zen-trace")
    return openfisca_arrays(n) if name == "openfisca-arrays" else openfisca(n)


def microseconds(name: str, n: int) -> dict[str, Any]:
    """p50 and p99 over ``n`` cases, after a warm-up on a tenth of them."""
    decide, rows = _made(name, n)
    rows = list(rows)
    for row in rows[: n // 10]:
        decide(row)
    clock = time.perf_counter_ns
    spent = np.empty(n, dtype=np.int64)
    gc.collect()
    gc.freeze()
    for place, row in enumerate(rows):
        began = clock()
        decide(row)
        spent[place] = clock() - began
    p50, p99 = (float(np.percentile(spent, q)) / 1000 for q in (50, 99))
    return {"p50_us": round(p50, 2), "p99_us": round(p99, 2), "cases": n}


if __name__ == "__main__":
    try:
        found: dict[str, Any] = microseconds(sys.argv[1], int(sys.argv[2]))
    except ModuleNotFoundError as error:
        found = {"absent": f"not installed: {error.name}"}
    print(json.dumps(found))
