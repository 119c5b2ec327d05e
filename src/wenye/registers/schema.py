"""How each kind of fact is held in a column: its Polars type and its two sentinels."""

from __future__ import annotations

import polars as pl

from wenye.rules.calendar import ABSENT, NOT_APPLICABLE
from wenye.rules.facts import Entity
from wenye.rules.kinds import Kind

KEY = "key"  # name of the surrogate key column, and type Int32


def column_type(kind: Kind) -> pl.DataType:
    """The storage type of a kind: Boolean, String, Int8, Int32 or Int64."""
    if kind.name == "truth":
        return pl.Boolean()
    if kind.name in ("code", "text"):
        return pl.String()
    return {8: pl.Int8(), 32: pl.Int32(), 64: pl.Int64()}[kind.bits]


def table_schema(entity: type[Entity]) -> dict[str, pl.DataType]:
    """Columns of an entity's table: the surrogate key, then its facts in order of definition."""
    facts = entity.facts().items()
    return {KEY: pl.Int32(), **{name: column_type(fact.kind) for name, fact in facts}}


def absent(kind: Kind) -> int:
    """The stored value that says "there is none"."""
    return ABSENT[kind.bits]


def not_applicable(kind: Kind) -> int:
    """The stored value that says "does not apply"."""
    return NOT_APPLICABLE[kind.bits]


def sort_columns(entity: type[Entity]) -> list[str]:
    """What an entity's table is sorted by, most significant first.

    People and employers lie in order of their key. Other registers lie by the first reference they
    define (the person, or the employer), then by the day or month that begins or dates the row,
    then by all other facts, so that the order never depends on the files' order.
    """
    facts = entity.facts()
    references = [name for name, fact in facts.items() if fact.kind.name == "key"]
    if not references:
        return [KEY]
    dated = entity.spell[0] if entity.spell else entity.dated
    first = [references[0], *([dated] if dated else [])]
    return first + [name for name in facts if name not in first]
