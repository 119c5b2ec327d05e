"""Error rates of payments, estimated from a sample in which each payment had a known probability.

Horvitz–Thompson totals over strata drawn with probability proportional to amount. Their variance is
the one of draws with replacement, which is slightly too large for a sample without (the safe side).
The interval of a proportion is Clopper and Pearson's at the effective size (Korn & Graubard 1998):
the size of a simple sample with the same variance. It holds where no error, or nothing but errors,
was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Looked:
    """One payment of the sample that was looked at; money in fen."""

    stratum: str
    probability: float
    fen: int
    error_fen: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its interval, and the size of the simple sample that would know as much."""

    share: float
    low: float
    high: float
    effective: float
    looked: int


@dataclass(frozen=True, slots=True)
class Estimates:
    """What a sample says: payments with an error, and money in error, of all that was paid."""

    by_number: Estimate
    by_money: Estimate
    #: Absolute error in fen, and the net of too much and too little.
    error_fen: float
    net_fen: float


def estimate(
    looked: Sequence[Looked],
    numbers: Mapping[str, int],
    amounts: Mapping[str, int],
    *,
    level: float = 0.95,
) -> Estimates | None:
    """The estimates; None before anything was looked at.

    ``numbers`` and ``amounts`` are those of the whole frame, by stratum.
    """
    if not looked:
        return None
    count, money = sum(numbers.values()), sum(amounts.values())
    by_number = _share(looked, lambda each: float(each.error_fen != 0), count, level)
    by_money = _share(looked, lambda each: min(abs(each.error_fen), each.fen), money, level)
    return Estimates(
        by_number,
        by_money,
        sum(abs(each.error_fen) / each.probability for each in looked),
        sum(each.error_fen / each.probability for each in looked),
    )


def _share(
    looked: Sequence[Looked], value: Callable[[Looked], float], whole: int, level: float
) -> Estimate:
    size = len(looked)
    total = sum(value(each) / each.probability for each in looked)
    share = min(1.0, max(0.0, total / whole)) if whole else 0.0
    variance = _variance(looked, value) / whole**2 if whole else 0.0
    plain = share * (1 - share)
    if 0 < share < 1 and variance > 0:
        # Never more than twice the sample: a variance estimated near nothing proves nothing.
        effective = min(plain / variance, 2.0 * size)
    else:
        effective = _kish(looked)
    effective = max(1.0, effective)
    low, high = clopper_pearson(share * effective, effective, level)
    return Estimate(share, low, high, effective, size)


def _variance(looked: Sequence[Looked], value: Callable[[Looked], float]) -> float:
    found = 0.0
    strata: dict[str, list[Looked]] = {}
    for each in looked:
        if each.probability < 1:
            strata.setdefault(each.stratum, []).append(each)
    for rows in strata.values():
        size = len(rows)
        if size < 2:
            # One alone says nothing of how much others vary: taken as if it were all of it.
            found += sum((value(row) / row.probability) ** 2 for row in rows)
            continue
        parts = [value(row) / row.probability for row in rows]
        mean = sum(parts) / size
        found += size / (size - 1) * sum((part - mean) ** 2 for part in parts)
    return found


def _kish(looked: Sequence[Looked]) -> float:
    """The effective size by the weights alone."""
    weights = [1 / each.probability for each in looked]
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)


def clopper_pearson(hits: float, size: float, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a proportion; ``hits`` and ``size`` need not be whole."""
    tail = (1 - level) / 2
    low = 0.0 if hits <= 0 else _beta_quantile(tail, hits, size - hits + 1)
    high = 1.0 if hits >= size else _beta_quantile(1 - tail, hits + 1, size - hits)
    return low, high


def _beta_quantile(share: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_cdf(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_cdf(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 400):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            result *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return front * result / a
