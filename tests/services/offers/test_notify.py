"""Messages: queued, sent, tried again, given up, and what a provider says later."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from tests.service import AS_OF

from wenye.services.offers import channels, nightly, notify
from wenye.services.offers.channels import ChannelMissing, Message, Receipt, Simulator
from wenye.services.offers.models import Notification, Offer
from wenye.services.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(db: None) -> Offer:
    nightly.run(AS_OF)
    found = Offer.objects.unanswered().filter(person_key__isnull=False).order_by("id").first()
    assert found is not None
    return found


@pytest.fixture
def script() -> Iterator[list[Any]]:
    Simulator.script.clear()
    Simulator.taken.clear()
    yield Simulator.script
    Simulator.script.clear()
    Simulator.taken.clear()


def row(offer: Offer, channel: str = "portal") -> Notification:
    return Notification.objects.get(offer=offer, channel=channel)


def test_a_message_is_queued_once_and_delivered(offer: Offer, script: list[Any]) -> None:
    assert notify.send([offer], "portal", None) == 1
    assert notify.send([offer], "portal", None) == 0
    script.append(Receipt("r-1", delivered=True))
    assert notify.deliver() == {"sent": 1, "put_off": 0, "given_up": 0}
    assert (row(offer).state, row(offer).receipt) == (Notification.DELIVERED, "r-1")
    offer.refresh_from_db()
    assert offer.state == Offer.HEARD
    assert notify.deliver() == {"sent": 0, "put_off": 0, "given_up": 0}


def test_the_text_says_nothing_about_the_person(offer: Offer, script: list[Any]) -> None:
    notify.send([offer], "portal", None)
    script.append(Receipt("r-1"))
    notify.deliver()
    message = Simulator.taken[0]
    person = Person.objects.get(pk=offer.person_key)
    assert person.name not in message.text
    assert "不收任何费用" in message.text
    assert message.address not in repr(message)


def test_what_is_unreachable_is_tried_again_later_and_given_up_in_the_end(
    offer: Offer, script: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    notify.send([offer], "portal", None)
    now = timezone.now()
    script.extend(OSError("310114199001010000 unreachable") for _ in range(9))
    with caplog.at_level(logging.WARNING):
        for tries, wait in enumerate(notify.BACKOFF, start=1):
            assert notify.deliver(now=now)["put_off"] == 1
            assert row(offer).attempts == tries
            assert notify.deliver(now=now + wait - dt.timedelta(seconds=1))["sent"] == 0
            now += wait
        assert notify.deliver(now=now)["given_up"] == 1
    assert (row(offer).state, row(offer).failure) == (Notification.FAILED, "unreachable")
    assert "310114" not in caplog.text
    # Given up on is not lost: an officer may queue it anew.
    assert notify.send([offer], "portal", None) == 1
    assert row(offer).attempts == 0


def test_what_is_refused_for_good_is_not_tried_again(offer: Offer, script: list[Any]) -> None:
    notify.send([offer], "portal", None)
    script.append(Receipt(failure="refused", final=True))
    assert notify.deliver()["given_up"] == 1
    assert row(offer).next_try_at is None
    offer.refresh_from_db()
    assert offer.state == Offer.MADE


def test_without_a_telephone_number_no_short_message_is_sent(
    offer: Offer, script: list[Any]
) -> None:
    Person.objects.filter(pk=offer.person_key).update(phone="")
    notify.send([offer], "sms", None)
    assert notify.deliver()["given_up"] == 1
    assert row(offer, "sms").failure == "no_address"
    assert not Simulator.taken


def test_a_providers_word_counts_once_and_in_any_order(offer: Offer, script: list[Any]) -> None:
    notify.send([offer], "portal", None)
    script.append(Receipt("r-7"))
    notify.deliver()
    assert row(offer).state == Notification.SENT
    assert not notify.delivered("portal", "unknown")
    assert not notify.delivered("portal", "")
    assert notify.delivered("portal", "r-7", read=True)
    assert notify.delivered("portal", "r-7", failure="late")
    assert row(offer).state == Notification.READ
    offer.refresh_from_db()
    assert offer.state == Offer.HEARD


def test_a_letter_counts_once_it_is_printed(offer: Offer, acting: Any) -> None:
    assert offer in Offer.objects.unheard()
    assert notify.printed([offer], acting("town_reviewer")) == 1
    assert notify.printed([offer], acting("town_reviewer")) == 0
    assert row(offer, "letter").state == Notification.PRINTED
    assert offer not in Offer.objects.unheard()


def test_a_channel_without_an_adapter_is_refused_in_words(settings: Any) -> None:
    settings.SYNTHETIC = False
    assert channels.connected() == []
    with pytest.raises(ChannelMissing) as refusal:
        channels.channel("sms")
    assert "OFFER_CHANNELS" in refusal.value.mend
    settings.OFFER_CHANNELS = {"sms": "tests.services.offers.test_notify.Gateway"}
    assert channels.connected() == ["sms"]
    assert channels.channel("sms").needs_phone


class Gateway:
    """An adapter as a deployment would bring it."""

    needs_phone = True

    def send(self, message: Message) -> Receipt:
        return Receipt("g")


def test_the_simulator_does_the_same_each_time() -> None:
    simulator = Simulator("portal")
    outcomes = []
    for number in range(100, 120):
        try:
            outcomes.append(simulator.send(Message(number, "people:1", "text")).failure)
        except OSError:
            outcomes.append("unreachable")
    assert outcomes.count("") == 18
    assert outcomes.count("refused") == 1
    assert outcomes.count("unreachable") == 1
