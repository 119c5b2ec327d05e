"""Wrongly offered, and missed."""

from __future__ import annotations

import pytest
from tests.service import AS_OF

from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.offers import nightly
from wenye.services.offers.accuracy import Accuracy, accuracy
from wenye.services.offers.models import Offer

pytestmark = pytest.mark.django_db
SCHEME = "unemployment_benefit"


def case(offer: Offer, state: str, offer_id: int | None) -> None:
    made = open_case(
        None,
        "application",
        scheme=offer.scheme,
        subject_register=offer.subject_register,
        subject_key=offer.subject_key,
        offer_id=offer_id,
    )
    Case.objects.filter(pk=made.pk).update(state=state)


def counted() -> Accuracy:
    return next(each for each in accuracy() if each.scheme == SCHEME)


def test_what_became_of_cases_tells_how_well_people_are_found() -> None:
    nightly.run(AS_OF)
    offers = list(Offer.objects.filter(scheme=SCHEME).order_by("id")[:3])
    assert counted().offered == Offer.objects.filter(scheme=SCHEME).count()
    assert (counted().decided, counted().missed) == (0, 0)
    case(offers[0], "refused", offers[0].pk)
    case(offers[1], "handed_over", offers[1].pk)
    assert (counted().wrong, counted().granted, counted().missed) == (1, 1, 0)


def test_a_grant_without_an_offer_before_it_was_missed() -> None:
    nightly.run(AS_OF)
    offer = Offer.objects.filter(scheme=SCHEME).order_by("id")[0]
    Offer.objects.filter(pk=offer.pk).delete()
    case(offer, "handed_over", None)
    assert counted().missed == 1
