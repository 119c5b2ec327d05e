"""Ten million random person-rule pairs: the case executor and the batch executor say the same.

The rules are generated too (every operation, unknowns, absences and month ends included). How many
pairs are compared is set by ``WENYE_VERIFY_PAIRS``.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import count

from tests.rules.equality import answers
from tests.rules.generated_schemes import program
from tests.rules.population import population

WANTED = int(os.environ.get("WENYE_VERIFY_PAIRS", "10000000"))
ROWS = 600
WORKERS = 2


def compared(seed: int) -> tuple[int, int, list[str]]:
    """Pairs compared under one generated program, and where the executors differ."""
    subject, outputs = program(seed)
    found = answers(subject, outputs, population(seed, ROWS))
    return seed, found.pairs, found.differences()


def test_ten_million_pairs_come_out_the_same() -> None:
    pairs, programs, told = 0, 0, 0
    differences: dict[int, list[str]] = {}
    with ProcessPoolExecutor(WORKERS) as pool:
        seeds = count(1_000_000)
        running = {pool.submit(compared, next(seeds)) for _ in range(2 * WORKERS)}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            seed, many, differ = done.result()
            pairs, programs = pairs + many, programs + 1
            if differ:
                differences[seed] = differ
            if pairs < WANTED:
                running.add(pool.submit(compared, next(seeds)))
            if pairs * 20 // WANTED > told:
                told = pairs * 20 // WANTED
                print(
                    f"{pairs:,} pairs, {programs:,} programs, {len(differences)} differ", flush=True
                )
    assert differences == {}
    assert pairs >= WANTED
