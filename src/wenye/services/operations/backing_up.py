"""A copy of the whole service, consistent while it runs, whole or not there.

The copy of the audit log is taken first, then the database, then the files: whatever the database
refers to was on the disk before, and is never changed. Keys are left out unless a place of their
own is named: who holds a backup should not thereby read what is sealed in it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

import wenye
from wenye.services.audit.models import Seal
from wenye.services.operations import postgresql
from wenye.services.operations.digests import sha256
from wenye.services.operations.errors import OperationsError
from wenye.services.operations.restoring import FORMAT, MANIFEST

DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
#: Beside the database itself: what is made anew, and what is kept apart.
_NOT_COPIED = {"static", "locale", "keys", "audit"}
Report = Callable[[str, int, int], None]


def back_up(target: Path, keys: Path | None = None, report: Report | None = None) -> dict[str, Any]:
    """Write a backup to the new folder ``target``, and the keys to ``keys``; the manifest.

    OperationsError where a folder holds something already or the database cannot be copied.
    """
    for folder in (target, keys):
        if folder is not None and folder.exists() and any(folder.iterdir()):
            raise OperationsError(
                "备份的文件夹不是空的 / the folder is not empty",
                where=str(folder),
                mend="每次备份写到一个新的文件夹 / use a new folder for each backup",
            )
    home = Path(settings.HOME)
    if target.absolute().is_relative_to(home):
        raise OperationsError(
            "备份不能放在服务自己的文件夹里 / not inside the service's own folder",
            where=str(target),
            mend="放到另一块磁盘或另一台机器 / put it on another disk or machine",
        )
    incoming = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True, mode=0o700)
    try:
        made = _written(home, incoming, report)
        if target.exists():
            target.rmdir()
        incoming.rename(target)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    if keys is not None:
        _copy_keys(home, keys)
    return made


def _written(home: Path, incoming: Path, report: Report | None) -> dict[str, Any]:
    audit = Path(settings.AUDIT_COPY)
    for file in sorted(audit.glob("*.jsonl")):
        _copied(file, incoming / "audit" / file.name)
    vendor = connection.vendor
    database = incoming / DATABASE[vendor]
    if vendor == "sqlite":
        _copy_sqlite(database)
    else:
        postgresql.dump(database)
    seal = Seal.objects.order_by("-number").values("number", "digest").first()
    sources = list(_sources(home))
    for done, file in enumerate(sources, 1):
        _copied(file, incoming / "home" / file.relative_to(home))
        if report is not None:
            report("备份文件 / files", done, len(sources))
    files = {
        str(path.relative_to(incoming)): {"size": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(incoming.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "format": FORMAT,
        "wenye": wenye.__version__,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "database": vendor,
        "synthetic": bool(settings.SYNTHETIC),
        "district": str(settings.DISTRICT),
        "seal": seal,
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (incoming / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for path in incoming.rglob("*"):
        _synced(path)
    return manifest


def _sources(home: Path) -> Iterator[Path]:
    """The files of the home: whatever an area keeps there is kept, without being listed here."""
    database = str(settings.DATABASES["default"]["NAME"])
    for path in sorted(home.rglob("*")):
        within = path.relative_to(home)
        if not path.is_file() or path.is_symlink() or within.parts[0] in _NOT_COPIED:
            continue
        if any(part.endswith((".points", ".part")) for part in within.parts):
            continue  # made anew from what is kept
        if path.name.endswith((".lock", ".key", "-wal", "-shm")) or str(path) == database:
            continue
        yield path


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        target.unlink(missing_ok=True)  # a file that was going when it was listed
        return
    target.chmod(0o600)


def _copy_sqlite(target: Path) -> None:
    """SQLite's own online copy: one moment of the database, while others write on."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        # One file, readable wherever it is put: no journal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    # Django's own connection knows the functions that the constraints use.
    engine = "django.db.backends.sqlite3"
    opened = ConnectionHandler({"default": {"ENGINE": engine, "NAME": str(target)}})["default"]
    with closing(opened), opened.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = cursor.fetchone()[0]
    target.chmod(0o600)
    if found != "ok":
        raise OperationsError(
            "数据库损坏 / the database is damaged",
            where=str(found),
            mend="由较早的备份恢复 / restore an earlier backup",
        )


def _copy_keys(home: Path, target: Path) -> None:
    from wenye.services.security.keys import FileKeys, provider

    holder = provider()
    if not isinstance(holder, FileKeys):
        raise OperationsError(
            "密钥不在文件里，要用密钥设备自己的办法备份 / these keys are not in a file",
            where=type(holder).__name__,
            mend="不加 --keys 备份其余内容 / back up the rest without --keys",
        )
    holder.live()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in (holder.path, *sorted((home / "keys").glob("*"))):
        if file.is_file():
            _copied(file, target / ("fields.json" if file == holder.path else file.name))
            _synced(target / ("fields.json" if file == holder.path else file.name))


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
