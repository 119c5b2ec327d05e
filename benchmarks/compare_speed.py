"""How long ``wenye compare`` takes: a synthetic district decided both ways, all outputs written.

    python compare_speed.py [--people N] [--registers FOLDER]

The command is called as a user calls it, in a process of its own. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from product_speed import WENYE, spent

ON = "2026-10-31"
#: What is changed → the changes; each touches other schemes, and so other joins.
CHANGES = {
    "one threshold of two schemes": ("post_subsidy.contract_months=24",),
    "one threshold of the hiring subsidy": ("hiring_subsidy.unemployed_months=12",),
    "the retirement age, which many schemes read": ("retirement.men_old_age=62",),
}


def compared(registers: Path, folder: Path) -> dict[str, Any]:
    """Wall seconds and peak MiB of each change."""
    found = {}
    for what, changes in CHANGES.items():
        options = [word for change in changes for word in ("--change", change)]
        out = str(folder / "comparison")
        found[what] = spent(*WENYE, "compare", str(registers), out, "--on", ON, *options)
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1_800_000)
    options.add_argument("--registers", type=Path, help="registers that are there already")
    given = options.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    told: dict[str, Any] = {"people": given.people}
    with tempfile.TemporaryDirectory(prefix="wenye-bench-") as name:
        registers = given.registers or Path(name, "registers")
        if given.registers is None:
            files = str(Path(name, "files"))
            wanted = ("--people", str(given.people), "--seed", "1", "--format", "parquet")
            for step in (
                ("district", files, *wanted),
                ("intake", files, str(registers)),
            ):
                made = spent(*WENYE, *step)
                if "absent" in made:
                    print(json.dumps({**told, "absent": made["absent"]}))
                    sys.exit(0)
        told["changes"] = compared(registers, Path(name))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
