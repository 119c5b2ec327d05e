"""Who yields to whom: what counts once, and supports that exclude one another.

A rule says who is entitled; when two entitlements compete, only one is granted. A granted row keeps
``granted`` true; one that yields says to what: ``once:KEY`` (the subject whose claim came first) or
``scheme:ID``. Nothing is taken from the outcome itself: a single case decides the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wenye.determination.judging import concerned
from wenye.rules.scheme import Scheme


def allocated(
    schemes: Mapping[str, type[Scheme]], frames: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The judged frames with ``granted`` (Boolean) and ``yields_to`` (String or null)."""
    result = {name: _first_claims(schemes[name], frame) for name, frame in frames.items()}
    order = sorted(result, key=lambda name: (schemes[name].priority, name))
    for place, name in enumerate(order):
        for stronger in order[:place]:
            if _compete(schemes[name], schemes[stronger]):
                result[name] = _yield_to(result[name], stronger, result[stronger])
    return result


def _compete(one: type[Scheme], other: type[Scheme]) -> bool:
    """Whether the schemes exclude each other; keys of two registers are never compared."""
    named = one.id in other.excludes or other.id in one.excludes
    return named and concerned(one).entity is concerned(other).entity


def _first_claims(scheme: type[Scheme], frame: pl.DataFrame) -> pl.DataFrame:
    entitled = pl.col("outcome") == "entitled"
    if scheme.once_per is None:
        return frame.with_columns(
            entitled.alias("granted"), pl.lit(None, pl.String).alias("yields_to")
        )
    claims = frame.filter(entitled & pl.col("once").is_not_null())
    first = (
        claims.sort("once", "law_day", "key")
        .group_by("once", maintain_order=True)
        .agg(pl.col("key").first().alias("_first"))
    )
    joined = frame.join(first, on="once", how="left", maintain_order="left")
    stands = pl.col("_first").is_null() | (pl.col("_first") == pl.col("key"))
    return joined.with_columns(
        (entitled & stands).alias("granted"),
        pl.when(entitled & ~stands).then(pl.format("once:{}", pl.col("_first"))).alias("yields_to"),
    ).drop("_first")


def _yield_to(frame: pl.DataFrame, stronger: str, other: pl.DataFrame) -> pl.DataFrame:
    """Rows whose person draws ``stronger`` in the month of determination no longer stand."""
    drawing = (
        other.filter(pl.col("granted") & (pl.col("amount_status") != "none"))
        .select("concerns")
        .unique()
        .with_columns(pl.lit(True).alias("_drawn"))
    )
    joined = frame.join(drawing, on="concerns", how="left", maintain_order="left")
    gives = (
        pl.col("granted") & pl.col("_drawn").fill_null(False) & (pl.col("amount_status") != "none")
    )
    return joined.with_columns(
        (pl.col("granted") & ~gives).alias("granted"),
        pl.when(gives).then(pl.lit(f"scheme:{stronger}")).otherwise("yields_to").alias("yields_to"),
    ).drop("_drawn")
