"""Contributions as spells of months, with holes and refunds; unemployment benefit as granted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.simulation.synthetic import assumptions as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, NOTHING, Careers, Registered
from wenye.simulation.synthetic.dates import NONE, month_of, whole
from wenye.simulation.synthetic.draws import Draws, Flags, Ints
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.ranks import rank_within


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


@dataclass(frozen=True, slots=True)
class _Claims:
    person: Ints
    first: Ints
    last: Ints
    stopped: Flags
    extension: Flags
    near: Flags  # close to leaving work when the first month came


def benefits_frame(
    seed: int,
    people: People,
    careers: Careers,
    registered: Registered,
    contributions: Contributions,
) -> pl.DataFrame:
    """The register of unemployment benefit, extensions to retirement among it."""
    draws = Draws(seed, "benefits")
    claims = _claims(draws, people, careers, registered, contributions)
    longer = _extensions(draws, people, careers.today, claims)
    person = np.concatenate([claims.person, longer.person])
    first = np.concatenate([claims.first, longer.first])
    last = np.concatenate([claims.last, longer.last])
    extension = np.concatenate([claims.extension, longer.extension])
    near = np.concatenate([claims.near, longer.near])
    by_fund = near & (extension | draws.chance(a.FUND_PAYS_PENSION, len(near)))
    frame = pl.DataFrame(
        {
            "person": pl.Series(person),
            "first_month": pl.Series(first),
            "last_month": pl.Series(last),
            "stopped": pl.Series(np.concatenate([claims.stopped, longer.stopped])),
            "extension": pl.Series(extension),
            "pension_paid_by_fund": pl.Series(by_fund),
        }
    )
    return frame.sort("person", "first_month", maintain_order=True)


def _claims(
    draws: Draws,
    people: People,
    careers: Careers,
    registered: Registered,
    contributions: Contributions,
) -> _Claims:
    stretch = registered.stretch
    paid = _months_paid_before(careers, contributions)[stretch]
    claims = registered.involuntary & (careers.before[stretch] == JOB)
    claims &= (paid >= a.CLAIM_NEEDS_MONTHS) & draws.chance(a.CLAIMS, len(stretch))
    granted = np.minimum(paid // 12 * a.MONTHS_PER_YEAR_PAID, a.MOST_BENEFIT_MONTHS)
    first = month_of(registered.first) + 1
    last = first + granted.astype(np.int32) - 1
    claims &= first <= month_of(np.full(1, careers.today, dtype=np.int32))[0]
    person = careers.person[stretch]
    chosen = np.flatnonzero(claims)
    # What was granted may reach beyond an early end, so a person's second claim may only follow it.
    chosen = chosen[_apart(person[chosen], first[chosen], last[chosen])]
    ended = registered.last[chosen]
    stopped = (ended != NONE) & (month_of(np.maximum(ended, 0)) < last[chosen])
    left = month_of(people.leaves[person[chosen]]) - first[chosen]
    return _Claims(
        person=person[chosen],
        first=first[chosen],
        last=last[chosen],
        stopped=stopped,
        extension=np.zeros(len(chosen), dtype=np.bool_),
        near=left < 2 * a.EXTENSION_WITHIN_MONTHS,
    )


def _extensions(draws: Draws, people: People, today: int, claims: _Claims) -> _Claims:
    """Some whose benefit ran out close to leaving work already draw it on."""
    now = month_of(np.full(1, today, dtype=np.int32))[0]
    leaves = month_of(people.leaves[claims.person])
    left = leaves - claims.last
    likely = ~claims.stopped & (claims.last < now)
    likely &= (left > 1) & (left <= a.EXTENSION_WITHIN_MONTHS)
    likely &= _last_of_person(claims.person) & draws.chance(a.EXTENSION_GIVEN, len(left))
    return _Claims(
        person=claims.person[likely],
        first=claims.last[likely] + 1,
        last=leaves[likely] - 1,
        stopped=np.zeros(int(likely.sum()), dtype=np.bool_),
        extension=np.ones(int(likely.sum()), dtype=np.bool_),
        near=np.ones(int(likely.sum()), dtype=np.bool_),
    )


def _months_paid_before(careers: Careers, contributions: Contributions) -> NDArray[np.int64]:
    """For each stretch: months that its person had paid before it began."""
    months = (contributions.last - contributions.first + 1).astype(np.float64)
    within = np.bincount(contributions.stretch, weights=months, minlength=len(careers.state))
    total = np.cumsum(within.astype(np.int64))
    earlier = total - within.astype(np.int64)
    begins = careers.before == NOTHING
    paid: NDArray[np.int64] = earlier - earlier[begins][np.cumsum(begins) - 1]
    return paid


def _apart(person: Ints, first: Ints, last: Ints) -> Flags:
    """Keeps a spell only when it begins after every earlier kept spell of the person has ended."""
    kept = np.zeros(len(person), dtype=np.bool_)
    reach = np.full(int(person.max(initial=-1)) + 1, -1, dtype=np.int32)
    rank = rank_within(person)
    for place in range(int(rank.max(initial=-1)) + 1):
        spells = np.flatnonzero(rank == place)
        spells = spells[first[spells] > reach[person[spells]]]
        kept[spells] = True
        reach[person[spells]] = last[spells]
    return kept


def _last_of_person(person: Ints) -> Flags:
    final = np.ones(len(person), dtype=np.bool_)
    final[:-1] = person[1:] != person[:-1]
    return final
