"""What the granted supports cost, by scheme and town, in whole fen.

Only ``payable`` amounts may be paid. ``unconfirmed`` ones rest on a value that no officer has
confirmed, ``open`` ones have no amount yet; they are counted beside, and never added to the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from wenye.determination.results import Results
from wenye.rules.values import yuan

UNKNOWN_TOWN = "街镇未提供"


@dataclass(frozen=True, slots=True)
class Cost:
    """One scheme in one town (``None``: not known): rows counted, amounts in fen."""

    scheme: str
    town: str | None
    town_name: str
    judged: int
    entitled: int
    undetermined: int
    granted: int
    payable: int
    payable_fen: int
    unconfirmed: int
    unconfirmed_fen: int
    open: int
    recover_fen: int

    def as_json(self) -> dict[str, Any]:
        """Plain data; amounts in yuan as strings."""
        return {
            "scheme": self.scheme,
            "town": self.town,
            "town_name": self.town_name,
            "judged": self.judged,
            "entitled": self.entitled,
            "undetermined": self.undetermined,
            "granted": self.granted,
            "payable": self.payable,
            "payable_amount": yuan(self.payable_fen),
            "unconfirmed": self.unconfirmed,
            "unconfirmed_amount": yuan(self.unconfirmed_fen),
            "open": self.open,
            "recover_amount": yuan(self.recover_fen),
        }


_COUNTED = tuple(
    name for name in Cost.__dataclass_fields__ if name not in ("scheme", "town", "town_name")
)


def costs(results: Results, schemes: Iterable[str] | None = None) -> list[Cost]:
    """One entry per scheme and town that has rows, in the order of the organisation's units."""
    names = results.towns
    order = {code: place for place, code in enumerate(names)}
    found: list[Cost] = []
    for scheme in results.chosen(schemes):
        rows = _by_town(results.frame(scheme)).iter_rows(named=True)
        entries = [
            Cost(
                scheme=scheme,
                town=row["town"],
                town_name=names.get(row["town"], row["town"] or UNKNOWN_TOWN),
                **{name: int(row[name]) for name in _COUNTED},
            )
            for row in rows
        ]
        found += sorted(
            entries, key=lambda item: (order.get(item.town or "", 999), item.town or "")
        )
    return found


def _by_town(frame: pl.LazyFrame) -> pl.DataFrame:
    granted = pl.col("granted")
    status, amount = pl.col("amount_status"), pl.col("amount")

    def rows(test: pl.Expr) -> pl.Expr:
        return test.sum().cast(pl.Int64)

    def fen(how: str) -> pl.Expr:
        return amount.filter(granted & (status == how)).sum()

    return (
        frame.group_by("town")
        .agg(
            pl.len().alias("judged"),
            rows(pl.col("outcome") == "entitled").alias("entitled"),
            rows(pl.col("outcome") == "undetermined").alias("undetermined"),
            rows(granted).alias("granted"),
            rows(granted & (status == "payable")).alias("payable"),
            fen("payable").alias("payable_fen"),
            rows(granted & (status == "unconfirmed")).alias("unconfirmed"),
            fen("unconfirmed").alias("unconfirmed_fen"),
            rows(granted & (status == "open")).alias("open"),
            pl.col("recover").sum().alias("recover_fen"),
        )
        .collect()
    )


def total(entries: Iterable[Cost], scheme: str | None = None) -> dict[str, int]:
    """The sums of all counts and amounts, of one scheme or of all."""
    sums = dict.fromkeys(_COUNTED, 0)
    for entry in entries:
        if scheme is None or entry.scheme == scheme:
            for name in _COUNTED:
                sums[name] += getattr(entry, name)
    return sums
