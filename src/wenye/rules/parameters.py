"""Dated values, as the executors see them.

The files, their citations and the officers' confirmations are the business of ``wenye.policy``; the
language needs only the steps of a value through time and how far each may be trusted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from wenye.rules.kinds import Kind


class Status(StrEnum):
    """How a value is known; only quoted and confirmed values may be paid on."""

    QUOTED = "quoted"
    CONFIRMED = "confirmed"
    SOURCED = "sourced"
    OPEN = "open"

    @property
    def payable(self) -> bool:
        return self in (Status.QUOTED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Step:
    """From the day ``since`` (a day code) the value holds; None where it is open.

    A yes or no is a bool, everything else a stored integer.
    """

    since: int
    value: int | None
    status: Status
    reference: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A parameter through time. Before its first step it is open: nothing is known of it."""

    name: str
    label: str
    kind: Kind
    steps: tuple[Step, ...]
    label_en: str = ""

    def at(self, day: int) -> Step:
        """The step in force on the day code ``day``."""
        place = bisect_right(self.steps, day, key=lambda step: step.since)
        return self.steps[place - 1] if place else Step(0, None, Status.OPEN)

    def trusted(self) -> Series:
        """The same series with every value that may not be paid on made open."""
        steps = tuple(
            step if step.status.payable else Step(step.since, None, Status.OPEN, step.reference)
            for step in self.steps
        )
        return Series(self.name, self.label, self.kind, steps, self.label_en)
