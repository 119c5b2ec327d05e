"""Registers as tables with Chinese headers, derived from the definitions of the facts.

A cell is empty where there is nothing or nothing is known: so is a fact that nobody has invented.
Days stay Dates and counts numbers until a file needs texts; everything else is text: labels, 是/否,
2020-08, yuan with two decimals.
"""

from __future__ import annotations

import polars as pl

from wenye.registers.columns import NAME, NUMBER, columns_of
from wenye.registers.model import Person
from wenye.rules.calendar import month_text
from wenye.rules.facts import Entity, Fact

_FIRST_MONTH = 1900 * 12
_MONTHS = pl.Series([month_text(index) for index in range(_FIRST_MONTH, 2200 * 12)])


def render(
    entity: type[Entity], frame: pl.DataFrame, people: pl.DataFrame, employers: pl.DataFrame
) -> pl.DataFrame:
    """A register as its bureau's file would have it.

    ``frame`` holds typed facts, references as positions; ``people`` and ``employers`` hold number
    and name in the order of those positions.
    """
    identities = people if entity is Person else employers
    facts = entity.facts()
    columns: list[pl.Series] = []
    for column in columns_of(entity):
        fact = facts.get(column.name)
        if fact is None:
            cells = identities[column.name]
        elif column.name not in frame.columns:
            cells = pl.repeat(None, len(frame), dtype=pl.String, eager=True)
        elif fact.kind.name == "key":
            numbers = people if fact.target is Person else employers
            cells = numbers[NUMBER].gather(frame[column.name])
        else:
            cells = _cells(fact, frame[column.name])
        columns.append(cells.alias(column.label))
    return pl.DataFrame(columns)


def identity(numbers: pl.Series, names: pl.Series) -> pl.DataFrame:
    """Number and name of each row of people or employers."""
    return pl.DataFrame([numbers.alias(NUMBER), names.alias(NAME)])


def _cells(fact: Fact, values: pl.Series) -> pl.Series:
    kind = fact.kind.name
    if kind == "truth":
        return pl.Series(["否", "是"]).gather(values.cast(pl.UInt32))
    if kind == "choice":
        labels = pl.Series([label for _, label in fact.kind.options])
        return labels.gather(values.cast(pl.UInt32))
    if kind == "month":
        return _MONTHS.gather((values - _FIRST_MONTH).cast(pl.UInt32))
    if kind == "money":
        yuan, fen = (values // 100).cast(pl.String), (values % 100).cast(pl.String).str.zfill(2)
        return pl.select(yuan + "." + fen).to_series()
    return values


def as_texts(table: pl.DataFrame) -> pl.DataFrame:
    """Every cell as text: days 2020-08-03, counts as digits."""
    return table.with_columns(pl.all().cast(pl.String))
