"""The registers of a district as one folder of Parquet tables with a manifest.

``manifest.json`` names each delivered register with its rows and digest, and the day to which it is
complete. A register that was not delivered has no file and no such day: nothing is known about it.
Column types and sentinels: ``registers.schema``. Numbers and names of people are not here but in
``identity.parquet``, which only intake and ``registers.vault.lookup`` open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

import wenye
from wenye.registers.columns import bounds_of
from wenye.registers.errors import RegisterError
from wenye.registers.model import MODEL
from wenye.registers.schema import KEY, sort_columns, table_schema
from wenye.registers.snapshot import replacing
from wenye.rules import calendar
from wenye.rules.facts import Entity

__all__ = ["FORMAT", "IDENTITY", "MANIFEST", "REJECTED", "RegisterError", "Registers", "write"]

FORMAT = 1
MANIFEST = "manifest.json"
IDENTITY = "identity.parquet"
REJECTED = "rejected.xlsx"


@dataclass(frozen=True)
class Registers:
    """One snapshot of a district's registers; tables are read lazily."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: str | Path) -> Registers:
        """The registers in ``folder``; RegisterError where it is missing or damaged."""
        folder = Path(folder)
        if not folder.is_dir():
            raise RegisterError(
                "登记册文件夹不存在",
                where=str(folder),
                mend="先运行 wenye intake 来文文件夹 登记册文件夹",
            )
        manifest = _read_manifest(folder / MANIFEST)
        known = {entity.register.name for entity in MODEL}
        for name in manifest["registers"]:
            if name not in known:
                raise RegisterError(
                    f"不认识的登记册 {name!r}", where=str(folder / MANIFEST), mend=_AGAIN
                )
            if not (folder / f"{name}.parquet").is_file():
                raise RegisterError(f"缺少文件 {name}.parquet", where=str(folder), mend=_AGAIN)
        return cls(folder, manifest)

    def delivered(self, entity: type[Entity]) -> bool:
        """Whether the register came with this snapshot."""
        return entity.register.name in self.manifest["registers"]

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """The entity's rows, sorted as ``schema.sort_columns``; empty, typed if not delivered."""
        schema = table_schema(entity)
        if not self.delivered(entity):
            return pl.LazyFrame(schema=schema)
        path = self.folder / f"{entity.register.name}.parquet"
        try:
            table = pl.scan_parquet(path)
            stored = table.collect_schema()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise RegisterError("登记册文件已损坏", where=str(path), mend=_AGAIN) from error
        if dict(stored) != schema:
            raise RegisterError("登记册的列与本版本的定义不符", where=str(path), mend=_AGAIN)
        return table

    def complete_to(self, entity: type[Entity]) -> int | None:
        """Day code to which the register is complete; None: "no row" means unknown."""
        text = self.manifest["complete_to"].get(entity.register.name)
        return None if text is None else calendar.code(dt.date.fromisoformat(text))

    def rows(self, entity: type[Entity]) -> int:
        """How many rows the register holds; 0 if it was not delivered."""
        entry = self.manifest["registers"].get(entity.register.name)
        return int(entry["rows"]) if entry else 0

    @property
    def digest(self) -> str:
        """SHA-256 over what the registers say: digests of all tables and their completeness."""
        return digest_of(self.manifest["registers"], self.manifest["complete_to"])

    def altered(self) -> Iterator[tuple[Path, str, str]]:
        """Each table that is not what the manifest says: its path, the digest then and now."""
        for name, entry in self.manifest["registers"].items():
            path = self.folder / f"{name}.parquet"
            now = file_digest(path)
            if now != entry["sha256"]:
                yield path, entry["sha256"], now

    def verify(self) -> None:
        """RegisterError on the first table that is not what the manifest says."""
        for path, _, _ in self.altered():
            raise RegisterError("登记册文件与清单的摘要不符", where=str(path), mend=_AGAIN)


_AGAIN = "文件被改动或不完整：从备份恢复，或重新运行 wenye intake"


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RegisterError(
            f"缺少 {MANIFEST}，这不是登记册文件夹", where=str(path.parent), mend="检查路径是否写对"
        ) from None
    except (OSError, ValueError) as error:
        raise RegisterError("清单无法读取", where=str(path), mend=_AGAIN) from error
    if not isinstance(manifest, dict) or not {"registers", "complete_to"} <= manifest.keys():
        raise RegisterError("清单内容不完整", where=str(path), mend=_AGAIN)
    _check_days(manifest["complete_to"], path)
    if manifest.get("format") != FORMAT:
        raise RegisterError(
            f"登记册格式 {manifest.get('format')!r} 与本版本（{FORMAT}）不符",
            where=str(path),
            mend="用本版本重新运行 wenye intake",
        )
    return manifest


def _check_days(days: Any, path: Path) -> None:
    """Refuse completeness days that are no days: an error told where it is, not where it is met."""
    if not isinstance(days, dict):
        raise RegisterError("清单内容不完整：complete_to", where=str(path), mend=_AGAIN)
    for name, text in days.items():
        try:
            if text is not None:
                calendar.code(dt.date.fromisoformat(text))
        except (TypeError, ValueError) as error:
            raise RegisterError(
                f"清单中“{name}”的完整日期不是日期：{text!r} / not a day",
                where=str(path),
                mend=_AGAIN,
            ) from error


def digest_of(registers: Mapping[str, Any], complete_to: Mapping[str, str | None]) -> str:
    """SHA-256 (hex) of the two parts of a manifest that decide outcomes."""
    parts = {"registers": registers, "complete_to": complete_to}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(
    folder: str | Path,
    tables: Mapping[type[Entity], pl.DataFrame],
    complete_to: Mapping[type[Entity], dt.date | None] | dt.date | None = None,
    *,
    intake: Mapping[str, Any] | None = None,
    beside: Callable[[Path], None] | None = None,
    linked: Mapping[type[Entity], Mapping[str, Any]] | None = None,
) -> Registers:
    """Write a snapshot in one step: ``folder`` becomes the new registers, or stays as it was.

    ``tables`` are typed as ``schema.table_schema`` says; a missing fact is unknown everywhere, a
    missing key column is numbered from 1 in the order of the table. ``complete_to`` is one day for
    every register given, or one for each. ``beside`` may write further files into the new folder;
    ``linked`` are manifest entries of tables of another snapshot that it puts there unchanged.
    RegisterError where a table has a wrong column or a row that does not say when it was
    (``columns.bounds_of``); OSError where the disk refuses.
    """
    with replacing(Path(folder), ours=is_ours) as incoming:
        entries: dict[str, dict[str, Any]] = {}
        for entity in MODEL:
            if linked is not None and entity in linked:
                entries[entity.register.name] = dict(linked[entity])
            elif entity in tables:
                name = entity.register.name
                table = fitted(entity, tables[entity])
                path = incoming / f"{name}.parquet"
                table.write_parquet(path, compression="zstd", compression_level=1)
                entries[name] = {"rows": table.height, "sha256": file_digest(path)}
        if beside is not None:
            beside(incoming)
        days = {
            entity.register.name: _day_text(entity, entity.register.name in entries, complete_to)
            for entity in MODEL
        }
        manifest = {
            "format": FORMAT,
            "wenye": wenye.__version__,
            "complete_to": days,
            "registers": entries,
            "intake": intake or {},
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (incoming / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Registers.open(folder)


def is_ours(name: str) -> bool:
    """Whether a file of a registers folder is written by this module or by intake."""
    tables = {f"{entity.register.name}.parquet" for entity in MODEL}
    return name in tables or name in (MANIFEST, IDENTITY, REJECTED)


def fitted(entity: type[Entity], table: pl.DataFrame) -> pl.DataFrame:
    """The table with exactly the entity's columns, typed, sorted, and every row with a key.

    RegisterError where a column is not the entity's, or a row does not say when it was.
    """
    schema = table_schema(entity)
    unknown = [name for name in table.columns if name not in schema]
    if unknown:
        raise RegisterError(
            f"没有这样的事项：{'、'.join(unknown)}",
            where=entity.register.name,
            mend=f"可用：{'、'.join(schema)}",
        )
    missing = [
        pl.lit(None, schema[name]).alias(name) for name in schema if name not in table.columns
    ]
    full = table.with_columns(missing).select(
        pl.col(name).cast(dtype) for name, dtype in schema.items()
    )
    _refuse_undated(entity, full)
    numbered = KEY in table.columns
    order = [name for name in sort_columns(entity) if name != KEY or numbered]
    if order:
        full = full.sort(order, maintain_order=True)
    if numbered:
        return full
    return full.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias(KEY))


def _refuse_undated(entity: type[Entity], table: pl.DataFrame) -> None:
    for name in bounds_of(entity):
        if unknown := table[name].null_count():
            raise RegisterError(
                f"{unknown} 行缺少{entity.facts()[name].label} / rows without {name}",
                where=entity.register.name,
                mend="起止日期必填：补全，或不收这些行",
            )


def _day_text(
    entity: type[Entity],
    delivered: bool,
    complete_to: Mapping[type[Entity], dt.date | None] | dt.date | None,
) -> str | None:
    day = complete_to.get(entity) if isinstance(complete_to, Mapping) else complete_to
    return day.isoformat() if day is not None and delivered else None
