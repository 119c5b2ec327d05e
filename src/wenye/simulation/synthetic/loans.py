"""Guaranteed start-up loans: to founders, partners, businesses, and people about to start."""

from __future__ import annotations

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import loans as a
from wenye.simulation.synthetic.dates import NONE, days, number_of, whole
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.people import People

INDIVIDUAL, PRE_START, PARTNERS, ORGANISATION = range(4)
_OF_BUSINESSES = np.array([INDIVIDUAL, PARTNERS, ORGANISATION], dtype=np.int8)


def loans_frame(seed: int, people: People, founded: pl.DataFrame, today: int) -> pl.DataFrame:
    """The register of loans; a business borrows itself, or its founder does."""
    draws = Draws(seed, "loans")
    opened = founded["registered_on"].to_physical().to_numpy()
    business = np.flatnonzero(draws.chance(a.BORROWS, len(founded)))
    planning = np.flatnonzero(draws.chance(a.PLANS_TO_START, len(people))).astype(np.int32)
    kind = _OF_BUSINESSES[draws.pick(a.BORROWERS, len(business))]
    borrower = np.concatenate([kind, np.full(len(planning), PRE_START, dtype=np.int8)])
    founder = founded["founder"].to_numpy()[business]
    person = np.concatenate([np.where(kind == ORGANISATION, NONE, founder), planning])
    employer = founded["employer"].to_numpy()[business]
    employer = np.where(kind == ORGANISATION, employer, NONE)
    employer = np.concatenate([employer, np.full(len(planning), NONE, dtype=np.int32)])
    n = len(borrower)

    since = number_of(a.SINCE)
    earliest = np.concatenate([np.maximum(opened[business], since), np.full(len(planning), since)])
    on = draws.between(np.minimum(earliest, today), today, n)
    bounds = np.asarray(a.AMOUNTS, dtype=np.int64)[borrower]
    partners = draws.between(2, 4, n)
    many = np.where(borrower == PARTNERS, partners, 1)
    caps = draws.between(bounds[:, 0], bounds[:, 1], n).astype(np.int64) * many
    steps = np.where(borrower == PARTNERS, caps * draws.between(80, 118, n) // 100, caps)
    amount = steps * a.STEP
    months = np.asarray(a.TERMS, dtype=np.int32)[draws.pick(a.TERM_SHARES, n)]
    rate = draws.between(*a.RATE, n)
    elapsed = np.minimum(np.maximum((today - on) // 30, 0), months)
    interest = (amount * rate * elapsed // 12 + 5_000) // 10_000
    nothing = (elapsed == 0) | draws.chance(a.NOTHING_PAID, n)
    overdue = draws.chance(a.OVERDUE, n)
    return pl.DataFrame(
        {
            "person": whole(person.astype(np.int32)),
            "employer": whole(employer.astype(np.int32)),
            "borrower": pl.Series(borrower),
            "applied_on": days(on),
            "amount": pl.Series(amount),
            "term_months": pl.Series(months),
            "annual_rate": pl.Series(rate),
            "key_group": pl.Series(draws.chance(a.KEY_GROUP, n)),
            "priority_industry": pl.Series(draws.chance(a.PRIORITY, n)),
            "partners_caps": pl.Series(caps * a.STEP).set(pl.Series(borrower != PARTNERS), None),
            "recommended_by": pl.Series(draws.pick(a.RECOMMENDED, n)),
            "recommendation_valid": pl.Series(draws.chance(a.RECOMMENDATION_VALID, n)),
            "renewal": pl.Series(draws.pick(a.RENEWAL, n)),
            "overdue": pl.Series(overdue),
            "paid_on_schedule": pl.Series(~overdue & draws.chance(a.ON_SCHEDULE, n)),
            "interest_paid": pl.Series(interest).set(pl.Series(nothing), None),
        }
    )
