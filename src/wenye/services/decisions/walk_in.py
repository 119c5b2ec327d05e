"""Somebody at the counter: every scheme decided on the registers and on what they tell besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from typing import Any

import polars as pl

from wenye.rules.case_input import entity_name
from wenye.rules.facts import Entity
from wenye.rules.scheme import Scheme
from wenye.services.decisions.checking import Found, renamed
from wenye.services.decisions.deciding import Decided, decide, subjects
from wenye.services.decisions.facts import Facts, facts
from wenye.services.decisions.places import Place, at
from wenye.services.decisions.questions import questions
from wenye.services.decisions.telling import WHO, Telling, schemes_of

#: Rows of one scheme that are looked at, the latest ones.
MOST = 8


class Remembered(Facts):
    """Facts that are looked up once, however many schemes read them."""

    def __init__(self, of: Facts) -> None:
        super().__init__(of.points, of.snapshot_id, of.as_of)
        self._found: dict[tuple[str, str, tuple[int, ...]], pl.DataFrame] = {}

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """As ``Facts``."""
        place = (entity.register.name, by, tuple(sorted({*keys})))
        if place not in self._found:
            self._found[place] = super().rows_by(entity, by, place[2])
        return self._found[place]


def check_registered(
    telling: Telling,
    key: int,
    on: dt.date | None = None,
    only: Container[str] | None = None,
) -> list[Found]:
    """Every scheme (or the rows of the ids in ``only``) about a person or employer of the
    registers; CaseError where what was told makes no case."""
    tables = Remembered(facts())
    register = WHO[telling.who].register.name
    found = []
    for scheme, ref in schemes_of(telling.who):
        rows = subjects(scheme, register, key, tables)
        for number, row in enumerate(rows[-MOST:], 1):
            if only is not None and f"{scheme.id}.{row}" not in only:
                continue
            decided = _decided(scheme, ref, row, telling.case, on, tables, with_flips=False)
            if decided is None:
                continue
            asked = questions(scheme, decided.explanation, decided.case)
            place = row_place(scheme, ref, row)
            found.append(
                Found(
                    f"{scheme.id}.{row}",
                    decided,
                    renamed(asked, lambda step, r=ref, p=place: told_at(r, p, step)),  # type: ignore[misc]
                    number if len(rows) > 1 else 0,
                )
            )
    return found


def decide_registered(
    telling: Telling, key: int, name: str, on: dt.date | None = None
) -> Decided | None:
    """One of those decisions again, with the days on which it changes."""
    tables = Remembered(facts())
    scheme_id, _point, row = name.rpartition(".")
    if not row.isdecimal() or len(row) > 10:
        return None
    register = WHO[telling.who].register.name
    for scheme, ref in schemes_of(telling.who):
        if scheme.id == scheme_id and int(row) in subjects(scheme, register, key, tables):
            return _decided(scheme, ref, int(row), telling.case, on, tables, with_flips=True)
    return None


def told_case(scheme: type[Scheme], ref: str, row: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, as a case of one row."""
    root = entity_name(scheme.subject)
    own = dict(at(told, ("self",)) or {})
    if not ref:
        return {root: own}
    case = dict(at(told, row_place(scheme, ref, row)) or {})
    if own:
        case[ref] = own
    return {root: case}


def row_place(scheme: type[Scheme], ref: str, row: int) -> Place:
    """Where answers about a row of the registers stand."""
    return ("rows", f"{entity_name(scheme.subject)}_{row}") if ref else ("self",)


def told_at(ref: str, place: Place, step: Place) -> Place:
    """Where a place of the scheme's case stands in what was told."""
    if not ref:
        return ("self", *step[1:])
    if len(step) > 1 and step[1] == ref:
        return ("self", *step[2:])
    return (*place, *step[1:])


def _decided(
    scheme: type[Scheme],
    ref: str,
    row: int,
    told: Mapping[str, Any],
    on: dt.date | None,
    tables: Facts,
    *,
    with_flips: bool,
) -> Decided | None:
    case = told_case(scheme, ref, row, told)
    return decide(scheme.id, row, on, told=case, by=tables, with_flips=with_flips)
