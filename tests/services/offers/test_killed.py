"""The nightly run killed at every stage, again and again: in the end nothing is lost or twice."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.service import AS_OF

PROGRAM = Path(__file__).with_name("nightly_process.py")
#: A year before the data, and their own day: between the two much begins and ends.
EARLIER, LATER = AS_OF - dt.timedelta(days=365), AS_OF
#: Every stage, and the middle of writing offers, more than once.
POINTS = (
    *("facts", "judging", "findings", "offers", "inside:0", "inside:2", "inside:0"),
    *("changes", "flow", "complete"),
)


class Service:
    """A service of its own: a home, and on PostgreSQL a database beside the tests'."""

    def __init__(self, home: Path, database: str = "") -> None:
        self.home, self.database = home, database

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, str(PROGRAM), *arguments])

    def wenye(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``wenye nightly`` as people call it."""
        program = Path(sys.executable).with_name("wenye")
        return self._run([str(program), "nightly", "--home", str(self.home), *arguments])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WENYE_")},
            "WENYE_HOME": str(self.home),
            "WENYE_SECRET_KEY": "only-for-the-tests-" * 3,
            "WENYE_DATABASE": self.database,
            "WENYE_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
        }
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    def done(self, *arguments: str) -> str:
        """What a process printed that must end well."""
        ended = self(*arguments)
        assert ended.returncode == 0, ended.stderr[-2000:]
        return ended.stdout

    def everything(self) -> dict[str, Any]:
        """All that runs have written."""
        found: dict[str, Any] = json.loads(self.done("tell").splitlines()[-1])
        return found


def on_server(statement: str) -> None:
    """Say something to the server of the tests' database, in a session of its own."""
    import psycopg

    given = connection.settings_dict
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], dbname="postgres",
        autocommit=True,
    ) as session:  # fmt: skip
        session.execute(statement)


@pytest.fixture
def twins(db: None, tmp_path: Path, synthetic_registers: Path) -> Iterator[tuple[Service, Service]]:
    """Two services that are alike, each with one completed run."""
    made: list[str] = []

    def database() -> str:
        if connection.vendor != "postgresql":
            return ""
        made.append(f"killed_{uuid.uuid4().hex[:12]}")
        on_server(f"CREATE DATABASE {made[-1]}")
        given = connection.settings_dict
        return f"postgresql://{given['USER']}@/{made[-1]}?host={given['HOST']}"

    services = []
    for name in ("one", "two"):
        each = Service(tmp_path / name, database())
        each.home.mkdir()
        each.done("prepare", str(synthetic_registers), AS_OF.isoformat())
        each.done(EARLIER.isoformat())
        services.append(each)
    yield services[0], services[1]
    for name in made:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def test_killed_at_every_stage_it_comes_to_the_same(twins: tuple[Service, Service]) -> None:
    killed, whole = twins
    for point in POINTS:
        ended = killed(LATER.isoformat(), point)
        assert ended.returncode == -signal.SIGKILL, (point, ended.stderr[-2000:])
    killed.done(LATER.isoformat())
    whole.done(LATER.isoformat())
    assert killed.everything() == whole.everything()
    assert any(row[7] is False for row in whole.everything()["offers"]), "something lapsed"
    the_command_does_the_same(whole)


def the_command_does_the_same(service: Service) -> None:
    """On the same day it changes nothing; while another runs it says so."""
    before = service.everything()
    ended = service.wenye("--on", LATER.isoformat(), "--json")
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert json.loads(ended.stdout)["offers"] == before["runs"][-1][3]["offers"]
    assert service.everything() == before
    with (service.home / "runs" / "nightly.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ended = service.wenye("--on", LATER.isoformat())
    assert ended.returncode == 1
    assert "正在进行" in ended.stderr
    earlier = service.wenye("--on", EARLIER.isoformat())
    assert earlier.returncode == 1
    assert "更晚" in earlier.stderr
