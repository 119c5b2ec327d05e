"""How a run's subjects ran through, by scheme and town, counted once and kept with the run."""

from __future__ import annotations

import polars as pl

from wenye.determination.judging import doubtful
from wenye.determination.results import Results
from wenye.services.offers.models import Run, RunFlow
from wenye.services.offers.towns import known_town


def flow_rows(run: Run, results: Results, held: dict[str, pl.DataFrame]) -> list[RunFlow]:
    """A row for each scheme and town; ``held`` has the rows held back, by scheme."""
    rows: list[RunFlow] = []
    for scheme in results.manifest["schemes"]:
        stands = pl.col("granted") & ~doubtful(results.schemes[scheme])
        payable = stands & (pl.col("amount_status") == "payable")
        outcome = pl.col("outcome")
        counts = (
            results.frame(scheme)
            .group_by(known_town("town").alias("town"))
            .agg(
                pl.len().alias("judged"),
                *(
                    (outcome == name).sum().alias(name)
                    for name in ("entitled", "not_entitled", "undetermined")
                ),
                pl.col("granted").sum().alias("granted"),
                payable.sum().alias("payable"),
                pl.col("amount").filter(payable).sum().alias("payable_fen"),
            )
            .sort("town")
            .collect()
        )
        kept = _by_town(held.get(scheme))
        known = set(counts["town"].to_list())
        rows += [
            RunFlow(run=run, scheme=scheme, held_back=kept.get(row["town"], 0), **row)
            for row in counts.iter_rows(named=True)
        ]
        # The town that handles an offer may be one in which nobody of the scheme was counted.
        rows += [
            RunFlow(run=run, scheme=scheme, town=town, held_back=number, **_NOTHING)
            for town, number in sorted(kept.items())
            if town not in known
        ]
    return rows


_NOTHING = dict.fromkeys(
    (
        *("judged", "entitled", "not_entitled", "undetermined"),
        *("granted", "payable", "payable_fen"),
    ),
    0,
)


def _by_town(held: pl.DataFrame | None) -> dict[str, int]:
    if held is None or held.is_empty():
        return {}
    counted = held.group_by(pl.col("town").fill_null("")).len()
    return {town: number for town, number in counted.iter_rows()}
