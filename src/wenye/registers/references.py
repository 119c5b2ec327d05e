"""References to people and employers: numbers to surrogate keys."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wenye.registers.faults import AT, WHOLE_ROW, Faults
from wenye.registers.identity import is_right, modern
from wenye.registers.model import Person
from wenye.registers.reading import state_column
from wenye.registers.schema import absent, not_applicable
from wenye.rules.facts import Entity
from wenye.rules.kinds import KEY


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to: ``keys`` (number, key as Int32), and the numbers ``refused``."""

    keys: pl.DataFrame
    refused: pl.Series


def resolve(
    entity: type[Entity],
    table: pl.DataFrame,
    known: dict[type[Entity], Known],
    faults: Faults,
) -> pl.DataFrame:
    """The table with keys for numbers; a number that nobody has is a fault of its row."""
    references = {name: fact for name, fact in entity.facts().items() if fact.kind.name == "key"}
    for name, fact in references.items():
        target = fact.target
        numbers = table[name]
        if target is Person:
            numbers = modern(numbers)
        else:
            numbers = numbers.str.replace("-", "", literal=True)
        register = known.get(target)
        keys = (
            _keys(numbers, register.keys)
            if register is not None
            else pl.Series([None], dtype=pl.Int32).new_from_index(0, table.height)
        )
        lost = numbers.is_not_null() & keys.is_null()
        if lost.any():
            at = table[AT].filter(lost)
            unresolved = pl.DataFrame({AT: at, "number": numbers.filter(lost)})
            unresolved = unresolved.join(faults.rows().to_frame(), on=AT, how="anti")
            faults.add(unresolved[AT], name, _why(target, unresolved["number"], register))
        if fact.may_be_absent:
            state = table[state_column(name)]
            keys = _with_states(keys, state)
            table = table.drop(state_column(name))
        table = table.with_columns(keys.alias(name))
    if references and all(fact.may_be_absent for fact in references.values()):
        nobody = table.select(pl.all_horizontal((pl.col(name) < 0) for name in references))
        faults.add(table[AT].filter(nobody.to_series().fill_null(False)), WHOLE_ROW, "nobody")
    return table


def _keys(numbers: pl.Series, keys: pl.DataFrame) -> pl.Series:
    frame = numbers.alias("number").to_frame()
    return frame.join(keys, on="number", how="left", maintain_order="left")["key"]


def _with_states(keys: pl.Series, state: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"key": keys, "state": state})
    filled = (
        pl.when(pl.col("state") == "absent")
        .then(pl.lit(absent(KEY), pl.Int32))
        .when(pl.col("state") == "not_applicable")
        .then(pl.lit(not_applicable(KEY), pl.Int32))
        .otherwise(pl.col("key"))
    )
    return frame.select(filled.alias("key")).to_series()


def _why(target: type[Entity], numbers: pl.Series, known: Known | None) -> pl.Series:
    """Why each number leads nowhere: refused itself, wrong, or not on the register."""
    person = target is Person
    frame = pl.DataFrame({"number": numbers, "right": is_right(target, numbers)})
    refused = (
        frame["number"].is_in(known.refused.implode())
        if known is not None
        else frame["right"] & False
    )
    return frame.select(
        pl.when(refused)
        .then(pl.lit("rejected_person" if person else "rejected_employer"))
        .when(~pl.col("right").fill_null(False))
        .then(pl.lit("bad_number" if person else "bad_credit_code"))
        .when(known is None)
        .then(pl.lit("register_missing"))
        .otherwise(pl.lit("unknown_person" if person else "unknown_employer"))
    ).to_series()
