"""Awards already paid, for hires and flexible work that could have earned them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic.assumptions import support as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, UNEMPLOYED, Careers
from wenye.simulation.synthetic.certifications import Certified
from wenye.simulation.synthetic.dates import NONE, month_of, number_of
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.employers import Employers
from wenye.simulation.synthetic.registrations import Registered


def awards_frame(
    seed: int,
    careers: Careers,
    employers: Employers,
    registered: Registered,
    certified: Certified,
) -> pl.DataFrame:
    """The register of awards: for hires after long unemployment and for certified people."""
    draws = Draws(seed, "awards")
    in_time = careers.first >= number_of(a.AWARDS_SINCE)
    contract = (careers.contract != NONE) & (careers.contract >= a.AWARD_CONTRACT_MONTHS)
    job = (careers.state == JOB) & employers.in_city[careers.employer]
    certified_then, category = _certified_at_start(careers, certified)

    hired = job & in_time & contract & _after_long_unemployment(careers, registered)
    frames = [_one_off(draws, careers, hired)]

    posts = job & in_time & contract & certified_then & ~employers.dispatch[careers.employer]
    frames.append(_monthly(draws, careers, posts, "post_subsidy"))
    posts &= category != a.CATEGORIES.index(a.ONLY_POST_SUBSIDY)
    frames.append(_monthly(draws, careers, posts, "employer_social_insurance"))

    since, until = (number_of(day) for day in a.ONE_OFF_HIRES)
    early = job & (since <= careers.first) & (careers.first <= until) & certified_then
    frames.append(_one_off_for_the_certified(draws, careers, early))

    flexible = (careers.state == FLEXIBLE) & in_time & certified_then
    frames.append(_monthly(draws, careers, flexible, "flexible_social_insurance"))
    return pl.concat(frames)


def _certified_at_start(careers: Careers, certified: Certified) -> tuple[Flags, Small]:
    """For each stretch: whether its person was certified on its first day, and as what."""
    people = int(careers.person.max(initial=-1)) + 1
    people = max(people, int(certified.person.max(initial=-1)) + 1)
    first = np.full(people, np.iinfo(np.int32).max, dtype=np.int32)
    last = np.full(people, NONE, dtype=np.int32)
    category = np.full(people, -1, dtype=np.int8)
    first[certified.person] = certified.first
    last[certified.person] = np.where(certified.last == NONE, careers.today, certified.last)
    category[certified.person] = certified.category
    person = careers.person
    then = (first[person] <= careers.first) & (careers.first <= last[person])
    return then, category[person]


def _after_long_unemployment(careers: Careers, registered: Registered) -> Flags:
    """For each stretch: whether a long registered unemployment comes right before it."""
    since = np.full(len(careers.state) + 1, np.iinfo(np.int32).max, dtype=np.int32)
    since[registered.stretch + 1] = registered.first
    follows = careers.before == UNEMPLOYED
    waited = careers.first.astype(np.int64) - since[:-1]
    long: Flags = follows & (waited >= a.AWARD_LONG_UNEMPLOYED)
    return long


def _one_off(draws: Draws, careers: Careers, hired: Flags) -> pl.DataFrame:
    """Paid some months after the hire, once a person."""
    scheme = "hiring_subsidy"
    which = np.flatnonzero(hired & draws.chance(a.AWARDED[scheme], len(hired)))
    _, once = np.unique(careers.person[which], return_index=True)
    which = which[once]
    month = month_of(careers.first[which]) + draws.between(2, 6, len(which))
    past = month < _this_month(careers)
    return _awards(draws, careers, scheme, which[past], month[past], month[past])


def _one_off_for_the_certified(draws: Draws, careers: Careers, due: Flags) -> pl.DataFrame:
    """Paid at once for the first months of a hire; no month after the last of the job."""
    scheme = "hardship_one_off"
    which = np.flatnonzero(due & draws.chance(a.AWARDED[scheme], len(due)))
    first = month_of(careers.first[which]) + 1
    last = np.minimum(month_of(careers.until[which]), first + a.ONE_OFF_MONTHS - 1)
    last = np.minimum(last, _this_month(careers) - 1).astype(np.int32)
    paid = first <= last
    return _awards(draws, careers, scheme, which[paid], first[paid], last[paid])


def _monthly(draws: Draws, careers: Careers, due: Flags, scheme: str) -> pl.DataFrame:
    """Paid from the month after the beginning, for some years at most, up to last month."""
    which = np.flatnonzero(due & draws.chance(a.AWARDED[scheme], len(due)))
    first = month_of(careers.first[which]) + 1
    last = np.minimum(month_of(careers.until[which]), first + a.AWARD_MONTHS - 1)
    last = np.minimum(last, _this_month(careers) - 1).astype(np.int32)
    paid = first <= last
    return _awards(draws, careers, scheme, which[paid], first[paid], last[paid])


def _this_month(careers: Careers) -> int:
    return int(month_of(np.full(1, careers.today, dtype=np.int32))[0])


def _awards(
    draws: Draws,
    careers: Careers,
    scheme: str,
    which: NDArray[np.int64],
    first: Ints,
    last: Ints,
) -> pl.DataFrame:
    months = (last - first + 1).astype(np.int64)
    employer = pl.Series(careers.employer[which])
    return pl.DataFrame(
        {
            "scheme": pl.Series([scheme], dtype=pl.String).gather(np.zeros(len(which), np.int32)),
            "person": pl.Series(careers.person[which]),
            "employer": employer.set(employer < 0, None),
            "first_month": pl.Series(first),
            "last_month": pl.Series(last),
            "amount": pl.Series(months * a.AWARD_FEN[scheme]),
            "recovered": pl.Series(draws.chance(a.RECOVERED, len(which))),
        }
    )
