"""The log written out, each entry with the number and digest of the seal over it."""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import io
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.db.models import QuerySet
from django.utils import timezone

from wenye.services.audit.canonical import COLUMNS, plain
from wenye.services.audit.models import Entry, Seal

#: Columns of an export: those of an entry, and its seal's.
HEAD = (*COLUMNS, "seal", "seal_digest")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: how many entries, and SM3 over its bytes."""

    entries: int
    sm3: str


def chosen(since: dt.date | None, until: dt.date | None) -> QuerySet[Entry]:
    """Entries of days, both included, oldest first."""
    found = Entry.objects.order_by("id")
    if since is not None:
        found = found.filter(at__gte=midnight(since))
    if until is not None:
        found = found.filter(at__lt=midnight(until + dt.timedelta(days=1)))
    return found


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def lines(entries: QuerySet[Entry], form: str) -> Iterator[str]:
    """The export line by line: ``csv`` with a head, or ``jsonl``."""
    first = entries.values_list("id", flat=True).first()
    seals = _Seals(first or 0)
    rows = (seals.named(row) for row in entries.values(*COLUMNS).iterator(chunk_size=2_000))
    if form == "csv":
        yield from _csv(rows)
        return
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def export(out: Path, form: str, since: dt.date | None, until: dt.date | None) -> Written:
    """Write the export beside and then move it, so that a file is whole or not there."""
    sm3, count = hashes.Hash(hashes.SM3()), 0
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            for line in lines(chosen(since, until), form):
                body = line.encode()
                file.write(body)
                sm3.update(body)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return Written(count - (form == "csv"), sm3.finalize().hex())


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEAD, lineterminator="\r\n")
    text.write("\ufeff")  # by which a spreadsheet knows that this is UTF-8
    writer.writeheader()
    for row in rows:
        yield _taken(text)
        row["detail"] = json.dumps(row["detail"], ensure_ascii=False, sort_keys=True)
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    yield _taken(text)


def _taken(text: io.StringIO) -> str:
    line = text.getvalue()
    text.seek(0)
    text.truncate()
    return line


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


class _Seals:
    """Finds the seal over one entry after another, for ids that ascend or nearly so."""

    def __init__(self, first: int) -> None:
        self._starts: list[int] = []
        self._ends: list[tuple[int, int, str]] = []
        seals = Seal.objects.filter(last_id__gte=first).order_by("number")
        self._more = seals.iterator(chunk_size=500)

    def named(self, row: dict[str, Any]) -> dict[str, Any]:
        number, digest = self._over(row["id"])
        return {**plain(row), "seal": number, "seal_digest": digest}

    def _over(self, entry_id: int) -> tuple[int | None, str]:
        found = self._look(entry_id)
        while found is None and (seal := next(self._more, None)) is not None:
            for first, last in seal.ranges:
                at = bisect.bisect(self._starts, first)
                self._starts.insert(at, first)
                self._ends.insert(at, (last, seal.number, seal.digest))
            found = self._look(entry_id)
        return found or (None, "")

    def _look(self, entry_id: int) -> tuple[int, str] | None:
        at = bisect.bisect(self._starts, entry_id) - 1
        if at < 0 or self._ends[at][0] < entry_id:
            return None
        return self._ends[at][1], self._ends[at][2]
