"""Both executors come to the same on every case of the shipped tables."""

from __future__ import annotations

import pytest
from tests.districts.as_registers import AsRegisters, incomplete
from tests.districts.shipped import every_scheme, rows_of, tables

from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.decide import outputs
from wenye.rules.scheme import Scheme


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_the_batch_decides_as_the_case_does(name: str, scheme: str) -> None:
    """Rows of one day, of the same completeness and suppositions are judged together."""
    together: dict[tuple[type[Scheme], int, frozenset[str]], AsRegisters] = {}
    expected: dict[tuple[type[Scheme], int, frozenset[str]], dict[int, tuple[str, object]]] = {}
    programs: dict[type[Scheme], CaseProgram] = {}
    for case in tables(name)[scheme].rows:
        kind = rows_of(name).district(case.assumed).scheme(scheme)
        row, on = read_case(kind.subject, case.case), calendar.code(case.on)
        unknown = incomplete(kind, row)
        if unknown is None:
            continue
        place = (kind, on, unknown)
        if kind not in programs:
            programs[kind] = CaseProgram(outputs(kind))
        held = together.setdefault(place, AsRegisters(unknown))
        expected.setdefault(place, {})[held.add(kind.subject, row)] = (
            case.where,
            programs[kind](row, on, on >> 6),
        )
    assert sum(map(len, expected.values())) >= 8
    for place, held in together.items():
        kind, on, _ = place
        frame = BatchProgram(kind.subject, outputs(kind), on).run(held).collect()
        for found in frame.to_dicts():
            key = found.pop("key")
            if key in expected[place]:
                where, wanted = expected[place][key]
                assert found == wanted, where
