"""Single cases as registers, so that the batch executor can decide them too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from wenye.rules import calendar
from wenye.rules.columns import DTYPES
from wenye.rules.decide import outputs
from wenye.rules.facts import Entity
from wenye.rules.held import Held, Row
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source

_ABSENT = calendar.ABSENT[32]
_COMPLETE = calendar.code(dt.date(2100, 12, 31))


class AsRegisters:
    """The rows of several cases by entity; the registers in ``incomplete`` may hold more."""

    def __init__(self, incomplete: frozenset[str]) -> None:
        self._incomplete = incomplete
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._keys: dict[tuple[int, str, int], int] = {}
        self._cases = 0

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        schema = {
            "key": pl.Int32,
            **{name: DTYPES[fact.kind.name] for name, fact in entity.facts().items()},
        }
        return pl.LazyFrame(self._rows.get(entity.__name__, []), schema=schema)

    def complete_to(self, entity: type[Entity]) -> int | None:
        return None if entity.__name__ in self._incomplete else _COMPLETE

    def add(self, subject: type[Entity], row: Row) -> int:
        """Put a case in; the key of its judged row."""
        self._cases += 1
        return self._put(subject, row, {})

    def _put(self, entity: type[Entity], row: Mapping[str, Any], links: dict[str, int]) -> int:
        rows = self._rows.setdefault(entity.__name__, [])
        given = row.get("key")
        place = None if given is None else self._keys.get((self._cases, entity.__name__, given))
        if place is None:
            place = len(rows) + 1
            rows.append({"key": place})
        if given is not None:
            self._keys[self._cases, entity.__name__, given] = place
        stored = rows[place - 1]
        for name, fact in entity.facts().items():
            value = links.get(name, row.get(name))
            if isinstance(value, Mapping):
                value = self._put(fact.target, value, {})
            if value is False and fact.kind.name == "key":
                value = _ABSENT
            if value is not None or name not in stored:
                stored[name] = value
        for name, relation in entity.relations().items():
            held = row.get(name)
            for item in held.rows if isinstance(held, Held) else ():
                self._put(relation.entity, item, {relation.by: place})
        return place


def incomplete(scheme: type[Scheme], row: Row) -> frozenset[str] | None:
    """Registers that hold nothing more than the case says; None where registers cannot say it.

    A register is complete or not, so a case that knows the rows of one person and not those of
    another has no equal; nor has one whose spell or event has no day, which intake refuses.
    """
    known: set[str] = set()
    unknown: set[str] = set()
    for expr in outputs(scheme).values():
        for node in expr.walk():
            if not isinstance(node, Source) or node.op not in ("as_at", "latest", "row"):
                continue
            place: Any = row
            for step in node.path.split("."):
                place = place.get(step) if isinstance(place, Mapping) else None
            if not isinstance(place, Held):
                unknown.add(node.entity.__name__)
                continue
            known.add(node.entity.__name__)
            entity = node.entity
            for dated in entity.spell or ([entity.dated] if entity.dated else ()):
                if node.op != "row" and any(item.get(dated) is None for item in place.rows):
                    return None
    return None if known & unknown else frozenset(unknown)
