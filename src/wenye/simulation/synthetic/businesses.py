"""Businesses and their founders: grown-up when it began, and no hire before the beginning."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic.assumptions import employers as a
from wenye.simulation.synthetic.careers import JOB, Careers
from wenye.simulation.synthetic.dates import NONE, YEAR, days, number_of
from wenye.simulation.synthetic.draws import Draws, Ints
from wenye.simulation.synthetic.employers import (
    COOPERATIVE,
    ENTERPRISE,
    SELF_EMPLOYED,
    Employers,
)
from wenye.simulation.synthetic.people import People


def businesses_frame(
    seed: int, people: People, employers: Employers, careers: Careers
) -> pl.DataFrame:
    """The register of businesses, in order of registration; every business once."""
    draws = Draws(seed, "businesses")
    can_be = np.isin(employers.kind, (ENTERPRISE, SELF_EMPLOYED, COOPERATIVE))
    can_be &= employers.in_city & ~employers.dispatch
    wanted = can_be & draws.chance(a.BUSINESSES_PER_EMPLOYER, len(employers))
    employer = np.flatnonzero(wanted).astype(np.int32)
    founder = draws.between(0, len(people) - 1, len(employer))
    young = draws.chance(a.FOUNDED_BY_GRADUATES, len(employer))
    graduates = np.flatnonzero(people.graduated != NONE).astype(np.int32)
    if len(graduates):
        chosen = graduates[draws.between(0, len(graduates) - 1, len(employer))]
        founder = np.where(young, chosen, founder)
    grown = people.birth[founder] + np.int32((a.FOUNDER_FROM_AGE + 1) * YEAR)
    earliest = np.maximum(grown, number_of(a.BUSINESSES_SINCE))
    first_hire, last_hire = _hires(careers, len(employers))
    latest = np.minimum(first_hire[employer], careers.today - 10)
    possible = earliest <= latest
    employer, founder = employer[possible], founder[possible]
    earliest, latest = earliest[possible], latest[possible]
    on = draws.between(earliest, latest, len(employer))
    school = people.graduated[founder]
    soon = np.maximum(school, 0) + draws.between(*a.FOUNDED_AFTER, len(employer))
    fits = young[possible] & (school != NONE) & (earliest <= soon) & (soon <= latest)
    on = np.where(fits, soon, on).astype(np.int32)
    order = np.lexsort((employer, on))
    employer, founder, on = employer[order], founder[order], on[order]
    n = len(on)
    closed = _closings(draws, careers.today, on, last_hire[employer])
    applied = on + draws.between(*a.APPLIES_AFTER, n)
    applies = draws.chance(a.APPLIES, n) & (applied <= careers.today)
    return pl.DataFrame(
        {
            "employer": pl.Series(employer),
            "founder": pl.Series(founder),
            "registered_on": days(on),
            "closed_on": days(closed),
            "first_business": pl.Series(_first_of(founder) & ~draws.chance(a.FOUNDED_BEFORE, n)),
            "returnee": pl.Series(draws.chance(a.RETURNEE, n)),
            "operating": pl.Series((closed == NONE) & draws.chance(a.OPERATING, n)),
            "applied_on": days(np.where(applies, applied, NONE).astype(np.int32)),
        }
    )


def _hires(careers: Careers, employers: int) -> tuple[Ints, Ints]:
    """First hire and last day of employment of each employer so far."""
    job = careers.state == JOB
    first = np.full(employers, careers.today, dtype=np.int32)
    last = np.zeros(employers, dtype=np.int32)
    np.minimum.at(first, careers.employer[job], careers.first[job])
    np.maximum.at(last, careers.employer[job], careers.until[job])
    return first, last


def _closings(draws: Draws, today: int, on: Ints, last_hire: Ints) -> Ints:
    """Some have closed, never before the last worker left."""
    earliest = np.maximum(on + 60, last_hire)
    closed = draws.chance(a.CLOSED, len(on)) & (earliest < today)
    when = draws.between(np.minimum(earliest, today), today, len(on))
    return np.where(closed, when, NONE).astype(np.int32)


def _first_of(founder: Ints) -> NDArray[np.bool_]:
    """Whether a founder's row is the earliest; rows are in order of time."""
    _, earliest = np.unique(founder, return_index=True)
    first = np.zeros(len(founder), dtype=np.bool_)
    first[earliest] = True
    return first
