"""Which engines run, in which form, and up to how many people."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from outcomes import Engine
from population import People

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One engine in one form."""

    name: str
    label: str
    gives: str
    made_by: str  # module:class
    variant: str
    most: int = 5 * MILLION
    least_runs: int = 5
    note: str = ""

    def make(self, people: People) -> Engine:
        """The engine with its facts loaded; ImportError where it is not installed."""
        module, _, name = self.made_by.partition(":")
        engine: Engine = getattr(import_module(module), name)(people, self.variant)
        return engine


_OURS = "wenye_engine:WenyeRules"
_OPENFISCA = "peers.openfisca_rules:OpenFiscaRules"
_POLICYENGINE = "peers.policyengine_rules:PolicyEngineRules"
_NUMPY = "peers.numpy_rules:NumpyRules"
_DUCKDB = "peers.duckdb_rules:DuckdbRules"
_ZEN = "peers.zen_rules:ZenRules"
_ONE_BY_ONE = "one person at a time: stops at 100,000"

SIX_RULES = (
    Entry("wenye-outcomes", "Wenye", "three-valued outcomes", _OURS, "outcomes"),
    Entry("wenye-reasons", "Wenye", "outcomes, every named condition", _OURS, "reasons"),
    Entry("wenye-amounts", "Wenye", "outcomes, conditions, amounts", _OURS, "amounts"),
    Entry("openfisca-dates-outcomes", "OpenFisca", "yes/no", _OPENFISCA, "dates-outcomes"),
    Entry("openfisca-dates", "OpenFisca", "yes/no, amounts", _OPENFISCA, "dates"),
    Entry(
        "openfisca-codes-outcomes",
        "OpenFisca, given day codes",
        "yes/no",
        _OPENFISCA,
        "codes-outcomes",
    ),
    Entry("openfisca-codes", "OpenFisca, given day codes", "yes/no, amounts", _OPENFISCA, "codes"),
    Entry("policyengine-dates-outcomes", "PolicyEngine", "yes/no", _POLICYENGINE, "dates-outcomes"),
    Entry("policyengine-dates", "PolicyEngine", "yes/no, amounts", _POLICYENGINE, "dates"),
    Entry("numpy-dates", "plain numpy", "yes/no, amounts", _NUMPY, "dates"),
    Entry(
        "numpy-codes-outcomes", "plain numpy, given day codes", "yes/no", _NUMPY, "codes-outcomes"
    ),
    Entry("numpy-codes", "plain numpy, given day codes", "yes/no, amounts", _NUMPY, "codes"),
    Entry("duckdb-outcomes", "DuckDB", "yes/no", _DUCKDB, "outcomes"),
    Entry("duckdb-amounts", "DuckDB", "yes/no, amounts", _DUCKDB, "amounts"),
    Entry("zen-loop", "ZEN", "yes/no, amounts", _ZEN, "loop", MILLION // 10, 3, note=_ONE_BY_ONE),
    Entry(
        "zen-batch",
        "ZEN, batch",
        "yes/no, amounts",
        _ZEN,
        "batch",
        MILLION // 10,
        3,
        note=_ONE_BY_ONE,
    ),
    Entry(
        "oracle",
        "reference (datetime)",
        "yes/no, amounts",
        "oracle:Oracle",
        "",
        10_000,
        3,
        note="the slow reference: 10,000 people only",
    ),
)

EMPLOYERS = (
    Entry("wenye", "Wenye", "sum per employer", "wenye_engine:WenyeEmployers", "sum"),
    Entry(
        "openfisca-dates",
        "OpenFisca",
        "sum per employer",
        "peers.openfisca_rules:OpenFiscaEmployers",
        "dates",
    ),
    Entry(
        "openfisca-codes",
        "OpenFisca, given day codes",
        "sum per employer",
        "peers.openfisca_rules:OpenFiscaEmployers",
        "codes",
    ),
    Entry(
        "numpy-dates",
        "plain numpy (bincount)",
        "sum per employer",
        "peers.numpy_rules:NumpyEmployers",
        "dates",
    ),
    Entry(
        "numpy-codes",
        "plain numpy (bincount), given day codes",
        "sum per employer",
        "peers.numpy_rules:NumpyEmployers",
        "codes",
    ),
    Entry("duckdb", "DuckDB", "sum per employer", "peers.duckdb_rules:DuckdbEmployers", "sum"),
)

TASKS = {"six": SIX_RULES, "employers": EMPLOYERS}


def entry(task: str, name: str) -> Entry:
    """The engine called ``name`` of a task."""
    return next(each for each in TASKS[task] if each.name == name)
