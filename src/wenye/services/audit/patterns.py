"""What an auditor may want to look at more closely. None of it is a fault in itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils import timezone

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import OFFICERS
from wenye.services.audit.exporting import midnight
from wenye.services.audit.models import Entry

#: Nobody works at the counter in these hours.
NIGHT_BEGINS, NIGHT_ENDS = dt.time(22), dt.time(6)
#: More people in one day than an officer meets.
MANY = 200
#: Wrong passwords for one name in the days looked at.
MANY_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing worth a look: who, how often, when last, and about whom where it is one person."""

    user_id: int | None
    count: int
    last: dt.datetime
    day: dt.date | None = None
    person_key: int | None = None


def nights(today: dt.date, days: int = 14) -> list[Seen]:
    """Officers who read people at night, most reads first."""
    hours = Q()
    for back in range(days):
        evening = today - dt.timedelta(days=back + 1)
        begins = midnight(evening) + dt.timedelta(hours=NIGHT_BEGINS.hour)
        ends = midnight(evening + dt.timedelta(days=1)) + dt.timedelta(hours=NIGHT_ENDS.hour)
        hours |= Q(at__gte=begins, at__lt=ends)
    return _by_user(hours & Q(verb="read"), least=1)


def bulk(today: dt.date, days: int = 7, least: int = MANY) -> list[Seen]:
    """Officers who read very many different people in one day."""
    found = []
    for back in range(days):
        day = today - dt.timedelta(days=back)
        on_day = Q(at__gte=midnight(day), at__lt=midnight(day + dt.timedelta(days=1)))
        rows = (
            Entry.objects.filter(on_day, verb="read", role__in=_OFFICERS, person_key__isnull=False)
            .values("user_id")
            .order_by()
            .annotate(people=Count("person_key", distinct=True), last=Max("at"))
            .filter(people__gte=least)
            .order_by("-people")
        )
        found += [Seen(row["user_id"], row["people"], row["last"], day) for row in rows]
    return found


def relatives(today: dt.date, days: int = 90) -> list[Seen]:
    """Officers who read themselves or a declared relative as officers, not as citizens."""
    since = midnight(today - dt.timedelta(days=days))
    pairs: list[Q] = []
    for user in User.objects.only("pk", "person_key", "relatives").order_by("pk"):
        keys = [key for key in (user.person_key, *user.relatives) if isinstance(key, int)]
        if keys:
            pairs.append(Q(user_id=user.pk, person_key__in=keys))
    found: list[Seen] = []
    for begin in range(0, len(pairs), 100):
        chosen = Q()
        for pair in pairs[begin : begin + 100]:
            chosen |= pair
        rows = (
            Entry.objects.filter(chosen, at__gte=since, role__in=_OFFICERS)
            .exclude(purpose="own")
            .values("user_id", "person_key")
            .order_by()
            .annotate(times=Count("id"), last=Max("at"))
        )
        found += [
            Seen(row["user_id"], row["times"], row["last"], person_key=row["person_key"])
            for row in rows
        ]
    return sorted(found, key=lambda seen: seen.last, reverse=True)


def failures(today: dt.date, days: int = 7, least: int = MANY_FAILURES) -> list[Seen]:
    """Accounts for which many wrong passwords were given."""
    rows = (
        Entry.objects.filter(
            verb="user.login_failed", at__gte=midnight(today - dt.timedelta(days=days))
        )
        .exclude(object_id="")
        .values("object_id")
        .order_by()
        .annotate(times=Count("id"), last=Max("at"))
        .filter(times__gte=least)
        .order_by("-times")
    )
    return [Seen(int(row["object_id"]), row["times"], row["last"]) for row in rows]


def today() -> dt.date:
    """The day as the calendar here has it."""
    return timezone.localdate()


_OFFICERS = sorted(role.value for role in OFFICERS)


def _by_user(chosen: Q, *, least: int) -> list[Seen]:
    rows = (
        Entry.objects.filter(chosen, role__in=_OFFICERS)
        .values("user_id")
        .order_by()
        .annotate(times=Count("id"), last=Max("at"))
        .filter(times__gte=least)
        .order_by("-times")
    )
    return [Seen(row["user_id"], row["times"], row["last"]) for row in rows]
