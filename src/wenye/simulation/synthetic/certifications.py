"""Certifications of people hard to employ, consistent with the careers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import support as a
from wenye.simulation.synthetic.assumptions.careers import WINDOW_OPENS
from wenye.simulation.synthetic.careers import Careers
from wenye.simulation.synthetic.dates import NONE, days, number_of
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.registrations import Registered


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
    since = draws.between(number_of(WINDOW_OPENS), careers.today - 30, len(others))
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


def certifications_frame(seed: int, certified: Certified) -> pl.DataFrame:
    """The register of certifications."""
    draws = Draws(seed, "certification facts")
    approved = draws.chance(a.EXTENSION_APPROVED, len(certified.person))
    return pl.DataFrame(
        {
            "person": pl.Series(certified.person),
            "category": pl.Series(a.CATEGORIES).gather(certified.category.astype(np.int32)),
            "started_on": days(certified.first),
            "ended_on": days(certified.last),
            "extension_approved": pl.Series(approved),
        }
    ).sort("person", "started_on", maintain_order=True)
