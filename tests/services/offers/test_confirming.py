"""Answers to an offer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF

from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Acting
from wenye.services.audit.models import Entry
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.decisions.models import UsedDecision
from wenye.services.offers import confirming, nightly
from wenye.services.offers.errors import OfferDiffers, OfferRefused, OfferTaken
from wenye.services.offers.models import Notification, Offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def offers(db: None) -> Any:
    nightly.run(AS_OF)
    return Offer.objects.unanswered().order_by("id")


def whose(offer: Offer) -> Acting:
    """The one to whom the offer is made, logged in."""
    role = "citizen" if offer.person_key is not None else "employer_clerk"
    user = User.objects.get(username=role)
    user.person_key, user.employer_key = offer.person_key, offer.employer_key
    user.save()
    return Post.objects.select_related("user").get(user=user).acting()


def ready(offers: Any) -> Offer:
    """Somebody for whom everything is known and payable; the small district has none who is asked
    for a click alone, so that one is made of an application."""
    found = offers.filter(amount_status="payable").first()
    assert found is not None
    Offer.objects.filter(pk=found.pk).update(mode=Offer.CONFIRM)
    found.refresh_from_db()
    return found


def test_one_click_opens_and_submits_a_case_with_the_receipt_of_a_fresh_decision(
    offers: Any,
) -> None:
    offer = ready(offers)
    done = confirming.confirm(offer, whose(offer))
    case = Case.objects.get(number=done.case_number)
    assert (case.state, case.offer_id, case.scheme) == ("submitted", offer.pk, offer.scheme)
    used = UsedDecision.objects.get(pk=done.decision_id)
    assert (used.used_for, used.object_type, used.object_id) == ("offer", "offer", str(offer.pk))
    assert used.outcome == "entitled"
    assert used.amount_fen == done.amount_fen == case.amount_fen
    assert Entry.objects.filter(verb="offer.confirm", object_id=str(offer.pk)).count() == 1


def test_a_second_click_finds_it_answered_and_opens_no_second_case(offers: Any) -> None:
    offer = ready(offers)
    acting = whose(offer)
    confirming.confirm(offer, acting)
    with pytest.raises(OfferTaken):
        confirming.confirm(offer, acting)
    assert Case.objects.filter(offer_id=offer.pk).count() == 1


def test_somebody_else_cannot_answer(offers: Any, acting: Any) -> None:
    offer = ready(offers)
    stranger = acting("town_reviewer")
    with pytest.raises(CaseRefused):
        confirming.confirm(offer, stranger)
    offer.refresh_from_db()
    assert offer.state == Offer.MADE
    assert not Case.objects.exists()
    assert not UsedDecision.objects.exists()


def test_an_amount_that_changed_must_be_seen_first(offers: Any) -> None:
    offer = ready(offers)
    Offer.objects.filter(pk=offer.pk).update(amount_fen=1)
    with pytest.raises(OfferDiffers):
        confirming.confirm(offer, whose(offer))
    assert not Case.objects.exists()
    decided = confirming.decided_now(offer)
    assert decided is not None
    done = confirming.confirm(offer, whose(offer), seen=confirming.receipt_of(decided))
    assert done.amount_fen == decided.amount_fen


def test_what_is_no_longer_payable_cannot_be_had_with_a_click(
    offers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = ready(offers)
    monkeypatch.setattr(confirming, "decided_now", lambda row: None)
    with pytest.raises(OfferDiffers):
        confirming.confirm(offer, whose(offer))


def test_an_application_is_opened_once_and_gone_on_with(offers: Any) -> None:
    offer = offers.filter(mode=Offer.APPLY, scheme="unemployment_benefit").first()
    acting = whose(offer)
    case = confirming.apply(offer, acting)
    assert (case.state, case.offer_id) == ("draft", offer.pk)
    offer.refresh_from_db()
    assert (offer.state, offer.case_number) == (Offer.APPLIED, case.number)
    with pytest.raises(OfferTaken):
        confirming.apply(offer, acting)


def test_what_must_be_applied_for_takes_no_click(offers: Any) -> None:
    offer = offers.filter(mode=Offer.APPLY).first()
    with pytest.raises(OfferRefused):
        confirming.confirm(offer, whose(offer))


def test_every_offered_scheme_can_be_applied_for(offers: Any) -> None:
    from wenye.services.cases.types import case_types
    from wenye.services.offers.modes import offer_rules

    for rule in offer_rules().told():
        if rule.mode != "information":
            assert rule.scheme in case_types()[rule.case_type].schemes()


def test_a_no_needs_a_reason_and_can_be_thought_over(offers: Any) -> None:
    offer = offers.first()
    acting = whose(offer)
    with pytest.raises(OfferRefused):
        confirming.decline(offer, acting, "because")
    done = confirming.decline(offer, acting, "facts_wrong", "已经退休")
    assert (done.state, done.live, done.decline_words) == (Offer.DECLINED, True, "已经退休")
    with pytest.raises(OfferTaken):
        confirming.decline(offer, acting, "later")
    again = confirming.reconsider(offer, acting)
    assert (again.state, again.decline_code) == (Offer.HEARD, "")
    with pytest.raises(OfferTaken):
        confirming.reconsider(offer, acting)


def test_taking_an_offer_back_needs_a_reason(offers: Any, acting: Any) -> None:
    offer = offers.first()
    with pytest.raises(OfferRefused):
        confirming.withdraw(offer, acting("bureau_reviewer"), " ")
    done = confirming.withdraw(offer, acting("bureau_reviewer"), "登记有误")
    assert done.state == Offer.WITHDRAWN
    nightly.run(AS_OF)
    same = Offer.objects.filter(scheme=offer.scheme, subject_key=offer.subject_key)
    assert same.count() == 1


def test_opening_it_is_hearing_of_it(offers: Any) -> None:
    offer = offers.first()
    heard = confirming.hear(offer, whose(offer))
    assert heard.state == Offer.HEARD
    assert heard.heard_at is not None
    inbox = Notification.objects.get(offer=offer, channel="inbox")
    assert inbox.state == Notification.READ
    assert confirming.hear(heard, whose(offer)).heard_at == heard.heard_at


def test_a_notice_to_which_nobody_objects_is_taken_up_at_night(offers: Any) -> None:
    import datetime as dt

    offer = ready(offers)
    Offer.objects.filter(pk=offer.pk).update(
        mode=Offer.NOTICE, state=Offer.HEARD, objections_until=AS_OF - dt.timedelta(days=1)
    )
    offer.refresh_from_db()
    done = confirming.confirm(offer, None)
    assert done.state == Offer.CONFIRMED
    assert done.answered_by is None
