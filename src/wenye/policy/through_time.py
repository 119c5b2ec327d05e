"""Days on which nothing is stated: between versions, between documents, before a first value.

A gap is no mistake by itself: a plan may have run out with nothing in its place. But nobody should
meet one unawares, so each is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from wenye.rules import calendar
from wenye.rules.law import Law, Monthly, Rests
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node

if TYPE_CHECKING:
    from wenye.policy.district import District

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that nothing covers, or (``overlap``) that two documents cover."""

    kind: str  # "law", "document", "parameter"
    name: str
    first: dt.date
    last: dt.date | None
    zh: str
    en: str
    overlap: bool = False

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @property
    def told(self) -> str:
        """On one line."""
        until = "起" if self.last is None else f"至{self.last}"
        return f"{self.first}{until}　{self.zh} / {self.en}"


def gaps(district: District, schemes: Mapping[str, type[Scheme]]) -> list[Gap]:
    """Every gap and overlap of a district's documents, versions and values."""
    found = list(_between_documents(district))
    carried = _carried_since(district)
    for scheme in schemes.values():
        found += _before_versions(scheme, carried.get(scheme.id))
        found += _between_versions(scheme)
    return [*found, *_before_values(district, schemes)]


def _between_documents(district: District) -> Iterator[Gap]:
    for document in district.documents.values():
        following = district.documents.get(document.ended_by or "")
        if following is None or document.ended_on is None or following.effective_from is None:
            continue
        gap = (following.effective_from - document.ended_on).days - 1
        if gap > 0:
            yield Gap(
                "document",
                document.id,
                document.ended_on + _DAY,
                following.effective_from - _DAY,
                f"{document.id} 已止，{following.id} 未始",
                f"{document.id} has ended, and {following.id} has not begun",
            )
        elif gap < 0:
            yield Gap(
                "document",
                document.id,
                following.effective_from,
                document.ended_on,
                f"{document.id} 未止，{following.id} 已始",
                f"{document.id} goes on, and {following.id} has begun",
                overlap=True,
            )


def _carried_since(district: District) -> dict[str, dt.date]:
    """The first day of the earliest document of which a scheme carries a measure."""
    found: dict[str, dt.date] = {}
    for register in district.measures:
        begins = register.document.effective_from
        for measure in register.measures.values():
            for link in measure.carried_by:
                if link.kind == "scheme" and begins is not None:
                    found[link.id] = min(begins, found.get(link.id, begins))
    return found


def _before_versions(scheme: type[Scheme], carried: dt.date | None) -> Iterator[Gap]:
    """The days of a document that a scheme carries before the scheme's own first version."""
    first = calendar.date(scheme.laws[0].since)
    if carried is not None and carried < first:
        yield Gap(
            "law",
            f"{scheme.id}.{scheme.laws[0].name}",
            carried,
            first - _DAY,
            f"{scheme.title}没有收录规定：{scheme.laws[0].name} 以前",
            f"{scheme.id}: no law on file before {scheme.laws[0].name}",
        )


def _between_versions(scheme: type[Scheme]) -> Iterator[Gap]:
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        if until is None:
            continue
        after = calendar.date(until) + _DAY
        if place + 1 == len(scheme.laws):
            yield Gap(
                "law",
                f"{scheme.id}.{version.name}",
                after,
                None,
                f"{scheme.title}没有规定：{version.name} 已止",
                f"{scheme.id}: no law after {version.name}",
            )
            continue
        following = scheme.laws[place + 1]
        begins = calendar.date(following.since)
        if after < begins:
            yield Gap(
                "law",
                f"{scheme.id}.{version.name}",
                after,
                begins - _DAY,
                f"{scheme.title}没有规定：{version.name} 与 {following.name} 之间",
                f"{scheme.id}: no law between {version.name} and {following.name}",
            )


def _before_values(district: District, schemes: Mapping[str, type[Scheme]]) -> Iterator[Gap]:
    """Parameters that a version may look up before their first value, each told once."""
    needed: dict[str, dict[str, dt.date]] = {}
    for scheme in schemes.values():
        for version in reversed(scheme.laws):  # the first one's day is the one that stays
            for name in _read(_read_on_the_laws_day(version)):
                needed.setdefault(name, {})[scheme.id] = calendar.date(version.since)
    for name, since in sorted(needed.items()):
        parameter = district.details.get(name)
        if parameter is None or not parameter.values:
            continue
        first = min(value.since for value in parameter.values)
        early = [scheme for scheme, day in since.items() if day < first]
        if early:
            yield Gap(
                "parameter",
                name,
                min(since[scheme] for scheme in early),
                first - _DAY,
                f"{name}（{parameter.label}）没有写明，{'、'.join(early)} 要用",
                f"{name} is not stated, and read by {', '.join(early)}",
            )


def _read(trees: list[Node]) -> set[str]:
    """The parameters read, those of other schemes left out: they have versions of their own."""
    found: set[str] = set()
    seen: set[int] = set()
    stack = list(trees)
    while stack:
        node = stack.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        if node.op == "param":
            found.add(node.attrs[0])
        stack.extend(node.args[1:2] if isinstance(node, Rests) else node.args)
    return found


def _read_on_the_laws_day(version: Law) -> list[Node]:
    pays = version.pays
    amounts: list[Node] = []
    if pays is not None:
        amounts = [pays.amount]
        if isinstance(pays, Monthly):
            amounts += [part for part in (pays.first, pays.last) if part is not None]
    return [version.eligible, *amounts]
