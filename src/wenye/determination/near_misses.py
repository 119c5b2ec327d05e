"""Who is one condition away, and which condition keeps most people out.

Near misses are those not entitled who would be if one named condition had the other answer and all
others stayed. They are found on the distinct patterns of the results, not person by person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wenye.determination.condition_words import label_under
from wenye.determination.patterns import Pattern, Versions, patterns
from wenye.determination.results import Results
from wenye.rules import calendar


@dataclass(frozen=True, slots=True)
class NearMiss:
    """``subjects`` not entitled under ``law`` whose one obstacle is ``condition``."""

    scheme: str
    title: str
    law: str
    #: First day of that version.
    since: dt.date
    condition: str
    label: str
    #: The answer that the condition would have to take: most often yes.
    needed: bool
    subjects: int
    by_town: dict[str | None, int]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """How many a condition keeps out."""

    scheme: str
    title: str
    condition: str
    label: str
    #: Rows whose outcome is no whatever the other conditions say.
    excludes: int
    #: Rows for which it is the only thing in the way: the near misses.
    alone: int


@dataclass(frozen=True, slots=True)
class NearMisses:
    """``misses`` and ``obstacles``, each the largest first."""

    misses: list[NearMiss]
    obstacles: list[Obstacle]
    #: Not entitled by scheme, and of those the rows that no law covered on their day.
    not_entitled: dict[str, int]
    without_law: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Plain data, as ``wenye near-misses --json`` prints it."""
        return {
            "near_misses": [
                {
                    "scheme": item.scheme,
                    "title": item.title,
                    "law": item.law,
                    "since": item.since.isoformat(),
                    "condition": item.condition,
                    "label": item.label,
                    "needed": "yes" if item.needed else "no",
                    "subjects": item.subjects,
                    "by_town": {town or "": count for town, count in item.by_town.items()},
                }
                for item in self.misses
            ],
            "obstacles": [
                {
                    "scheme": item.scheme,
                    "title": item.title,
                    "condition": item.condition,
                    "label": item.label,
                    "excludes": item.excludes,
                    "alone": item.alone,
                }
                for item in self.obstacles
            ],
            "not_entitled": self.not_entitled,
            "without_law": self.without_law,
        }


def near_misses(results: Results, schemes: Iterable[str] | None = None) -> NearMisses:
    """Near misses and obstacles of the schemes named (all where none is)."""
    misses: list[NearMiss] = []
    obstacles: list[Obstacle] = []
    not_entitled: dict[str, int] = {}
    without_law: dict[str, int] = {}
    for name in results.chosen(schemes):
        found = patterns(results, name, "not_entitled")
        not_entitled[name] = sum(item.subjects for item in found)
        without_law[name] = sum(item.subjects for item in found if item.law is None)
        versions = Versions(results.schemes[name])
        alone = [(pattern, only_obstacles(versions, pattern)) for pattern in found]
        misses += _misses(results, versions, alone)
        obstacles += _obstacles(results, versions, alone)
    return NearMisses(
        sorted(misses, key=lambda item: (-item.subjects, item.scheme, item.law, item.condition)),
        sorted(obstacles, key=lambda item: (-item.excludes, item.scheme, item.condition)),
        not_entitled,
        without_law,
    )


def only_obstacles(versions: Versions, pattern: Pattern) -> list[str]:
    """The conditions of which each, answered the other way, would alone make the pattern a yes."""
    if pattern.law is None or pattern.law not in versions.laws:
        return []
    return [
        name
        for name in versions.leaves(pattern.law)
        if pattern.answers[name] is not None
        and versions.holds(pattern.law, {**pattern.answers, name: not pattern.answers[name]})
    ]


def sufficient(versions: Versions, pattern: Pattern) -> list[str]:
    """The conditions of which each alone makes the pattern a no, whatever the others say."""
    if pattern.law is None or pattern.law not in versions.laws:
        return []
    unknown = dict.fromkeys(pattern.answers)
    return [
        name
        for name in versions.leaves(pattern.law)
        if pattern.answers[name] is not None
        and versions.holds(pattern.law, {**unknown, name: pattern.answers[name]}) is False
    ]


@dataclass(slots=True)
class _Count:
    subjects: int = 0
    by_town: Counter[str | None] = field(default_factory=Counter)


def _misses(
    results: Results, versions: Versions, found: list[tuple[Pattern, list[str]]]
) -> list[NearMiss]:
    scheme = versions.scheme
    counts: dict[tuple[str, str, bool], _Count] = {}
    for pattern, names in found:
        for name in names:
            assert pattern.law is not None
            count = counts.setdefault((pattern.law, name, not pattern.answers[name]), _Count())
            count.subjects += pattern.subjects
            count.by_town.update(pattern.by_town)
    return [
        NearMiss(
            scheme.id,
            scheme.title,
            law,
            calendar.date(versions.laws[law].since),
            name,
            label_under(scheme, versions.laws[law], name, results.on),
            needed,
            count.subjects,
            dict(count.by_town.most_common()),
        )
        for (law, name, needed), count in counts.items()
    ]


def _obstacles(
    results: Results, versions: Versions, found: list[tuple[Pattern, list[str]]]
) -> list[Obstacle]:
    scheme = versions.scheme
    excludes: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for pattern, names in found:
        for name in sufficient(versions, pattern):
            excludes[name] += pattern.subjects
        for name in names:
            alone[name] += pattern.subjects
    newest = scheme.laws[-1]
    return [
        Obstacle(
            scheme.id,
            scheme.title,
            name,
            label_under(scheme, newest, name, results.on),
            excludes[name],
            alone[name],
        )
        for name in dict.fromkeys([*excludes, *alone])
    ]
