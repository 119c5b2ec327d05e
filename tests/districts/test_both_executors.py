"""Both executors come to the same on every case of the shipped tables."""

from __future__ import annotations

import pytest
from tests.districts.as_registers import AsRegisters, incomplete
from tests.districts.shipped import district, every_scheme, tables

from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.decide import outputs


@pytest.mark.parametrize(("name", "scheme"), every_scheme())
def test_the_batch_decides_as_the_case_does(name: str, scheme: str) -> None:
    kind = district(name).schemes[scheme]
    parts = outputs(kind)
    single = CaseProgram(parts)
    together: dict[tuple[int, frozenset[str]], AsRegisters] = {}
    expected: dict[tuple[int, frozenset[str]], dict[int, object]] = {}
    for case in tables(name)[scheme].rows:
        row, on = read_case(kind.subject, case.case), calendar.code(case.on)
        unknown = incomplete(kind, row)
        if unknown is None:
            continue
        place = (on, unknown)
        held = together.setdefault(place, AsRegisters(unknown))
        expected.setdefault(place, {})[held.add(kind.subject, row)] = (
            case.where,
            single(row, on, on >> 6),
        )
    assert sum(map(len, expected.values())) >= 8
    for place, held in together.items():
        frame = BatchProgram(kind.subject, parts, place[0]).run(held).collect()
        for found in frame.to_dicts():
            key = found.pop("key")
            if key in expected[place]:
                where, wanted = expected[place][key]  # type: ignore[misc]
                assert found == wanted, where
