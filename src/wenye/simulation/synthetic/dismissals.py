"""Dismissals: planned for economic reasons, and contracts that employers have ended."""

from __future__ import annotations

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import dismissals as a
from wenye.simulation.synthetic.assumptions.careers import CONTRACT_MONTHS
from wenye.simulation.synthetic.careers import JOB, UNEMPLOYED, Careers
from wenye.simulation.synthetic.dates import NONE, days, number_of, whole
from wenye.simulation.synthetic.draws import Draws, Ints
from wenye.simulation.synthetic.employers import ENTERPRISE, Employers

PROTECTIONS = (
    "occupational_disease_watch",
    "injured_at_work",
    "medical_period",
    "maternity",
    "otherwise_protected",
)


def layoff_plans_frame(seed: int, employers: Employers, today: int) -> pl.DataFrame:
    """The register of layoff plans, one an employer at most; steps missing or late at times."""
    draws = Draws(seed, "layoff plans")
    planned = (employers.kind == ENTERPRISE) & draws.chance(a.PLANS, len(employers))
    employer = np.flatnonzero(planned).astype(np.int32)
    n = len(employer)
    on = np.where(
        draws.chance(a.LATELY, n),
        draws.between(today - a.AROUND, today + a.PLANNED_AHEAD, n),
        draws.between(number_of(a.PLANNED_SINCE), today, n),
    )
    staff = draws.between(*a.STAFF, n)
    dismissed = np.maximum(staff * draws.between(*a.SHARE, n) // 100, 1).astype(np.int32)
    told = np.where(draws.chance(a.NOT_TOLD, n), NONE, on - draws.between(*a.TOLD_BEFORE, n))
    reported = on - draws.between(*a.TOLD_BEFORE, n) // 2
    reported = np.where(draws.chance(a.NOT_REPORTED, n), NONE, reported)
    return pl.DataFrame(
        {
            "employer": pl.Series(employer),
            "first_dismissal_on": days(on),
            "dismissed": pl.Series(dismissed),
            "staff": pl.Series(staff),
            "ground": pl.Series(draws.pick(a.GROUNDS, n)),
            "contracts_changed_first": pl.Series(draws.chance(a.CHANGED_FIRST, n)),
            "explained_on": days(told.astype(np.int32)),
            "opinions_heard": pl.Series(draws.chance(a.HEARD, n)),
            "reported_on": days(reported.astype(np.int32)),
            "settlement_plan": pl.Series(draws.chance(a.SETTLEMENT, n)),
        }
    )


def terminations_frame(seed: int, careers: Careers) -> pl.DataFrame:
    """The register of contracts ended by the employer, of jobs that led into unemployment."""
    draws = Draws(seed, "terminations")
    lost = (careers.state == JOB) & (careers.after == UNEMPLOYED)
    lost &= (careers.last != NONE) & (careers.last >= number_of(a.ENDED_SINCE))
    which = np.flatnonzero(lost & draws.chance(a.ENDED_BY_EMPLOYER, len(lost)))
    n = len(which)
    ended = careers.last[which]
    since, until = (number_of(day) for day in a.EPIDEMIC)
    then = ((since <= ended) & (ended <= until)).astype(np.int8)
    absence = draws.chance(np.asarray(a.EPIDEMIC_ABSENCE)[then], n)
    return pl.DataFrame(
        {
            "worker": pl.Series(careers.person[which]),
            "employer": pl.Series(careers.employer[which]),
            "ended_on": days(ended),
            "form": pl.Series(draws.pick(a.FORMS, n)),
            "epidemic_absence": pl.Series(absence),
            "employed_since": days(careers.first[which]),
            "contract_months": whole(careers.contract[which]),
            "usual_contract_months": pl.Series(_usual(draws, n)),
            "sole_earner": pl.Series(draws.chance(a.SOLE_EARNER, n)),
            **{name: pl.Series(draws.chance(a.PROTECTED, n)) for name in PROTECTIONS},
        }
    )


def _usual(draws: Draws, n: int) -> Ints:
    fixed = np.array([months for months in CONTRACT_MONTHS if months < 9999], dtype=np.int32)
    return fixed[draws.between(0, len(fixed) - 1, n)]
