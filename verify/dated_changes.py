"""Small mistakes in what a scheme looks up by day: a value by one unit, a first day by one day.

A change is made only where it could be told: some formula of a version that is then in force looks
the parameter up on a day of the change, and is not left open by another value whatever this one is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wenye.policy.documents import Document
from wenye.policy.parameter_files import DatedValue, Parameter
from wenye.policy.units import Exact, Unit, written
from wenye.rules import calendar
from wenye.rules.law import Monthly, Rests
from wenye.rules.parameters import Series, Status
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node

FIRST, LAST = calendar.code(dt.date(1990, 1, 1)), calendar.code(dt.date(2099, 12, 31))


@dataclass(frozen=True)
class ParameterChange:
    name: str
    what: str
    parameter: Parameter


@dataclass(frozen=True)
class DocumentChange:
    what: str
    document: Document


# -- which days a scheme looks a parameter up on ---------------------------------------------------


@dataclass(frozen=True)
class Lookup:
    """A formula that reads parameters, and the days (codes, both included) of its law."""

    tree: Node
    law_day: Node
    first: int
    last: int


def lookups(scheme: type[Scheme]) -> list[Lookup]:
    """The formulas of every version, and of what is taken back."""
    found = []
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        last = LAST if until is None or version.keeps is not None else until
        found.append(Lookup(version.eligible, scheme.dated_by, version.since, last))
        if version.keeps is not None:
            found.append(Lookup(version.keeps, scheme.dated_by, version.since, LAST))
        if version.pays is None:
            continue
        # Nothing is paid on a basis in doubt.
        doubt = version.doubtful_from
        paid = last if doubt is None else min(last, calendar.add_days(doubt, -1))
        parts: list[Node] = [version.pays.amount]
        if isinstance(version.pays, Monthly):
            parts += [version.pays.first, version.pays.last]
        found += [Lookup(part, scheme.dated_by, version.since, paid) for part in parts]
    if scheme.claws_back is not None:
        back = scheme.claws_back
        found += [Lookup(part, scheme.dated_by, FIRST, LAST) for part in (back.when, back.amount)]
    return found


def below(node: Node) -> tuple[Node, ...]:
    """What a node is decided by: of a condition its test and not its label's values."""
    if isinstance(node, Rests):  # another scheme's formula, which its own table pins
        return node.args[1:2] + node.args[3:]
    return node.args[:1] if node.op == "condition" else node.args


def parameters_read(scheme: type[Scheme]) -> dict[str, Series]:
    """The parameters that the scheme decides by, by name."""
    found: dict[str, Series] = {}
    stack = [item.tree for item in lookups(scheme)]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        if node.op == "param":
            found[node.attrs[0]] = node.attrs[1]
        stack.extend(below(node))
    return found


class Told:
    """Whether a change of a parameter between two days could be told by some case."""

    def __init__(self, scheme: type[Scheme], assumed: frozenset[str]) -> None:
        self._lookups = lookups(scheme)
        #: Parameters that some row supposes: none of them leaves anything open for sure.
        self._assumed = assumed

    def __call__(self, name: str, first: int, last: int) -> bool:
        return any(self._reads(item, name, first, last) for item in self._lookups)

    def _reads(self, item: Lookup, name: str, first: int, last: int) -> bool:
        days: dict[int, Node] = {}
        steps: set[int] = set()
        for node in _walk(item.tree):
            if node.op == "param":
                steps |= {step.since for step in node.attrs[1].steps}
                if node.attrs[0] == name:
                    days[node.args[0].key] = node.args[0]
        for day in days.values():
            begins, stops = self._range(item, day)
            begins, stops = max(begins, first), min(stops, last)
            # Every stretch on which no parameter changes is looked at by its first possible day.
            for start in sorted({begins, *(step for step in steps if begins < step <= stops)}):
                at = _next(day, start)
                if at <= stops and self._live(item.tree, name, day.key, at):
                    return True
        return False

    def _range(self, item: Lookup, day: Node) -> tuple[int, int]:
        if day.key == item.law_day.key:
            return item.first, item.last
        if day.op == "first_day" and item.law_day.op == "on":  # of the month being paid
            return _first_of_month(item.first), item.last
        if day.op in ("on", "first_day"):
            return _first_of_month(item.first), LAST
        return FIRST, LAST

    def _live(self, node: Node, name: str, day: int, at: int) -> bool:
        if node.op == "param" and node.attrs[0] == name and node.args[0].key == day:
            return True
        if self._open(node, day, at):
            return False
        return any(self._live(arg, name, day, at) for arg in below(node))

    def _open(self, node: Node, day: int, at: int) -> bool:
        """Whether the value is unknown for sure, looked up on the day code ``at``."""
        if node.op == "param":
            name, series = node.attrs
            known = name in self._assumed or series.at(at).value is not None
            return not known and node.args[0].key == day
        parts = [self._open(arg, day, at) for arg in below(node)]
        if node.op in ("count", "total", "rests", "const"):
            return False
        if node.op == "where":
            return parts[1] and parts[2]
        if node.op == "only_if":
            return parts[1]
        if node.op in ("and", "or"):
            return all(parts)
        return any(parts)


def _walk(tree: Node) -> Iterator[Node]:
    seen: set[int] = set()
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.key not in seen:
            seen.add(node.key)
            yield node
            stack.extend(below(node))


def _first_of_month(code: int) -> int:
    return calendar.code(calendar.date(code).replace(day=1))


def _next(day: Node, code: int) -> int:
    """The first day from the code on that the expression may be."""
    while not _falls_on(day, code):
        code = calendar.add_days(code, 1)
    return code


# -- the changes -----------------------------------------------------------------------------------


def parameter_changes(
    parameter: Parameter, told: Callable[[str, int, int], bool]
) -> Iterator[ParameterChange]:
    """Every value by one unit up and down, and every first day by one day, where it can be told."""
    values = parameter.values
    for place, value in enumerate(values):
        day = calendar.code(value.since)
        past = _goes_on(values, place)
        stop = place + (2 if past else 1)
        last = (
            calendar.add_days(calendar.code(values[stop].since), -1) if stop < len(values) else LAST
        )
        own = value.value if past or not _is_past(values, place) else None
        if own is not None and told(parameter.name, day, last):
            for moved in _beside(parameter.unit, own):
                yield _with_value(parameter, place, stop, moved)
        before = values[place - 1] if place else None
        if (None if before is None else before.value) == value.value:
            continue
        for days in (-1, 1):
            other = value.since + dt.timedelta(days=days)
            code = calendar.code(min(value.since, other))
            if _fits(values, place, other) and told(parameter.name, code, code):
                yield _with_day(parameter, place, other)


def _goes_on(values: tuple[DatedValue, ...], place: int) -> bool:
    """Whether the next step is this value past its printed expiry."""
    return place + 1 < len(values) and _is_past(values, place + 1)


def _is_past(values: tuple[DatedValue, ...], place: int) -> bool:
    if not place:
        return False
    before, value = values[place - 1], values[place]
    return (
        before.printed_to is not None
        and value.status is Status.SOURCED
        and value.value == before.value
        and value.since == before.printed_to + dt.timedelta(days=1)
    )


def _beside(unit: Unit, value: Exact) -> Iterator[Exact]:
    """The values one unit above and below (a yuan, a month, a day, a person); a yes for a no."""
    if unit.kind.name == "truth":
        yield not value
        return
    if unit.kind.name == "day":
        yield calendar.add_days(int(value), 1)
        yield calendar.add_days(int(value), -1)
        return
    step: Exact = 1
    if unit.kind.name == "money":
        step = 100
    elif unit.kind.name == "rate":
        step = Decimal("0.01")
    yield value + step
    if value >= step:
        yield value - step


def _with_value(parameter: Parameter, place: int, stop: int, value: Exact) -> ParameterChange:
    values = list(parameter.values)
    old = values[place]
    assert old.value is not None
    for at in range(place, stop):
        values[at] = replace(values[at], value=value)
    unit = parameter.unit
    return ParameterChange(
        parameter.name,
        f"{parameter.name} of {old.since}: {written(unit, value)} for {written(unit, old.value)}",
        replace(parameter, values=tuple(values)),
    )


def _fits(values: tuple[DatedValue, ...], place: int, day: dt.date) -> bool:
    after = values[place + 1].since if place + 1 < len(values) else dt.date.max
    return (place == 0 or values[place - 1].since < day) and day < after


def _with_day(parameter: Parameter, place: int, day: dt.date) -> ParameterChange:
    values = list(parameter.values)
    old = values[place].since
    values[place] = replace(values[place], since=day)
    return ParameterChange(
        parameter.name,
        f"{parameter.name}: since {day} for {old}",
        replace(parameter, values=tuple(values)),
    )


def document_changes(scheme: type[Scheme]) -> Iterator[DocumentChange]:
    """The days of the documents that the scheme's versions rest on, each by one day."""
    documents: dict[str, Document] = {}
    for version in scheme.laws:
        documents[version.basis.document.id] = version.basis.document
    for document in documents.values():
        for field in ("effective_from", "ended_on", "stated_doubtful_from", "printed_to"):
            day = getattr(document, field)
            if day is None:
                continue
            for days in (-1, 1):
                moved = day + dt.timedelta(days=days)
                last = field in ("ended_on", "printed_to")
                if _matters(scheme, document, field, max(day, moved) if last else min(day, moved)):
                    new: Any = {field: moved}
                    yield DocumentChange(
                        f"{document.id}: {field} {moved} for {day}", replace(document, **new)
                    )


def _matters(scheme: type[Scheme], document: Document, field: str, day: dt.date) -> bool:
    """Whether a version that rests on the document stands otherwise on the day that is moved."""
    code = calendar.code(day)
    if not _falls_on(scheme.dated_by, code):
        return False
    for place, version in enumerate(scheme.laws):
        if version.basis.document.id != document.id:
            continue
        later = scheme.laws[place + 1].since if place + 1 < len(scheme.laws) else LAST
        if field in ("effective_from", "ended_on"):
            if code < later:
                return True
        # A doubt shows in what is paid, and in nothing else that a table states.
        elif version.pays is not None and version.since <= code <= (ends(scheme, place) or LAST):
            return True
    return False


def _falls_on(day: Node, code: int) -> bool:
    """Whether the expression may be that day: of months, the first or the last day only."""
    if day.op == "first_day":
        return calendar.date(code).day == 1
    return day.op != "last_day" or bool(code & 1)
