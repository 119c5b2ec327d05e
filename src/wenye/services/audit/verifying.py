"""Verifying the log: the chain of seals, the entries under them, the copy, the database's guard.

The first place that is broken is named, in the order of the chain: what was put right there and
verified again shows the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from wenye.services.audit.canonical import BEGINNING, digest, line, moment
from wenye.services.audit.copying import CopiedSeal, copied, last_copied
from wenye.services.audit.models import Entry, Seal, Unsealed
from wenye.services.audit.sealing import rows_of

#: An entry is sealed within this many seconds while the service runs.
PROMISED = 60
#: The database's guard: without these, entries could be changed or slip past the seals.
GUARD = (
    "audit_entry_no_update",
    "audit_entry_no_delete",
    "audit_seal_no_update",
    "audit_seal_no_delete",
    "audit_entry_waits",
)
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Broken:
    """A place that does not hold: what is wrong, and where, Chinese and English."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and the first place that is broken, if any."""

    seals: int
    entries: int
    #: Entries that still wait, and since when the oldest does.
    waiting: int
    waiting_since: dt.datetime | None
    copied: int
    broken: Broken | None

    @property
    def sound(self) -> bool:
        """Whether everything holds."""
        return self.broken is None


class _Stop(Exception):
    def __init__(self, what: str, where: str) -> None:
        self.broken = Broken(what, where)
        super().__init__(what)


def verify(*, since: int = 0, report: Report | None = None) -> Verification:
    """Verify the seals after number ``since`` (0: everything, and then the copy as well)."""
    counted = {"seals": 0, "entries": 0, "copied": 0}
    broken: Broken | None = None
    try:
        _guard()
        _chain(since, counted, report)
        if since == 0:
            _nothing_beside(counted["entries"])
            _copy(counted)
    except _Stop as stop:
        broken = stop.broken
    since_when = waiting_since()
    return Verification(
        counted["seals"],
        counted["entries"],
        Unsealed.objects.count(),
        since_when,
        counted["copied"],
        broken,
    )


def waiting_since() -> dt.datetime | None:
    """When the oldest entry was written that still waits for its seal."""
    first = Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True).first()
    if first is None:
        return None
    return Entry.objects.filter(pk=first).values_list("at", flat=True).first()


def is_late(now: dt.datetime | None = None) -> bool:
    """Whether an entry has waited longer than promised."""
    since = waiting_since()
    return since is not None and (now or timezone.now()) - since > dt.timedelta(seconds=PROMISED)


def missing_guards() -> list[str]:
    """Triggers of the database that are not there, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {str(row[0]) for row in cursor.fetchall()}
    wanted = list(GUARD)
    if connection.vendor == "postgresql":
        wanted += ["audit_entry_no_truncate", "audit_seal_no_truncate"]
    return [name for name in wanted if name not in there]


def _guard() -> None:
    missing = missing_guards()
    if missing:
        raise _Stop("数据库的保护被拆除 / a guard of the database is gone", missing[0])


def _chain(since: int, counted: dict[str, int], report: Report | None) -> None:
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    before = BEGINNING
    if since:
        found = Seal.objects.filter(number=since).values_list("digest", flat=True).first()
        if found is None:
            raise _Stop("缺少封存 / a seal is missing", f"seal {since}")
        before = found
    expected = since + 1
    for seal in Seal.objects.filter(number__gt=since).order_by("number").iterator(chunk_size=50):
        where = f"seal {seal.number}"
        if seal.number != expected:
            raise _Stop("缺少封存 / a seal is missing", f"seal {expected}")
        if seal.previous != before:
            raise _Stop("链条断开：上一封存的摘要不符 / the chain is broken", where)
        rows = rows_of(seal.ranges)
        if (
            digest(seal.number, moment(seal.at), seal.ranges, seal.previous, map(line, rows))
            != seal.digest
        ):
            raise _Stop(*_which(seal, rows))
        counted["seals"] += 1
        counted["entries"] += len(rows)
        before = seal.digest
        expected += 1
        if report is not None and seal.number % 20 == 0:
            report(seal.number, last)


def _which(seal: Seal, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """What is wrong under a seal: an entry that is gone, one that reads otherwise in the copy."""
    there = {row["id"] for row in rows}
    for first, final in seal.ranges:
        for each in range(first, final + 1):
            if each not in there:
                return "条目被删除 / an entry is gone", f"entry {each} (seal {seal.number})"
    kept = _copied_entries(seal)
    for row in rows:
        if kept and line(row) != kept.get(row["id"]):
            return "条目被改动 / an entry was changed", f"entry {row['id']} (seal {seal.number})"
    where = f"seal {seal.number} (entries {seal.first_id}–{seal.last_id})"
    return "条目或封存被改动 / an entry or the seal was changed", where


def _copied_entries(seal: Seal) -> dict[int, str]:
    for each in copied():
        if each.seal is not None and each.seal["number"] == seal.number:
            return {entry["id"]: _line(entry) for entry in each.seal["entries"]}
    return {}


def _line(entry: dict[str, Any]) -> str:
    return line({**entry, "at": dt.datetime.fromisoformat(entry["at"])})


def _nothing_beside(sealed: int) -> None:
    """Every entry is sealed or waits: one that does neither has slipped past the guard."""
    waiting = Unsealed.objects.values("entry_id")
    beside = Entry.objects.exclude(pk__in=waiting).count() - sealed
    if beside == 0:
        return
    covered = sorted(
        pair for ranges in Seal.objects.values_list("ranges", flat=True) for pair in ranges
    )
    at = 0
    for first, final in covered:
        if first <= at:
            raise _Stop("条目被封存两次 / an entry is sealed twice", f"entry {first}")
        if first > at + 1:
            _none_between(at + 1, first - 1)
        at = final
    _none_between(at + 1, None)


def _none_between(first: int, last: int | None) -> None:
    chosen = Entry.objects.filter(id__gte=first).exclude(pk__in=Unsealed.objects.values("entry_id"))
    if last is not None:
        chosen = chosen.filter(id__lte=last)
    found = chosen.order_by("id").values_list("id", flat=True).first()
    if found is not None:
        raise _Stop("条目没有封存 / an entry that no seal holds", f"entry {found}")


def _copy(counted: dict[str, int]) -> None:
    """The copy holds every seal but the newest, word for word, and none that the database lacks."""
    expected, before, torn = 1, BEGINNING, None
    for each in copied():
        if each.seal is None:
            torn = torn or each
            continue
        _copied(each, expected, before)
        torn = None  # a line that was cut off has been written again
        before = each.seal["digest"]
        expected += 1
        counted["copied"] += 1
    last = Seal.objects.order_by("-number").values_list("number", "at").first()
    if last is not None and expected <= last[0]:
        stale = Seal.objects.filter(number=expected).values_list("at", flat=True).first()
        if stale and timezone.now() - stale > dt.timedelta(seconds=2 * PROMISED):
            where = _place(torn) if torn is not None else f"seal {expected}"
            raise _Stop("副本缺少封存 / the copy lacks a seal", where)


def _copied(each: CopiedSeal, expected: int, before: str) -> None:
    assert each.seal is not None
    copy, where = each.seal, f"{_place(each)} (seal {each.seal['number']})"
    if copy["number"] != expected:
        raise _Stop("副本的次序不对或缺行 / the copy lacks a line", where)
    if copy["previous"] != before:
        raise _Stop("副本的链条断开 / the copy's chain is broken", where)
    again = digest(
        copy["number"], copy["at"], copy["ranges"], copy["previous"], map(_line, copy["entries"])
    )
    if again != copy["digest"]:
        raise _Stop("副本被改动 / the copy was changed", where)
    kept = Seal.objects.filter(number=expected).values_list("digest", flat=True).first()
    if kept is None:
        raise _Stop("数据库缺少副本里的封存 / the database lacks a seal of the copy", where)
    if kept != copy["digest"]:
        raise _Stop("数据库与副本不同，日志被重写 / the log was rewritten", where)


def _place(each: CopiedSeal) -> str:
    return f"{each.file.name}:{each.line}"


def behind() -> int:
    """How many seals the copy lacks."""
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return max(0, last - last_copied())
