"""Single rows of a snapshot in microseconds: its columns memory-mapped, with sorted references.

A snapshot's Parquet tables are for whole columns. ``prepare`` writes, once for each snapshot, a
folder beside them: every column as an array, texts as numbers of a list, and for the key and each
reference the sorted values and the places of their rows. ``Points`` maps these files: several
processes share one copy in memory, and no row is read that is not asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from wenye.registers.errors import RegisterError
from wenye.registers.model import MODEL
from wenye.registers.schema import KEY, table_schema
from wenye.registers.snapshot import replacing
from wenye.registers.store import Registers
from wenye.rules.facts import Entity

_DIGEST = "digest"


def references(entity: type[Entity]) -> list[str]:
    """The columns by which rows are looked up: the key, and every reference."""
    return [KEY, *(name for name, fact in entity.facts().items() if fact.kind.name == "key")]


def prepare(registers: Registers, folder: Path) -> Points:
    """Write the files for a snapshot, unless ``folder`` holds them already. Raises OSError."""
    digest = folder / _DIGEST
    if digest.is_file() and digest.read_text(encoding="ascii") == registers.digest:
        return Points(registers, folder)
    with replacing(folder, ours=lambda name: True) as incoming:
        for entity in MODEL:
            if not registers.delivered(entity):
                continue
            table = registers.table(entity).collect()
            name = entity.register.name
            for column in table:
                _write_column(incoming / f"{name}.{column.name}", column)
            for by in references(entity):
                # Nothing is looked up by an unknown reference: it sorts below every key.
                values = table[by].fill_null(np.iinfo(np.int32).min).to_numpy()
                order = np.argsort(values, kind="stable").astype(np.int32)
                np.save(incoming / f"{name}.{by}.values.npy", values[order])
                np.save(incoming / f"{name}.{by}.places.npy", order)
        (incoming / _DIGEST).write_text(registers.digest, encoding="ascii")
    return Points(registers, folder)


def _write_column(stem: Path, column: pl.Series) -> None:
    """One column as mapped arrays: its values, where it has any, and the list of its texts."""
    if column.null_count():
        np.save(f"{stem}.known.npy", column.is_not_null().to_numpy())
    if column.dtype == pl.String:
        texts = column.drop_nulls().unique().sort()
        texts.to_frame("text").write_parquet(f"{stem}.texts.parquet")
        numbered = pl.DataFrame({"text": texts}).with_row_index("number")
        places = pl.DataFrame({"text": column}).join(
            numbered, on="text", how="left", maintain_order="left"
        )["number"]
        column = places.cast(pl.Int32)
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int8)
    np.save(f"{stem}.npy", column.fill_null(0).to_numpy())


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's mapped values; ``known`` only where some are not. ``texts`` ends with an empty
    one, for rows of a register in which none has a text."""

    values: Any
    known: Any
    texts: list[str] | None

    @classmethod
    def mapped(cls, stem: Path) -> _Column:
        known, texts = Path(f"{stem}.known.npy"), Path(f"{stem}.texts.parquet")
        return cls(
            np.load(f"{stem}.npy", mmap_mode="r"),
            np.load(known, mmap_mode="r") if known.exists() else None,
            [*pl.read_parquet(texts)["text"], ""] if texts.exists() else None,
        )

    def at(self, places: Any, name: str, dtype: pl.DataType) -> pl.Series:
        """The values of some rows."""
        values = self.values[places]
        if self.known is None and self.texts is None:
            return pl.Series(name, values).cast(dtype)
        # Row by row: for the few rows of a person or an employer an expression costs more.
        told = itertools.repeat(True) if self.known is None else self.known[places].tolist()
        texts = self.texts
        plain = values.tolist() if texts is None else (texts[at] for at in values.tolist())
        held = [value if known else None for value, known in zip(plain, told, strict=False)]
        return pl.Series(name, held, dtype=pl.Int64 if texts is None else pl.String).cast(dtype)


class Points:
    """``rules.lookups.Tables`` that also gives single rows."""

    def __init__(self, registers: Registers, folder: Path) -> None:
        self.registers = registers
        self.folder = folder
        self._columns: dict[str, _Column] = {}
        self._orders: dict[tuple[type[Entity], str], tuple[Any, Any]] = {}

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """As ``Tables``."""
        return self.registers.table(entity)

    def complete_to(self, entity: type[Entity]) -> int | None:
        """As ``Tables``."""
        return self.registers.complete_to(entity)

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """The rows whose column ``by`` (the key or a reference) is among ``keys``."""
        if not self.registers.delivered(entity):
            return pl.DataFrame(schema=table_schema(entity))
        if by not in references(entity):
            raise RegisterError(
                f"不能按“{by}”查找 / no look-up by {by}", where=entity.register.name
            )
        values, places = self._order(entity, by)
        # Of the column's own type: another would have all of the column converted each time.
        wanted = np.unique(np.fromiter(keys, dtype=np.int32))
        first = np.searchsorted(values, wanted, side="left")
        last = np.searchsorted(values, wanted, side="right")
        found = [places[a:b] for a, b in zip(first, last, strict=True) if a < b]
        at = np.concatenate(found) if found else np.empty(0, dtype=np.int32)
        stem = entity.register.name
        return pl.DataFrame(
            [
                self._column(f"{stem}.{name}").at(at, name, dtype)
                for name, dtype in table_schema(entity).items()
            ]
        )

    def _column(self, stem: str) -> _Column:
        found = self._columns.get(stem)
        if found is None:
            found = self._columns[stem] = _Column.mapped(self.folder / stem)
        return found

    def _order(self, entity: type[Entity], by: str) -> tuple[Any, Any]:
        found = self._orders.get((entity, by))
        if found is None:
            stem = self.folder / f"{entity.register.name}.{by}"
            found = (
                np.load(f"{stem}.values.npy", mmap_mode="r"),
                np.load(f"{stem}.places.npy", mmap_mode="r"),
            )
            self._orders[entity, by] = found
        return found
