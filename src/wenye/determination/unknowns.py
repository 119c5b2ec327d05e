"""Which missing fact would settle most people, and which open value blocks most.

Undetermined subjects are grouped by what is known of them (the truth of every part of the formula,
and which facts are unknown); one case of each group is looked at whole, and stands for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wenye.determination.cases import cases
from wenye.registers.store import Registers
from wenye.rules.expressions import Expr
from wenye.rules.kinds import TRUTH
from wenye.rules.parameters import Series
from wenye.rules.rowwise import RowWise
from wenye.rules.scheme import Scheme
from wenye.rules.settle import Settler, observable
from wenye.rules.tree import Node

#: Groups that are looked at, the largest first; what lies beyond is counted as not looked at.
MOST = 20_000

SCHEMA: dict[str, Any] = {
    "scheme": pl.String,
    "missing": pl.List(pl.String),
    "labels": pl.List(pl.String),
    "blocked_by": pl.List(pl.String),
    "subjects": pl.Int64,
    "example": pl.Int32,
}


def unknowns_of(
    scheme: type[Scheme],
    registers: Registers,
    gathered: pl.DataFrame,
    frame: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> pl.DataFrame:
    """One row per set of missing facts and blocking values: how many subjects it keeps open."""
    open_keys = frame.filter(pl.col("outcome") == "undetermined").select("key")
    if open_keys.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    rowwise = RowWise(on, parameters)
    marks = []
    for place, node in enumerate(_telling(scheme.outcome)):
        value = rowwise(node)
        marks.append((value if node.kind == TRUTH else value.is_null()).alias(f"m{place}"))
    signs = (
        gathered.lazy()
        .join(open_keys.lazy(), on="key", how="semi")
        .select("key", *marks)
        .group_by(pl.exclude("key"))
        .agg(pl.len().cast(pl.Int64).alias("subjects"), pl.col("key").min().alias("example"))
        .select("subjects", "example")
        .sort("subjects", "example", descending=[True, False])
        .collect()
    )
    settle = Settler(scheme.outcome, parameters)
    looked, beyond = signs.head(MOST), signs.slice(MOST)
    rows = cases(registers, scheme, looked["example"].to_list())
    found = []
    for subjects, example in looked.iter_rows():
        missing, blocked = settle(rows[example], on)
        found.append(
            {
                "scheme": scheme.id,
                "missing": [ask.path for ask in missing],
                "labels": [ask.label for ask in missing],
                "blocked_by": blocked,
                "subjects": subjects,
                "example": example,
            }
        )
    if not beyond.is_empty():
        found.append(
            {
                "scheme": scheme.id,
                "missing": [],
                "labels": ["（组合过多，未逐一分析）"],
                "blocked_by": [],
                "subjects": int(beyond["subjects"].sum()),
                "example": beyond["example"][0],
            }
        )
    return (
        pl.DataFrame(found, schema=SCHEMA)
        .group_by("scheme", "missing", "labels", "blocked_by")
        .agg(pl.col("subjects").sum(), pl.col("example").min())
        .select(*SCHEMA)
        .sort("subjects", "example", descending=[True, False])
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
