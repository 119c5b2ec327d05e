"""How long ``wenye determine`` takes: every scheme of Jiading for everyone of a synthetic district.

    python determine_speed.py [--people N …] [--registers FOLDER]

The command is called as a user calls it, in a process of its own, with reasons and unknowns written
and without workbooks. Prints one JSON object: by number of people the wall seconds and peak MiB of
each step, the schemes, the decisions and the MiB of results.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from product_speed import WENYE, spent

ON = "2026-10-31"
PEOPLE = (20_000, 1_800_000)


def determined(people: int, registers: Path | None, folder: Path) -> dict[str, Any]:
    """The steps of one district; ``registers`` are used where they are there already."""
    told: dict[str, Any] = {}
    if registers is None:
        files, registers = folder / "files", folder / "registers"
        wanted = ("--people", str(people), "--seed", "1", "--format", "parquet")
        told["district"] = spent(*WENYE, "district", str(files), *wanted)
        told["intake"] = spent(*WENYE, "intake", str(files), str(registers))
        failed = [step["absent"] for step in told.values() if "absent" in step]
        if failed:
            return {"absent": failed[0]}
    results = folder / "results"
    options = ("--on", ON, "--no-workbooks")
    told["determine"] = spent(*WENYE, "determine", str(registers), str(results), *options)
    if "absent" in told["determine"]:
        return {**told, "absent": told["determine"]["absent"]}
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    told["schemes"] = len(manifest["schemes"])
    told["decisions"] = sum(entry["rows"] for entry in manifest["schemes"].values())
    size = sum(file.stat().st_size for file in results.iterdir())
    told["results_mib"] = round(size / 2**20)
    return told


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="+", default=PEOPLE)
    options.add_argument("--registers", type=Path, help="registers that are there already")
    given = options.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found = {}
    for people in given.people:
        with tempfile.TemporaryDirectory(prefix="wenye-bench-") as name:
            found[str(people)] = determined(people, given.registers, Path(name))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
