"""Who is followed, by whom, and what happens when somebody leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.followups import TOWN, certified, of_town, unemployed
from tests.service import AS_OF

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry
from wenye.services.followup.assigning import assign, loads, reassign
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Begun, Followed
from wenye.services.followup.refreshing import refresh
from wenye.services.people.models import Addition, Person


def worker(name: str, town: str = TOWN, **more: Any) -> User:
    user = User.objects.create_user(name, None, name=name, **more)
    Post.objects.create(user=user, role="case_worker", town=town, since=dt.date(2026, 1, 1))
    return user


def test_everybody_registered_or_certified_is_followed_once(followed_people: list[int]) -> None:
    rows = {row.pk: row for row in Followed.objects.filter(pk__in=followed_people)}
    assert sorted(rows) == sorted(followed_people)
    first = rows[followed_people[0]]
    assert first.certified_since == dt.date(2026, 9, 1)
    assert first.placement_due == dt.date(2026, 12, 1)
    assert all(row.unemployed_since == dt.date(2026, 8, 10) and row.open for row in rows.values())


def test_a_second_refresh_changes_nothing(followed_people: list[int]) -> None:
    entries = Entry.objects.count()
    told = refresh(AS_OF)
    assert (told.begun, told.ended, told.changed) == (0, 0, 0)
    assert Entry.objects.count() == entries


def test_whoever_is_registered_no_more_is_followed_no_more(followed_people: list[int]) -> None:
    key = followed_people[1]
    Addition.objects.filter(person_key=key).delete()
    unemployed(key, dt.date(2026, 8, 10), until=dt.date(2026, 10, 20))
    assert refresh(AS_OF).ended == 1
    row = Followed.objects.get(pk=key)
    assert (row.open, row.due_on, row.until) == (False, None, AS_OF)
    unemployed(key, AS_OF)
    refresh(AS_OF)
    row.refresh_from_db()
    assert row.open and row.unemployed_since == AS_OF and row.until is None


def test_an_unknown_end_keeps_somebody_followed_and_says_so(followed_people: list[int]) -> None:
    key = of_town(TOWN, 9)[-1]
    Addition.objects.create(
        register="unemployment",
        values={"person": key, "started_on": "2026-09-01"},
        person_key=key,
    )
    refresh(AS_OF)
    assert Followed.objects.get(pk=key).end_unknown


def test_the_number_of_queries_does_not_grow_with_the_people(
    followed_people: list[int], django_assert_max_num_queries: Any
) -> None:
    for key in of_town("", 60):
        unemployed(key, dt.date(2026, 10, 1))
    with django_assert_max_num_queries(80):
        told = refresh(AS_OF)
        assign(AS_OF)
    assert told.begun >= 50


# -- assignment ------------------------------------------------------------------------------------


def test_loads_are_level(followed_people: list[int]) -> None:
    second = worker("second")
    before = [count for _user, count in loads(AS_OF, TOWN)]
    keys = of_town(TOWN, 40)
    for key in keys:
        unemployed(key, AS_OF)
    refresh(AS_OF)
    assign(AS_OF)
    counts = [count for _user, count in loads(AS_OF, TOWN)]
    # Those who have a worker keep them; the new ones go to whoever has the fewest.
    assert sum(counts) == sum(before) + len(keys)
    assert counts[1] == min(len(keys), -(-sum(counts) // 2)) or max(counts) - min(counts) <= 1
    assert Person.objects.filter(case_worker=second).exists()


def test_both_rows_name_the_same_worker(followed_people: list[int]) -> None:
    for row in Followed.objects.now().select_related("person"):
        assert row.worker_id == row.person.case_worker_id


def test_a_worker_who_leaves_hands_everybody_over(followed_people: list[int]) -> None:
    second = worker("second")
    Post.objects.filter(user__username="case_worker").update(until=AS_OF)
    told = assign(AS_OF + dt.timedelta(days=1))
    assert told.handed_over >= len(followed_people)
    rows = Followed.objects.now().filter(town=TOWN)
    assert set(rows.values_list("worker_id", flat=True)) == {second.pk}
    assert assign(AS_OF + dt.timedelta(days=1)).changed == 0


def test_without_a_worker_they_stand_on_nobodys_list(followed_people: list[int]) -> None:
    Post.objects.filter(user__username="case_worker").update(until=AS_OF)
    told = assign(AS_OF + dt.timedelta(days=1))
    assert told.nobody >= len(followed_people)
    assert not Person.objects.filter(pk__in=followed_people, case_worker__isnull=False).exists()


def test_nobody_follows_themselves_or_a_relative(followed_people: list[int]) -> None:
    Post.objects.filter(user__username="case_worker").update(until=dt.date(2026, 10, 30))
    own, relative = followed_people[:2]
    only = worker("only", person_key=own, relatives=[relative])
    assign(AS_OF)
    left = Followed.objects.now().filter(town=TOWN, worker__isnull=True)
    assert set(left.values_list("pk", flat=True)) == {own, relative}
    second = worker("second")
    assign(AS_OF)
    rows = dict(Followed.objects.filter(pk__in=[own, relative]).values_list("pk", "worker_id"))
    assert rows == {own: second.pk, relative: second.pk}
    assert Followed.objects.filter(worker=only).exists()


def test_reassigning_is_refused_across_towns_and_to_relatives(
    followed_people: list[int], acting: Callable[[str], Any]
) -> None:
    reviewer = acting("town_reviewer")
    elsewhere = worker("elsewhere", "310114102")
    with pytest.raises(FollowupRefused) as refusal:
        reassign(reviewer, followed_people, elsewhere.pk, AS_OF)
    assert "街镇" in refusal.value.what
    relative = worker("relative", relatives=[followed_people[2]])
    with pytest.raises(FollowupRefused) as refusal:
        reassign(reviewer, followed_people, relative.pk, AS_OF)
    assert "近亲属" in refusal.value.what
    with pytest.raises(FollowupRefused):
        reassign(reviewer, [], relative.pk, AS_OF)
    assert reassign(reviewer, followed_people[:2], relative.pk, AS_OF) == 2
    entry = Entry.objects.filter(verb="followup.reassign").latest("id")
    assert entry.person_key in followed_people[:2] and entry.detail["to"] == relative.pk


def test_the_record_begins_once(db: None, at_day: Any) -> None:
    refresh(AS_OF)
    refresh(AS_OF + dt.timedelta(days=1))
    assert list(Begun.objects.values_list("on", flat=True)) == [AS_OF]


def test_certified_people_are_followed_without_a_monthly_clock(db: None, at_day: Any) -> None:
    key = of_town(TOWN, 1)[0]
    certified(key, dt.date(2026, 10, 1))
    refresh(AS_OF)
    row = Followed.objects.get(pk=key)
    assert row.open and row.law_due is None
