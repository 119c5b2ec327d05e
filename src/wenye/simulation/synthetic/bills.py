"""Contribution bills: what employers owe for a month, insurance by insurance."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import books as a
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.payroll import Payroll, month_index


def bills_frame(seed: int, payroll: Payroll, as_of: dt.date) -> pl.DataFrame:
    """The register of contribution bills: last month of all, some earlier months of some."""
    draws = Draws(seed, "bills")
    some = draws.chance(a.BILLS_OF_THE_PAST_HELD, payroll.employers)
    last = month_index(as_of) - 1
    parts = []
    for month in dict.fromkeys((*(month_index(day) for day in a.BILLS_OF_THE_PAST), last)):
        insured = payroll.insured(month)
        billed = np.flatnonzero((insured > 0) & (some | (month == last))).astype(np.int32)
        base = insured[billed] * payroll.wage[billed]
        for place, rate in enumerate(a.RATES):
            due = (base * rate + 5_000) // 10_000
            parts.append(
                pl.DataFrame(
                    {
                        "employer": pl.Series(billed),
                        "month": pl.Series(np.full(len(billed), month, dtype=np.int32)),
                        "insurance": pl.Series(np.full(len(billed), place, dtype=np.int8)),
                        "due": pl.Series(due),
                    }
                )
            )
    return pl.concat(parts).filter(pl.col("month") <= month_index(as_of))
