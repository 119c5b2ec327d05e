"""The drill: a backup is made, restored into a home of its own, tried, and thrown away."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from wenye.services.operations.backing_up import Report, back_up
from wenye.services.operations.errors import OperationsError


def drill(report: Report | None = None) -> dict[str, Any]:
    """Back up, restore and try; what ``wenye restore --json`` says of it."""
    folder = Path(tempfile.mkdtemp(prefix="wenye-drill-"))
    try:
        manifest = back_up(folder / "backup", folder / "keys", report)
        with _database(manifest["database"]) as url:
            found = _restored(folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found["files"] = len(manifest["files"])
    found["bytes"] = sum(file["size"] for file in manifest["files"].values())
    return found


def _restored(folder: Path, url: str | None) -> dict[str, Any]:
    """In another process, since this one's Django is bound to the home that was backed up."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("WENYE_HOME", "WENYE_DATABASE", "WENYE_AUDIT_COPY", "WENYE_KEYS")
    }
    arguments = ["restore", str(folder / "backup"), "--home", str(folder / "home"), "--json"]
    arguments += ["--keys", str(folder / "keys")]
    if url is not None:
        environment["WENYE_RESTORE_DATABASE"] = url  # not among the arguments: it has a password
    done = subprocess.run(
        [sys.executable, "-m", "wenye", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return dict(json.loads(done.stdout))
    except ValueError as error:
        raise OperationsError(
            "恢复没有做成 / the restore failed",
            where=(done.stderr.strip().splitlines() or [""])[0],
            mend="照上面的原因处理后再演练 / mend that and drill again",
        ) from error


@contextmanager
def _database(vendor: str) -> Iterator[str | None]:
    """An empty database beside the service's own; none is needed where it is a file."""
    if vendor != "postgresql":
        yield None
        return
    name = f"wenye_drill_{secrets.token_hex(4)}"
    if connection.in_atomic_block:
        raise OperationsError("事务之中不能演练 / not within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _url(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _url(name: str) -> str:
    settings = connection.settings_dict
    user, password = quote(settings["USER"], safe=""), quote(settings["PASSWORD"] or "", safe="")
    host, port = str(settings["HOST"] or ""), settings["PORT"]
    who = f"{user}:{password}@" if password else f"{user}@"
    options = {key: str(value) for key, value in (settings.get("OPTIONS") or {}).items()}
    place = ""
    if host.startswith("/"):
        options["host"] = host
    else:
        place = host
    if port:
        place += f":{port}"
    query = "&".join(f"{key}={quote(value, safe='/')}" for key, value in options.items())
    return f"postgresql://{who}{place}/{name}" + (f"?{query}" if query else "")
