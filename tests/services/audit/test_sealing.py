"""The log can only grow, is sealed without gaps, and names the first place that does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from wenye.services.accounts.roles import Acting
from wenye.services.audit import copying, record
from wenye.services.audit.canonical import ranges_of
from wenye.services.audit.models import Entry, Seal, Unsealed
from wenye.services.audit.sealing import BATCH, seal, seal_batch, seal_of
from wenye.services.audit.verifying import is_late, missing_guards, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def copy(settings: Any, tmp_path: Path) -> Path:
    settings.AUDIT_COPY = tmp_path / "copy"
    return tmp_path / "copy"


@pytest.fixture
def unguarded() -> Callable[[str], None]:
    """Executes what the guard forbids, as somebody who owns the database could."""

    def executed(statement: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(statement)
                cursor.execute("SET LOCAL session_replication_role = origin")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(statement)
            for _, sql in guards:
                cursor.execute(sql)

    return executed


def some(count: int, acting: Acting | None = None) -> list[int]:
    return [record.change(acting, "case.submit", "case", n, person=n).pk for n in range(count)]


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {} WHERE {} = {}"])
def test_the_database_refuses_to_change_or_delete(table: str, verb: str) -> None:
    some(1)
    seal()
    column = "id" if table == "audit_entry" else "number"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table, column, column))
    assert Seal.objects.exists()


def test_django_cannot_change_an_entry_either() -> None:
    entry = Entry.objects.get(pk=some(1)[0])
    entry.verb = "case.withdraw"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


def test_all_guards_stand_after_all_migrations() -> None:
    assert missing_guards() == []


def test_every_entry_waits_for_its_seal_however_it_was_written(acting: Any) -> None:
    seal()
    record.read(acting("auditor"), record.Purpose.AUDIT, people=[1, 2, 3])
    some(2)
    assert Unsealed.objects.count() == 5
    assert seal() == 1
    assert Unsealed.objects.count() == 0
    assert seal() == 0
    last = Seal.objects.latest("number")
    assert last.count == 5


def test_seals_are_chained_and_batches_bounded() -> None:
    some(3)
    seal()
    Entry.objects.bulk_create([Entry(verb="read", person_key=n) for n in range(BATCH + 7)])
    assert seal() == 2
    one, two, three = Seal.objects.order_by("-number")[:3][::-1]
    assert two.previous == one.digest
    assert three.previous == two.digest
    assert (two.count, three.count) == (BATCH, 7)
    found = verify()
    assert found.sound, found.broken
    assert found.entries == Entry.objects.count()
    assert found.copied == found.seals == Seal.objects.count()


def test_an_entry_that_comes_late_gets_into_a_later_seal() -> None:
    early, late, last = some(3)
    # The one in the middle is not committed yet when the others are sealed.
    seal()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_unsealed (entry_id) VALUES (%s)", [10**9])
    Entry.objects.create(id=10**6, verb="x")
    Entry.objects.create(id=10**6 - 5, verb="late")
    Unsealed.objects.filter(entry_id=10**9).delete()
    assert seal() == 1
    Entry.objects.create(id=10**6 - 3, verb="later")
    assert seal() == 1
    assert verify().sound
    assert seal_of(10**6).number < seal_of(10**6 - 3).number  # type: ignore[union-attr]
    assert seal_of(early) == seal_of(late) == seal_of(last)
    assert seal_of(10**6 - 4) is None


def test_only_what_is_older_is_sealed() -> None:
    seal()
    moment = Entry.objects.get(pk=some(2)[1]).at
    assert seal(moment) == 1
    assert Unsealed.objects.count() == 1


def test_ranges_close_over_holes() -> None:
    assert ranges_of([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]]
    assert ranges_of([]) == []


def test_a_changed_entry_is_named(unguarded: Callable[[str], None]) -> None:
    ids = some(5)
    seal()
    unguarded(f"UPDATE audit_entry SET person_key = 99 WHERE id = {ids[3]}")
    broken = verify().broken
    assert broken is not None
    assert str(ids[3]) in broken.where
    assert "改动" in broken.what


@pytest.mark.parametrize("column", [f.column for f in Entry._meta.concrete_fields[1:]])
def test_no_column_can_be_changed_unseen(column: str, unguarded: Callable[[str], None]) -> None:
    pk = record.change(None, "a", "b", 1, person=1, employer=1, detail={"n": 1}).pk
    seal()
    value = {
        "at": "'2020-01-01 00:00:00+00'",
        "detail": "'{\"n\": 2}'",
        "user_id": "7",
        "person_key": "7",
        "employer_key": "7",
    }.get(column, "'x'")
    unguarded(f"UPDATE audit_entry SET {column} = {value} WHERE id = {pk}")
    assert not verify().sound


def test_a_deleted_entry_is_named(unguarded: Callable[[str], None]) -> None:
    ids = some(5)
    seal()
    unguarded(f"DELETE FROM audit_entry WHERE id = {ids[2]}")
    broken = verify().broken
    assert broken is not None
    assert "删除" in broken.what
    assert f"entry {ids[2]} " in broken.where


def test_an_entry_that_slipped_past_is_named(unguarded: Callable[[str], None]) -> None:
    some(2)
    seal()
    unguarded(
        "INSERT INTO audit_entry (id, at, role, verb, page, purpose, object_type, object_id,"
        " detail) VALUES (5000000, '2026-01-01 00:00:00+00', '', 'x', '', '', '', '', '{}')"
    )
    broken = verify().broken
    assert broken is not None
    assert broken.where == "entry 5000000"


def test_a_seal_that_is_gone_is_named(unguarded: Callable[[str], None]) -> None:
    for _ in range(3):
        some(1)
        seal()
    number = Seal.objects.latest("number").number - 1
    unguarded(f"DELETE FROM audit_seal WHERE number = {number}")
    broken = verify().broken
    assert broken is not None
    assert broken.where == f"seal {number}"


def test_a_log_written_anew_differs_from_the_copy(unguarded: Callable[[str], None]) -> None:
    ids = some(3)
    seal()
    unguarded(f"UPDATE audit_entry SET user_id = 1 WHERE id = {ids[0]}")
    numbers = Seal.objects.values_list("number", flat=True)
    first = min(numbers)
    unguarded(f"DELETE FROM audit_seal WHERE number >= {first}")
    unguarded("INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry")
    while seal_batch() is not None:
        pass
    broken = verify().broken
    assert broken is not None
    assert "重写" in broken.what


def test_a_guard_taken_away_is_told() -> None:
    with connection.cursor() as cursor:
        on = " ON audit_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER audit_entry_waits{on}")
    assert missing_guards() == ["audit_entry_waits"]
    assert not verify().sound


def test_a_changed_copy_is_named(copy: Path) -> None:
    some(3)
    seal()
    file = next(copy.glob("*.jsonl"))
    file.write_text(file.read_text("utf-8").replace("case.submit", "case.refuse", 1), "utf-8")
    broken = verify().broken
    assert broken is not None
    assert broken.where.startswith(f"{file.name}:1")


def test_a_line_cut_off_is_written_again(copy: Path) -> None:
    some(1)
    seal()
    some(1)
    seal()
    file = next(copy.glob("*.jsonl"))
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    assert copying.copy_seals() == 1
    assert verify().sound
    assert len(file.read_text("utf-8").splitlines()) == Seal.objects.count() + 1


def test_what_could_not_be_copied_is_copied_later(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    some(1)
    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        seal()
    assert copying.last_copied() < Seal.objects.latest("number").number
    some(1)
    seal()
    found = verify()
    assert found.sound, found.broken
    assert found.copied == Seal.objects.count()


def test_the_copy_holds_what_happened(copy: Path) -> None:
    pk = some(1)[0]
    seal()
    lines = [json.loads(line) for line in next(copy.glob("*.jsonl")).read_text().splitlines()]
    assert lines[-1]["entries"][-1]["id"] == pk
    assert lines[-1]["number"] == Seal.objects.latest("number").number
    assert (next(copy.glob("*.jsonl")).stat().st_mode & 0o077) == 0


def test_waiting_longer_than_a_minute_is_late(unguarded: Callable[[str], None]) -> None:
    seal()
    assert not is_late()
    pk = some(1)[0]
    assert not is_late()
    unguarded(f"UPDATE audit_entry SET at = '2020-01-01 00:00:00+00' WHERE id = {pk}")
    assert is_late()
