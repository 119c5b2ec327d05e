"""What those entitled are due in each of the coming months: a case's schedule, for everybody.

Held equal to ``rules.decide.Decider.schedule`` by tests. A one-off support falls in the month of
determination.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.decide import series_read, strict_outputs, trusted
from wenye.rules.expressions import Expr, Month
from wenye.rules.gather import Tables
from wenye.rules.kinds import MONTH
from wenye.rules.parameters import Series
from wenye.rules.rewrite import N, Rewriter
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node, depends_on_day

#: Months that are looked ahead, the month of determination included.
MONTHS_AHEAD = 12
#: How far an amount of a month may be paid on; the number is what the status columns hold.
NONE, PAYABLE, UNCONFIRMED, NO_AMOUNT = 0, 1, 2, 3


class _InMonth(Rewriter):
    """Binds the month being paid."""

    def __init__(self, month: int) -> None:
        super().__init__()
        self._month = Month("const", MONTH, (), (month,))

    def _rebuild(self, node: Node) -> Node:
        return self._month if node.op == "pay_month" else super()._rebuild(node)

    def of(self, node: N) -> N:
        return self(node)


def monthly_amounts(scheme: type[Scheme], on: int) -> dict[str, Expr]:
    """The amount of each coming month by name (``amount0`` …); none where nothing is monthly."""
    if scheme.amount is None or scheme.first is None:
        return {}
    month = on >> 6
    return {
        f"amount{ahead}": _InMonth(month + ahead).of(scheme.amount) for ahead in range(MONTHS_AHEAD)
    }


def amount_columns() -> list[str]:
    """Names of the columns with the amount of each month (Int64 fen, null where there is none)."""
    return [f"fen{ahead}" for ahead in range(MONTHS_AHEAD)]


def status_columns() -> list[str]:
    """Names of the columns with how far each may be paid on (Int8)."""
    return [f"how{ahead}" for ahead in range(MONTHS_AHEAD)]


def months_ahead(
    scheme: type[Scheme],
    tables: Tables,
    gathered: pl.DataFrame,
    judged: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> pl.DataFrame:
    """One row per entitled subject, in the order of the keys: key, amounts, statuses."""
    entitled = judged.filter(pl.col("outcome") == "entitled")
    if scheme.amount is None or scheme.first is None:
        return _once(entitled)
    keys = entitled.select("key")
    parts = {**_term(scheme), **monthly_amounts(scheme, on)}
    rows = gathered.lazy().join(keys.lazy(), on="key", how="semi")
    decided = BatchProgram(scheme.subject, parts, on, parameters).decided(rows).collect()
    strict = _strict(scheme, tables, rows, keys, on, parameters)
    if strict is not None:
        decided = decided.join(strict, on="key", how="left")
    return decided.select("key", *_monthly(scheme, on, strict is not None)).sort("key")


def _once(entitled: pl.DataFrame) -> pl.DataFrame:
    codes = {"payable": PAYABLE, "unconfirmed": UNCONFIRMED, "open": NO_AMOUNT, "none": NONE}
    how = pl.lit(NONE, pl.Int8)
    for name, code in codes.items():
        how = pl.when(pl.col("amount_status") == name).then(pl.lit(code, pl.Int8)).otherwise(how)
    nothing = [pl.lit(None, pl.Int64).alias(name) for name in amount_columns()[1:]]
    none = [pl.lit(NONE, pl.Int8).alias(name) for name in status_columns()[1:]]
    return entitled.select(
        "key", pl.col("amount").alias("fen0"), *nothing, how.alias("how0"), *none
    )


def _term(scheme: type[Scheme]) -> dict[str, Expr]:
    return {
        "law": scheme.law_index,
        "doubtful": scheme.doubtful,
        "first": scheme.first,
        "last": scheme.last,
    }


def _strict(
    scheme: type[Scheme],
    tables: Tables,
    rows: pl.LazyFrame,
    keys: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> pl.DataFrame | None:
    """The same on confirmed values alone; None where every value is confirmed."""
    confirmed = trusted(scheme, parameters)
    if confirmed is None:
        return None
    whole = {**strict_outputs(scheme), **monthly_amounts(scheme, on)}
    parts = {f"strict_{name}": expr for name, expr in whole.items()}
    program = BatchProgram(scheme.subject, parts, on, {**parameters, **confirmed})
    inside = [
        below
        for expr in parts.values()
        for node in expr.walk()
        if node.op in ("as_at", "latest", "count", "total")
        for below in node.args
    ]
    if set(series_read(inside, {})) & set(confirmed):
        # Values decide which rows are looked up, so what was gathered on all values will not do.
        own = tables.table(scheme.subject).join(keys.lazy(), on="key", how="semi")
        return program.decided(program.gathered(tables, own)).collect()
    return program.decided(rows).collect()


def _monthly(scheme: type[Scheme], on: int, has_strict: bool) -> list[pl.Expr]:
    paying = [place for place, version in enumerate(scheme.laws) if version.pays is not None]
    due = (pl.col("doubtful") == False).fill_null(False)  # noqa: E712
    if len(paying) < len(scheme.laws):
        due = due & (pl.col("law").is_null() | pl.col("law").is_in(paying))
    first, last = pl.col("first"), pl.col("last")
    unsettled = due & (first.is_null() | last.is_null())
    amounts: list[pl.Expr] = []
    statuses: list[pl.Expr] = []
    for ahead in range(MONTHS_AHEAD):
        month = (on >> 6) + ahead
        inside = (due & (first <= month) & (last >= month)).fill_null(False)
        certain = inside & ~_past_certainty(scheme, month)
        amount = pl.col(f"amount{ahead}")
        settled = pl.lit(True)
        if has_strict:
            settled = (
                pl.col("strict_outcome")
                & ~pl.col("strict_doubtful")
                & (pl.col(f"strict_amount{ahead}") == amount)
                & (pl.col("strict_first") <= month)
                & (pl.col("strict_last") >= month)
            ).fill_null(False)
        amounts.append(pl.when(certain).then(amount).cast(pl.Int64).alias(f"fen{ahead}"))
        how = (
            pl.when(unsettled)
            .then(pl.lit(NO_AMOUNT))
            .when(~inside)
            .then(pl.lit(NONE))
            .when(~certain | amount.is_null())
            .then(pl.lit(NO_AMOUNT))
            .when(settled)
            .then(pl.lit(PAYABLE))
            .otherwise(pl.lit(UNCONFIRMED))
        )
        statuses.append(how.cast(pl.Int8).alias(f"how{ahead}"))
    return [*amounts, *statuses]


def _past_certainty(scheme: type[Scheme], month: int) -> pl.Expr:
    """Whether the law of a scheme dated by the day is not known to stand in the month."""
    test = pl.lit(False)
    if not depends_on_day(scheme.dated_by):
        return test
    for place, version in enumerate(scheme.laws):
        days = [ends(scheme, place)]
        if version.doubtful_from is not None:
            days.append(calendar.add_days(version.doubtful_from, -1))
        known = [day >> 6 for day in days if day is not None]
        if known and month > min(known):
            test = test | (pl.col("law") == place).fill_null(False)
    return test
