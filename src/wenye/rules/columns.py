"""How a frame holds what rules read: names and types of columns, and the ends of a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wenye.rules.expressions import Expr
from wenye.rules.sources import Source
from wenye.rules.tree import Node

DTYPES: dict[str, Any] = {
    "truth": pl.Boolean,
    "choice": pl.Int8,
    "number": pl.Int32,
    "money": pl.Int64,
    "rate": pl.Int64,
    "day": pl.Int32,
    "month": pl.Int32,
    "key": pl.Int32,
    "code": pl.String,
}

#: A compiled end of a value: a constant (None = unknown) or a column expression.
Side = int | bool | None | pl.Expr
Pair = tuple[Side, Side]


def dtype_of(expr: Expr) -> Any:
    """The Polars type of an expression's stored value."""
    return pl.Int64 if expr.kind.scale else DTYPES[expr.kind.name]


def column(source: Source, name: str) -> str:
    """Name of the column that holds ``name`` of the rows at ``source``."""
    return name if source.op == "root" else f"s{source.key}.{name}"


def aggregate_column(node: Node, side: str) -> str:
    """Name of the column that holds one end of an aggregate."""
    return f"n{node.key}.{side}"


#: Nodes that stand in columns already, by key: the names of their two ends.
Ready = Mapping[int, tuple[str, str]]


def literal(side: Side, dtype: Any) -> pl.Expr:
    """A compiled end as a column expression."""
    return side if isinstance(side, pl.Expr) else pl.lit(side, dtype=dtype)
