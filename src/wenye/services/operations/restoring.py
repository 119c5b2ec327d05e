"""A backup made into a service again, in a new home. Nothing here needs Django."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wenye.services.operations import postgresql
from wenye.services.operations.digests import sha256
from wenye.services.operations.errors import OperationsError

MANIFEST = "manifest.json"
FORMAT = 1
Report = Callable[[str, int, int], None]


def read_manifest(backup: Path) -> dict[str, Any]:
    """The manifest; OperationsError where the folder is no backup that this program reads."""
    try:
        manifest = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        readable = manifest["format"] == FORMAT and isinstance(manifest["files"], dict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OperationsError(
            "这不是备份，或者备份不完整 / not a backup, or not a whole one",
            where=str(backup / MANIFEST),
            mend="换一个备份文件夹 / name another backup",
        ) from error
    if not readable:
        raise OperationsError(
            "这个版本的程序读不了这份备份 / a backup of another format",
            where=f"format {manifest.get('format')}",
            mend="用写它的那个版本恢复 / restore it with the version that wrote it",
        )
    return dict(manifest)


def check_digests(backup: Path, report: Report | None = None) -> dict[str, Any]:
    """Every file of the backup is there, whole and unchanged; the manifest."""
    manifest = read_manifest(backup)
    for done, (name, told) in enumerate(manifest["files"].items(), 1):
        path = backup / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise OperationsError("清单里有外面的路径 / a path outside the backup", where=name)
        if not path.is_file():
            raise OperationsError("备份缺文件 / a file is missing", where=str(path))
        if path.stat().st_size != told["size"] or sha256(path) != told["sha256"]:
            raise OperationsError(
                "备份里的文件被改动或损坏 / a file has changed or is damaged",
                where=str(path),
                mend="换另一份备份 / use another backup",
            )
        if report is not None:
            report("核对摘要 / digests", done, len(manifest["files"]))
    return manifest


def restore(
    backup: Path,
    home: Path,
    keys: Path | None = None,
    database: dict[str, Any] | None = None,
    report: Report | None = None,
) -> dict[str, Any]:
    """Make the service of ``backup`` in the new folder ``home``; the manifest.

    ``database`` is an empty PostgreSQL database (as Django's settings have one), where the backup
    is of one.
    """
    if home.exists() and any(home.iterdir()):
        raise OperationsError(
            "恢复的目标不是空的，不会覆盖 / the home is not empty; nothing is overwritten",
            where=str(home),
            mend="恢复到一个新的文件夹 / restore into a new folder",
        )
    manifest = check_digests(backup, report)
    if manifest["database"] == "postgresql" and not database:
        raise OperationsError(
            "备份的是 PostgreSQL，要指定一个空库 / name an empty database to restore into",
            mend="--database postgresql://用户:口令@主机/新库",
        )
    if manifest["database"] == "sqlite" and database:
        raise OperationsError(
            "备份的是 SQLite，恢复后就在文件夹里 / a backup of SQLite restores into the home",
            mend="不要写 --database / leave out --database",
        )
    incoming = home.with_name(f".{home.name}.{os.getpid()}.part")
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True, mode=0o700)
    try:
        for name in manifest["files"]:
            _place(backup / name, name, incoming)
        if keys is not None:
            shutil.copytree(keys, incoming / "keys")
            (incoming / "keys").chmod(0o700)
        if database:
            postgresql.restore(backup / "database.dump", database)
        if home.exists():
            home.rmdir()
        incoming.rename(home)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return manifest


def _place(source: Path, name: str, incoming: Path) -> None:
    parts = Path(name).parts
    if name == "database.dump":
        return
    if name == "database.sqlite3":
        target = incoming / "wenye.sqlite3"
    elif parts[0] == "home":
        target = incoming.joinpath(*parts[1:])
    else:
        target = incoming / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o600)
