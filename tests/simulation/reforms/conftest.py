"""A synthetic district of 2,000 people with its registers; not to be changed."""

from __future__ import annotations

import pytest

from wenye.policy.district import load_district
from wenye.registers.intake import intake
from wenye.registers.store import Registers
from wenye.simulation.synthetic.district import generate
from wenye.simulation.synthetic.formats import Format


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("synthetic")
    units = [unit.code for unit in load_district("jiading").organisation.units]
    generate(folder / "files", people=2_000, seed=6, units=units, form=Format.PARQUET)
    intake(folder / "files", folder / "registers")
    return Registers.open(folder / "registers")
