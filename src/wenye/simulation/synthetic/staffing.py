"""A year of insured staff, as settled with the unemployment fund in the year after."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import books as a
from wenye.simulation.synthetic.dates import days, number_of
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.payroll import Payroll


def staffing_frame(seed: int, payroll: Payroll, as_of: dt.date) -> pl.DataFrame:
    """The register of a year's insured staff, once a year's figures are settled."""
    draws = Draws(seed, "staffing years")
    today = number_of(as_of)
    parts = []
    for year in dict.fromkeys((*a.STAFFING_YEARS, as_of.year - 1)):
        january, december = year * 12, year * 12 + 11
        months = payroll.months(january, december)
        start, end = payroll.insured(january), payroll.insured(december)
        settled = number_of(dt.date(year, 12, 31)) + draws.between(*a.SETTLED, payroll.employers)
        gone = start * a.RETIRED_OR_DIED + draws.chance(0.5, payroll.employers)
        which = np.flatnonzero((months > 0) & (settled <= today)).astype(np.int32)
        n = len(which)
        paid = (months[which] * payroll.wage[which] * a.UNEMPLOYMENT_RATE + 5_000) // 10_000
        parts.append(
            pl.DataFrame(
                {
                    "employer": pl.Series(which),
                    "year": pl.Series(np.full(n, year, dtype=np.int32)),
                    "settled_on": days(settled[which].astype(np.int32)),
                    "insured_at_start": pl.Series(start[which]),
                    "insured_at_end": pl.Series(end[which]),
                    "retired_or_died": pl.Series(gone[which].astype(np.int32)),
                    "insured_over_months": pl.Series(months[which].astype(np.int32)),
                    "contributions_paid": pl.Series(paid),
                }
            )
        )
    return pl.concat(parts)
