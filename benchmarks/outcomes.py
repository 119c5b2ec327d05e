"""What every engine must hand over, so that engines can be held against one another."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from population import Array, People

RULES = ("hire", "graduate", "retirement", "flexible", "training", "startup")

#: Per rule (or sum): whether the person gets it (bool) and the amount in fen (int64; 0 where not).
Outcomes = dict[str, tuple[Array, Array]]


class Engine(Protocol):
    """One engine with its facts loaded."""

    def __init__(self, people: People, variant: str) -> None: ...

    def prepare(self) -> None:
        """Whatever must be done anew before a run and is not the run (never timed)."""

    def run(self) -> Any:
        """The timed work: all six rules for everyone."""

    def outcomes(self, result: Any) -> Outcomes | None:
        """The result in the common form (never timed); None where the variant has no amounts."""


def totals(outcomes: Outcomes) -> dict[str, dict[str, int]]:
    """Per rule: people with a yes, fen in all, and a sum that also depends on who gets it."""
    found: dict[str, dict[str, int]] = {}
    for rule, (yes, fen) in outcomes.items():
        amounts = np.asarray(fen, dtype=np.int64)
        place = np.arange(len(amounts), dtype=np.int64) % 9973 + 1
        found[rule] = {
            "yes": int(np.count_nonzero(yes)),
            "fen": int(amounts.sum()),
            "placed": int((amounts * place).sum()),
        }
    return found
