"""A document taken apart by lines: its head, its runs of numbered text, its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from wenye.policy.reading.lines import Line


@dataclass(slots=True)
class Part:
    """A run of numbered text: the document's own, or that of a scheme it issues."""

    title: str | None
    lines: list[Line]


@dataclass(slots=True)
class Frame:
    """The document taken apart by lines; days and names are those printed for it."""

    title: str | None = None
    number: str | None = None
    issuers: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    signed_on: dt.date | None = None
    adopted_on: dt.date | None = None
    printed_on: dt.date | None = None
    dated_on: dt.date | None = None
    issued: str | None = None
    #: Lists and annexes at the end of the document's own text: read for what they refer to.
    behind: list[Line] = field(default_factory=list)
    fragment: bool = False
    doubts: list[str] = field(default_factory=list)
    #: What stands behind the signature, or under a head of its own, and was not read.
    annex: list[Line] = field(default_factory=list)
