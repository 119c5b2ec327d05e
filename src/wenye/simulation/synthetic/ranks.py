"""Which of its group a row is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def rank_within(group: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many earlier rows each row has in its group."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    fresh = np.ones(len(group), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(fresh)
    place = np.arange(len(group)) - starts[np.cumsum(fresh) - 1]
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = place
    return rank
