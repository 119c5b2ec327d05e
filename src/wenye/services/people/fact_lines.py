"""A row of a register as lines for people: what is said, who supplies it, as of when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from wenye.registers.schema import KEY
from wenye.rules import calendar
from wenye.rules.facts import Entity, Fact
from wenye.rules.values import decode, state, words_zh


class Rows(Protocol):
    """Where rows come from: the facts as they stand (``decisions.facts``), or a snapshot."""

    @property
    def as_of(self) -> dt.date:
        """The day of the data."""

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """The rows whose key, or whose reference ``by``, is among ``keys``."""

    def complete_to(self, entity: type[Entity]) -> int | None:
        """Day code to which the register is complete."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of one row."""

    register: str
    row_key: int
    fact: Fact
    #: known, absent, not_applicable, unknown.
    state: str
    words: str
    words_en: str
    as_of: dt.date
    corrected: bool = False

    @property
    def name(self) -> str:
        """The fact's name."""
        return self.fact.name

    @property
    def supplied_by(self) -> str:
        """The department that supplies it."""
        return self.fact.supplied_by


def as_of(rows: Rows, entity: type[Entity]) -> dt.date:
    """The day to which a register is known."""
    code = rows.complete_to(entity)
    return rows.as_of if code is None else calendar.date(code)


def one_row(rows: Rows, entity: type[Entity], key: int) -> dict[str, Any] | None:
    """A row by its key; None where there is none."""
    found = rows.rows_by(entity, KEY, [key])
    return found.row(0, named=True) if found.height else None


def lines(
    rows: Rows,
    entity: type[Entity],
    row: Mapping[str, Any],
    corrected: Collection[str] = (),
    towns: Mapping[str, str] | None = None,
) -> list[FactLine]:
    """Every fact of a row but its references, in the register's order."""
    day = as_of(rows, entity)
    return [
        FactLine(
            entity.register.name,
            row[KEY],
            fact,
            state(fact.kind, row[name]),
            words(fact, row[name], towns),
            words_en(fact, row[name], towns),
            day,
            name in corrected,
        )
        for name, fact in entity.facts().items()
        if fact.kind.name != "key"
    ]


def words(fact: Fact, stored: Any, towns: Mapping[str, str] | None = None) -> str:
    """A value in Chinese; a unit's code as its name."""
    if fact.name == "town" and towns and stored in towns:
        return towns[stored]
    if fact.name.endswith("contract_months") and stored == 9999:
        return "无固定期限"
    return words_zh(fact.kind, stored)


def words_en(fact: Fact, stored: Any, towns: Mapping[str, str] | None = None) -> str:
    """A value in English; options are their identifiers."""
    if fact.name == "town" and towns and stored in towns:
        return towns[stored]
    if fact.name.endswith("contract_months") and stored == 9999:
        return "no fixed term"
    how = state(fact.kind, stored)
    if how != "known":
        return {"unknown": "not provided", "absent": "none"}.get(how, "not applicable")
    if fact.kind.name == "truth":
        return "yes" if stored else "no"
    if fact.kind.name == "choice":
        return str(fact.kind.options[stored][0]).replace("_", " ")
    if fact.kind.name == "number":
        return f"{stored} {fact.kind.unit}s" if fact.kind.unit and stored != 1 else str(stored)
    return str(decode(fact.kind, stored))
