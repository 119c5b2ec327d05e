"""The shipped districts' schemes and case tables, loaded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from wenye.policy.case_tables import CaseTable, TableRow, read_case_tables
from wenye.policy.district import District, available_districts, load_district
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider
from wenye.rules.explain import Explainer

TODAY = dt.date(2026, 11, 1)


@cache
def district(name: str) -> District:
    return load_district(name, today=TODAY)


@cache
def tables(name: str) -> dict[str, CaseTable]:
    return read_case_tables(district(name).cases)


@cache
def explainer(name: str, scheme: str) -> Explainer:
    return Explainer(district(name).schemes[scheme])


@cache
def decider(name: str, scheme: str) -> Decider:
    return Decider(district(name).schemes[scheme])


def every_scheme() -> list[tuple[str, str]]:
    return [
        (name, scheme) for name in available_districts() for scheme in district(name).scheme_ids
    ]


def every_row() -> Iterator[tuple[str, str, TableRow]]:
    for name in available_districts():
        for scheme, table in tables(name).items():
            for row in table.rows:
                yield name, scheme, row


def explained(name: str, scheme: str, case: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    compiled = explainer(name, scheme)
    row = read_case(compiled.scheme.subject, case)
    return compiled.explain(row, calendar.code(on), with_flips=False)


def outcome_of(name: str, scheme: str, case: Mapping[str, Any], on: dt.date) -> bool | None:
    compiled = decider(name, scheme)
    return compiled(read_case(compiled.scheme.subject, case), calendar.code(on)).outcome
