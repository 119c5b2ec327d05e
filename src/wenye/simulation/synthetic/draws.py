"""Random numbers by seed: one independent stream per subject, so that parts do not disturb others.

A stream depends on the seed and its own name only: drawing more in one part of the district leaves
the rest as it was, and neither threads nor machine matter.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Small: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]


class Draws:
    """One stream of random draws; ``Draws(seed, "careers")`` is always the same stream."""

    def __init__(self, seed: int, name: str) -> None:
        entropy = np.random.SeedSequence([seed, zlib.crc32(name.encode("utf-8"))])
        self._generator = np.random.Generator(np.random.PCG64(entropy))

    def chance(self, share: float | NDArray[np.floating[Any]], n: int) -> Flags:
        """``n`` flags, each set with probability ``share`` (one for all, or one each)."""
        return self._generator.random(n, dtype=np.float32) < share

    def between(self, low: Any, high: Any, n: int) -> Ints:
        """``n`` whole numbers from ``low`` to ``high``, both included; bounds may be arrays."""
        span = np.asarray(high, dtype=np.float64) - low + 1
        drawn = low + np.floor(self._generator.random(n) * span)
        return np.asarray(drawn, dtype=np.int32)

    def pick(self, shares: Sequence[float], n: int) -> Small:
        """``n`` positions, drawn with the given shares (which need not sum to one)."""
        edges = np.cumsum(np.asarray(shares, dtype=np.float64))
        drawn = self._generator.random(n) * edges[-1]
        return np.asarray(np.searchsorted(edges[:-1], drawn, side="right"), dtype=np.int8)

    def weighted(self, weights: NDArray[np.float64], n: int) -> Ints:
        """``n`` positions among very many, drawn in proportion to ``weights``."""
        edges = np.cumsum(weights)
        drawn = self._generator.random(n) * edges[-1]
        found = np.searchsorted(edges, drawn, side="right")
        return np.asarray(np.minimum(found, len(weights) - 1), dtype=np.int32)

    def exponential(self, mean: Any, n: int) -> Ints:
        """``n`` whole waiting times with the given mean (one for all, or one each)."""
        drawn = self._generator.standard_exponential(n, dtype=np.float32) * mean
        return np.asarray(drawn, dtype=np.int32)

    def pareto(self, shape: float, n: int) -> NDArray[np.float64]:
        """``n`` sizes of at least one with a heavy tail."""
        return self._generator.pareto(shape, n) + 1.0

    def sample(self, population: int, n: int) -> NDArray[np.int64]:
        """``n`` different positions of ``population``, in random order."""
        return self._generator.permutation(population)[:n]
