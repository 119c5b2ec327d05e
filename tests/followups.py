"""What tests of the follow-up stand on: a clock that stands still, and invented people followed.

The synthetic district of the tests is small, so further people are registered unemployed or
certified beside its own, as a case would register them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.service import AS_OF

#: The town of the case worker and the town reviewer.
TOWN = "310114001"


def at_noon(day: dt.date) -> dt.datetime:
    """Noon of a day, here."""
    from django.utils import timezone

    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.fixture
def at_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """``at_day(day)``: it is noon of that day from now on."""

    def stand(day: dt.date, hour: int = 12) -> None:
        from django.utils import timezone

        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
        monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(dt.UTC))

    stand(AS_OF)
    return stand


def unemployed(key: int, since: dt.date, until: dt.date | None = None) -> None:
    """Register somebody unemployed, as a case would."""
    from wenye.services.people.models import Addition

    Addition.objects.create(
        register="unemployment",
        values={
            "person": key,
            "started_on": since.isoformat(),
            "ended_on": None if until is None else until.isoformat(),
            "seeking_work": True,
        },
        person_key=key,
    )


def certified(key: int, since: dt.date) -> None:
    """Certify somebody hard to employ."""
    from wenye.services.people.models import Addition

    Addition.objects.create(
        register="certifications",
        values={"person": key, "started_on": since.isoformat(), "ended_on": None},
        person_key=key,
    )


def hired(key: int, since: dt.date) -> None:
    """Register somebody employed."""
    from wenye.services.people.models import Addition

    Addition.objects.create(
        register="employment",
        values={"worker": key, "employer": 1, "started_on": since.isoformat(), "ended_on": None},
        person_key=key,
        employer_key=1,
    )


def of_town(town: str, count: int) -> list[int]:
    """Keys of people of a town (empty: of any) who are in nothing yet."""
    from wenye.registers.model import Certification, Employment, FlexibleWork, Unemployment
    from wenye.services.decisions.facts import facts
    from wenye.services.people.models import Person

    tables = facts()
    taken: set[int] = set()
    for entity, by in (
        (Unemployment, "person"),
        (Certification, "person"),
        (Employment, "worker"),
        (FlexibleWork, "person"),
    ):
        taken |= set(tables.table(entity).select(by).collect()[by].to_list())
    rows = Person.objects.exclude(pk__in=taken).order_by("pk")
    if town:
        rows = rows.filter(town=town)
    return list(rows.values_list("pk", flat=True)[:count])


@pytest.fixture
def followed_people(db: None, at_day: Any) -> list[int]:
    """Five people of the case worker's town, unemployed since August, certified in part."""
    from wenye.services.followup.assigning import assign
    from wenye.services.followup.models import Begun
    from wenye.services.followup.refreshing import refresh

    keys = of_town(TOWN, 5)
    for key in keys:
        unemployed(key, dt.date(2026, 8, 10))
    certified(keys[0], dt.date(2026, 9, 1))
    Begun.objects.create(on=dt.date(2026, 9, 1))
    refresh(AS_OF)
    assign(AS_OF)
    return keys
