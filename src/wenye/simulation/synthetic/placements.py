"""Ways back to work: internships, public-welfare posts, referrals to intermediaries."""

from __future__ import annotations

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import placements as a
from wenye.simulation.synthetic.careers import IDLE, JOB, UNEMPLOYED, Careers
from wenye.simulation.synthetic.certifications import Certified
from wenye.simulation.synthetic.dates import NONE, YEAR, days
from wenye.simulation.synthetic.draws import Draws
from wenye.simulation.synthetic.employers import Employers
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.registrations import Registered


def internships_frame(
    seed: int, people: People, employers: Employers, careers: Careers
) -> pl.DataFrame:
    """The register of internships: of young people between jobs, within one such stretch."""
    draws = Draws(seed, "internships")
    state, person = careers.state, careers.person
    young = careers.first - people.birth[person] < int(a.INTERN_TO_AGE * YEAR)
    room = ((state == UNEMPLOYED) | (state == IDLE)) & young & (careers.length > 45)
    still = (careers.last == NONE).astype(np.int8)
    which = np.flatnonzero(room & draws.chance(np.asarray(a.INTERNS)[still], len(state)))
    n = len(which)
    earliest = np.where(still[which], careers.today - a.GOING_ON, 0)
    earliest = np.maximum(careers.first[which], earliest)
    first = draws.between(earliest, careers.until[which] - 40, n)
    months = draws.between(*a.INTERN_MONTHS, n)
    short = draws.chance(a.BREAKS_OFF, n)
    last = first + np.where(short, draws.between(10, 40, n), months * 30)
    last = np.minimum(last, np.where(careers.last[which] == NONE, last, careers.last[which]))
    goes_on = last > careers.today
    bases = draws.chance(a.BASES, len(employers)) & employers.in_city
    bases[0] = True
    weights = np.where(bases, np.maximum(employers.weight, 1.0), 0.0)
    return pl.DataFrame(
        {
            "person": pl.Series(person[which]),
            "employer": pl.Series(draws.weighted(weights, n)),
            "started_on": days(first.astype(np.int32)),
            "ended_on": days(np.where(goes_on, NONE, last).astype(np.int32)),
            "recognised_base": pl.Series(~draws.chance(a.UNRECOGNISED, n)),
            "attended": pl.Series(draws.chance(a.ATTENDED, n)),
        }
    )


def public_posts_frame(seed: int, careers: Careers, certified: Certified) -> pl.DataFrame:
    """The register of public-welfare posts: jobs, mostly of people certified at the time."""
    draws = Draws(seed, "public posts")
    people = int(max(careers.person.max(initial=-1), certified.person.max(initial=-1))) + 1
    since = np.full(people, np.iinfo(np.int32).max, dtype=np.int32)
    since[certified.person] = certified.first
    then = careers.first >= since[careers.person]
    share = np.asarray((a.PUBLIC_OTHERWISE, a.PUBLIC))[then.astype(np.int8)]
    which = np.flatnonzero((careers.state == JOB) & draws.chance(share, len(share)))
    paid = draws.between(*a.INSURANCE_PAID, len(which)).astype(np.int64)
    return pl.DataFrame(
        {
            "person": pl.Series(careers.person[which]),
            "employer": pl.Series(careers.employer[which]),
            "started_on": days(careers.first[which]),
            "ended_on": days(careers.last[which]),
            "insurance_paid": pl.Series(paid),
        }
    )


def referrals_frame(
    seed: int, people: People, employers: Employers, careers: Careers, registered: Registered
) -> pl.DataFrame:
    """The register of referrals: of residents long unemployed, around the day of the next job."""
    draws = Draws(seed, "referrals")
    stretch = registered.stretch
    until = careers.until[stretch]
    person = careers.person[stretch]
    long = people.resident[person] & (until - registered.first >= a.REFERRED_AFTER)
    which = np.flatnonzero(long & draws.chance(a.REFERRED, len(person)))
    n = len(which)
    served = until[which] - draws.between(*a.SERVED_BEFORE_THE_JOB, n)
    since = registered.first[which] + draws.between(0, a.SERVED_SINCE, n)
    entrusted = since + draws.between(*a.ENTRUSTED_AFTER, n)
    entrusted = np.minimum(entrusted, served - 1)
    past = (served <= careers.today) & (since < entrusted)
    agencies = draws.chance(a.INTERMEDIARIES, len(employers)) & employers.in_city
    agencies[0] = True
    intermediary = draws.weighted(agencies.astype(np.float64), n)
    percent = np.asarray(a.PERCENT, dtype=np.int32)[draws.pick(a.PERCENT_SHARES, n)]
    frame = pl.DataFrame(
        {
            "person": pl.Series(person[which]),
            "intermediary": pl.Series(intermediary),
            "public_service_since": days(since),
            "entrusted_on": days(entrusted.astype(np.int32)),
            "served_on": days(served.astype(np.int32)),
            "standard_percent": pl.Series(percent),
            "public_post": pl.Series(draws.chance(a.REFERRED_TO_PUBLIC, n)),
        }
    )
    return frame.filter(pl.Series(past))
