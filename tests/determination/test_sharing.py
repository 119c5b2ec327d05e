"""Schemes that share their work decide what each of them decides by itself."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from tests.determination.conftest import World

from wenye.determination.judging import judged, programs
from wenye.determination.patterns import Versions
from wenye.determination.sharing import with_shared
from wenye.registers.model import Employment, Loan, Person, Training
from wenye.rules.facts import Entity
from wenye.rules.lookups import Lookups
from wenye.rules.readable.formula import settled
from wenye.rules.scheme import Scheme


def of(shipped: World, subject: type[Entity]) -> list[type[Scheme]]:
    return [scheme for scheme in shipped.district.schemes.values() if scheme.subject is subject]


@pytest.mark.parametrize("subject", [Employment, Person, Training, Loan])
def test_together_and_alone_come_out_the_same(shipped: World, subject: type[Entity]) -> None:
    schemes, day = of(shipped, subject), shipped.results.day
    parameters, tables = shipped.district.parameters, Lookups(shipped.registers)
    read = programs(schemes, day, parameters).gathered(tables)
    frame, shared = with_shared(schemes, read, day, parameters)
    gathered = frame.collect()
    assert shared.parts
    for scheme in schemes:
        alone = programs([scheme], day, parameters).gathered(shipped.registers).collect()
        together = judged(scheme, tables, gathered, day, parameters, shared)
        assert together.equals(judged(scheme, shipped.registers, alone, day, parameters))


def test_what_only_one_scheme_asks_is_no_column(shipped: World) -> None:
    day, parameters = shipped.results.day, shipped.district.parameters
    scheme = shipped.district.scheme("hiring_subsidy")
    read = programs([scheme], day, parameters).gathered(Lookups(shipped.registers))
    frame, shared = with_shared([scheme], read, day, parameters)
    assert not shared.parts
    assert frame.collect().columns == read.collect().columns


def test_a_formula_made_ready_reads_as_the_formula_does(shipped: World) -> None:
    rng = Random(5)
    for name, scheme in shipped.district.schemes.items():
        versions = Versions(scheme)
        for law, tree in versions.formulas.items():
            for _ in range(20):
                answers = {item: rng.choice((True, False, None)) for item in scheme.conditions}
                prefixed: Mapping[str, bool | None] = {
                    f"{name}.{item}": answer for item, answer in answers.items()
                }
                assert versions.holds(law, answers) is settled(tree, prefixed), (name, law)
