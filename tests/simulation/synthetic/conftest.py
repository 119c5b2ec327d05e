"""One invented district for all tests of its contents, and one as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenye.simulation.synthetic.district import SyntheticDistrict, generate
from wenye.simulation.synthetic.formats import Format
from wenye.simulation.synthetic.invented import Registers, invent

UNITS = ("990114001", "990114002", "990114101")


@pytest.fixture(scope="session")
def units() -> tuple[str, ...]:
    return UNITS


@pytest.fixture(scope="session")
def registers() -> Registers:
    return invent(8_000, 3, UNITS)


@pytest.fixture(scope="session")
def messy(tmp_path_factory: pytest.TempPathFactory) -> SyntheticDistrict:
    folder: Path = tmp_path_factory.mktemp("districts") / "messy"
    return generate(folder, people=8_000, seed=3, units=UNITS, errors=0.05, form=Format.CSV)
