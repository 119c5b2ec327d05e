"""Certifications of people hard to employ, and awards already paid, consistent with the careers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic import assumptions as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, UNEMPLOYED, Careers, Registered
from wenye.simulation.synthetic.dates import NONE, days, month_of, number_of
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.employers import Employers
from wenye.simulation.synthetic.people import People


@dataclass(frozen=True, slots=True)
class Certified:
    """One certification a person at most; arrays over the certified."""

    person: Ints
    first: Ints
    last: Ints  # NONE where it goes on
    category: Small


def certify(seed: int, people: People, careers: Careers, registered: Registered) -> Certified:
    """Residents long unemployed (a few sooner), and some who are not unemployed at all."""
    draws = Draws(seed, "certifications")
    stretch = registered.stretch
    person = careers.person[stretch]
    until = np.where(registered.last == NONE, np.int32(careers.today), registered.last)
    length = until - registered.first
    old = _old(people, person, registered.first)
    share = np.where(length < a.CERTIFIED_AFTER + 30, a.CERTIFIED_SHORT, a.CERTIFIED)
    share = np.where(old & (share == a.CERTIFIED), a.CERTIFIED_OLD, share)
    chosen = people.resident[person] & draws.chance(share, len(person)) & (length > 10)
    which = np.flatnonzero(chosen)
    _, once = np.unique(person[which], return_index=True)
    which = which[once]
    earliest = np.minimum(a.CERTIFIED_AFTER, length[which] - 5)
    first = registered.first[which] + draws.between(earliest, length[which], len(which))

    alone = people.resident & draws.chance(a.CERTIFIED_ALONE, len(people))
    alone &= people.birth < careers.today - 20 * 365
    alone[person[which]] = False
    others = np.flatnonzero(alone).astype(np.int32)
    since = draws.between(number_of(a.WINDOW_OPENS), careers.today - 30, len(others))
    since = np.maximum(since, people.birth[others] + 19 * 365)

    who = np.concatenate([person[which], others])
    begins = np.concatenate([first, since])
    category = _categories(draws, people, who, begins)
    category[len(which) :] = a.CATEGORIES.index(a.DISABLED)
    return Certified(who, begins, _ends(draws, people, careers.today, who, begins), category)


def _ends(draws: Draws, people: People, today: int, person: Ints, first: Ints) -> Ints:
    n = len(person)
    last = first + draws.between(*a.CERTIFICATION_LENGTH, n)
    last = np.where(draws.chance(a.CERTIFICATION_GOES_ON, n), np.int32(today + 1), last)
    last = np.minimum(last, np.maximum(people.leaves[person] - 1, first))
    return np.where(last > today, NONE, last).astype(np.int32)


def _old(people: People, person: Ints, on: Ints) -> Flags:
    age = (on - people.birth[person]) / 365.25
    old: Flags = age >= np.asarray(a.OLD_FROM)[people.sex[person]]
    return old


def _categories(draws: Draws, people: People, person: Ints, on: Ints) -> Small:
    n = len(person)
    young = (on - people.birth[person]) / 365.25 < a.YOUNG_TO
    usual = draws.pick(a.CATEGORY_SHARES, n)
    older = draws.pick(a.CATEGORY_SHARES_OLD, n)
    younger = draws.pick(a.CATEGORY_SHARES_YOUNG, n)
    return np.where(_old(people, person, on), older, np.where(young, younger, usual))


def certifications_frame(certified: Certified) -> pl.DataFrame:
    """The register of certifications."""
    return pl.DataFrame(
        {
            "person": pl.Series(certified.person),
            "category": pl.Series(a.CATEGORIES).gather(certified.category.astype(np.int32)),
            "started_on": days(certified.first),
            "ended_on": days(certified.last),
        }
    ).sort("person", "started_on", maintain_order=True)


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
