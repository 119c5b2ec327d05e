"""One run over the trial district, and one over a synthetic district with the shipped schemes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.determination import trial

from wenye.determination.results import Results
from wenye.determination.run import determine
from wenye.policy.district import District, load_district
from wenye.registers.intake import intake
from wenye.registers.store import Registers
from wenye.simulation.synthetic.district import generate
from wenye.simulation.synthetic.formats import Format


@dataclass(frozen=True)
class World:
    """A district, its registers, and the results of a run over them."""

    district: District
    registers: Registers
    results: Results

    @property
    def folder(self) -> Path:
        return self.results.folder


def world(folder: Path, district: District, registers: Registers, on: dt.date) -> World:
    run = determine(registers, district, on, folder / "results")
    return World(district, registers, Results.open(run.folder))


@pytest.fixture
def tried(tmp_path: Path) -> World:
    """The trial district, of a test's own to spoil."""
    district = trial.trial_district(tmp_path / "district")
    return world(tmp_path, district, trial.trial_registers(tmp_path / "registers"), trial.ON)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> World:
    """1,500 invented people under the schemes that ship with the program; not to be changed."""
    folder = tmp_path_factory.mktemp("shipped")
    district = load_district("jiading")
    units = [unit.code for unit in district.organisation.units]
    generate(folder / "files", people=1_500, seed=4, units=units, form=Format.PARQUET)
    intake(folder / "files", folder / "registers")
    return world(folder, district, Registers.open(folder / "registers"), dt.date(2026, 10, 31))
