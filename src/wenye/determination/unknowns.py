"""Which missing fact would settle most people, and which open value blocks most.

Undetermined subjects are grouped by what is known of them (the truth of every part of the formula,
and which facts are unknown); one case of each group is looked at whole, and stands for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wenye.determination.cases import cases
from wenye.rules.expressions import Expr
from wenye.rules.gather import Tables
from wenye.rules.kinds import TRUTH
from wenye.rules.parameters import Series
from wenye.rules.scheme import Scheme
from wenye.rules.settle import Settler, observable
from wenye.rules.stages import Staged
from wenye.rules.tree import Node

#: Groups that are looked at, the largest first; what lies beyond is counted as not looked at.
MOST = 20_000

#: Label of those groups.
NOT_LOOKED_AT = "（组合过多，未逐一分析）"

SCHEMA: dict[str, Any] = {
    "scheme": pl.String,
    "number": pl.Int32,
    "missing": pl.List(pl.String),
    "labels": pl.List(pl.String),
    "blocked_by": pl.List(pl.String),
    "subjects": pl.Int64,
    "example": pl.Int32,
}


def unknowns_of(
    scheme: type[Scheme],
    tables: Tables,
    gathered: pl.DataFrame,
    frame: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sets of missing facts and blocking values, and the judged frame with each row's set.

    The first has one row per set, numbered from 1 by how many subjects it keeps open (``SCHEMA``);
    the second gains the column ``unknown`` (Int32), null where the outcome is known.
    """
    open_keys = frame.filter(pl.col("outcome") == "undetermined").select("key")
    if open_keys.is_empty():
        nothing = pl.lit(None, pl.Int32).alias("unknown")
        return pl.DataFrame(schema=SCHEMA), frame.with_columns(nothing)
    groups = _alike(scheme, gathered, open_keys, on, parameters)
    settle = Settler(scheme.outcome, parameters)
    looked = groups.head(MOST)
    rows = cases(tables, scheme, looked["example"].to_list())
    found = []
    for group, subjects, example in groups.select("group", "subjects", "example").iter_rows():
        missing, blocked = settle(rows[example], on) if example in rows else ([], [])
        labels = [ask.label for ask in missing] if example in rows else [NOT_LOOKED_AT]
        found.append(([ask.path for ask in missing], labels, blocked, subjects, example, group))
    names = ("missing", "labels", "blocked_by")
    sets = (
        pl.DataFrame(found, schema=[*names, "subjects", "example", "group"], orient="row")
        .with_columns(pl.col(names).cast(pl.List(pl.String)))
        .group_by(names)
        .agg(pl.col("subjects").sum(), pl.col("example").min(), "group")
        .sort("subjects", "example", descending=[True, False])
        .with_row_index("number", offset=1)
        .with_columns(pl.lit(scheme.id).alias("scheme"))
    )
    members = (
        sets.select(pl.col("number").cast(pl.Int32).alias("unknown"), "group")
        .explode("group")
        .join(groups.select("group", "keys"), on="group")
        .explode("keys")
        .select(pl.col("keys").alias("key"), "unknown")
    )
    table = sets.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    return table, frame.join(members, on="key", how="left", maintain_order="left")


def _alike(
    scheme: type[Scheme],
    gathered: pl.DataFrame,
    open_keys: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> pl.DataFrame:
    """Undetermined subjects of whom the same is known: the largest group first."""
    rowwise = Staged(on, parameters)
    marks = []
    for place, node in enumerate(_telling(scheme.outcome)):
        value = rowwise(node)
        marks.append((value if node.kind == TRUTH else value.is_null()).alias(f"m{place}"))
    return (
        rowwise.laid(gathered.lazy().join(open_keys.lazy(), on="key", how="semi"))
        .select("key", *marks)
        .group_by(pl.exclude("key"))
        .agg(
            pl.len().cast(pl.Int64).alias("subjects"),
            pl.col("key").min().alias("example"),
            pl.col("key").alias("keys"),
        )
        .select("subjects", "example", "keys")
        .sort("subjects", "example", descending=[True, False])
        .with_row_index("group")
        .collect()
    )


def _telling(outcome: Expr) -> list[Expr]:
    """Nodes whose truth, or whose being unknown, tells cases apart."""
    found: dict[int, Expr] = {}

    def visit(node: Node) -> None:
        if node.key in found:
            return
        telling = isinstance(node, Expr) and (node.kind == TRUTH or node.op in ("fact", "param"))
        if isinstance(node, Expr) and telling and observable(node):
            found[node.key] = node
        for arg in node.args:
            visit(arg)

    visit(outcome)
    return list(found.values())
