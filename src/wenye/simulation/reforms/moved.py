"""Who changed, row by row: what a service or an analyst goes on with. No names, no numbers.

==================  ============================================================================
scheme register key the scheme, the register of its subjects, the subject's key
payee               key of who is paid
movement            ``in`` / ``out`` / ``settled`` / ``unsettled``; ``counted`` where only the
                    standing beside other claims changed; ``amount`` where only money did
outcome_* granted_* before and after
condition           the deciding condition's name, ``several`` or ``unnamed``; null where the
                    outcome is the same
conditions          names of all conditions whose answers changed
amount_* status_*   fen of the payment or of the month; how far it may be paid on
payable_* unconfirmed_*
                    fen over the coming months; after: were the change adopted
==================  ============================================================================
"""

from __future__ import annotations

from typing import Any

import polars as pl

from wenye.determination.judging import AMOUNT_STATUS, OUTCOME
from wenye.rules.scheme import Scheme
from wenye.simulation.reforms.movements import MOVEMENTS, SEVERAL, UNNAMED

_WHEN = {"b": "before", "a": "after"}
SCHEMA: dict[str, Any] = {
    "scheme": pl.String,
    "register": pl.String,
    "key": pl.Int32,
    "payee": pl.Int32,
    "movement": pl.String,
    "outcome_before": OUTCOME,
    "outcome_after": OUTCOME,
    "condition": pl.String,
    "conditions": pl.List(pl.String),
    "granted_before": pl.Boolean,
    "granted_after": pl.Boolean,
    "amount_before": pl.Int64,
    "amount_after": pl.Int64,
    "status_before": AMOUNT_STATUS,
    "status_after": AMOUNT_STATUS,
    "payable_before": pl.Int64,
    "payable_after": pl.Int64,
    "unconfirmed_before": pl.Int64,
    "unconfirmed_after": pl.Int64,
}


def moved(name: str, scheme: type[Scheme] | None, rows: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of one scheme that changed, as ``SCHEMA``; ``rows`` as ``with_changed`` gives."""
    if scheme is None or rows is None:
        return pl.DataFrame(schema=SCHEMA)
    kind: pl.Expr = pl.lit("amount")
    kind = pl.when(_differs("granted")).then(pl.lit("counted")).otherwise(kind)
    for movement, (was, now) in MOVEMENTS.items():
        test = pl.col("outcome_b").is_in(was) & pl.col("outcome_a").is_in(now)
        kind = pl.when(test).then(pl.lit(movement)).otherwise(kind)
    several = pl.col("changed").list.len() > 1
    under = (
        pl.when(~_differs("outcome"))
        .then(pl.lit(None, pl.String))
        .when(several)
        .then(pl.lit(SEVERAL))
        .otherwise(pl.col("changed").list.first().fill_null(UNNAMED))
    )
    sides = [
        pl.col(f"{column}_{side}").alias(f"{column}_{when}")
        for column in ("outcome", "granted", "amount", "status", "payable", "unconfirmed")
        for side, when in _WHEN.items()
    ]
    changed = ("outcome", "granted", "amount", "status", "payable", "unconfirmed", "no_amount")
    return (
        rows.filter(pl.any_horizontal(_differs(column) for column in changed))
        .select(
            pl.lit(name).alias("scheme"),
            pl.lit(scheme.subject.register.name).alias("register"),
            "key",
            "payee",
            kind.alias("movement"),
            under.alias("condition"),
            pl.col("changed").alias("conditions"),
            *sides,
        )
        .select(pl.col(column).cast(dtype) for column, dtype in SCHEMA.items())
    )


def _differs(column: str) -> pl.Expr:
    return pl.col(f"{column}_b").ne_missing(pl.col(f"{column}_a"))
