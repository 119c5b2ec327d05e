"""Sealing: entries that wait are put under a digest, and the seal is copied out of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection, models, transaction
from django.utils import timezone

from wenye.services.audit.canonical import BEGINNING, COLUMNS, digest, line, moment, ranges_of
from wenye.services.audit.copying import copy_seals
from wenye.services.audit.models import Entry, Seal, Unsealed

#: Entries under one seal at most: a broken place can be named that closely.
BATCH = 1_000
#: Any number will do, as long as nothing else on the database server takes it as its lock.
_LOCK = 0x57454E5945


def seal(now: dt.datetime | None = None) -> int:
    """Seal every entry written before ``now``; how many seals were set. Safe to run twice at once.

    The copy is brought up to date afterwards: what could not be copied before is copied then.
    """
    made = 0
    while seal_batch(now) is not None:
        made += 1
    copy_seals()
    return made


def seal_batch(now: dt.datetime | None = None) -> Seal | None:
    """Seal at most one batch, in one transaction; None where nothing waits."""
    with transaction.atomic():
        _alone()
        waiting: models.QuerySet[Unsealed] = Unsealed.objects.order_by("entry_id")
        if now is not None:
            written = Entry.objects.filter(pk=models.OuterRef("entry_id"), at__lt=now)
            waiting = waiting.filter(models.Exists(written))
        ids = list(waiting.values_list("entry_id", flat=True)[:BATCH])
        if not ids:
            return None
        before = Seal.objects.order_by("-number").values("number", "digest").first()
        number = before["number"] + 1 if before else 1
        previous = before["digest"] if before else BEGINNING
        at = timezone.now()
        ranges = ranges_of(ids)
        made = Seal.objects.create(
            number=number,
            at=at,
            first_id=ids[0],
            last_id=ids[-1],
            count=len(ids),
            ranges=ranges,
            previous=previous,
            digest=digest(number, moment(at), ranges, previous, lines_of(ranges)),
        )
        Unsealed.objects.filter(entry_id__in=ids).delete()
        return made


def rows_of(ranges: Sequence[Sequence[int]]) -> list[dict[str, object]]:
    """The entries of a seal as they stand in the database, ascending: column → value."""
    rows: list[dict[str, object]] = []
    #: A database takes so many conditions at once; batches with more holes are rare.
    for begin in range(0, len(ranges), 200):
        chosen = models.Q()
        for first, last in ranges[begin : begin + 200]:
            chosen |= models.Q(id__range=(first, last))
        rows += Entry.objects.filter(chosen).order_by("id").values(*COLUMNS)
    return rows


def lines_of(ranges: Sequence[Sequence[int]]) -> list[str]:
    """``rows_of`` as canonical lines."""
    return [line(row) for row in rows_of(ranges)]


def seal_of(entry_id: int) -> Seal | None:
    """The seal over an entry; None while it waits."""
    candidates = Seal.objects.filter(first_id__lte=entry_id, last_id__gte=entry_id)
    for found in candidates.order_by("last_id").iterator(chunk_size=100):
        if any(first <= entry_id <= last for first, last in found.ranges):
            return found
    return None


def _alone() -> None:
    """One process seals at a time; on SQLite the transaction itself has the only lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
