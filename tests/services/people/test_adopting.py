"""A snapshot in force: rows in step, only what changed is written, and back again."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest
from tests.service import AS_OF

from wenye.registers import vault
from wenye.registers.errors import RegisterError
from wenye.registers.model import Employer as EmployerEntity
from wenye.registers.model import Person as PersonEntity
from wenye.registers.store import Registers, write
from wenye.services.decisions.facts import facts
from wenye.services.people.adopting import AdoptionRefused, adopt, newest, undo
from wenye.services.people.models import Person, Snapshot


@pytest.fixture
def november(synthetic_registers: Path, tmp_path: Path) -> Path:
    """The next month's registers: one person moved, one went away, one came."""
    registers = Registers.open(synthetic_registers)
    people = registers.table(PersonEntity).collect()
    town = people["town"][5]
    other = next(each for each in people["town"] if each and each != town)
    moved, gone = people["key"][5], people["key"][6]
    came = people.tail(1).with_columns(key=pl.lit(people["key"].max() + 1, dtype=pl.Int32))
    changed = people.filter(pl.col("key") != gone).with_columns(
        town=pl.when(pl.col("key") == moved).then(pl.lit(other)).otherwise(pl.col("town"))
    )
    folder = tmp_path / "november"
    write(
        folder,
        {
            PersonEntity: pl.concat([changed, came]),
            EmployerEntity: registers.table(EmployerEntity).collect(),
        },
        AS_OF,
    )
    who = vault.read_identities(synthetic_registers)
    key = int(came["key"][0])
    further = pl.DataFrame(
        {"register": ["people"], "key": [key], "number": ["W0000001"], "name": ["ישראל ישראלי"]},
        schema=vault.SCHEMA,
    )
    shutil.copyfile(vault.key_path(synthetic_registers), tmp_path / "identity.key")
    secret = vault.read_key(tmp_path / "identity.key")
    vault.write_identities(folder, pl.concat([who, further]), secret)
    return folder


def test_only_what_changed_is_written(db: None, november: Path, synthetic_registers: Path) -> None:
    people = Registers.open(synthetic_registers).table(PersonEntity).collect()
    moved = Person.objects.get(pk=people["key"][5])
    moved.phone = "13800001234"
    moved.save()
    was = moved.town
    snapshot = adopt(november, AS_OF + dt.timedelta(30), None)
    told = {part["register"]: part for part in snapshot.report["core"]}
    assert told["people"] == {
        "register": "people",
        "new": 1,
        "changed": 1,
        "gone": 1,
        "same": people.height - 2,
    }
    assert told["employers"]["changed"] == 0
    moved.refresh_from_db()
    assert moved.town != was
    assert moved.phone == "13800001234"
    assert Person.objects.get(pk=people["key"][6]).closed
    came = Person.objects.with_number("W0000001").get()
    assert came.name == "ישראל ישראלי"
    assert came.masked_number == "****0001"


def test_a_batch_is_undone_whole(db: None, november: Path, acting, synthetic_registers) -> None:
    before = Snapshot.objects.in_force()
    assert before is not None
    rows = list(Person.objects.values_list("key", "town", "closed", "digest"))
    snapshot = adopt(november, AS_OF + dt.timedelta(30), acting("administrator"))
    assert facts().snapshot_id == snapshot.pk
    undo(snapshot.pk, acting("administrator"), "报送单位发错了文件")
    assert list(Person.objects.values_list("key", "town", "closed", "digest")) == rows
    assert facts().snapshot_id == before.pk
    snapshot.refresh_from_db()
    assert snapshot.state == Snapshot.UNDONE
    assert snapshot.report["undone"] == "报送单位发错了文件"
    assert newest() == snapshot  # keys that it gave are never given to anybody else


def test_somebody_with_whom_work_has_begun_stays(db: None, november: Path, acting) -> None:
    snapshot = adopt(november, AS_OF, acting("administrator"))
    came = Person.objects.with_number("W0000001").get()
    came.phone = "13900000000"
    came.save()
    undo(snapshot.pk, acting("administrator"), "误读入")
    came.refresh_from_db()
    assert came.closed


def test_what_cannot_be_undone_is_told(db: None, acting) -> None:
    now = Snapshot.objects.in_force()
    assert now is not None
    with pytest.raises(AdoptionRefused, match="第一批"):
        undo(now.pk, acting("administrator"), "试一试")
    with pytest.raises(AdoptionRefused, match="不在使用中"):
        undo(now.pk + 1, acting("administrator"), "试一试")
    with pytest.raises(AdoptionRefused, match="理由"):
        undo(now.pk, acting("administrator"), " ")


def test_registers_with_other_people_under_the_keys_are_refused(
    db: None, november: Path, tmp_path: Path
) -> None:
    who = vault.read_identities(november)
    mixed = who.with_columns(
        number=pl.when(pl.col("register") == "people")
        .then(pl.col("number").shuffle(seed=3))
        .otherwise(pl.col("number"))
    )
    vault.write_identities(november, mixed, vault.read_key(tmp_path / "identity.key"))
    before = Snapshot.objects.count()
    with pytest.raises(RegisterError, match="编号"):
        adopt(november, AS_OF, None)
    assert Snapshot.objects.count() == before


def test_the_key_is_looked_for_beside_the_source(db: None, november: Path, tmp_path: Path) -> None:
    (tmp_path / "identity.key").unlink()
    with pytest.raises(RegisterError, match="密钥"):
        adopt(november, AS_OF, None)


def test_a_first_load_builds_the_indexes_anew(
    db: None, synthetic_registers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenye.services.people import indexes
    from wenye.services.people.core_rows import core_rows
    from wenye.services.people.loading import load

    def held() -> list[tuple[str, str]]:
        return sorted(indexes._indexes("people_person"))

    before, rows = held(), list(Person.objects.values_list("key", "digest"))
    assert len(before) >= 5
    Person.objects.all().delete()
    monkeypatch.setattr(indexes, "WORTH_IT", 10)
    read = core_rows(
        Registers.open(synthetic_registers), vault.read_identities(synthetic_registers)
    )
    load(read, 1)
    assert held() == before
    assert list(Person.objects.values_list("key", "digest")) == rows
