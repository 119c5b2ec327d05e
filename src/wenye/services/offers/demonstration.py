"""Offers worth opening in a demonstration: a run, messages through the simulator, some answers."""

from __future__ import annotations

import datetime as dt

from wenye.services.accounts.models import User
from wenye.services.cases.errors import CaseRefused
from wenye.services.decisions.district import town_names
from wenye.services.offers import confirming, nightly, notify
from wenye.services.offers.errors import OfferRefused
from wenye.services.offers.models import Notification, Offer

#: Of the offers that a click is enough for, so many are taken up.
_CONFIRMED = 6
_TOLD = 400


def prepare(as_of: dt.date) -> None:
    """Judge everybody, tell most of them, and let a few say yes; done once."""
    nightly.run(as_of)
    if Notification.objects.exclude(channel=Notification.INBOX).exists():
        return
    # One town has told nobody yet: the list of those who have not heard is not empty.
    silent = list(town_names())[-1:]
    waiting = Offer.objects.unanswered().exclude(town__in=silent).order_by("id")
    notify.send(waiting.filter(person_key__isnull=False)[:_TOLD], Notification.PORTAL, None)
    notify.send(waiting.filter(employer_key__isnull=False)[:_TOLD], Notification.WECHAT, None)
    notify.send(waiting.filter(person_key__isnull=False)[:40], Notification.SMS, None)
    notify.deliver(3 * _TOLD)
    _answers()


def _answers() -> None:
    """Some yes, never for somebody who has an account: their offers wait to be clicked."""
    users = User.objects.all()
    people = [key for key in users.values_list("person_key", flat=True) if key is not None]
    firms = [key for key in users.values_list("employer_key", flat=True) if key is not None]
    ready = (
        Offer.objects.unanswered()
        .filter(mode=Offer.CONFIRM)
        .exclude(person_key__in=people)
        .exclude(employer_key__in=firms)
        .order_by("id")
    )
    for offer in list(ready[:_CONFIRMED]):
        try:
            confirming.confirm(offer, None)
        except (OfferRefused, CaseRefused):
            continue
