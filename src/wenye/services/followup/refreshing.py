"""The rows of everybody who is followed, made again from facts and contacts; nothing twice.

Set-based: two reads, one comparison, and writes of what has changed only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils import timezone

from wenye.rules import calendar
from wenye.services.audit import record
from wenye.services.decisions.facts import facts
from wenye.services.followup.clocks import Known, set_due
from wenye.services.followup.content import content
from wenye.services.followup.models import Begun, Followed
from wenye.services.followup.subjects import last_day_of, must_be_followed
from wenye.services.people.models import Person

Report = Callable[[str, int, int], None]
_BATCH = 2_000
#: What the facts say, and what follows from it with the contacts.
_FROM_FACTS = (
    "town", "open", "until", "unemployed_since", "certified_since", "end_unknown", "at_work_since",
    "benefit_until", "placement_due", "placed_on",
)  # fmt: skip
_DERIVED = ("law_due", "part_month", "due_on", "urgency")
_ALL = attrgetter(*_FROM_FACTS, *_DERIVED)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    followed: int
    begun: int
    ended: int
    changed: int


def begun_on(on: dt.date | None = None) -> dt.date:
    """The day on which the record of contacts begins; set by the first refresh."""
    row = Begun.objects.order_by("on").first()
    if row is not None:
        return row.on
    day = on or timezone.localdate()
    return Begun.objects.create(on=day).on


def refresh(on: dt.date | None = None, report: Report | None = None) -> Refreshed:
    """Bring every row into step with the facts and contacts of the day; idempotent."""
    day = on or timezone.localdate()
    tell = report or (lambda what, done, total: None)
    tell("跟踪对象", 0, 3)
    wanted = must_be_followed(facts(), day)
    tell("跟踪对象", 1, 3)
    placement = content().placement["certified"].duty
    with transaction.atomic():
        begun = begun_on(day)
        rows = Followed.objects.select_for_update().order_by("pk")
        held = {row.pk: row for row in rows.iterator(chunk_size=5_000)}
        known = _known_people(wanted["person"].to_list(), held)
        new: list[Followed] = []
        changed: list[Followed] = []
        seen: set[int] = set()
        dues: Known = {}
        for row in wanted.iter_rows(named=True):
            key = row["person"]
            seen.add(key)
            if key not in held and key not in known:
                continue  # a person whose row the people's list does not have yet
            told = _told(row, placement.clock.due)
            followed = held.get(key)
            if followed is None:
                followed = Followed(person_id=key, since=day, committee=known[key], **told)
                set_due(followed, day, begun, dues)
                new.append(followed)
            elif _changed(followed, told, day, begun, dues):
                changed.append(followed)
        ended = 0
        for key, followed in held.items():
            if key in seen or not followed.open:
                continue
            ended += 1
            followed.open, followed.until = False, day
            set_due(followed, day, begun)
            changed.append(followed)
        tell("跟踪对象", 2, 3)
        Followed.objects.bulk_create(new, batch_size=_BATCH)
        # One statement for many rows: an update of each by CASE takes minutes for 200,000.
        Followed.objects.bulk_create(
            changed,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=[*_FROM_FACTS, *_DERIVED],
        )
        if new or changed:
            record.change(
                None,
                "followup.refresh",
                "followed",
                day,
                detail={"new": len(new), "changed": len(changed), "ended": ended},
            )
    tell("跟踪对象", 3, 3)
    return Refreshed(len(seen), len(new), ended, len(changed))


def _known_people(keys: list[int], held: dict[int, Followed]) -> dict[int, str]:
    """Keys of people who are new here, with the committee that the district's own facts name."""
    missing = [key for key in keys if key not in held]
    known: dict[int, str] = {}
    for at in range(0, len(missing), 10_000):
        rows = Person.objects.filter(pk__in=missing[at : at + 10_000]).values_list("pk", "extra")
        for key, extra in rows:
            known[key] = str((extra or {}).get("committee") or "")[:40]
    return known


def _told(row: dict[str, Any], due: Callable[[dt.date], dt.date | None]) -> dict[str, Any]:
    certified = _date(row["certified_since"])
    benefit = row["benefit_until"]
    return {
        "town": row["town"],
        "open": True,
        "until": None,
        "unemployed_since": _date(row["unemployed_since"]),
        "end_unknown": bool(row["end_unknown"]),
        "certified_since": certified,
        "at_work_since": _date(row["at_work_since"]),
        "benefit_until": None if benefit is None else last_day_of(benefit),
        "placement_due": None if certified is None else due(certified),
        "placed_on": _date(row["placed_on"]),
    }


def _date(code: int | None) -> dt.date | None:
    return None if code is None else calendar.date(code)


def _changed(
    followed: Followed, told: dict[str, Any], day: dt.date, begun: dt.date, dues: Known
) -> bool:
    before = _ALL(followed)
    for name, value in told.items():
        setattr(followed, name, value)
    set_due(followed, day, begun, dues)
    return bool(before != _ALL(followed))
