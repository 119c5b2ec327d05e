"""Who is not offered what they are entitled to."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF

from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.offers import nightly
from wenye.services.offers.models import Offer, OfferChange, Run
from wenye.services.people import rights

pytestmark = pytest.mark.django_db


def offered(**only: Any) -> Offer:
    nightly.run(AS_OF)
    return Offer.objects.filter(live=True, **only).exclude(mode="information").order_by("id")[0]


def opened(offer: Offer, offer_id: int | None = None) -> Case:
    return open_case(
        None,
        "application",
        scheme=offer.scheme,
        subject_register=offer.subject_register,
        subject_key=offer.subject_key,
        offer_id=offer_id,
    )


def test_somebody_with_a_case_is_not_offered_the_same() -> None:
    offer = offered(scheme="unemployment_benefit")
    subject = offer.subject_key
    Offer.objects.all().delete()
    opened(offer)
    nightly.run(AS_OF)
    assert not Offer.objects.filter(scheme=offer.scheme, subject_key=subject).exists()
    assert Run.objects.get().counts["held_back"]["case"] == 1


def test_an_offer_is_answered_by_a_case_of_ones_own() -> None:
    offer = offered(scheme="unemployment_benefit")
    case = opened(offer)
    nightly.run(AS_OF)
    offer.refresh_from_db()
    assert (offer.state, offer.case_number) == (Offer.APPLIED, case.number)
    assert offer.changes.get().kind == OfferChange.APPLIED
    nightly.run(AS_OF)
    assert offer.changes.count() == 1


def test_an_objection_takes_the_offer_back_and_none_is_made_again(acting: Any) -> None:
    offer = offered(person_key__isnull=False)
    rights.object_to(acting("citizen"), offer.person_key, offer.scheme)
    nightly.run(AS_OF)
    offer.refresh_from_db()
    assert (offer.state, offer.live) == (Offer.WITHDRAWN, False)
    nightly.run(AS_OF)
    same = Offer.objects.filter(scheme=offer.scheme, subject_key=offer.subject_key)
    assert same.count() == 1
    assert Run.objects.get().counts["held_back"]["objection"] >= 1


def test_a_no_is_respected_while_the_entitlement_lasts() -> None:
    offer = offered()
    Offer.objects.filter(pk=offer.pk).update(state=Offer.DECLINED)
    nightly.run(AS_OF)
    offer.refresh_from_db()
    assert (offer.state, offer.live) == (Offer.DECLINED, True)
    assert Offer.objects.filter(scheme=offer.scheme, subject_key=offer.subject_key).count() == 1
