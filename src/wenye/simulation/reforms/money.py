"""What a change costs, month by month, and who has more or less by it; whole fen throughout.

Payable and unconfirmed amounts are never added up in what is told of costs. For what a change means
to one subject they are, since both are what the subject would be due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from wenye.rules.values import yuan
from wenye.simulation.reforms.months_ahead import (
    MONTHS_AHEAD,
    NO_AMOUNT,
    PAYABLE,
    UNCONFIRMED,
    amount_columns,
    status_columns,
)
from wenye.simulation.reforms.small_cells import SMALL

_ZERO = (0,) * MONTHS_AHEAD


@dataclass(frozen=True, slots=True)
class Money:
    """Fen by coming month, and how many granted rows have an amount that is not known in it."""

    payable: tuple[int, ...] = _ZERO
    unconfirmed: tuple[int, ...] = _ZERO
    no_amount: tuple[int, ...] = _ZERO

    @property
    def payable_fen(self) -> int:
        """All that is payable over the months."""
        return sum(self.payable)

    @property
    def unconfirmed_fen(self) -> int:
        """All that rests on a value that is not confirmed."""
        return sum(self.unconfirmed)

    def __add__(self, other: Money) -> Money:
        return Money(
            _each(self.payable, other.payable),
            _each(self.unconfirmed, other.unconfirmed),
            _each(self.no_amount, other.no_amount),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data; amounts in yuan as strings."""
        return {
            "payable": yuan(self.payable_fen),
            "unconfirmed": yuan(self.unconfirmed_fen),
            "payable_by_month": [yuan(fen) for fen in self.payable],
            "unconfirmed_by_month": [yuan(fen) for fen in self.unconfirmed],
            "no_amount_by_month": list(self.no_amount),
        }


def _each(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def money(rows: pl.DataFrame, side: str) -> Money:
    """The money of one side (``b`` or ``a``) of a frame of ``side_by_side``."""
    sums: list[pl.Expr] = []
    for fen, how in zip(amount_columns(), status_columns(), strict=True):
        status = pl.col(f"{how}_{side}")
        for name, code in (("payable", PAYABLE), ("unconfirmed", UNCONFIRMED)):
            amount = pl.col(f"{fen}_{side}").filter(status == code).sum()
            sums.append(amount.alias(f"{name}{fen}"))
        sums.append((status == NO_AMOUNT).sum().cast(pl.Int64).alias(f"none{fen}"))
    row = rows.select(sums).row(0, named=True)

    def months(name: str) -> tuple[int, ...]:
        return tuple(int(row[f"{name}{fen}"] or 0) for fen in amount_columns())

    return Money(months("payable"), months("unconfirmed"), months("none"))


@dataclass(frozen=True, slots=True)
class Gains:
    """How many have more and less over the months, with the median change in fen.

    Months in which an amount is not known, before or after, are left out of the change; ``unknown``
    have no other change. Of an even number the median is the smaller of the middle two, so that it
    is somebody's. It is null where there is nobody, and kept back with one or two unless
    ``internal``.
    """

    winners: int
    losers: int
    unknown: int
    more: int | None
    less: int | None

    def as_json(self) -> dict[str, Any]:
        """Plain data; amounts in yuan as strings."""
        return {
            "winners": self.winners,
            "median_more": None if self.more is None else yuan(self.more),
            "losers": self.losers,
            "median_less": None if self.less is None else yuan(self.less),
            "amount_unknown": self.unknown,
        }


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """``payee``, ``change`` (fen over the months) and ``unknown`` (in part) of each row."""
    known, lopsided = [], []
    for fen, how in zip(amount_columns(), status_columns(), strict=True):
        open_ = [pl.col(f"{how}_{side}") == NO_AMOUNT for side in "ba"]
        before, after = (pl.col(f"{fen}_{side}").fill_null(0) for side in "ba")
        known.append(pl.when(~open_[0] & ~open_[1]).then(after - before).otherwise(0))
        lopsided.append(open_[0] != open_[1])
    return rows.select(
        "payee",
        pl.sum_horizontal(known).cast(pl.Int64).alias("change"),
        pl.any_horizontal(lopsided).alias("unknown"),
    )


def by_payee(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Changes of several schemes with payees of one register, summed for each payee."""
    return (
        pl.concat(frames)
        .filter(pl.col("payee").is_not_null())
        .group_by("payee")
        .agg(pl.col("change").sum(), pl.col("unknown").any())
    )


def gains(changed: pl.DataFrame, *, internal: bool) -> Gains:
    """Winners and losers among rows of ``changes`` or ``by_payee``."""
    change = changed["change"]
    more, less = change.filter(change > 0).to_list(), change.filter(change < 0).to_list()
    unknown = int((changed["unknown"] & (change == 0)).sum())

    def middle(amounts: list[int]) -> int | None:
        if not amounts or (len(amounts) in SMALL and not internal):
            return None
        return sorted(amounts, key=abs)[(len(amounts) - 1) // 2]

    return Gains(len(more), len(less), unknown, middle(more), middle(less))
