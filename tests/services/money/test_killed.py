"""A process killed at any statement of a payment leaves nothing lost and nothing twice.

By default a part of the statements is tried, others in each step; ``WENYE_KILL_EVERY=1`` tries all
(several minutes). With ``WENYE_TEST_DATABASE=postgresql`` it runs on PostgreSQL, else on a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

PROGRAM = Path(__file__).with_name("killing.py")


@pytest.mark.usefixtures("db")  # so that a run of this file alone has a database
def test_killed_at_any_statement(tmp_path: Path, synthetic_registers: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: text for name, text in os.environ.items() if not name.startswith("WENYE_")}
    given = settings.DATABASES["default"]
    if given["ENGINE"].endswith("postgresql"):
        user = quote(str(given["USER"]), safe="")
        password = quote(str(given["PASSWORD"]), safe="")
        host = quote(str(given["HOST"]), safe="")
        environment["WENYE_DATABASE"] = (
            f"postgresql://{user}:{password}@:{given['PORT']}/wenye_kill_{os.getpid()}?host={host}"
        )
    every = os.environ.get("WENYE_KILL_EVERY", "97")
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(home), str(synthetic_registers), every],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["wrong"] == []
    assert len(told["kills"]) == 9
    assert sum(told["kills"].values()) > 300
