"""Ways out of the service to people: the interface that adapters fill, and the one that pretends.

An adapter to a real provider lives in a deployment and is named in its settings::

    OFFER_CHANNELS = {"sms": "our_bureau.sms.Gateway"}

It is given an address and a text, and nothing else about anybody. What it raises is taken as
"unreachable" and tried again later.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from wenye.services.offers.models import Notification


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. ``address`` is a telephone number, or the person's id at the provider."""

    id: int
    address: str
    text: str

    def __repr__(self) -> str:
        return f"Message({self.id})"  # so that no log ever holds an address


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider said: its number for the message, or why it will not take it.

    ``failure`` is a code; ``final`` where trying again is no use.
    """

    number: str = ""
    delivered: bool = False
    failure: str = ""
    final: bool = False


class Channel(Protocol):
    """An adapter to one provider."""

    #: Whether messages go to a telephone number (else to a person's id at the provider).
    needs_phone: bool

    def send(self, message: Message) -> Receipt:
        """Hand one message over. Raises OSError where the provider cannot be reached."""


class ChannelMissing(Exception):
    """No adapter for a channel: ``what`` and ``mend``."""

    def __init__(self, name: str) -> None:
        self.what = f"没有接入渠道“{name}” / no adapter for {name}"
        self.where = name
        self.mend = "在设置里写 OFFER_CHANNELS / name it in OFFER_CHANNELS"
        super().__init__(self.what)


def channel(name: str) -> Channel:
    """The adapter of a channel; the simulator in a service of invented people."""
    named = getattr(settings, "OFFER_CHANNELS", {}).get(name)
    if named is not None:
        made: Callable[[], Channel] = import_string(named)
        return made()
    if settings.SYNTHETIC and name in Simulator.NEEDS_PHONE:
        return Simulator(name)
    raise ChannelMissing(name)


def connected() -> list[str]:
    """The channels that messages can be sent on."""
    names = (Notification.SMS, Notification.WECHAT, Notification.PORTAL)
    real = getattr(settings, "OFFER_CHANNELS", {})
    return [name for name in names if name in real or settings.SYNTHETIC]


class Simulator:
    """A provider that sends nothing: outcomes come from a script, or follow the message's number.

    Without a script nine in ten are delivered, and of the rest half are refused for good and half
    are unreachable the first time: the same for the same message, so that a demonstration is the
    same each time.
    """

    NEEDS_PHONE: ClassVar[dict[str, bool]] = {
        Notification.SMS: True,
        Notification.WECHAT: False,
        Notification.PORTAL: False,
    }
    #: Receipts or exceptions to come, for tests: taken from the front.
    script: ClassVar[list[Any]] = []
    #: Messages taken, for tests.
    taken: ClassVar[list[Message]] = []
    _seen: ClassVar[set[int]] = set()

    def __init__(self, name: str) -> None:
        self.name = name
        self.needs_phone = self.NEEDS_PHONE[name]

    def send(self, message: Message) -> Receipt:
        """As ``Channel``."""
        if self.script:
            self.taken.append(message)
            outcome = self.script.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            assert isinstance(outcome, Receipt)
            return outcome
        number = f"{self.name}-{message.id}-{secrets.token_hex(3)}"
        if message.id % 20 == 7:
            return Receipt(failure="refused", final=True)
        if message.id % 20 == 13 and message.id not in self._seen:
            self._seen.add(message.id)
            raise OSError("unreachable")
        return Receipt(number, delivered=True)
