"""The project from Parquet to Parquet: facts on disk in, outcomes, conditions and amounts out.

python parquet_speed.py write FOLDER           the facts as one Parquet file (not timed)
python parquet_speed.py run FOLDER reasons     or amounts; prints one JSON object
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def write(folder: Path) -> None:
    """``claimants.parquet`` from the population saved in ``folder``."""
    from population import load
    from wenye_engine import claimants

    claimants(load(folder)).write_parquet(folder / "claimants.parquet", statistics=False)


def run(folder: Path, gives: str) -> dict[str, float]:
    """Seconds and peak bytes above import of the whole way, in a fresh process."""
    # Rows that the streaming engine has in hand at a time: fewer of them, less memory, same speed.
    os.environ.setdefault("POLARS_IDEAL_MORSEL_SIZE", "50000")
    import polars as pl

    from measure import peak_above
    from wenye.rules.batch import BatchProgram
    from wenye_engine import Held, outputs
    from workload_rules import ON_CODE, Claimant

    seconds = 0.0

    class OnDisk(Held):
        def table(self, entity: object) -> pl.LazyFrame:
            return pl.scan_parquet(folder / "claimants.parquet")

    def whole_way() -> None:
        nonlocal seconds
        began = time.perf_counter()
        program = BatchProgram(Claimant, outputs(gives), ON_CODE)
        plan = program.decided(program.gathered(OnDisk({})))
        plan.sink_parquet(folder / "outcomes.parquet", compression="lz4")
        seconds = time.perf_counter() - began

    peak = peak_above(whole_way)
    return {
        "seconds": seconds,
        "peak": peak,
        "read": (folder / "claimants.parquet").stat().st_size,
        "written": (folder / "outcomes.parquet").stat().st_size,
    }


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    else:
        print(json.dumps(run(Path(sys.argv[2]), sys.argv[3])))
