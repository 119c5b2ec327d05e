"""Single rows by key and reference are the rows of the table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from wenye.registers.errors import RegisterError
from wenye.registers.model import MODEL, Person
from wenye.registers.points import prepare, references
from wenye.registers.store import Registers


def test_rows_are_those_of_the_table(synthetic_registers: Path, tmp_path: Path) -> None:
    registers = Registers.open(synthetic_registers)
    points = prepare(registers, tmp_path / "points")
    for entity in MODEL:
        table = registers.table(entity).collect()
        for by in references(entity):
            keys = [key for key in table[by].drop_nulls().unique() if key > 0][:40]
            want = table.filter(pl.col(by).is_in(keys)).sort("key")
            assert points.rows_by(entity, by, [*keys, 10**9]).sort("key").equals(want), entity
        assert points.rows_by(entity, "key", []).schema == table.schema


def test_only_references_are_looked_up(synthetic_registers: Path, tmp_path: Path) -> None:
    points = prepare(Registers.open(synthetic_registers), tmp_path / "points")
    with pytest.raises(RegisterError):
        points.rows_by(Person, "town", [1])
