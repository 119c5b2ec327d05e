"""A month of follow-up, day by day: with workers enough nobody is overdue at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.followups import at_noon, of_town, unemployed

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Acting
from wenye.services.followup.contacting import Told, record_contact
from wenye.services.followup.coverage import by_town, total
from wenye.services.followup.models import Begun, Contact, Followed
from wenye.services.followup.nightly import run
from wenye.services.followup.refreshing import refresh
from wenye.services.followup.worklists import worklist
from wenye.services.people.models import Correction

FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
TOWN = "310114102"


def workers(count: int) -> list[Acting]:
    found = []
    for number in range(count):
        user = User.objects.create_user(f"month{number}", None, name=f"援助员{number}")
        post = Post.objects.create(
            user=user, role="case_worker", town=TOWN, since=dt.date(2026, 9, 1)
        )
        found.append(post.acting())
    return found


def live_through(staff: list[Acting], a_day: int, at_day: Callable[[dt.date], None]) -> dt.date:
    """Each working day of the month, each worker contacts the first of their own list."""
    page = page_named("followup.worklist")
    day = FIRST
    while day <= LAST:
        at_day(day)
        run(day)
        if day.weekday() < 5:
            for worker in staff:
                scope = scope_of(worker, page)
                todo = [
                    row
                    for row in worklist(scope, day)[:200]
                    if row.law_due is not None and row.law_due <= LAST
                ]
                for at, row in enumerate(todo[:a_day]):
                    # Every fourth attempt reaches nobody, and is made again another day.
                    reached = (row.pk + day.day) % 4 != 0
                    record_contact(
                        worker,
                        row,
                        Told(
                            at_noon(day) - dt.timedelta(minutes=15 * at),
                            "phone",
                            "talked" if reached else "no_answer",
                            "looking" if reached else "",
                        ),
                    )
        day += dt.timedelta(days=1)
    after = LAST + dt.timedelta(days=1)
    at_day(after)
    refresh(after)
    return after


def moved(key: int) -> None:
    """Somebody lives in the town now, as a correction says."""
    Correction.objects.create(
        register="people",
        row_key=key,
        fact="town",
        value=TOWN,
        department="公安",
        reason="搬家",
        state=Correction.ACCEPTED,
        decided_at=at_noon(FIRST),
    )


@pytest.fixture
def people(db: None, at_day: Any) -> list[int]:
    """All who are out of work in the town, with thirty more; on record since October began."""
    Begun.objects.create(on=FIRST)
    for key in of_town("", 30):
        moved(key)
        unemployed(key, dt.date(2026, 8, 1))
    refresh(FIRST)
    rows = Followed.objects.filter(town=TOWN, unemployed_since__isnull=False)
    assert rows.count() >= 30
    return list(rows.values_list("pk", flat=True))


def test_with_workers_enough_nobody_is_overdue(people: list[int], at_day: Any) -> None:
    after = live_through(workers(2), 3, at_day)
    rows = Followed.objects.filter(pk__in=people, open=True)
    assert not rows.overdue(after).exists()
    reached = Contact.objects.standing().filter(reached=True, on__gte=FIRST, on__lte=LAST)
    # Everybody still registered was reached in the month, and nobody twice without need.
    assert set(rows.values_list("pk", flat=True)) <= set(
        reached.values_list("person_id", flat=True)
    )
    assert reached.count() == reached.values("person_id").distinct().count()
    line = next(line for line in by_town(after) if line.code == TOWN)
    assert line.numbers["overdue"] == 0 and line.numbers["nobody"] == 0


def test_exactly_those_not_reached_are_told_otherwise(people: list[int], at_day: Any) -> None:
    """One worker who gives up after four days: the rest is overdue, and each is named."""
    (worker,) = workers(1)
    page = page_named("followup.worklist")
    run(FIRST)
    reached: set[int] = set()
    for day in (dt.date(2026, 10, each) for each in (12, 13, 14, 15)):
        at_day(day)
        row = worklist(scope_of(worker, page), day)[0]
        record_contact(worker, row, Told(at_noon(day), "phone", "talked", "looking"))
        reached.add(row.pk)
    after = LAST + dt.timedelta(days=1)
    at_day(after)
    run(after)
    owed = set(
        Followed.objects.now()
        .filter(town=TOWN, unemployed_since__lte=FIRST)
        .values_list("pk", flat=True)
    )
    told = set(Followed.objects.overdue(after).filter(town=TOWN).values_list("pk", flat=True))
    assert len(reached) == 4
    assert told == owed - reached
    line = next(line for line in by_town(after) if line.code == TOWN)
    assert line.numbers["overdue"] == len(told)
    assert total(by_town(after)).numbers["overdue"] == Followed.objects.overdue(after).count()
    ordered = list(worklist(scope_of(worker, page), after).values_list("pk", flat=True))
    assert set(ordered[: len(told)]) == told


def test_a_night_run_twice_changes_nothing(people: list[int], at_day: Any) -> None:
    workers(1)
    at_day(LAST)
    run(LAST)
    told = run(LAST)
    assert (told["begun"], told["ended"], told["assigned"], told["returns"]) == (0, 0, 0, 0)
