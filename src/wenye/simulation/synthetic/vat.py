"""VAT returns: by quarter, and by month of the larger taxpayers."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import books as a
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.employers import ENTERPRISE, SELF_EMPLOYED, Employers
from wenye.simulation.synthetic.payroll import Payroll, month_index


def vat_frame(seed: int, employers: Employers, payroll: Payroll, as_of: dt.date) -> pl.DataFrame:
    """The register of VAT returns: by quarter, and last month's of the larger taxpayers."""
    draws = Draws(seed, "VAT returns")
    n = len(employers)
    trading = (employers.kind == ENTERPRISE) | (employers.kind == SELF_EMPLOYED)
    taxed = trading & draws.chance(a.TAXED, n)
    few = (payroll.insured(month_index(as_of) - 1) < a.FEW_STAFF).astype(np.int8)
    small = draws.chance(np.asarray(a.SMALL_SCALE)[few], n)
    some = draws.chance(a.RETURNS_OF_THE_PAST_HELD, n)
    now = month_index(as_of)
    quarter = now // 3 * 3 - 3
    past = [month_index(day) for day in a.RETURNS_OF_THE_PAST]
    spells = [(first, 3, some) for first in past if first + 3 <= quarter]
    spells += [(quarter, 3, small), (now - 1, 1, ~small)]
    parts = []
    for first, length, whose in spells:
        last = first + length - 1
        which = np.flatnonzero(taxed & whose).astype(np.int32)
        low, high = (bound * length // 3 for bound in a.SALES)
        parts.append(
            pl.DataFrame(
                {
                    "employer": pl.Series(which),
                    "first_month": pl.Series(np.full(len(which), first, dtype=np.int32)),
                    "last_month": pl.Series(np.full(len(which), last, dtype=np.int32)),
                    "small_scale": pl.Series(small[which]),
                    "sales_at_levy_rate": pl.Series(
                        draws.between(low, high, len(which)).astype(np.int64)
                    ),
                }
            )
        )
    return pl.concat(parts)
