"""A service of its own for tests that race or kill it: a database file, or a PostgreSQL database.

``prepared_home`` makes a home with the synthetic district and the demonstration accounts, once per
module; ``database_of`` a copy of its database, as the environment of a process; ``run`` a piece of
Python in a process of its own. ``killed_at_every_statement`` does something again and again, each
time killed (SIGKILL) after one statement more, and looks each time whether all is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

POSTGRESQL = os.environ.get("WENYE_TEST_DATABASE") == "postgresql"
ROOT = Path(__file__).resolve().parent.parent

_SETUP = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "wenye.web.settings"
import django
django.setup()
"""
_PREPARE = """
import datetime as dt, json
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from wenye.services.demonstration import accounts
from wenye.services.people.adopting import adopt
day = dt.date(2026, 10, 31)
adopt(Path(os.environ["REGISTERS"]), day, None)
accounts(day)
"""


def environment(home: Path, database: str) -> dict[str, str]:
    """The environment of a process of this service."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("WENYE_")}
    return {
        **found,
        "WENYE_HOME": str(home),
        "WENYE_DATABASE": database,
        "WENYE_SECRET_KEY": "only-for-the-tests-" * 3,
        "WENYE_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }


def run(env: dict[str, str], code: str) -> str:
    """What a piece of Python prints, run with Django set up; AssertionError where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", _SETUP + code],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def prepared_home(folder: Path, registers: Path) -> Path:
    """A home whose database has the district in force and an account per role."""
    home = folder / "home"
    home.mkdir()
    database = _new_database(home.parent.name)
    (home / "database.json").write_text(json.dumps(database or f"sqlite://{home / 'base.db'}"))
    env = environment(home, json.loads((home / "database.json").read_text()))
    run({**env, "REGISTERS": str(registers)}, _PREPARE)
    return home


def database_of(home: Path, folder: Path) -> dict[str, str]:
    """A copy of the home's database of one's own: the environment that uses it."""
    base = json.loads((home / "database.json").read_text())
    return environment(home, _copied(base, folder / "copy.db"))


def killed_at_every_statement(
    home: Path, folder: Path, made: str, action: str, check: str
) -> list[str]:
    """Run ``made`` once, then ``action`` on a copy of that again and again: killed before its first
    statement, after its first, its second, …, and at last not at all. ``check`` looks each time at
    what is there, raises where it is not whole, and prints one line. Returns those lines.

    Nothing may have used Polars before the fork: its threads would not be there in the child.
    """
    env = database_of(home, folder)
    run(env, made)
    base = env["WENYE_DATABASE"]
    copy = _copied(base, folder / "killed.db")
    env |= {
        "KILL": json.dumps({"base": base, "copy": copy, "action": action, "check": check}),
        "WENYE_DATABASE": copy,
    }
    return run(env, _DRIVER).split("\n")[:-1]


_DRIVER = """
import json, signal, shutil
from pathlib import Path
from django.db import connection, connections
from tests.killing import renewed
from wenye.services.decisions.district import district
asked = json.loads(os.environ["KILL"])
# What takes long and touches no table is done once, before the children are made.
district()
import wenye.services.cases.workflow


def child(work):
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        with os.fdopen(read) as told:
            text = told.read()
        return os.waitpid(pid, 0)[1], text
    os.close(read)
    try:
        text = work() or ""
        os.write(write, text.encode())
        os._exit(0)
    except BaseException:
        import traceback
        os.write(write, traceback.format_exc().encode())
        os._exit(1)


def acting(after):
    def work():
        done = 0
        def counted(execute, sql, params, many, context):
            nonlocal done
            if done >= after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = execute(sql, params, many, context)
            done += 1
            if done >= after:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        with connection.execute_wrapper(counted):
            exec(asked["action"], {})
    return work


def checking():
    import contextlib, io
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(asked["check"], {})
    return said.getvalue().strip()


after = 0
while True:
    renewed(asked["base"], asked["copy"])
    status, text = child(acting(after))
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or status == 0, text
    status, text = child(checking)
    assert status == 0, f"killed after {after} statements: {text}"
    print(text, flush=True)
    if not killed:
        break
    after += 1
"""


# -- databases ------------------------------------------------------------------------------------


def renewed(base: str, copy: str) -> None:
    """The copy as the base is again."""
    if base.startswith("sqlite://"):
        _copy_file(base, copy)
        return
    name, origin = _name(copy), _name(base)
    _on_server(
        base,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{origin}"',
    )


def _copied(base: str, path: Path) -> str:
    if base.startswith("sqlite://"):
        copy = f"sqlite://{path}"
    else:
        copy = _named(base, f"wenye_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}")
    renewed(base, copy)
    return copy


def _copy_file(base: str, copy: str) -> None:
    source, target = Path(base.removeprefix("sqlite://")), Path(copy.removeprefix("sqlite://"))
    for end in ("", "-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
    for end in ("", "-wal"):
        file = source.with_name(source.name + end)
        if file.exists():
            shutil.copyfile(file, target.with_name(target.name + end))


def _new_database(name: str) -> str:
    """A new database on the tests' PostgreSQL; empty where the tests run on SQLite."""
    if not POSTGRESQL:
        return ""
    base = os.environ["WENYE_DATABASE"]
    safe = "wenye_" + "".join(each if each.isalnum() else "_" for each in name)[:40]
    _on_server(base, f'DROP DATABASE IF EXISTS "{safe}" WITH (FORCE)', f'CREATE DATABASE "{safe}"')
    return _named(base, safe)


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _named(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _on_server(base: str, *statements: str) -> None:
    """Run statements on the server, beside any database that they are about."""
    import psycopg

    with psycopg.connect(_named(base, "postgres"), autocommit=True) as server:
        for statement in statements:
            server.execute(statement)
