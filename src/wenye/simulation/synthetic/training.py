"""Training: courses, apprenticeships and training on the job, and the vouchers that pay for it."""

from __future__ import annotations

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import training as a
from wenye.simulation.synthetic.careers import IDLE, JOB, Careers
from wenye.simulation.synthetic.certifications import Certified
from wenye.simulation.synthetic.dates import NONE, days, number_of, whole
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.people import People

COURSE, OFF_FARM, APPRENTICESHIP, ON_THE_JOB = range(4)
ONLINE = 1


def trainings_frame(seed: int, careers: Careers, certified: Certified) -> pl.DataFrame:
    """The register of trainings, at most one in each stretch of a career."""
    draws = Draws(seed, "trainings")
    people = int(max(careers.person.max(initial=-1), certified.person.max(initial=-1))) + 1
    is_certified = np.zeros(people, dtype=np.int8)
    is_certified[certified.person] = 1
    opens = number_of(a.SINCE)
    since = np.maximum(careers.first, opens)
    share = np.asarray((a.TRAINED, a.TRAINED_CERTIFIED))[is_certified[careers.person]]
    fits = (careers.state != IDLE) & (since + 5 < careers.until)
    which = np.flatnonzero(fits & draws.chance(share, len(share)))
    n = len(which)
    on = draws.between(since[which], careers.until[which] - 5, n)
    works = careers.state[which] == JOB
    kind = np.where(works, draws.pick(a.KINDS_AT_WORK, n), draws.pick(a.KINDS_ELSEWHERE, n))
    by_employer = works & (kind >= APPRENTICESHIP)
    length = np.where(
        kind == APPRENTICESHIP, draws.between(*a.APPRENTICESHIP, n), draws.between(*a.LENGTHS, n)
    )
    ends = on + length
    open_ = (ends > careers.today) | draws.chance(a.NOT_COMPLETED, n)
    first, last = (number_of(day) for day in a.STOPPAGE)
    then = (first <= on) & (on <= last)
    stopped = draws.chance(np.asarray(a.DURING_STOPPAGE)[then.astype(np.int8)], n) & works
    standard = np.asarray(a.STANDARDS, dtype=np.int64)[draws.between(0, len(a.STANDARDS) - 1, n)]
    cost = standard * draws.between(*a.COST_PERCENT, n) // 100
    mode = np.where(stopped, ONLINE, draws.pick(a.MODES, n)).astype(np.int8)
    return pl.DataFrame(
        {
            "person": pl.Series(careers.person[which]),
            "employer": whole(
                np.where(by_employer, careers.employer[which], NONE).astype(np.int32)
            ),
            "kind": pl.Series(kind.astype(np.int8)),
            "mode": pl.Series(mode),
            "started_on": days(on),
            "completed_on": days(np.where(open_, NONE, ends).astype(np.int32)),
            "listed": pl.Series(draws.chance(a.LISTED, n)),
            "certified": pl.Series(~open_ & draws.chance(a.CERTIFIED, n)),
            "standard": pl.Series(standard).set(pl.Series(draws.chance(a.NO_STANDARD, n)), None),
            "cost": pl.Series(cost),
            "during_stoppage": pl.Series(stopped),
            "related_and_filed": pl.Series(draws.chance(a.RELATED_AND_FILED, n)),
            "paid_by_voucher": pl.Series(draws.chance(a.BY_VOUCHER, n)),
        }
    )


def vouchers_frame(seed: int, people: People, today: int) -> pl.DataFrame:
    """The register of training vouchers, one a person at most."""
    draws = Draws(seed, "vouchers")
    who = np.flatnonzero(draws.chance(a.VOUCHERS, len(people))).astype(np.int32)
    n = len(who)
    on = draws.between(number_of(a.VOUCHERS_SINCE), today, n)
    used_on = on + draws.between(0, a.VOUCHER_USED_WITHIN, n)
    used = draws.chance(a.VOUCHER_USED, n) & (used_on <= today)
    fee = np.asarray(a.STANDARDS, dtype=np.int64)[draws.between(0, len(a.STANDARDS) - 1, n)]
    return pl.DataFrame(
        {
            "person": pl.Series(who),
            "issued_on": days(on),
            "used_on": days(np.where(used, used_on, NONE).astype(np.int32)),
            "withdrawn": pl.Series(~used & draws.chance(a.VOUCHER_WITHDRAWN, n)),
            "course_listed": pl.Series(draws.chance(a.COURSE_LISTED, n)),
            "course_fee": pl.Series(fee),
        }
    )
