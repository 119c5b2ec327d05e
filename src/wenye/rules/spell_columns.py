"""Overlapping spells as spells that follow each other, so that an as-of join finds the right one.

As at a day the spell that counts is the one that covers the day, the last begun where several
do. An as-of join finds the last begun; where an earlier spell outlasts it, that is the wrong one.
Spells that overlap are cut, so that from each cut to the next the same spell counts.
"""

from __future__ import annotations

import polars as pl

from wenye.rules import calendar

#: Later than every day and month.
_ALWAYS = 2**31 - 1


def following(spells: pl.LazyFrame, by: str, begun: str, until: str, key: str) -> pl.LazyFrame:
    """``spells`` with those of one owner (``by``) cut where they overlap.

    ``begun`` becomes the day (or month) from which the spell counts; ``until`` stays its own end.
    Of spells begun together the one with the greater ``key`` counts.
    """
    endless = pl.col(until) <= calendar.NOT_APPLICABLE[32]
    ends = pl.when(endless).then(_ALWAYS).otherwise(pl.col(until))
    spells = spells.sort(by, begun, key).with_columns(ends.alias("_ends")).cache()
    # Where any two of an owner's spells overlap, so do two neighbours.
    overlaps = (pl.col(by).shift(-1) == pl.col(by)) & (pl.col(begun).shift(-1) <= pl.col("_ends"))
    owners = spells.filter(overlaps).select(by).unique()
    apart = spells.join(owners, on=by, how="anti")
    mixed = spells.join(owners, on=by, how="semi").cache()
    cuts = pl.concat(
        [
            mixed.select(by, pl.col(begun).alias("_cut")),
            mixed.filter(pl.col("_ends") < _ALWAYS).select(by, (pl.col("_ends") + 1).alias("_cut")),
        ]
    ).unique()
    pieces = (
        mixed.join(cuts, on=by, how="inner")
        .filter((pl.col(begun) <= pl.col("_cut")) & (pl.col("_ends") >= pl.col("_cut")))
        .sort(by, "_cut", begun, key)
        .unique([by, "_cut"], keep="last", maintain_order=True)
        .with_columns(pl.col("_cut").alias(begun))
    )
    columns = spells.drop("_ends").collect_schema().names()
    return pl.concat([apart.select(columns), pieces.select(columns)])
