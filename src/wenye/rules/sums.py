"""Adding up related rows: what each counts for at least and at most, summed by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.rules.lookups import Flags, Ints, Longs, nullable

#: Pairs of a row and a related row that are looked at together.
TOGETHER = 4_000_000


@dataclass(frozen=True, slots=True)
class Tested:
    """Of each row the least and the most that it adds, and whether the most is unknown."""

    least: Longs
    most: Longs
    unknown: Flags | None

    def take(self, rows: Ints) -> Tested:
        """The same of some rows, in their order."""
        unknown = None if self.unknown is None else self.unknown[rows]
        return Tested(self.least[rows], self.most[rows], unknown)

    def summed(self, starts: Longs) -> Sums:
        """The sums of the rows from each start to the next."""
        most = pl.Series(_sums(self.most, starts))
        if self.unknown is not None:
            unknown = _sums(self.unknown.astype(np.int64), starts) > 0
            most = most.set(pl.Series(unknown), None)
        return Sums(pl.Series(_sums(self.least, starts)), most)


@dataclass(frozen=True, slots=True)
class Sums:
    """The least and the most of each group of rows; no most where it is unknown."""

    least: pl.Series
    most: pl.Series

    def of(self, owners: Ints) -> Sums:
        """The sums of each owner; nothing where an owner has no rows."""
        rows = nullable(np.where((owners >= 0) & (owners < len(self.least)), owners, -1))
        there = pl.Series(rows).is_not_null()
        least = self.least.gather(rows).fill_null(0)
        most = self.most.gather(rows)
        return Sums(least, most if there.all() else most.set(~there, 0))

    @classmethod
    def joined(cls, parts: list[Sums]) -> Sums:
        """Sums of one frame after another."""
        least = pl.concat([part.least for part in parts], rechunk=True)
        return cls(least, pl.concat([part.most for part in parts], rechunk=True))


def _sums(values: Longs, starts: Longs) -> Longs:
    running = np.concatenate([[0], np.cumsum(values)])
    sums: Longs = running[starts[1:]] - running[starts[:-1]]
    return sums


def slices(counts: Longs) -> Iterator[tuple[int, int]]:
    """Stretches of rows with no more related rows than can be looked at together."""
    running = np.cumsum(counts)
    begin, before = 0, 0
    while begin < len(counts):
        end = int(np.searchsorted(running, before + TOGETHER, side="right"))
        end = min(max(end, begin + 1), len(counts))
        yield begin, end
        begin, before = end, int(running[end - 1])
    if not len(counts):
        yield 0, 0
