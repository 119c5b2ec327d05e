"""What the bureau did not fill in: unknown facts, also where nothing else is wrong."""

from __future__ import annotations

import polars as pl

from wenye.rules.facts import Entity
from wenye.simulation.synthetic.assumptions.left_out import LEFT_OUT
from wenye.simulation.synthetic.draws import Draws


def leave_out(entity: type[Entity], frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The register with a few facts emptied, as ``assumptions.left_out`` has it."""
    draws = Draws(seed, f"left out of {entity.register.name}")
    emptied = [
        frame[fact].set(pl.Series(draws.chance(share, len(frame))), None)
        for (register, fact), share in LEFT_OUT.items()
        if register == entity.register.name
    ]
    return frame.with_columns(emptied)
