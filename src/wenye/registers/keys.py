"""Surrogate keys: known numbers keep theirs, new numbers get the next ones."""

from __future__ import annotations

import polars as pl


def assign(numbers: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """A key for every number: columns number (String) and key (Int32), one row per number.

    ``known`` has the same columns. New numbers are numbered in the order of their text read
    backwards: the same numbers get the same keys whatever the order of the files, and neighbours by
    key are no neighbours by place or birth.
    """
    wanted = numbers.alias("number").to_frame()
    kept = wanted.join(known.select("number", "key"), on="number", how="inner")
    new = wanted.join(known, on="number", how="anti").unique()
    new = new.sort(pl.col("number").str.reverse())
    highest = known["key"].max() if known.height else 0
    assert isinstance(highest, int)
    following = pl.int_range(highest + 1, highest + 1 + pl.len(), dtype=pl.Int32).alias("key")
    return pl.concat([kept.select("number", "key"), new.with_columns(following)])
