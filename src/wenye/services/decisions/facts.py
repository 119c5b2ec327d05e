"""The facts as they stand: the snapshot in force, corrected, with what the service itself has done.

``facts()`` gives the rows of any register to both executors (``rules.lookups.Tables``), single rows
in microseconds. Corrections and added rows stand over the bureau's tables and never change them.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils.module_loading import import_string

from wenye.registers.model import MODEL
from wenye.registers.points import Points, prepare
from wenye.registers.schema import KEY, table_schema
from wenye.registers.store import Registers, fitted, write
from wenye.rules.errors import CaseError
from wenye.rules.facts import Entity
from wenye.rules.values import encode
from wenye.services.people.models import Addition, Correction, Snapshot

#: Rows of a register from elsewhere in the service: (register, by, keys or None for all) → rows
#: with a ``key`` and facts as in a case, references as keys.
RowSource = Callable[[str, str, "list[int] | None"], Iterable[Mapping[str, Any]]]
ENTITIES: dict[str, type[Entity]] = {entity.register.name: entity for entity in MODEL}


class NoFacts(Exception):
    """There is no snapshot in force yet."""

    what = "还没有读入登记册 / no registers yet"
    mend = "先读入报送文件 / import the bureau files first"


class Facts:
    """One snapshot with everything that stands over it; as ``rules.lookups.Tables``."""

    def __init__(self, points: Points, snapshot_id: int, as_of: dt.date) -> None:
        self.points = points
        self.snapshot_id = snapshot_id
        #: The day of the data: what happened later is not known.
        self.as_of = as_of

    @property
    def digest(self) -> str:
        """The snapshot's digest."""
        return self.points.registers.digest

    def complete_to(self, entity: type[Entity]) -> int | None:
        """As ``Tables``."""
        return self.points.complete_to(entity)

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """The rows whose key, or whose reference ``by``, is among ``keys``."""
        wanted = sorted({*keys})
        found = self.points.rows_by(entity, by, wanted)
        found = corrected(entity, found, _corrections(entity, found[KEY].to_list()))
        return joined(entity, found, added(entity, by, wanted))

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """All rows."""
        table = self.points.table(entity)
        changes = _corrections(entity, None)
        further = added(entity, KEY, None)
        if not changes and not further:
            return table
        frame = corrected(entity, table.collect(), changes)
        return fitted(entity, joined(entity, frame, further)).lazy()


def facts() -> Facts:
    """The facts in force; NoFacts before the first import."""
    snapshot = Snapshot.objects.in_force()
    if snapshot is None:
        raise NoFacts
    return _facts(snapshot.pk, snapshot.path, snapshot.as_of)


@lru_cache(maxsize=2)
def _facts(snapshot_id: int, folder: Path, as_of: dt.date) -> Facts:
    registers = Registers.open(folder)
    points = prepare(registers, folder.with_name(f"{folder.name}.points"))
    return Facts(points, snapshot_id, as_of)


# -- what stands over the snapshot ----------------------------------------------------------------


def _corrections(entity: type[Entity], keys: list[int] | None) -> dict[str, dict[int, Any]]:
    """Accepted corrections by fact, then row; the later one of two counts."""
    chosen = Correction.objects.accepted().filter(register=entity.register.name)
    if keys is not None:
        if not keys:
            return {}
        chosen = chosen.filter(row_key__in=keys)
    found: dict[str, dict[int, Any]] = {}
    definitions = entity.facts()
    for row in chosen.order_by("decided_at", "pk"):
        fact = definitions.get(row.fact)
        if fact is None or fact.kind.name == "key":
            continue  # whose a row is cannot be corrected: that is another row
        where = f"{row.register}:{row.row_key}.{row.fact}"
        try:
            found.setdefault(row.fact, {})[row.row_key] = encode(fact, row.value, where)
        except CaseError:
            # A later version of the model may know the value no more: the fact is then unknown.
            found.setdefault(row.fact, {})[row.row_key] = None
    return found


def corrected(
    entity: type[Entity], frame: pl.DataFrame, changes: Mapping[str, Mapping[int, Any]]
) -> pl.DataFrame:
    """The rows with the changes (fact → key → stored value) put in."""
    schema = table_schema(entity)
    for fact, values in changes.items():
        patch = pl.DataFrame(
            {KEY: list(values), "_value": list(values.values())},
            schema={KEY: pl.Int32(), "_value": schema[fact]},
        ).with_columns(pl.lit(True).alias("_changed"))
        frame = (
            frame.join(patch, on=KEY, how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col("_changed").is_not_null())
                .then(pl.col("_value"))
                .otherwise(pl.col(fact))
                .alias(fact)
            )
            .drop("_value", "_changed")
        )
    return frame


def added(entity: type[Entity], by: str, keys: list[int] | None) -> list[dict[str, Any]]:
    """Rows beside the snapshot's, as stored: registered by cases, and from ``ROW_SOURCES``."""
    name = entity.register.name
    rows = [dict(row) for row in _additions(name, by, keys)]
    for source in settings.ROW_SOURCES:
        given: RowSource = import_string(source)
        rows += [dict(row) for row in given(name, by, keys)]
    return [_stored(entity, row) for row in rows]


def _additions(register: str, by: str, keys: list[int] | None) -> Iterable[dict[str, Any]]:
    chosen = Addition.objects.filter(register=register, withdrawn_at__isnull=True)
    wanted = None if keys is None else set(keys)
    if wanted is not None and by == KEY:
        chosen = chosen.filter(
            pk__in=[key - Addition.FIRST_KEY for key in wanted if key >= Addition.FIRST_KEY]
        )
    elif wanted is not None:
        target = ENTITIES[register].facts()[by].target.register.name
        column = {"people": "person_key__in", "employers": "employer_key__in"}.get(target)
        if column is not None:
            chosen = chosen.filter(**{column: list(wanted)})
    for row in chosen:
        values = {KEY: row.row_key, **row.values}
        if wanted is None or values.get(by) in wanted:
            yield values


def _stored(entity: type[Entity], row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {KEY: row[KEY]}
    for name, fact in entity.facts().items():
        if name not in row:
            continue
        where = f"{entity.register.name}+{row[KEY]}.{name}"
        if fact.kind.name == "key" and isinstance(row[name], int):
            found[name] = row[name]
        else:
            found[name] = encode(fact, row[name], where)
    return found


def joined(
    entity: type[Entity], frame: pl.DataFrame, further: list[dict[str, Any]]
) -> pl.DataFrame:
    """The frame with further rows below it; a fact that a row does not have is unknown."""
    if not further:
        return frame
    return pl.concat([frame, pl.DataFrame(further, schema=table_schema(entity))])


# -- for the batch executor ---------------------------------------------------------------------


def written(facts_: Facts, folder: Path) -> Registers:
    """The facts as a snapshot of its own in ``folder``: what a run decides on can be read again.

    Tables over which nothing stands are linked, not copied.
    """
    source = facts_.points.registers
    tables: dict[type[Entity], pl.DataFrame] = {}
    for entity in MODEL:
        if _corrections(entity, None) or added(entity, KEY, None):
            tables[entity] = facts_.table(entity).collect()
    untouched = {
        entity: entry
        for entity in MODEL
        if entity not in tables
        and (entry := source.manifest["registers"].get(entity.register.name)) is not None
    }
    return _with_links(source, tables, untouched, folder)


def _with_links(
    source: Registers,
    tables: dict[type[Entity], pl.DataFrame],
    untouched: dict[type[Entity], Any],
    folder: Path,
) -> Registers:
    days = {
        entity: None if text is None else dt.date.fromisoformat(text)
        for entity in MODEL
        for text in [source.manifest["complete_to"].get(entity.register.name)]
    }

    def link(incoming: Path) -> None:
        for entity in untouched:
            name = f"{entity.register.name}.parquet"
            try:
                os.link(source.folder / name, incoming / name)
            except OSError:
                shutil.copyfile(source.folder / name, incoming / name)

    return write(
        folder,
        tables,
        days,
        intake=source.manifest.get("intake") or {},
        beside=link,
        linked={entity: dict(entry) for entity, entry in untouched.items()},
    )


__all__ = ["ENTITIES", "Facts", "NoFacts", "facts", "written"]
