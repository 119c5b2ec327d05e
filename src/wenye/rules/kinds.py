"""Kinds: what sort of value an expression has, and which kinds may meet.

Everything is stored as an integer, so that both executors do the same exact arithmetic:

========  =====================================  ==========================
kind      stored as                              unit
========  =====================================  ==========================
truth     Boolean, null = unknown
number    int, scaled by ``10**scale``           month, year, age, day, person, …
money     fen, scaled by ``10**scale``           ``once`` or ``monthly``
rate      int scaled by ``10**scale``; 0.5 = 50 %
day       day code (``rules.calendar``)
month     month index
choice    position among the options
key       surrogate key of another row
code      a short text from an open list (a unit's code, a scheme's name); compared, never ordered
========  =====================================  ==========================
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of an expression or fact; see the module's table."""

    name: str
    unit: str = ""
    scale: int = 0
    options: tuple[tuple[str, str], ...] = ()  # choice: (identifier, Chinese label)

    def __str__(self) -> str:
        if self.name == "money":
            return f"money ({self.unit})"
        if self.name == "number" and self.unit:
            return f"number of {self.unit}s"
        return self.name

    def scaled(self, scale: int) -> Kind:
        """The same kind with another decimal scale."""
        return replace(self, scale=scale)

    @property
    def bits(self) -> int:
        """Width of the storage integer (0 for a Boolean)."""
        return {"truth": 0, "choice": 8, "money": 64, "rate": 64}.get(self.name, 32)


TRUTH = Kind("truth")
DAY = Kind("day")
MONTH = Kind("month")
KEY = Kind("key")
CODE = Kind("code")
TEXT = Kind("text")


def number(unit: str = "", scale: int = 0) -> Kind:
    """A count of something: ``number("month")``."""
    return Kind("number", unit, scale)


def money(flow: str, scale: int = 0) -> Kind:
    """Money paid ``once`` or ``monthly``; the two never mix."""
    return Kind("money", flow, scale)


def rate(scale: int) -> Kind:
    """An exact decimal share: 10.5 % is 105 at scale 3."""
    return Kind("rate", "", scale)
