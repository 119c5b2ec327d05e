"""The invented employers: kinds, a heavy tail of sizes, dispatch companies, some with nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic.assumptions import employers as a
from wenye.simulation.synthetic.dates import NONE, whole
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small

ENTERPRISE, INSTITUTION, ASSOCIATION, PRIVATE_NON_ENTERPRISE, SELF_EMPLOYED, COOPERATIVE = range(6)
FEWEST = 12


@dataclass(frozen=True, slots=True)
class Employers:
    """One array per property, all of the same length; an employer is a position in them."""

    kind: Small
    in_city: Flags
    dispatch: Flags
    unit: Small
    weight: NDArray[np.float64]  # share of jobs; zero for an employer with nobody

    def __len__(self) -> int:
        return len(self.kind)


def invent_employers(seed: int, people: int, units: int) -> Employers:
    """Employers for a district of so many people."""
    draws = Draws(seed, "employers")
    n = max(FEWEST, people // a.PEOPLE_PER_EMPLOYER)
    kind = draws.pick(a.EMPLOYER_KINDS, n)
    dispatch = (kind == ENTERPRISE) & draws.chance(a.DISPATCH, n)
    weight = draws.pareto(a.SIZE_SHAPE, n)
    weight[kind == SELF_EMPLOYED] = np.minimum(weight[kind == SELF_EMPLOYED], 4.0)
    weight[dispatch] *= a.DISPATCH_WEIGHT
    weight = np.minimum(weight, max(8.0, weight.sum() * a.LARGEST_SHARE))
    nobody = draws.chance(a.WITHOUT_STAFF, n)
    nobody[0] = False
    weight[nobody] = 0.0
    return Employers(
        kind=kind,
        in_city=draws.chance(a.IN_CITY, n),
        dispatch=dispatch,
        unit=draws.between(0, units - 1, n).astype(np.int8),
        weight=weight,
    )


def employers_frame(
    employers: Employers, employed: Ints, units: pl.Series, seed: int
) -> pl.DataFrame:
    """The register of employers, typed; ``employed`` is how many people each employs today.

    An employer outside the city has no unit of the district: its cell is empty.
    """
    draws = Draws(seed, "staff")
    n = len(employers)
    otherwise = draws.chance(a.STAFF_DECLARED_OTHERWISE, n)
    change = draws.between(-1, 1 + employed // 20, n)
    staff = np.maximum(employed + np.where(otherwise, change, 0), 0).astype(np.int32)
    size = np.searchsorted(np.asarray(a.SIZE_CLASSES), staff, side="right").astype(np.int8)
    declares = draws.chance(a.DECLARES_FOR_A_LOAN, n) & (employers.kind == ENTERPRISE)
    hired = draws.between(0, staff // a.KEY_GROUP_SHARE + 2, n)
    trading = (employers.kind == ENTERPRISE) | (employers.kind == SELF_EMPLOYED)
    hit = trading & draws.chance(a.EPIDEMIC_HIT, n)
    hard = draws.chance(a.HARD_HIT_TRADE, n)
    return pl.DataFrame(
        {
            "kind": pl.Series(employers.kind),
            "in_city": pl.Series(employers.in_city),
            "labour_dispatch": pl.Series(employers.dispatch),
            "size": pl.Series(size),
            "staff": pl.Series(staff),
            "epidemic_hit": pl.Series(hit),
            "hard_hit_trade": pl.Series(hard),
            "key_group_hires": whole(np.where(declares, hired, NONE).astype(np.int32)),
            "town": units.gather(employers.unit.astype(np.int32)).set(
                pl.Series(~employers.in_city), None
            ),
        }
    )
