"""A new key, and everything sealed again with it: in batches, while the service goes on.

Both keys live meanwhile: what is not yet sealed anew is still read and found. Cut off at any point,
the work goes on where it stopped, since each value says which key sealed it. Every model of every
app is gone through; nothing has to be listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from wenye.services.security.fields import BlindIndexField, SealedTextField
from wenye.services.security.keys import provider
from wenye.services.security.sealing import Sealer, unseal

#: Told how far the work is: which column, rows done, rows in all.
Report = Callable[[str, int, int], None]
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """One sealed column with the blind index beside it, if it has one."""

    model: type[models.Model]
    sealed: SealedTextField
    blind: BlindIndexField | None

    @property
    def place(self) -> str:
        """What its values are bound to, as they are sealed."""
        return f"{self.model._meta.label_lower}.{self.sealed.attname}"


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """One live key: whether it encrypts, and how many values it has sealed, by column."""

    id: str
    made_on: str
    encrypts: bool
    values: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Values that need this key."""
        return sum(self.values.values())


def sealed_columns() -> list[Column]:
    """Every sealed column of every model that has a table of its own."""
    found = []
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        blinds = {
            each.of: each for each in model._meta.local_fields if isinstance(each, BlindIndexField)
        }
        found += [
            Column(model, each, blinds.get(each.attname))
            for each in model._meta.local_fields
            if isinstance(each, SealedTextField)
        ]
    return found


def status() -> list[KeyStatus]:
    """The live keys, the one that encrypts first, and what still needs each of them."""
    counts: dict[str, dict[str, int]] = {}
    for column in sealed_columns():
        table, name = _named(column)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT substr({name}, 1, 8), count(*) FROM {table}"
                f" WHERE {name} IS NOT NULL AND {name} <> '' GROUP BY 1"
            )
            for key_id, count in cursor.fetchall():
                counts.setdefault(key_id, {})[column.place] = count
    return [
        KeyStatus(key.id, key.made_on, at == 0, counts.get(key.id, {}))
        for at, key in enumerate(provider().live())
    ]


def rotate(report: Report | None = None, *, batch: int = _BATCH) -> str:
    """Seal everything with a new key; go on where an earlier rotation was cut off.

    A new key is made only when nothing waits for the one that encrypts now. Returns its id. The old
    keys stay live until ``retire_unused``: a backup made before still needs them.
    """
    if not _waiting():
        provider().rotate()
    newest = provider().live()[0].id
    for column in sealed_columns():
        _seal_again(column, newest, report, batch)
    return newest


def retire_unused() -> list[str]:
    """Take out of use every key that seals nothing any more; their ids."""
    retired = []
    for key in status():
        if not key.encrypts and key.count == 0:
            provider().retire(key.id)
            retired.append(key.id)
    return retired


def _waiting() -> bool:
    return any(key.count for key in status() if not key.encrypts)


def _seal_again(column: Column, newest: str, report: Report | None, batch: int) -> None:
    table, name = _named(column)
    primary = connection.ops.quote_name(str(column.model._meta.pk.column))
    old = f"{name} IS NOT NULL AND {name} <> '' AND substr({name}, 1, 8) <> %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {old}", [newest])
        total = int(cursor.fetchone()[0])
    done, after = 0, None
    while done < total:
        beyond = "" if after is None else f" AND {primary} > %s"
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {primary}, {name} FROM {table} WHERE {old}{beyond}"
                    f" ORDER BY {primary} LIMIT %s",
                    [newest, *([] if after is None else [after]), batch],
                )
                rows = cursor.fetchall()
            if not rows:
                return
            _write(column, table, name, primary, rows)
        done, after = done + len(rows), rows[-1][0]
        if report is not None:
            report(column.place, done, total)


def _write(
    column: Column, table: str, name: str, primary: str, rows: list[tuple[Any, str]]
) -> None:
    """Each value anew, unless somebody has changed it since it was read."""
    sealer = Sealer(column.place)
    changes = []
    for key, sealed in rows:
        text = unseal(sealed, column.place)
        blinded = [] if column.blind is None else [sealer.blind(text)]
        changes.append([sealer.seal(text), *blinded, key, sealed])
    also = ""
    if column.blind is not None:
        also = f", {connection.ops.quote_name(str(column.blind.column))} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {name} = %s{also} WHERE {primary} = %s AND {name} = %s", changes
        )


def _named(column: Column) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(column.model._meta.db_table), quote(str(column.sealed.column))
