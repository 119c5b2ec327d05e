"""Work spread over seeds and two processes until enough has been compared."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context

WORKERS = 2


@dataclass
class Found:
    """What one seed came to."""

    compared: int
    faults: list[str] = field(default_factory=list)
    unsettled: int = 0


@dataclass
class Sum:
    """What all seeds came to; ``faults`` by seed."""

    seeds: int = 0
    compared: int = 0
    unsettled: int = 0
    faults: dict[int, list[str]] = field(default_factory=dict)


def wanted(many: int) -> int:
    """``many``, scaled by ``WENYE_VERIFY_SHARE`` (1 unless a quicker look is enough)."""
    return int(many * float(os.environ.get("WENYE_VERIFY_SHARE", "1")))


def over_seeds(work: Callable[[int], Found], many: int, first: int, what: str) -> Sum:
    """``work`` over seeds from ``first`` on until ``many`` comparisons are made."""
    done, told = Sum(), 0
    # Polars runs threads of its own: a forked worker would inherit their locks.
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        seeds = count(first)
        running: dict[Future[Found], int] = {}
        while done.compared < many or running:
            while done.compared < many and len(running) < 2 * WORKERS:
                seed = next(seeds)
                running[pool.submit(work, seed)] = seed
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                seed, found = running.pop(future), future.result()
                done.seeds += 1
                done.compared += found.compared
                done.unsettled += found.unsettled
                if found.faults:
                    done.faults[seed] = found.faults
                    print(f"seed {seed}: {found.faults[0]}", flush=True)
            if done.compared * 10 // many > told:
                told = done.compared * 10 // many
                print(f"{done.compared:,} {what}, {done.seeds:,} programs", flush=True)
    return done
