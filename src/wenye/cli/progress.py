"""Progress on standard error: a bar where someone watches, plain lines where something records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Report(Protocol):
    """What a long job is handed, to say how far it is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` parts of ``what`` are finished; ``total`` is at least 1."""


def silent(what: str, done: int, total: int) -> None:
    """Say nothing: for a job that is part of another."""


@contextmanager
def progress() -> Iterator[Report]:
    """Show a long job's progress while the block runs; results on standard output stay clean."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield report


def _lines() -> Report:
    """A line for each further tenth of a job, so that a log of a long one stays short."""
    tenths: dict[str, int] = {}

    def report(what: str, done: int, total: int) -> None:
        tenth = done * 10 // total
        if tenth > tenths.get(what, 0):
            tenths[what] = tenth
            print(f"{what} {done}/{total}", file=sys.stderr, flush=True)

    return report
