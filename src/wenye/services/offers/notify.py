"""Telling people of their offers: queued, sent, tried again, given up; and who heard of nothing."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.district import district
from wenye.services.offers.channels import Channel, Message, Receipt, channel
from wenye.services.offers.models import Notification, Offer
from wenye.services.people.models import Person

#: Waiting times before the second, third … try; after the last one it is given up.
BACKOFF = tuple(dt.timedelta(minutes=each) for each in (5, 30, 120, 720))
#: After so many messages in a row that could not be handed over, a channel is left for later.
_IN_VAIN = 10
_log = logging.getLogger("wenye.offers.notify")


def send(
    offers: Iterable[Offer], name: str, acting: Acting | None, *, template: str = "offer"
) -> int:
    """Queue a message about each offer on a channel; those told on it already are left alone.

    Returns how many were queued. What was given up on is queued anew.
    """
    wanted = [offer for offer in offers if offer.live]
    now = timezone.now()
    with transaction.atomic():
        held = {
            row.offer_id: row
            for row in Notification.objects.select_for_update()
            .filter(offer__in=[offer.pk for offer in wanted], channel=name, template=template)
            .order_by("id")
        }
        again = [row for row in held.values() if row.state == Notification.FAILED]
        for row in again:
            row.state, row.attempts, row.failure = Notification.QUEUED, 0, ""
            row.next_try_at = row.changed_at = now
        Notification.objects.bulk_update(
            again, ["state", "attempts", "failure", "next_try_at", "changed_at"]
        )
        fresh = [offer for offer in wanted if offer.pk not in held]
        Notification.objects.bulk_create(
            Notification(
                offer=offer,
                channel=name,
                template=template,
                next_try_at=now,
                made_by=acting.user_id if acting else None,
            )
            for offer in fresh
        )
        number = len(fresh) + len(again)
        if number:
            record.change(acting, "offer.notify", "channel", name, detail={"queued": number})
    return number


def deliver(most: int = 1_000, *, now: dt.datetime | None = None) -> dict[str, int]:
    """Send what is queued and due; how many were sent, put off and given up.

    Each message is settled in a transaction of its own, after the provider has answered: one that
    was handed over just before a kill may be handed over twice, with the same id.
    """
    moment = now or timezone.now()
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    due = (
        Notification.objects.filter(state=Notification.QUEUED, next_try_at__lte=moment)
        .exclude(channel__in=Notification.BY_HAND)
        .select_related("offer")
        .order_by("id")[:most]
    )
    adapters: dict[str, Channel] = {}
    in_vain: Counter[str] = Counter()
    for row in due:
        if in_vain[row.channel] >= _IN_VAIN:
            continue  # the provider is down: the others wait as they are
        if row.channel not in adapters:
            adapters[row.channel] = channel(row.channel)
        receipt = _sent(adapters[row.channel], row)
        down = receipt.failure == "unreachable"
        in_vain[row.channel] = in_vain[row.channel] + 1 if down else 0
        counts[_settled(row, receipt, moment)] += 1
    for name, times in in_vain.items():
        if times >= _IN_VAIN:
            _log.warning("channel is down", extra={"channel": name})
    return counts


def _sent(adapter: Channel, row: Notification) -> Receipt:
    address = _address(row.offer, adapter.needs_phone)
    if not address:
        return Receipt(failure="no_address", final=True)
    try:
        return adapter.send(Message(row.pk, address, text(row.offer, row.template)))
    except Exception as error:
        # Whatever a provider's program raises must not stop the other messages.
        _log.info("not sent", extra={"channel": row.channel, "error": type(error).__name__})
        return Receipt(failure="unreachable")


def _settled(row: Notification, receipt: Receipt, now: dt.datetime) -> str:
    with transaction.atomic():
        held = Notification.objects.select_for_update().get(pk=row.pk)
        if held.state != Notification.QUEUED:
            return "sent"  # its callback was faster
        held.attempts += 1
        held.changed_at = now
        held.failure = receipt.failure[:40]
        held.receipt = receipt.number[:80]
        if not receipt.failure:
            held.state = Notification.DELIVERED if receipt.delivered else Notification.SENT
            held.next_try_at = None
            told = "sent"
            if receipt.delivered:
                _heard(held.offer_id, now)
        elif receipt.final or held.attempts > len(BACKOFF):
            held.state, held.next_try_at = Notification.FAILED, None
            told = "given_up"
        else:
            held.next_try_at = now + BACKOFF[held.attempts - 1]
            told = "put_off"
        held.save()
    return told


def delivered(name: str, receipt: str, *, read: bool = False, failure: str = "") -> bool:
    """A provider's word on a message, by its receipt; False where no such message is known.

    Words may come twice or in the wrong order: what is read stays read.
    """
    now = timezone.now()
    with transaction.atomic():
        row = (
            Notification.objects.select_for_update()
            .filter(channel=name, receipt=receipt)
            .exclude(receipt="")
            .first()
        )
        if row is None:
            return False
        if row.state == Notification.READ or (row.state == Notification.DELIVERED and not read):
            return True
        if failure:
            row.state, row.failure = Notification.FAILED, failure[:40]
        else:
            row.state = Notification.READ if read else Notification.DELIVERED
            row.failure = ""
            _heard(row.offer_id, now)
        row.changed_at = now
        row.save(update_fields=["state", "failure", "changed_at"])
        record.change(
            None,
            "offer.delivery",
            "notification",
            row.pk,
            detail={"channel": name, "state": row.state},
        )
    return True


def printed(offers: Iterable[Offer], acting: Acting) -> int:
    """Letters were printed for posting: those offers count as heard of."""
    return _by_hand(offers, acting, Notification.LETTER, Notification.PRINTED, "offer.print")


def told(offers: Iterable[Offer], acting: Acting) -> int:
    """Somebody was told in person, at the counter or on a visit."""
    return _by_hand(offers, acting, Notification.VISIT, Notification.DELIVERED, "offer.tell")


def _by_hand(offers: Iterable[Offer], acting: Acting, how: str, state: str, verb: str) -> int:
    now = timezone.now()
    number = 0
    with transaction.atomic():
        for offer in offers:
            row, made = Notification.objects.select_for_update().get_or_create(
                offer=offer,
                channel=how,
                template="offer",
                defaults={"state": Notification.QUEUED, "made_by": acting.user_id},
            )
            if not made and row.state == state:
                continue
            row.state, row.attempts, row.changed_at = state, row.attempts + 1, now
            row.save()
            _heard(offer.pk, now)
            number += 1
            record.change(
                acting,
                verb,
                "offer",
                offer.pk,
                person=offer.person_key,
                employer=offer.employer_key,
            )
    return number


def _heard(offer_id: int, now: dt.datetime) -> None:
    Offer.objects.filter(pk=offer_id, state=Offer.MADE).update(state=Offer.HEARD, heard_at=now)


def _address(offer: Offer, phone: bool) -> str:
    """Where a message goes; empty where the service does not know."""
    if offer.person_key is None:
        return "" if phone else f"employers:{offer.employer_key}"
    person = Person.objects.filter(pk=offer.person_key).first()
    if person is None:
        return ""
    return (person.phone or "") if phone else f"people:{person.pk}"


def text(offer: Offer, template: str = "offer") -> str:
    """The message: what may be had and where to look; nothing about the person, no amount.

    It goes out in Chinese, whatever language the officer reads.
    """
    place, title = district().label, district().scheme(offer.scheme).title
    if offer.mode == Offer.INFORMATION:
        return f"{place}人社：与您有关的政策“{title}”有新情况，请登录稳业查看。"
    if template == "reminder":
        return f"{place}人社提醒：您还有一项“{title}”没有答复，登录稳业即可办理，不收任何费用。"
    words = "登录稳业即可查看和办理，不收任何费用，不会要您转账。"
    return f"{place}人社：您可能可以享受“{title}”，{words}"
