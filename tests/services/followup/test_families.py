"""Families of whom nobody works: confirmed by an officer, placed by one job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.followups import TOWN, hired
from tests.service import AS_OF

from wenye.services.accounts.roles import Reach, Scope
from wenye.services.followup.clocks import Placement
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.families import confirm, standings
from wenye.services.followup.models import Family, Followed
from wenye.services.people.models import Person


def test_a_job_of_one_member_is_enough(
    followed_people: list[int], acting: Callable[[str], Any]
) -> None:
    reviewer = acting("town_reviewer")
    confirm(reviewer, followed_people[:2], dt.date(2026, 9, 20), AS_OF, "两口人都没有工作")
    scope = Scope(Reach.TOWN, reviewer)
    (found,) = standings(scope, AS_OF)
    assert found.clock.state is Placement.LATE
    assert found.clock.fulfilment.due == dt.date(2026, 10, 20)
    hired(followed_people[1], dt.date(2026, 10, 20))
    (found,) = standings(scope, AS_OF)
    assert (found.placed_on, found.clock.state) == (dt.date(2026, 10, 20), Placement.PLACED)


def test_a_family_refuses_only_where_each_of_it_does(
    followed_people: list[int], acting: Callable[[str], Any]
) -> None:
    reviewer = acting("town_reviewer")
    confirm(reviewer, followed_people[:2], dt.date(2026, 10, 10), AS_OF)
    scope = Scope(Reach.TOWN, reviewer)
    Followed.objects.filter(pk=followed_people[0]).update(accepts="no")
    assert standings(scope, AS_OF)[0].clock.state is Placement.AT_RISK
    Followed.objects.filter(pk=followed_people[1]).update(accepts="no")
    assert standings(scope, AS_OF)[0].clock.state is Placement.NOT_OWED


def test_what_cannot_be_confirmed(followed_people: list[int], acting: Callable[[str], Any]) -> None:
    reviewer = acting("town_reviewer")
    elsewhere = Person.objects.exclude(town=TOWN).order_by("pk").first()
    assert elsewhere is not None
    tomorrow = AS_OF + dt.timedelta(days=1)
    for people, day in (
        ([], AS_OF),
        (followed_people[:1], tomorrow),
        ([elsewhere.pk], AS_OF),
        ([followed_people[0], elsewhere.pk], AS_OF),
        ([987_654_321], AS_OF),
    ):
        with pytest.raises(FollowupRefused):
            confirm(reviewer, people, day, AS_OF)
    confirm(reviewer, followed_people[:1], AS_OF, AS_OF)
    with pytest.raises(FollowupRefused):
        confirm(reviewer, followed_people[:2], AS_OF, AS_OF)
    assert Family.objects.count() == 1
