"""What the municipal portal (一网通办) is to this service: a place that takes messages, each once.

To be checked: the municipal contract is not public. What is fixed here is what any such contract
needs: an item's codes, the case's own number through its whole life, states with their times, a key
by which a repetition is known, and an acknowledgement.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from wenye.services.portal.items import Item, items


class PortalFailed(Exception):
    """The message was not acknowledged. ``code`` says how, without personal data."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        self.code = code
        #: The portal will never take it as it is: trying again is of no use.
        self.for_good = for_good
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell. ``applicant`` is looked up when it is sent and stored nowhere."""

    #: By which the portal knows a repetition.
    once: str
    kind: str
    item: Item
    case_number: str
    content: Mapping[str, Any]
    applicant: Mapping[str, str]


class Portal(Protocol):
    """The portal, or its simulator."""

    def push(self, message: Message) -> str:
        """Tell it, and return its receipt; PortalFailed where it did not acknowledge."""

    def items(self) -> Mapping[str, Item]:
        """The items that it knows, by case type: cases of other types are not told."""


class Connected:
    """A base for adapters: the items that the district's file names."""

    def items(self) -> Mapping[str, Item]:
        """As ``Portal``."""
        return items()


def portal() -> Portal | None:
    """The portal that the settings name; None where there is none."""
    named = os.environ.get("WENYE_PORTAL", "").strip()
    if not named:
        return None
    if named == "simulator":
        from wenye.services.portal.simulator import SimulatedPortal

        return SimulatedPortal(Path(settings.HOME) / "portal-simulator.jsonl")
    made: Portal = import_string(named)()
    return made


__all__ = ["Connected", "Message", "Portal", "PortalFailed", "portal"]
