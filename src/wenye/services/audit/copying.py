"""The copy of the log outside the database: one line a seal, with its entries, in a file a month.

Lines are only ever appended, and forced to the disk. A line that was cut off is left as it is and
written again whole below it.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from wenye.services.audit.canonical import moment, plain
from wenye.services.audit.models import Seal

_log = logging.getLogger("wenye.audit")


@dataclass(frozen=True, slots=True)
class CopiedSeal:
    """One line of the copy and where it stands; ``seal`` is None where it cannot be read."""

    file: Path
    line: int
    seal: dict[str, Any] | None


def folder() -> Path:
    """Where the copy lies: ``WENYE_AUDIT_COPY``, best on another disk or machine."""
    return Path(settings.AUDIT_COPY)


def copy_seals() -> int:
    """Append the seals that the copy lacks; how many. A copy that cannot be written is told in the
    log and on the health page, and does not keep the database from being sealed.
    """
    try:
        with _locked():
            return _append()
    except OSError as error:
        _log.error("audit copy failed", extra={"number": error.errno})
        return 0


def last_copied() -> int:
    """The number of the last seal in the copy; 0 where there is none."""
    for file in reversed(files()):
        for text in _backwards(file):
            found = _read(text)
            if found is not None:
                return int(found["number"])
    return 0


def files() -> list[Path]:
    """The files of the copy, oldest first."""
    return sorted(folder().glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))


def copied() -> Iterator[CopiedSeal]:
    """Every line of the copy, oldest first."""
    for file in files():
        with file.open(encoding="utf-8", errors="replace") as lines:
            for number, text in enumerate(lines, 1):
                yield CopiedSeal(file, number, _read(text))


def _append() -> int:
    from wenye.services.audit.sealing import rows_of

    made = 0
    for seal in Seal.objects.filter(number__gt=last_copied()).order_by("number").iterator(50):
        entries = [plain(row) for row in rows_of(seal.ranges)]
        record = {
            "number": seal.number,
            "at": moment(seal.at),
            "count": seal.count,
            "ranges": seal.ranges,
            "previous": seal.previous,
            "digest": seal.digest,
            "entries": entries,
        }
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        _write(folder() / f"{moment(seal.at)[:7]}.jsonl", text.encode() + b"\n")
        made += 1
    return made


def _write(file: Path, record: bytes) -> None:
    new = not file.exists()
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            record = b"\n" + record  # the line before was cut off
        while record:
            record = record[os.write(handle, record) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        parent = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(parent)
        finally:
            os.close(parent)


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("number"), int) else None


def _backwards(file: Path) -> Iterator[str]:
    """The lines of a file from its end, without reading all of it."""
    with file.open("rb") as opened:
        at, rest = opened.seek(0, os.SEEK_END), b""
        while at > 0:
            step = min(1 << 16, at)
            at -= step
            opened.seek(at)
            rest = opened.read(step) + rest
            (*later,) = rest.split(b"\n")
            rest = later[0]
            for each in reversed(later[1:]):
                if each:
                    yield each.decode("utf-8", "replace")
        if rest:
            yield rest.decode("utf-8", "replace")


@contextmanager
def _locked() -> Iterator[None]:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
