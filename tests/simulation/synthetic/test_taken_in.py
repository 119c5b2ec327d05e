"""What intake makes of synthetic files: clean ones whole, messy ones as announced."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenye.registers.intake import intake
from wenye.registers.model import MODEL
from wenye.simulation.synthetic.district import SyntheticDistrict, generate
from wenye.simulation.synthetic.formats import Format
from wenye.simulation.synthetic.mess import Expected


@pytest.mark.parametrize("form", list(Format))
def test_clean_files_are_taken_in_whole(tmp_path: Path, form: Format) -> None:
    district = generate(
        tmp_path / "files", people=1_500, seed=11, units=("990114001", "990114101"), form=form
    )
    report = intake(district.folder, tmp_path / "registers")
    assert {
        register.register: register.accepted for register in report.by_register
    } == district.rows
    assert report.rejected == 0


def compare(district: SyntheticDistrict, registers: Path) -> None:
    report = intake(district.folder, registers)
    rejected = {register.register: register.rejected for register in report.by_register}
    expected = {
        entity.register.name: district.mess.rejected(entity.register.name) for entity in MODEL
    }
    assert rejected == expected
    for register in report.by_register:
        notes = district.mess.expected(register.register, Expected.IGNORED)
        assert register.accepted + register.rejected == district.rows[register.register] - notes


def test_of_messy_files_exactly_the_announced_rows_come_back(
    messy: SyntheticDistrict, tmp_path: Path
) -> None:
    compare(messy, tmp_path / "registers")


@pytest.mark.parametrize("form", [Format.MIXED, Format.PARQUET])
def test_so_it_is_in_workbooks_and_parquet(tmp_path: Path, form: Format) -> None:
    district = generate(
        tmp_path / "files",
        people=3_000,
        seed=12,
        units=("990114001", "990114101"),
        errors=0.03,
        form=form,
    )
    compare(district, tmp_path / "registers")
