"""Wall time, CPU time and memory of a call, and what the machine is."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import resource
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of wall and CPU time per run (CPU time counts all threads)."""

    best: float
    median: float
    cpu: float
    runs: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(
    run: Callable[[], object],
    prepare: Callable[[], object] = lambda: None,
    *,
    least: int = 5,
    most: int = 25,
    seconds: float = 10.0,
) -> Timing:
    """Run until ``seconds`` are over: at least ``least`` times, at most ``most`` times.

    ``prepare`` goes before every run and, like giving the result's memory back, is not timed. The
    caller has warmed up.
    """
    walls: list[float] = []
    cpus: list[float] = []
    began = time.perf_counter()
    while len(walls) < most and (len(walls) < least or time.perf_counter() - began < seconds):
        prepare()
        gc.collect()
        cpu, wall = _cpu(), time.perf_counter()
        result = run()
        walls.append(time.perf_counter() - wall)
        cpus.append(_cpu() - cpu)
        del result
    return Timing(min(walls), statistics.median(walls), statistics.median(cpus), len(walls))


def _status(field: str) -> int:
    """A size of this process in bytes, from the kernel's status file."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"the kernel does not tell {field}: memory is measured on Linux only")


def resident() -> int:
    """Resident memory now, in bytes, after giving freed memory back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return _status("VmRSS")


class _Sampler(threading.Thread):
    """The largest resident size seen, where the kernel's own peak cannot be reset."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not self.over.wait(0.001):
            self.peak = max(self.peak, int(Path("/proc/self/statm").read_text().split()[1]) * page)


def peak_above(run: Callable[[], object]) -> int:
    """Bytes by which resident memory rose at most during one run, above what it was before."""
    before = resident()
    try:
        Path("/proc/self/clear_refs").write_text("5")  # sets the peak back to the present size
        reset = _status("VmHWM") < before * 1.05 + 2**20
    except OSError:
        reset = False
    if reset:
        result = run()
        peak = _status("VmHWM")
    else:
        sampler = _Sampler()
        sampler.start()
        result = run()
        sampler.over.set()
        sampler.join()
        peak = sampler.peak
    del result
    return max(0, peak - before)


def bandwidth(megabytes: int = 256, runs: int = 7) -> float:
    """Stream copy of one core in GB/s: bytes read plus bytes written."""
    source = np.ones(megabytes * 2**20 // 8)
    target = np.empty_like(source)
    np.copyto(target, source)
    best = min(_seconds(lambda: np.copyto(target, source)) for _ in range(runs))
    return 2 * source.nbytes / best / 1e9


def bandwidth_all(megabytes: int = 256, runs: int = 7) -> float:
    """The same with one thread per core, each on its own part."""
    cores = len(os.sched_getaffinity(0))
    source = np.ones(megabytes * 2**20 // 8)
    target = np.empty_like(source)
    parts = list(zip(np.array_split(target, cores), np.array_split(source, cores), strict=True))

    def copy() -> None:
        threads = [threading.Thread(target=np.copyto, args=part) for part in parts]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    copy()
    return 2 * source.nbytes / min(_seconds(copy) for _ in range(runs)) / 1e9


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def machine() -> dict[str, Any]:
    """Processor, cores, memory, system, Python and how busy the machine was."""
    cpu = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(pages / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "copy_gb_per_s_one_core": round(bandwidth(), 1),
        "copy_gb_per_s_all_cores": round(bandwidth_all(), 1),
        "load_before": round(os.getloadavg()[0], 2),
    }
