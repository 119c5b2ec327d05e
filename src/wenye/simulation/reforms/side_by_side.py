"""One scheme's rows before and after beside each other, with whom and what money they are about.

One row per subject that is not refused both ways; columns end in ``_b`` (before) and ``_a``
(after):

==========================  ====================================================================
key payee                   as in ``determination.judging``
town sex age                town of the payee; sex and age band of the person concerned, null where
                            no person is, or it is not known
outcome law granted         as in ``determination``
amount status               of the payment, or of the month of determination
fen0 … how0 …               as in ``months_ahead``; nothing where the row is not granted
payable unconfirmed         fen over the coming months
no_amount                   whether some month is due an amount that is not known
c.NAME                      each named condition
==========================  ====================================================================
"""

from __future__ import annotations

import polars as pl

from wenye.determination.judging import concerned, payee_of
from wenye.registers.model import Person
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.scheme import Scheme
from wenye.simulation.reforms.both_ways import BothWays, Side
from wenye.simulation.reforms.months_ahead import (
    NO_AMOUNT,
    NONE,
    PAYABLE,
    UNCONFIRMED,
    amount_columns,
    status_columns,
)

#: Ages from which a band of the tables begins.
BANDS = (16, 25, 35, 45, 55, 65)


def side_by_side(both: BothWays, registers: Registers, on: int) -> pl.DataFrame:
    """The joined frame of a scheme; columns as the module says."""
    before, after = _side(both.before), _side(both.after)
    assert before["key"].equals(after["key"])
    shared = both.before.frame.select("key", "payee", "town", _person(both.before.scheme))
    joined = pl.concat(
        [
            shared.with_columns(_known("payee"), _known("person")),
            before.drop("key").rename(lambda name: f"{name}_b"),
            after.drop("key").rename(lambda name: f"{name}_a"),
        ],
        how="horizontal",
    )
    return joined.join(
        _people(registers, joined["person"], on), on="person", how="left", maintain_order="left"
    )


def _person(scheme: type[Scheme]) -> pl.Expr:
    """Key of the person whom a row is about; null where it is about none."""
    if concerned(scheme).entity is Person:
        return pl.col("concerns").alias("person")
    if payee_of(scheme).entity is Person:
        return pl.col("payee").alias("person")
    if scheme.subject is Person:
        return pl.col("key").alias("person")
    return pl.lit(None, pl.Int32).alias("person")


def _known(name: str) -> pl.Expr:
    """A key, and null for the sentinels of one that is absent or not applicable."""
    return pl.when(pl.col(name) > 0).then(pl.col(name)).alias(name)


def _side(side: Side) -> pl.DataFrame:
    granted = side.frame.select("key", "granted").join(
        side.months, on="key", how="left", maintain_order="left"
    )
    money = []
    for fen, how in zip(amount_columns(), status_columns(), strict=True):
        money.append(pl.when("granted").then(pl.col(fen)).alias(fen))
        money.append(pl.when("granted").then(pl.col(how)).fill_null(NONE).alias(how))
    months = granted.with_columns(money).drop("granted")
    conditions = [name for name in side.frame.columns if name.startswith("c.")]
    kept = side.frame.select(
        "key", "outcome", "law", "granted", "amount", pl.col("amount_status").alias("status")
    )
    return kept.with_columns(
        *(months[name] for name in months.columns if name != "key"),
        *(side.frame[name] for name in conditions),
    ).with_columns(
        _over_months(PAYABLE).alias("payable"),
        _over_months(UNCONFIRMED).alias("unconfirmed"),
        pl.any_horizontal(pl.col(how) == NO_AMOUNT for how in status_columns()).alias("no_amount"),
    )


def _over_months(wanted: int) -> pl.Expr:
    pairs = zip(amount_columns(), status_columns(), strict=True)
    return pl.sum_horizontal(
        pl.when(pl.col(how) == wanted).then(pl.col(fen)).otherwise(0) for fen, how in pairs
    ).cast(pl.Int64)


def _people(registers: Registers, keys: pl.Series, on: int) -> pl.DataFrame:
    """Sex (its option's name) and age band (its first age, 0 below the first) by ``person``."""
    options = [name for name, _ in Person.facts()["sex"].kind.options]
    sex: pl.Expr = pl.lit(None, pl.String)
    for place, name in enumerate(options):
        sex = pl.when(pl.col("sex") == place).then(pl.lit(name)).otherwise(sex)
    born = pl.when(pl.col("birth_date") > 0).then(pl.col("birth_date"))
    # As ``reached`` counts years: the birthday itself is included, 29 February ends with the month.
    years = (pl.lit(calendar.end(on)) - (born // 2) * 2) // (12 * calendar.MONTH)
    band: pl.Expr = pl.when(years >= 0).then(pl.lit(0))
    for first in BANDS:
        band = pl.when(years >= first).then(pl.lit(first)).otherwise(band)
    wanted = keys.drop_nulls().unique().to_frame("key").lazy()
    return (
        registers.table(Person)
        .join(wanted, on="key", how="semi")
        .select(
            pl.col("key").alias("person"),
            sex.alias("sex"),
            band.cast(pl.Int16).alias("age"),
        )
        .collect()
    )
