"""Bringing the rows of people and employers into step with a snapshot, in bulk.

Only what changed is written: a digest of what the last snapshot said stands in each row. What the
service itself knows of somebody (telephone, account, case worker) is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from wenye.registers.model import Person as PersonEntity
from wenye.registers.schema import KEY
from wenye.services.people import indexes, names
from wenye.services.people.core_rows import CoreRows
from wenye.services.people.corrected_columns import put_in
from wenye.services.people.models import Employer, Person
from wenye.services.security.sealing import Sealer

#: Told how far the work is: what, done, total.
Progress = Callable[[str, int, int], None]
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of a register were new, changed, gone, and as they were."""

    register: str
    new: int
    changed: int
    gone: int
    same: int


def load(
    rows: Sequence[CoreRows],
    snapshot: int,
    progress: Progress | None = None,
    *,
    undone: int | None = None,
) -> list[Loaded]:
    """Put the rows in, inside the caller's transaction.

    With ``undone``, rows that only that snapshot brought are taken out again, unless the service
    has begun to work with them.
    """
    return [_load(part, snapshot, progress, undone) for part in rows]


def _model(part: CoreRows) -> type[Person] | type[Employer]:
    return Person if part.entity is PersonEntity else Employer


def _load(part: CoreRows, snapshot: int, progress: Progress | None, undone: int | None) -> Loaded:
    model, frame = _model(part), part.frame
    held = _held(model)
    joined = frame.select(KEY, "digest").join(held, on=KEY, how="left", suffix="_held")
    is_new = joined["digest_held"].is_null()
    differs = (joined["digest"] != joined["digest_held"]) | joined["closed"]
    changed = (~is_new & differs.fill_null(False)).to_numpy()
    fresh = frame.filter(is_new)
    other = frame.filter(pl.Series(changed))
    gone = held.filter(~pl.col("closed")).join(frame, on=KEY, how="anti")[KEY].to_list()
    told = _Told(progress, part.entity.register.label, fresh.height + other.height)
    if held.is_empty() and fresh.height >= indexes.WORTH_IT:
        with indexes.without_indexes(model._meta.db_table):
            _insert(model, part, fresh, snapshot, told)
    else:
        _insert(model, part, fresh, snapshot, told)
    _update(model, part, other, told)
    _close(model, gone, undone)
    put_in(part.entity.register.name)
    return Loaded(
        part.entity.register.name,
        fresh.height,
        other.height,
        len(gone),
        frame.height - fresh.height - other.height,
    )


class _Told:
    def __init__(self, progress: Progress | None, what: str, total: int) -> None:
        self._progress, self._what, self._total, self._done = progress, what, total, 0

    def __call__(self, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(self._what, self._done, self._total)


def _held(model: type[models.Model]) -> pl.DataFrame:
    """Key, digest and closed of every row that there is."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, digest, closed FROM {model._meta.db_table}")
        while rows := cursor.fetchmany(100_000):
            parts.append(np.array(rows, dtype=np.int64))
    found = np.concatenate(parts) if parts else np.empty((0, 3), dtype=np.int64)
    return pl.DataFrame(
        {
            KEY: pl.Series(found[:, 0]).cast(pl.Int32),
            "digest": pl.Series(found[:, 1]),
            "closed": pl.Series(found[:, 2]).cast(pl.Boolean),
        }
    )


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Values as the driver takes them: SQLite has no type for days."""
    if connection.vendor != "sqlite":
        return frame
    return frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"))


def _insert(
    model: type[Person] | type[Employer],
    part: CoreRows,
    frame: pl.DataFrame,
    snapshot: int,
    told: _Told,
) -> None:
    facts = part.fact_columns
    is_person = model is Person
    identity = ["number", "number_blind", "phone", "account"] if is_person else ["code", "account"]
    constant = ["extra", "closed", "since", "digest"]
    columns = [KEY, "name", "name_order", *identity, *facts, *constant]
    sealer = Sealer("people.person.number")

    def made(row: dict[str, Any]) -> list[Any]:
        number = row["number"]
        if is_person:
            sealed = sealer.seal(number) if number else ""
            who = [sealed, sealer.blind(number) if number else None, "", ""]
        else:
            who = [names.kept(number)[:40], ""]
        return [
            row[KEY],
            names.kept(row["name"]),
            names.order(row["name"]),
            *who,
            *(row[name] for name in facts),
            "{}",
            False,
            snapshot,
            row["digest"],
        ]

    rows = (made(row) for row in _plain(frame).iter_rows(named=True))
    _copy(model._meta.db_table, columns, rows, told)


def _copy(table: str, columns: list[str], rows: Iterator[list[Any]], told: _Told) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for count, row in enumerate(rows, start=1):
                    copy.write_row(row)
                    if count % _BATCH == 0:
                        told(_BATCH)
            return
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({named}) VALUES ({marks})"
        for batch in _batches(rows):
            cursor.executemany(statement, batch)
            told(len(batch))


def _batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _update(
    model: type[Person] | type[Employer], part: CoreRows, frame: pl.DataFrame, told: _Told
) -> None:
    facts = part.fact_columns
    columns = ["name", "name_order", *facts, "closed", "closed_at", "digest"]
    named = ", ".join(f'"{name}" = %s' for name in columns)
    statement = f"UPDATE {model._meta.db_table} SET {named} WHERE key = %s"

    def made(row: dict[str, Any]) -> list[Any]:
        return [
            names.kept(row["name"]),
            names.order(row["name"]),
            *(row[name] for name in facts),
            False,
            None,
            row["digest"],
            row[KEY],
        ]

    rows = (made(row) for row in _plain(frame).iter_rows(named=True))
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(statement, batch)
            told(len(batch))


def _close(model: type[Person] | type[Employer], keys: list[int], undone: int | None) -> None:
    manager: models.Manager[Any] = model._default_manager
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        if undone is not None:
            brought = set(manager.filter(pk__in=some, since=undone).values_list("pk", flat=True))
            manager.filter(pk__in=brought - in_use(model, brought)).delete()
        manager.filter(pk__in=some).update(closed=True, closed_at=timezone.now())


def in_use(
    model: type[Person] | type[Employer],
    keys: set[int],
    *,
    apart: frozenset[str] | set[str] = frozenset(),
    contact: bool = True,
) -> set[int]:
    """Those among the keys of whom the service keeps anything of its own, the log apart.

    Models named in ``apart`` do not count, nor does contact where that is asked for.
    """
    column = "person_key" if model is Person else "employer_key"
    found: set[int] = set()
    wanted = sorted(keys)
    for each in apps.get_models():
        if each._meta.app_label == "audit" or each._meta.label in apart:
            continue
        names_ = [
            field.attname
            for field in each._meta.concrete_fields
            if field.name == column or field.related_model is model
        ]
        for name in names_:
            for start in range(0, len(wanted), 500):
                some = wanted[start : start + 500]
                chosen = each._default_manager.filter(**{f"{name}__in": some})
                found.update(chosen.values_list(name, flat=True))
    own = ["phone", "account", "case_worker_id"] if model is Person else ["account"]
    for start in range(0, len(wanted) if contact else 0, 500):
        for row in model._default_manager.filter(pk__in=wanted[start : start + 500]):
            if row.extra or any(getattr(row, name) for name in own):
                found.add(row.pk)
    return found
