"""PostgreSQL's own programs for copying a database out and in. No Django is needed to restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from wenye.services.operations.errors import OperationsError


def dump(target: Path) -> None:
    """One moment of the database, in PostgreSQL's own archive format."""
    from django.db import connection

    settings = connection.settings_dict
    _run(
        "pg_dump",
        settings,
        [
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--file={target}",
            str(settings["NAME"]),
        ],
    )
    target.chmod(0o600)


def restore(source: Path, settings: dict[str, Any]) -> None:
    """Fill an empty database from an archive, all of it or nothing."""
    _run(
        "pg_restore",
        settings,
        [
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={settings['NAME']}",
            str(source),
        ],
    )


def _run(program: str, settings: dict[str, Any], arguments: list[str]) -> None:
    path = shutil.which(program)
    if path is None:
        raise OperationsError(
            f"找不到 {program} / {program} is not on the PATH",
            where=os.environ.get("PATH", ""),
            mend="安装与服务器同版本的 PostgreSQL 客户端 / install PostgreSQL's client programs",
        )
    options = []
    for name, option in (("HOST", "--host"), ("PORT", "--port"), ("USER", "--username")):
        if settings.get(name):
            options.append(f"{option}={settings[name]}")
    environment = dict(os.environ)
    if settings.get("PASSWORD"):
        environment["PGPASSWORD"] = str(settings["PASSWORD"])
    for name, value in (settings.get("OPTIONS") or {}).items():
        if name.startswith("ssl"):
            environment[f"PG{name.upper()}"] = str(value)
    done = subprocess.run(
        [path, *options, "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OperationsError(
            f"{program} 没有做成 / {program} failed",
            where=" ".join(done.stderr.split())[:300],
            mend="检查数据库连接和客户端版本 / check the connection and the client's version",
        )
