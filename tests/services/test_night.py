"""The night: notices that are over, offers, follow-up and what is owed, once however often run."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.service import AS_OF

from wenye.services import night
from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.followup.models import Followed
from wenye.services.offers.models import Offer


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    first = night.run(AS_OF)
    assert first["offers"]["made"] > 0
    assert first["followup"]["followed"] == Followed.objects.now().count() > 0
    offers = set(Offer.objects.values_list("pk", "state"))
    second = night.run(AS_OF)
    assert second["offers"] == first["offers"]  # the day's counts stand as they were made
    assert second["followup"]["begun"] == 0
    assert set(Offer.objects.values_list("pk", "state")) == offers


def test_a_notice_ends_only_when_its_days_are_over(db: None, acting) -> None:
    citizen = acting("citizen")
    case = open_case(
        citizen,
        "application",
        scheme="flexible_social_insurance",
        subject_register="people",
        subject_key=citizen.person_key,
        person_key=citizen.person_key,
    )
    today = timezone.localdate()
    Case.objects.filter(pk=case.pk).update(state="notice", due_on=today)
    assert night.notices_over(today) == 0
    Case.objects.filter(pk=case.pk).update(due_on=today - dt.timedelta(days=1))
    assert night.notices_over(today) == 1
    case.refresh_from_db()
    assert case.state == "approved"
