"""The snapshot on disk: written in one step, opened with its manifest, refused when damaged."""

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from wenye.registers.errors import RegisterError
from wenye.registers.model import Award, Contribution, Employment, Person, Unemployment
from wenye.registers.schema import table_schema
from wenye.registers.snapshot import replacing
from wenye.registers.store import MANIFEST, Registers, write
from wenye.rules import calendar

DAY = dt.date(2026, 10, 31)


def snapshot(folder: Path) -> Registers:
    people = pl.DataFrame({"key": [2, 1], "birth_date": [calendar.code(DAY), None]})
    spells = pl.DataFrame({"worker": [2, 1, 1], "employer": [1, 1, 1], "started_on": [9, 8, 7]})
    return write(folder / "r", {Person: people, Employment: spells}, DAY)


def test_tables_are_filled_up_sorted_and_numbered(tmp_path: Path) -> None:
    registers = snapshot(tmp_path)
    assert registers.table(Person).collect()["key"].to_list() == [1, 2]
    spells = registers.table(Employment).collect()
    assert spells["key"].to_list() == [1, 2, 3]
    assert spells["started_on"].to_list() == [7, 8, 9]
    assert spells["ended_on"].null_count() == 3


def test_a_register_not_delivered_is_empty_and_complete_to_no_day(tmp_path: Path) -> None:
    registers = snapshot(tmp_path)
    assert registers.table(Award).collect_schema() == table_schema(Award)
    assert registers.rows(Award) == 0
    assert not registers.delivered(Award)
    assert registers.complete_to(Award) is None
    assert registers.complete_to(Person) == calendar.code(DAY)


def test_the_digest_depends_on_rows_and_completeness_only(tmp_path: Path) -> None:
    registers = snapshot(tmp_path)
    assert snapshot(tmp_path / "again").digest == registers.digest
    other = write(tmp_path / "x", {Person: registers.table(Person).collect()}, DAY)
    later = write(tmp_path / "y", {Person: registers.table(Person).collect()}, dt.date(2026, 11, 1))
    assert len({registers.digest, other.digest, later.digest}) == 3


def test_a_changed_table_does_not_verify(tmp_path: Path) -> None:
    registers = snapshot(tmp_path)
    registers.verify()
    path = registers.folder / "people.parquet"
    registers.table(Person).collect().head(1).write_parquet(path)
    with pytest.raises(RegisterError, match="摘要") as refusal:
        registers.verify()
    assert str(path) in refusal.value.where


def test_a_truncated_table_is_refused_on_reading(tmp_path: Path) -> None:
    registers = snapshot(tmp_path)
    path = registers.folder / "people.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(RegisterError, match="损坏"):
        registers.table(Person)


@pytest.mark.parametrize(
    "damage", ["no folder", "no manifest", "no json", "other format", "no table"]
)
def test_a_folder_that_is_no_registers_is_refused_with_a_mend(tmp_path: Path, damage: str) -> None:
    folder = snapshot(tmp_path).folder
    manifest = folder / MANIFEST
    if damage == "no folder":
        folder = folder / "missing"
    elif damage == "no manifest":
        manifest.unlink()
    elif damage == "no json":
        manifest.write_text("{", encoding="utf-8")
    elif damage == "other format":
        content = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps(content | {"format": 99}), encoding="utf-8")
    else:
        (folder / "people.parquet").unlink()
    with pytest.raises(RegisterError) as refusal:
        Registers.open(folder)
    assert refusal.value.mend


def test_an_unknown_fact_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="nonsense"):
        write(tmp_path / "r", {Person: pl.DataFrame({"nonsense": [1]})})


@pytest.mark.parametrize("missing", ["first_month", "last_month"])
def test_rows_that_do_not_say_when_they_were_are_refused(tmp_path: Path, missing: str) -> None:
    months = pl.DataFrame({"person": [1], "first_month": [24_000], "last_month": [24_001]})
    with pytest.raises(RegisterError, match="截止月份" if missing[0] == "l" else "起始月份"):
        write(tmp_path / "r", {Contribution: months.drop(missing)})
    assert not (tmp_path / "r").exists()


def test_a_spell_may_go_on(tmp_path: Path) -> None:
    spell = pl.DataFrame({"person": [1], "started_on": [calendar.code(DAY)]})
    assert write(tmp_path / "r", {Unemployment: spell}).rows(Unemployment) == 1


def test_a_failure_half_way_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    folder = snapshot(tmp_path).folder

    def write_half() -> None:
        with replacing(folder, ours=lambda name: True) as incoming:
            (incoming / "half").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    Registers.open(folder).verify()
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_where_the_system_cannot_exchange_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenye.registers.snapshot._exchange", lambda one, other: False)
    folder = snapshot(tmp_path).folder
    (folder / "mine.txt").write_text("x")
    again = snapshot(tmp_path)
    again.verify()
    assert (folder / "mine.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize("text", ["2026-02-30", "去年", 20261031])
def test_a_manifest_with_a_day_that_is_none_is_refused(tmp_path: Path, text: object) -> None:
    path = snapshot(tmp_path).folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["complete_to"]["people"] = text
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(RegisterError, match="完整日期") as refusal:
        Registers.open(path.parent)
    assert refusal.value.where == str(path)
