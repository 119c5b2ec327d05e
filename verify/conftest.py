"""A synthetic district of 20,000 people, taken in once for all long proofs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from wenye.registers.intake import intake
from wenye.registers.store import Registers
from wenye.simulation.synthetic.district import generate
from wenye.simulation.synthetic.units import unit_codes

AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="session")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("district")
    generate(folder / "files", people=20_000, seed=7, units=unit_codes("jiading"), as_of=AS_OF)
    intake(folder / "files", folder / "registers")
    return Registers.open(folder / "registers")
