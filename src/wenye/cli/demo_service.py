"""The demonstration's last step: the service on the district, ready to be opened in a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from wenye.cli.service_home import ServiceError, set_environment

#: What a district's folder holds for the service, beside its policy.
CONTENT = ("workflows", "case_types", "offers.yaml", "funds.yaml", "followup.yaml", "letters.yaml")


def content_missing(district: Path) -> list[str]:
    """Of what the service needs, that which a district's folder does not have yet."""
    return [name for name in CONTENT if not (district / name).exists()]


def serviced(home: Path, registers: Path, day: str, district: str) -> list[str] | None:
    """Make the service in ``home`` anew; its accounts, or None where the platform is missing.

    It is made in a process of its own: Django keeps its settings for as long as a process lives.
    """
    before = dict(os.environ)
    try:
        set_environment(home)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
            "WENYE_DISTRICT": district,
        }
    except ServiceError:
        return None
    finally:
        os.environ.clear()
        os.environ.update(before)
    environment.pop("WENYE_DATABASE", None)
    _cleared(home)
    command = [sys.executable, "-m", "wenye.web.demonstrating", str(registers.absolute()), day]
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
    if done.returncode:
        raise ServiceError(
            "演示服务没有建成 / the demonstration's service could not be made",
            where=str(home),
            mend=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "",
        )
    made: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return list(made)


def _cleared(home: Path) -> None:
    """A new, empty home that says it is synthetic; an earlier demonstration's makes way."""
    marker = home / "synthetic"
    if home.exists() and any(home.iterdir()):
        if not marker.is_file():
            raise ServiceError(
                "这里有真实的服务，演示不会动它 / a real service lies here",
                where=str(home),
                mend="换一个文件夹 / give another folder",
            )
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    marker.write_text("这里的人和单位都是虚构的 / nobody in it exists\n", encoding="utf-8")
