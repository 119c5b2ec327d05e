"""Ten thousand sampled decisions of a run come out the same, one by one; totals are the sums."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from verify.conftest import AS_OF

from wenye.determination.replay import replay
from wenye.determination.results import Results
from wenye.determination.run import determine
from wenye.policy.district import load_district
from wenye.registers.store import Registers


def test_ten_thousand_decisions_are_reproduced(registers: Registers, tmp_path: Path) -> None:
    run = determine(registers, load_district("jiading"), AS_OF, tmp_path / "results")
    found = replay(Results.open(tmp_path / "results"), sample=10_000)
    print(f"{found.total:,} decisions done again", flush=True)
    assert found.same
    for name, entry in run.manifest["schemes"].items():
        frame = pl.read_parquet(tmp_path / "results" / f"{name}.parquet")
        granted = frame.filter("granted")
        for status, total in (("payable", "payable_fen"), ("unconfirmed", "unconfirmed_fen")):
            rows = granted.filter(pl.col("amount_status") == status)["amount"].to_list()
            assert entry[total] == sum(rows)
