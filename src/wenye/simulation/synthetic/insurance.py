"""Contributions as spells of months, with holes and refunds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import insurance as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, NOTHING, Careers
from wenye.simulation.synthetic.dates import NONE, month_of, whole
from wenye.simulation.synthetic.draws import Draws, Ints


@dataclass(frozen=True, slots=True)
class Contributions:
    """Contribution spells in order of person and time; ``stretch`` is a position in the career."""

    stretch: Ints
    first: Ints  # month index
    last: Ints


def invent_contributions(seed: int, careers: Careers) -> Contributions:
    """Months paid in jobs and flexible work; a month belongs to the earlier of two stretches."""
    draws = Draws(seed, "contributions")
    share = np.zeros(4)
    share[JOB], share[FLEXIBLE] = a.JOB_CONTRIBUTES, a.FLEXIBLE_CONTRIBUTES
    paid = draws.chance(share[careers.state], len(careers.state))
    stretch = np.flatnonzero(paid).astype(np.int32)
    first = month_of(careers.first[stretch])
    last = month_of(careers.until[stretch])
    person = careers.person[stretch]
    same = person[1:] == person[:-1]
    first[1:][same] = np.maximum(first[1:][same], last[:-1][same] + 1)
    kept = first <= last
    return _with_holes(draws, stretch[kept], first[kept], last[kept])


def _with_holes(draws: Draws, stretch: Ints, first: Ints, last: Ints) -> Contributions:
    """Some longer spells are interrupted for a few months: one row becomes two."""
    months = last - first + 1
    shortest, longest = a.HOLE_MONTHS
    broken = np.flatnonzero((months > longest + 2) & draws.chance(a.HOLE, len(months)))
    hole = draws.between(shortest, longest, len(broken))
    paid_before = draws.between(1, months[broken] - hole - 1, len(broken))
    order = np.concatenate([np.arange(len(first)), broken])
    firsts = np.concatenate([first, first[broken] + paid_before + hole])
    lasts = np.concatenate([last, last[broken]])
    lasts[broken] = first[broken] + paid_before - 1
    by_time = np.argsort(order, kind="stable")
    return Contributions(
        stretch=stretch[order[by_time]],
        first=firsts[by_time].astype(np.int32),
        last=lasts[by_time].astype(np.int32),
    )


def contributions_frame(careers: Careers, contributions: Contributions, seed: int) -> pl.DataFrame:
    """The register of contributions; a flexible worker's have no employer."""
    draws = Draws(seed, "contribution terms")
    n = len(contributions.stretch)
    job = careers.state[contributions.stretch] == JOB
    employer = np.where(job, careers.employer[contributions.stretch], NONE)
    return pl.DataFrame(
        {
            "person": pl.Series(careers.person[contributions.stretch]),
            "employer": whole(employer.astype(np.int32)),
            "first_month": pl.Series(contributions.first),
            "last_month": pl.Series(contributions.last),
            "kind": pl.Series(np.where(job, 0, 1).astype(np.int8)),
            "in_full": pl.Series(draws.chance(a.IN_FULL, n)),
            "refunded": pl.Series(draws.chance(a.REFUNDED, n)),
        }
    )


def months_paid_before(careers: Careers, contributions: Contributions) -> Ints:
    """For each stretch: months that its person had paid before it began."""
    months = (contributions.last - contributions.first + 1).astype(np.float64)
    within = np.bincount(contributions.stretch, weights=months, minlength=len(careers.state))
    total = np.cumsum(within.astype(np.int64))
    earlier = total - within.astype(np.int64)
    begins = careers.before == NOTHING
    paid: Ints = (earlier - earlier[begins][np.cumsum(begins) - 1]).astype(np.int32)
    return paid


def months_paid(careers: Careers, contributions: Contributions, people: int) -> Ints:
    """Months that each person has paid so far."""
    months = (contributions.last - contributions.first + 1).astype(np.float64)
    person = careers.person[contributions.stretch]
    return np.bincount(person, weights=months, minlength=people).astype(np.int32)
