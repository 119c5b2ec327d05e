"""Mistakes put into the executors, the calendar and the aggregates are noticed by the quick checks.

Each mutant runs in a process of its own; one that hangs or fails to load counts as noticed. What
survives is printed: some of it means the same as what it replaces.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from verify.mutants import Mutant, sample
from verify.seeds import WORKERS, wanted

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 180  # seconds


def survives(mutant: Mutant) -> bool:
    return passes(f"from verify.mutants import Mutant, run\nrun({mutant!r})")


def passes(script: str) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", script],
            check=False,
            cwd=ROOT,
            capture_output=True,
            timeout=LIMIT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def test_the_checks_pass_without_a_mistake() -> None:
    assert passes("from verify.mutant_checks import check\ncheck()")


def test_mistakes_in_the_executors_are_noticed() -> None:
    chosen = sample(wanted(220), seed=11)
    survivors: list[Mutant] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for place, (mutant, alive) in enumerate(
            zip(chosen, pool.map(survives, chosen), strict=True), start=1
        ):
            if alive:
                survivors.append(mutant)
                print(f"survived: {mutant}", flush=True)
            if place % 40 == 0:
                print(f"{place} mutants, {place - len(survivors)} noticed", flush=True)
    noticed = 1 - len(survivors) / len(chosen)
    print(f"{len(chosen)} mutants, {noticed:.1%} noticed", flush=True)
    # About one in nine of those tried means the same as what it replaces, and goes unnoticed.
    assert noticed >= 0.78
