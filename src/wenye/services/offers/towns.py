"""Towns as the district knows them: what a register writes otherwise is no town."""

from __future__ import annotations

import polars as pl

from wenye.services.decisions.district import district


def known_town(*columns: str) -> pl.Expr:
    """The first of the columns that names a unit of the district; empty where none does."""
    codes = [unit.code for unit in district().organisation.units]
    return pl.coalesce(
        [pl.when(pl.col(name).is_in(codes)).then(pl.col(name)) for name in columns] + [pl.lit("")]
    )
