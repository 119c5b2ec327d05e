"""What somebody tells about themselves, once for all schemes: nothing of it is kept.

``{"self": {…}, "rows": {"household": [{…}]}}``: facts and lists of the person (or employer) who
asks, and rows of what else is theirs. A scheme's case is put together from it, and what a scheme
lacks is asked at its place in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from wenye.registers.model import Employer, Person
from wenye.rules.case_input import entity_name
from wenye.rules.errors import CaseError
from wenye.rules.facts import Entity
from wenye.rules.scheme import Scheme
from wenye.rules.values import encode
from wenye.services.decisions.district import district
from wenye.services.decisions.needed import needed
from wenye.services.decisions.places import Place, at

WHO: dict[str, type[Entity]] = {"person": Person, "employer": Employer}
#: The most that is read back from a form, and the most rows of one kind.
LONGEST, MOST_ROWS, _DEEPEST = 60_000, 24, 6


class BadTelling(ValueError):
    """What came back from a form is not what was put into it."""


@dataclass(slots=True)
class Telling:
    """Who asks, and what they have told."""

    who: str
    case: dict[str, Any] = field(default_factory=dict)
    #: Names of questions that they could not answer.
    unknown: list[str] = field(default_factory=list)
    #: Names of questions by screen, for the way back.
    trail: list[list[str]] = field(default_factory=list)

    @property
    def entity(self) -> type[Entity]:
        """What the one who asks is."""
        return WHO[self.who]

    def written(self) -> str:
        """As a form carries it."""
        data = {"who": self.who, "case": self.case, "unknown": self.unknown, "trail": self.trail}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_telling(text: str) -> Telling:
    """What a form carried; BadTelling where it was changed into something that cannot be."""
    if len(text) > LONGEST:
        raise BadTelling("too long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadTelling("not JSON") from None
    if not isinstance(data, dict) or data.get("who") not in WHO:
        raise BadTelling("nobody")
    names, trail = data.get("unknown", []), data.get("trail", [])
    if not _texts(names) or not isinstance(trail, list) or not all(map(_texts, trail)):
        raise BadTelling("no list of names")
    telling = Telling(data["who"], unknown=names, trail=trail)
    case = data.get("case", {})
    if not isinstance(case, dict) or set(case) - {"self", "rows"}:
        raise BadTelling("no case")
    own = case.get("self", {})
    telling.case["self"] = _clean(telling.entity, own, 0)
    rows = case.get("rows", {})
    if not isinstance(rows, dict):
        raise BadTelling("no rows")
    known = {entity_name(entity): entity for entity in subject_entities(telling.who)}
    telling.case["rows"] = {}
    for name, value in rows.items():
        kind, _under, number = name.rpartition("_")
        if name in known:
            telling.case["rows"][name] = _clean_rows(known[name], value, 0)
        elif number.isdigit() and kind in known:  # about one row of the registers, by its key
            telling.case["rows"][name] = _clean(known[kind], value, 0)
    return telling


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _clean(entity: type[Entity], data: Any, depth: int) -> dict[str, Any]:
    """A row with facts and lists that the entity has, each of which can be one."""
    if not isinstance(data, dict) or depth > _DEEPEST:
        raise BadTelling(f"no {entity.__name__}")
    facts, relations = entity.facts(), entity.relations()
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name == "key":
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
                raise BadTelling("no key")
            found[name] = value
        elif name in relations:
            found[name] = _clean_rows(relations[name].entity, value, depth + 1)
        elif name not in facts:
            raise BadTelling(f"no fact {name}")
        elif facts[name].kind.name == "key":
            inner = facts[name].target
            found[name] = None if value is None else _clean(inner, value, depth + 1)
        else:
            try:
                encode(facts[name], value, name)
            except CaseError as error:
                raise BadTelling(str(error)) from None
            found[name] = value
    return found


def _clean_rows(entity: type[Entity], data: Any, depth: int) -> list[dict[str, Any]]:
    if not isinstance(data, list) or len(data) > MOST_ROWS:
        raise BadTelling("no list of rows")
    return [_clean(entity, row, depth) for row in data]


# -- whose schemes ------------------------------------------------------------


@lru_cache(maxsize=8)
def _schemes_of(digest: str, who: str) -> tuple[tuple[type[Scheme], str], ...]:
    own = WHO[who]
    found = []
    for scheme in district().schemes.values():
        if scheme.subject is own:
            found.append((scheme, ""))
            continue
        for name, fact in scheme.subject.facts().items():
            if fact.kind.name == "key" and fact.target is own:
                found.append((scheme, name))
                break
    return tuple(found)


def schemes_of(who: str) -> tuple[tuple[type[Scheme], str], ...]:
    """Schemes about somebody of that kind, with the reference by which the judged row is theirs;
    empty where they are judged themselves."""
    return _schemes_of(district().rules_digest, who)


def subject_entities(who: str) -> list[type[Entity]]:
    """What may be theirs and is judged: a spell of work, a loan, a household …"""
    own = WHO[who]
    found = [scheme.subject for scheme, _ref in schemes_of(who)]
    return [entity for entity in dict.fromkeys(found) if entity is not own]


def row_place(who: str, entity: type[Entity]) -> Place:
    """Where rows of a kind stand: a person's in their own lists, where there is one."""
    if who == "person":
        for name, relation in WHO[who].relations().items():
            if relation.entity is entity:
                return ("self", name)
    return ("rows", entity_name(entity))


# -- a scheme's case ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """One row that a scheme judges, in what was told: where it stands, and how it is theirs."""

    scheme: type[Scheme]
    #: The reference by which it is theirs; empty where they are judged themselves.
    ref: str
    #: Where its own facts stand in what was told.
    place: Place
    #: Which row of its kind, from 0.
    number: int

    @property
    def id(self) -> str:
        """``scheme.number``, as buttons name it."""
        return f"{self.scheme.id}.{self.number}"

    def case(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The scheme's case."""
        root = entity_name(self.scheme.subject)
        own = dict(at(told, ("self",)) or {})
        if not self.ref:
            return {root: own}
        row = dict(at(told, self.place) or {})
        for name, fact in self.scheme.subject.facts().items():
            if fact.kind.name != "key":
                continue
            if name == self.ref:
                row[name] = dict(own)
            elif name not in row and not fact.may_be_absent:
                row[name] = {}
            if f"{root}.{name}" in needed(self.scheme).same and isinstance(row.get(name), dict):
                row[name] = {"key": self._key(), **row[name]}
        return {root: row}

    def _key(self) -> int:
        """Tells the employers of several rows apart, where nobody has a number for them."""
        kinds = sorted({each.subject.__name__ for each, _ref in schemes_of("person")})
        name = self.scheme.subject.__name__
        return 1 + self.number + 100 * (kinds.index(name) if name in kinds else 0)

    def told_at(self, place: Place) -> Place:
        """Where a place of the scheme's case stands in what was told."""
        if not self.ref:
            return ("self", *place[1:])
        if len(place) > 1 and place[1] == self.ref:
            return ("self", *place[2:])
        return (*self.place, *place[1:])


def judged(telling: Telling) -> list[Judged]:
    """Every row that a scheme would judge."""
    found = []
    for scheme, ref in schemes_of(telling.who):
        if not ref:
            found.append(Judged(scheme, ref, ("self",), 0))
            continue
        place = row_place(telling.who, scheme.subject)
        rows = at(telling.case, place)
        for number in range(len(rows) if isinstance(rows, list) else 0):
            found.append(Judged(scheme, ref, (*place, number), number))
    return found
