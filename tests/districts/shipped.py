"""The shipped districts' schemes and case tables, loaded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from wenye.determination.case_rows import CaseRows
from wenye.policy.case_tables import CaseTable, TableRow, read_case_tables
from wenye.policy.district import District, available_districts, load_district
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider
from wenye.rules.scheme import Scheme

TODAY = dt.date(2026, 11, 1)


@cache
def district(name: str) -> District:
    return load_district(name, today=TODAY)


@cache
def tables(name: str) -> dict[str, CaseTable]:
    return read_case_tables(district(name).cases)


@cache
def rows_of(name: str) -> CaseRows:
    return CaseRows(district(name))


_DECIDERS: dict[type[Scheme], Decider] = {}


def decider(name: str, scheme: str, assumed: Mapping[str, Any]) -> Decider:
    kind = rows_of(name).district(assumed).scheme(scheme)
    if kind not in _DECIDERS:
        _DECIDERS[kind] = Decider(kind)
    return _DECIDERS[kind]


def every_scheme() -> list[tuple[str, str]]:
    return [
        (name, scheme) for name in available_districts() for scheme in district(name).scheme_ids
    ]


def every_row() -> Iterator[tuple[str, str, TableRow]]:
    for name in available_districts():
        for scheme, table in tables(name).items():
            for row in table.rows:
                yield name, scheme, row


def explained(name: str, scheme: str, row: TableRow) -> dict[str, Any]:
    return rows_of(name).explain(scheme, row)


def outcome_of(name: str, scheme: str, row: TableRow, case: Mapping[str, Any]) -> bool | None:
    """What a case comes to on the row's day, under what the row supposes."""
    compiled = decider(name, scheme, row.assumed)
    return compiled(read_case(compiled.scheme.subject, case), calendar.code(row.on)).outcome
