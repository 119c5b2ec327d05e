"""A home of its own for tests that commit, copy or restore."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.killing import ROOT, environment, prepared_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, synthetic_registers: Path) -> Path:
    """A home with the district in force and the accounts."""
    return prepared_home(tmp_path_factory.mktemp("operations"), synthetic_registers)


@pytest.fixture(scope="module")
def env(home: Path) -> dict[str, str]:
    """The environment of its processes."""
    return environment(home, json.loads((home / "database.json").read_text()))


@pytest.fixture(scope="module")
def wenye(env: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command on it."""

    def ran(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wenye", *map(str, arguments)],
            env={**env, "DJANGO_SETTINGS_MODULE": "wenye.web.settings", **more},
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=300,
            check=False,
        )

    return ran
