"""What was found wrong with rows, and what was merely noted; gathered while a register is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from wenye.registers.reasons import WARNINGS

AT = "at"  # UInt32: a row's place among all rows of its register, from 0, over all files
_SCHEMA = {AT: pl.UInt32(), "column": pl.String(), "fault": pl.String()}
WHOLE_ROW = ""


class Faults:
    """Faults of the rows of one register: (row, column id, fault); a row may have several."""

    def __init__(self) -> None:
        self._parts: list[pl.DataFrame] = []

    def add(self, rows: pl.Series, column: str, fault: str | pl.Series) -> None:
        """``rows`` have ``fault`` (one for all, or one each) in ``column``."""
        if rows.is_empty():
            return
        part = rows.cast(pl.UInt32).alias(AT).to_frame()
        faults = pl.lit(fault) if isinstance(fault, str) else fault
        self._parts.append(
            part.with_columns(pl.lit(column).alias("column"), faults.cast(pl.String).alias("fault"))
        )

    def frame(self) -> pl.DataFrame:
        """All faults, in the order of rows and then of finding."""
        if not self._parts:
            return pl.DataFrame(schema=_SCHEMA)
        return pl.concat(self._parts).sort(AT, maintain_order=True)

    def rows(self) -> pl.Series:
        """The rows that have a fault, each once, in order."""
        parts = [part[AT] for part in self._parts]
        return pl.concat(parts).unique().sort() if parts else pl.Series(AT, [], pl.UInt32)

    def without(self, table: pl.DataFrame) -> pl.DataFrame:
        """The rows of ``table`` that have no fault."""
        rows = self.rows()
        return table if rows.is_empty() else table.join(rows.to_frame(), on=AT, how="anti")


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that was taken in all the same, counted by kind."""

    kind: str
    where: str
    column: str
    count: int

    @property
    def text(self) -> str:
        """In words, as ``reasons.WARNINGS`` has it."""
        return WARNINGS[self.kind]


class Warnings:
    """Counts of warnings by kind, place and column."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}

    def add(self, kind: str, where: str, column: str = "", count: int = 1) -> None:
        """Count ``count`` more; nothing where it is 0."""
        if count:
            key = (kind, where, column)
            self._counts[key] = self._counts.get(key, 0) + count

    def add_all(self, counts: Mapping[str, int], where: str, column: str) -> None:
        """Count several kinds at one place."""
        for kind, count in counts.items():
            self.add(kind, where, column, count)

    def list(self) -> tuple[Warning, ...]:
        """The warnings, in the order of finding."""
        return tuple(Warning(*key, count) for key, count in self._counts.items())
