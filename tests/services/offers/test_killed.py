"""The nightly run killed at every stage, again and again: in the end nothing is lost or twice."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
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
LATER = AS_OF + dt.timedelta(days=31)
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
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WENYE_")},
            "WENYE_HOME": str(self.home),
            "WENYE_SECRET_KEY": "only-for-the-tests-" * 3,
            "WENYE_DATABASE": self.database,
            "WENYE_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
        }
        return subprocess.run(
            [sys.executable, str(PROGRAM), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
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


@pytest.fixture
def twins(
    tmp_path: Path, synthetic_registers: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[Service, Service]]:
    """Two services that are alike, each with one completed run."""
    made: list[str] = []

    def database() -> str:
        if connection.vendor != "postgresql":
            return ""
        name = f"killed_{uuid.uuid4().hex[:12]}"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        made.append(name)
        settings = connection.settings_dict
        return (
            f"postgresql://{settings['USER']}@/{name}?host={settings['HOST']}"
            if str(settings["HOST"]).startswith("/")
            else f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"
        )

    first = Service(tmp_path / "one", database())
    first.home.mkdir()
    first.done("prepare", str(synthetic_registers), AS_OF.isoformat())
    if connection.vendor == "postgresql":
        second = Service(tmp_path / "two", database())
        second.home.mkdir()
        second.done("prepare", str(synthetic_registers), AS_OF.isoformat())
    else:
        shutil.copytree(first.home, tmp_path / "two")
        second = Service(tmp_path / "two")
    for each in (first, second):
        each.done(AS_OF.isoformat())
    yield first, second
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_killed_at_every_stage_it_comes_to_the_same(twins: tuple[Service, Service]) -> None:
    killed, whole = twins
    for point in POINTS:
        ended = killed(LATER.isoformat(), point)
        assert ended.returncode == -signal.SIGKILL, (point, ended.stderr[-2000:])
    killed.done(LATER.isoformat())
    whole.done(LATER.isoformat())
    assert killed.everything() == whole.everything()
    assert any(row[7] is False for row in whole.everything()["offers"]), "something lapsed"
