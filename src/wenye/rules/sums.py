"""Adding up related rows: what each counts for at least and at most, summed by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.rules.lookups import Flags, Ints, Longs

#: Pairs of a row and a related row that are looked at together.
TOGETHER = 2_000_000

#: Whole numbers that add up to less than this are added exactly as floats.
_EXACT = 2.0**52

Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Tested:
    """Of each row the least and the most that it adds, and where the most is unknown."""

    least: Longs
    most: Longs
    unknown: Flags | None

    @classmethod
    def of(cls, answers: pl.DataFrame) -> Tested:
        """Of rows whose ``test`` tells whether they count, from ``low`` to ``high`` or once."""
        test = answers["test"]
        sure = test.fill_null(False).to_numpy()
        possible = test.fill_null(True).to_numpy()
        if "low" not in answers.columns:
            return cls(sure.astype(np.int64), possible.astype(np.int64), None)
        low = answers["low"].fill_null(0).to_numpy()
        known = answers["high"].is_not_null().to_numpy()
        high = answers["high"].fill_null(0).to_numpy()
        return cls(np.where(sure, low, 0), np.where(possible, high, 0), possible & ~known)

    def by_owner(self, owners: Ints, most: int) -> Sums:
        """The sums of each owner's rows, from owner 0 to ``most``; ``owners`` names each row's."""
        mine = owners >= 0
        held = owners[mine]
        unknown = None
        if self.unknown is not None:
            unknown = np.bincount(owners[mine & self.unknown], minlength=most + 1) > 0
        least, most_of = (_added(side[mine], held, most + 1) for side in (self.least, self.most))
        return Sums(least, most_of, unknown)

    def summed(self, starts: Longs) -> Sums:
        """The sums of the rows from each start to the next."""
        unknown = None
        if self.unknown is not None:
            unknown = _sums(self.unknown.astype(np.int64), starts) > 0
        return Sums(_sums(self.least, starts), _sums(self.most, starts), unknown)


@dataclass(frozen=True, slots=True)
class Sums:
    """The least and the most of each group of rows, and where the most is unknown."""

    least: Whole
    most: Whole
    unknown: Flags | None

    def of(self, owners: Ints) -> Sums:
        """The sums of each owner; nothing where an owner has no rows."""
        inside = (owners >= 0) & (owners < len(self.least))
        at = np.where(inside, owners, 0)
        if not len(self.least):
            nothing = np.zeros(len(owners), dtype=np.int64)
            return Sums(nothing, nothing, None)
        unknown = None if self.unknown is None else self.unknown[at] & inside
        return Sums(
            np.where(inside, self.least[at], 0), np.where(inside, self.most[at], 0), unknown
        )

    def at(self, rows: NDArray[np.intp], of: int) -> Sums:
        """The same for a frame of ``of`` rows, of which these are ``rows``, and others nothing."""
        if len(rows) == of:
            return self
        unknown = None if self.unknown is None else _spread(self.unknown, rows, of)
        return Sums(_spread(self.least, rows, of), _spread(self.most, rows, of), unknown)

    def narrow(self) -> Sums:
        """The same in less memory, to be kept."""
        return Sums(_narrow(self.least), _narrow(self.most), self.unknown)

    def columns(self, dtype: Any) -> tuple[pl.Series, pl.Series]:
        """Least and most as columns; no most where it is unknown.

        They are of type ``dtype`` unless a sum is too large for it.
        """
        sides = [pl.Series(_narrow(side)) for side in (self.least, self.most)]
        wide = any(side.dtype == pl.Int64 for side in sides)
        least, most = (side.cast(pl.Int64 if wide else dtype) for side in sides)
        if self.unknown is not None and self.unknown.any():
            most = most.set(pl.Series(self.unknown), None)
        return least, most

    @classmethod
    def joined(cls, parts: list[Sums]) -> Sums:
        """Sums of one frame after another."""
        unknown = [part.unknown for part in parts if part.unknown is not None]
        return cls(
            np.concatenate([part.least for part in parts]),
            np.concatenate([part.most for part in parts]),
            np.concatenate(unknown) if unknown else None,
        )


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


def starts_of(counts: Longs) -> Longs:
    """Where each group begins among rows that follow group by group; and where the last ends."""
    starts: Longs = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def _added(values: Longs, owners: Ints, size: int) -> Longs:
    """The values of each owner added up, exactly."""
    if float(np.abs(values).sum(dtype=np.float64)) < _EXACT:
        sums: Longs = np.bincount(owners, weights=values, minlength=size).astype(np.int64)
        return sums
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, owners, values)
    return sums


def _sums(values: Longs, starts: Longs) -> Longs:
    running = starts_of(values)
    sums: Longs = running[starts[1:]] - running[starts[:-1]]
    return sums


def _spread(values: NDArray[Any], rows: NDArray[np.intp], of: int) -> NDArray[Any]:
    spread = np.zeros(of, dtype=values.dtype)
    spread[rows] = values
    return spread


def _narrow(values: Whole) -> Whole:
    least, most = int(values.min(initial=0)), int(values.max(initial=0))
    for dtype in (np.int8, np.int32):
        if np.iinfo(dtype).min <= least and most <= np.iinfo(dtype).max:
            return values.astype(dtype)
    return values
