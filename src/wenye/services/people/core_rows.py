"""A snapshot's people and employers as rows of the database, worked out a column at a time."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wenye.registers.model import Employer, Person
from wenye.registers.schema import KEY, absent, not_applicable
from wenye.registers.store import Registers
from wenye.rules.facts import Entity, Fact
from wenye.services.people.generate import columns

#: The longest code that a column holds; a longer text is no code of this district.
LONGEST_CODE = 60


@dataclass(frozen=True)
class CoreRows:
    """One register's rows: ``key``, name, number, the columns of the core model, a digest."""

    entity: type[Entity]
    frame: pl.DataFrame

    @property
    def fact_columns(self) -> list[str]:
        """The columns that come from the register, states included."""
        return [
            name for name in self.frame.columns if name not in (KEY, "name", "number", "digest")
        ]


def core_rows(registers: Registers, identities: pl.DataFrame) -> list[CoreRows]:
    """People, then employers."""
    return [_rows(entity, registers, identities) for entity in (Person, Employer)]


def _rows(entity: type[Entity], registers: Registers, identities: pl.DataFrame) -> CoreRows:
    table = registers.table(entity).collect()
    known = identities.filter(pl.col("register") == entity.register.name)
    named = table.join(known.select(KEY, "number", "name"), on=KEY, how="left").sort(KEY)
    facts = columns(entity)
    made: list[pl.Expr] = []
    for name, fact in facts.items():
        made.append(value_of(fact, pl.col(name)).alias(name))
        if fact.may_be_absent:
            made.append(state_of(fact, pl.col(name)).alias(f"{name}_state"))
    frame = named.select(KEY, pl.col("name").fill_null(""), pl.col("number").fill_null(""), *made)
    digest = frame.drop("number").hash_rows(seed=20).reinterpret(signed=True).alias("digest")
    return CoreRows(entity, frame.with_columns(digest))


def value_of(fact: Fact, stored: pl.Expr) -> pl.Expr:
    """A stored column as the database has it: null where nothing is known or there is none."""
    kind = fact.kind
    if kind.name == "truth":
        return stored
    if kind.name == "text":
        return stored.fill_null("")
    if kind.name == "code":
        fits = stored.str.len_chars() <= LONGEST_CODE
        return pl.when(fits).then(stored).otherwise(pl.lit("")).fill_null("")
    if fact.may_be_absent:
        said = (stored != absent(kind)) & (stored != not_applicable(kind))
        stored = pl.when(said).then(stored)
    if kind.name == "choice":
        places = list(range(len(kind.options)))
        identifiers = [identifier for identifier, _ in kind.options]
        return stored.cast(pl.Int32).replace_strict(
            places, identifiers, default=None, return_dtype=pl.String
        )
    if kind.name == "day":
        return _date(stored.cast(pl.Int64) // 64, (stored.cast(pl.Int64) // 2) % 32)
    if kind.name == "month":
        return _date(stored.cast(pl.Int64), pl.lit(1))
    return stored


def state_of(fact: Fact, stored: pl.Expr) -> pl.Expr:
    """The one letter of ``core_models.STATES``."""
    kind = fact.kind
    return (
        pl.when(stored.is_null())
        .then(pl.lit("u"))
        .when(stored == absent(kind))
        .then(pl.lit("a"))
        .when(stored == not_applicable(kind))
        .then(pl.lit("n"))
        .otherwise(pl.lit("k"))
    )


def _date(month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.date(month // 12, month % 12 + 1, day)
