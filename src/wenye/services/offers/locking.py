"""One nightly run at a time: a lock that a killed process lets go of by itself.

The file's lock keeps out others on the same machine; on PostgreSQL an advisory lock of the
connection keeps out other machines as well.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

#: Of the advisory lock; any number that nobody else uses.
_NUMBER = 0x77656E7965


class NightlyRefused(Exception):
    """A run that cannot begin: ``what``, ``where``, ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def _file() -> Path:
    folder = Path(settings.HOME) / "runs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "nightly.lock"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock while the block runs; NightlyRefused where another run holds it."""
    handle = os.open(_file(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        if not _advisory("pg_try_advisory_lock"):
            raise _taken()
        try:
            yield
        finally:
            _advisory("pg_advisory_unlock")
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    # A page that looks whether a run is under way holds the lock for a moment.
    for last in (False, False, True):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if last:
                raise _taken() from None
            time.sleep(0.05)


def under_way() -> bool:
    """Whether somebody holds the lock on this machine."""
    handle = os.open(_file(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _advisory(function: str) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_NUMBER])
        row = cursor.fetchone()
    return bool(row and row[0])


def _taken() -> NightlyRefused:
    return NightlyRefused(
        _("另一次夜间判定正在进行。"),
        where=str(_file()),
        mend=_("等它完成；进度见“夜间判定”页面。"),
    )
