"""The API against its own description: whatever is sent, no 500, and every answer as described."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.running import Live, environment

#: Seconds that the search may take for each kind of client.
BOUND = 15
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_MAKE = """
import os
import django; django.setup()
from wenye.services.accounts.roles import Role
from wenye.services.portal.clients import SCOPES, make_client
for role in (Role.CITIZEN, Role.BUREAU_REVIEWER):
    name = f"schemathesis {role} {os.getpid()}"
    _client, key = make_client(None, name, role=role, scopes=list(SCOPES),
        purposes=["own", "service", "review"], per_minute=6000)
    print(key)
"""


@pytest.fixture(scope="module")
def keys(live_service: Live) -> list[str]:
    database = live_service.database
    done = subprocess.run(
        [sys.executable, "-c", _MAKE],
        env=environment(live_service.home, database),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("place", [0, 1], ids=["citizen", "officer"])
def test_nothing_that_is_sent_breaks_it(
    live_service: Live, keys: list[str], place: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run"]
    command += [f"{live_service.url}/api/openapi.json", "--url", live_service.url]
    command += ["-H", f"Authorization: Bearer {keys[place]}", "--seed", "7", "--workers", "1"]
    command += ["--max-time", str(BOUND), "--phases", "examples,coverage,fuzzing"]
    command += ["--checks", ",".join(CHECKS), "--warnings", "off"]
    command += ["--suppress-health-check", "all", "--no-color"]
    command += ["--continue-on-failure"]
    done = subprocess.run(
        ["timeout", str(BOUND * 3), *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
