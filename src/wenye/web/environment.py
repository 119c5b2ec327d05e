"""The settings that a deployment makes, read from the environment with safe defaults.

Every variable begins with ``WENYE_``. ``WENYE_HOME`` is the one folder that holds what the service
keeps: database (unless ``WENYE_DATABASE`` names a server), registers, runs, keys, uploads.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A variable of the environment that cannot be used: what, where, and the mend."""

    def __init__(self, what: str, *, where: str, mend: str) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def home() -> Path:
    """The folder that holds everything the service keeps."""
    return Path(os.environ.get("WENYE_HOME") or "var").absolute()


def text(name: str, default: str = "") -> str:
    """A text setting."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting: 1 or 0; anything else is refused."""
    value = os.environ.get(name, "").strip()
    if value not in ("", "0", "1"):
        raise SettingError(f"“{value}”不是开关 / not a switch", where=name, mend="写 1 或 0")
    return default if value == "" else value == "1"


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, at least ``least``; anything else is refused."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise SettingError(
            f"“{value}”不是数，或太小 / not a number, or too small",
            where=name,
            mend=f"写不小于 {least} 的整数 / a whole number from {least}",
        )
    return int(value)


def listed(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key(folder: Path) -> str:
    """The key that signs sessions: ``WENYE_SECRET_KEY``, else a file made on first use."""
    given = os.environ.get("WENYE_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise SettingError(
                "密钥太短 / too short a key", where="WENYE_SECRET_KEY", mend="至少32个字符"
            )
        return given
    path = folder / "keys" / "session.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f".{path.name}.{os.getpid()}")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # of two that start at once one wins, and both read it
            os.link(made, path)
        made.unlink()
    return path.read_text(encoding="ascii")


def database(folder: Path) -> dict[str, Any]:
    """Django's setting for the database that ``WENYE_DATABASE`` names; SQLite in the home else.

    ``postgresql://user:password@host:port/name`` (a socket: ``?host=/run/postgresql``), or
    ``sqlite:///path``.
    """
    url = text("WENYE_DATABASE")
    if not url:
        return _sqlite(folder / "wenye.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgresql", "postgres"):
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise SettingError(
        f"不认识的数据库 / no such kind of database: {parts.scheme or url}",
        where="WENYE_DATABASE",
        mend="postgresql://用户:口令@主机/库 或 sqlite:///路径",
    )


def _sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # A writer waits for another, and takes its lock at the start: no work is done in vain.
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }
