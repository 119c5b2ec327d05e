"""What every engine must hand over, so that engines can be held against one another."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from population import Array, People

RULES = ("hire", "graduate", "retirement", "flexible", "training", "startup")

#: Per rule (or sum): whether the person gets it (bool), and the amount in fen (int64; 0 where not)
#: or None where the variant has no amounts.
Outcomes = dict[str, tuple[Array, Array | None]]


class Engine(Protocol):
    """One engine with its facts loaded."""

    def __init__(self, people: People, variant: str) -> None: ...

    def prepare(self) -> None:
        """Whatever must be done anew before a run and is not the run (never timed)."""

    def run(self) -> Any:
        """The timed work: all six rules for everyone."""

    def outcomes(self, result: Any) -> Outcomes:
        """The result in the common form (never timed)."""


def totals(outcomes: Outcomes) -> dict[str, dict[str, int]]:
    """Per rule the people with a yes and the fen in all; ``who`` and ``placed`` are sums that also
    depend on who gets it.
    """
    found: dict[str, dict[str, int]] = {}
    for rule, (yes, fen) in outcomes.items():
        given = np.asarray(yes, dtype=np.int64)
        place = np.arange(len(given), dtype=np.int64) % 9973 + 1
        found[rule] = {"yes": int(given.sum()), "who": int((given * place).sum())}
        if fen is not None:
            amounts = np.asarray(fen, dtype=np.int64)
            found[rule] |= {"fen": int(amounts.sum()), "placed": int((amounts * place).sum())}
    return found
