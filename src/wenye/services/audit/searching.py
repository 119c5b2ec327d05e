"""Looking through the log: by who, whom, what, why and when; newest first, page by page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from wenye.services.audit.exporting import midnight
from wenye.services.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an auditor looks for; what is None is not asked."""

    user_id: int | None = None
    person_key: int | None = None
    employer_key: int | None = None
    verb: str = ""
    purpose: str = ""
    object_type: str = ""
    object_id: str = ""
    day: dt.date | None = None


def found(wanted: Wanted) -> QuerySet[Entry]:
    """The entries, newest first. Each question is answered from an index."""
    entries = Entry.objects.order_by("-id")
    exact = {
        name: value
        for name in ("user_id", "person_key", "employer_key")
        if (value := getattr(wanted, name)) is not None
    } | {
        name: value
        for name in ("verb", "purpose", "object_type", "object_id")
        if (value := getattr(wanted, name))
    }
    entries = entries.filter(**exact)
    if wanted.day is not None:
        after = midnight(wanted.day + dt.timedelta(days=1))
        # By time and not by number: the entries of a day lie together in that index.
        entries = entries.filter(at__gte=midnight(wanted.day), at__lt=after)
    return entries


def verbs() -> list[str]:
    """Every verb in the log, each found by one step through the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE found(verb) AS ("
            " SELECT min(verb) FROM audit_entry UNION ALL"
            " SELECT (SELECT min(verb) FROM audit_entry WHERE verb > found.verb)"
            " FROM found WHERE found.verb IS NOT NULL)"
            " SELECT verb FROM found WHERE verb IS NOT NULL"
        )
        return [str(row[0]) for row in cursor.fetchall()]
