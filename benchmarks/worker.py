"""One engine on one population in a process of its own; prints one JSON object.

python worker.py TASK ENGINE FOLDER totals|time|memory [SECONDS]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from engines import Entry, entry
from measure import peak_above, resident, timed
from outcomes import totals
from population import load, population


def _totals(which: Entry, folder: Path) -> dict[str, Any]:
    engine = which.make(load(folder))
    engine.prepare()
    return {"totals": totals(engine.outcomes(engine.run()))}


def _time(which: Entry, folder: Path, seconds: float) -> dict[str, Any]:
    engine = which.make(load(folder))
    engine.prepare()
    found = totals(engine.outcomes(engine.run()))  # also warms up
    timing = timed(engine.run, engine.prepare, least=which.least_runs, seconds=seconds)
    return {"totals": found, "timing": timing.as_dict()}


def _memory(which: Entry, folder: Path) -> dict[str, Any]:
    small = which.make(population(1000))  # what the engine needs whatever the population
    small.prepare()
    small.run()
    del small
    before = resident()
    engine = which.make(load(folder))
    engine.prepare()
    loaded = resident() - before
    return {"loaded": max(loaded, 0), "peak": peak_above(engine.run)}


def main() -> None:
    task, name, folder, what = sys.argv[1:5]
    seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 10.0
    which = entry(task, name)
    try:
        if what == "totals":
            found = _totals(which, Path(folder))
        elif what == "time":
            found = _time(which, Path(folder), seconds)
        else:
            found = _memory(which, Path(folder))
    except ModuleNotFoundError as error:
        found = {"absent": f"not installed: {error.name}"}
    except (MemoryError, NotImplementedError) as error:
        found = {"absent": str(error) or type(error).__name__}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
