"""Unemployment benefit: claimed on registration, granted, stopped early, drawn on to retirement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import insurance as a
from wenye.simulation.synthetic.careers import JOB, Careers
from wenye.simulation.synthetic.dates import NONE, day_in_month, month_of, whole
from wenye.simulation.synthetic.draws import Draws, Flags, Ints
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.ranks import rank_within
from wenye.simulation.synthetic.registrations import Registered


@dataclass(frozen=True, slots=True)
class Benefits:
    """Spells of benefit, one array per property."""

    person: Ints
    first: Ints  # month index
    last: Ints
    stopped: Flags
    extension: Flags
    near: Flags  # close to leaving work when the first month came
    registration: Ints  # position among the registrations; -1 for an extension
    drawn: Ints  # months before it was stopped; NONE where it was not


def invent_benefits(
    seed: int, people: People, careers: Careers, registered: Registered, paid: Ints
) -> Benefits:
    """The benefits granted; ``paid`` is how many months were paid before each stretch."""
    draws = Draws(seed, "benefits")
    claims = _claims(draws, people, careers, registered, paid)
    longer = _extensions(draws, people, careers.today, claims)
    return Benefits(
        *(
            np.concatenate([getattr(claims, name), getattr(longer, name)])
            for name in Benefits.__dataclass_fields__
        )
    )


def claimed_on(seed: int, careers: Careers, registered: Registered, benefits: Benefits) -> Ints:
    """For each registration the day of the claim, or ``NONE``; a few claims were in vain.

    A benefit begins in the month after its claim, so the claim lies in the month of registration.
    """
    draws = Draws(seed, "claims")
    n = len(registered.first)
    granted = np.zeros(n, dtype=np.bool_)
    granted[benefits.registration[benefits.registration >= 0]] = True
    month = month_of(registered.first)
    ends = day_in_month(month + 1, np.ones(n, dtype=np.int32)) - 1
    ends = np.minimum(ends, careers.today)
    day = draws.between(registered.first, np.maximum(ends, registered.first), n)
    claims = granted | draws.chance(a.CLAIMS_IN_VAIN, n)
    return np.where(claims, day, NONE).astype(np.int32)


def benefits_frame(seed: int, benefits: Benefits) -> pl.DataFrame:
    """The register of unemployment benefit, extensions to retirement among it."""
    draws = Draws(seed, "benefit facts")
    n = len(benefits.person)
    by_fund = benefits.near & (benefits.extension | draws.chance(a.FUND_PAYS_PENSION, n))
    refusals = draws.pick(a.REFUSALS, n).astype(np.int32)
    ends = {
        name: draws.chance(share, n)
        for name, share in (
            ("enlisted", a.ENLISTED),
            ("moved_abroad", a.MOVED_ABROAD),
            ("pension_drawn", a.PENSION_DRAWN),
            ("other_stop", a.OTHER_STOP),
        )
    }
    cannot = draws.chance(a.CANNOT_BE_REEMPLOYED, n)
    due = np.logical_or.reduce([*ends.values(), refusals >= 3])
    stopped = benefits.stopped | (due & draws.chance(a.STOPPED_FOR_IT, n))
    months = benefits.last - benefits.first + 1
    for_it = draws.between(np.zeros(n, np.int32), months - 1, n)
    drawn = np.where(benefits.stopped, benefits.drawn, np.where(stopped, for_it, NONE))
    counted = np.where(benefits.extension, 0, months // a.MONTHS_PER_YEAR_PAID * 12)
    frame = pl.DataFrame(
        {
            "person": pl.Series(benefits.person),
            "first_month": pl.Series(benefits.first),
            "last_month": pl.Series(benefits.last),
            "stopped": pl.Series(stopped),
            "extension": pl.Series(benefits.extension),
            "pension_paid_by_fund": pl.Series(by_fund),
            "counted_months": pl.Series(counted.astype(np.int32)),
            "drawn_months": whole(drawn.astype(np.int32)),
            "refusals": pl.Series(refusals),
            "cannot_be_reemployed": pl.Series(cannot),
            **{name: pl.Series(flags) for name, flags in ends.items()},
        }
    )
    return frame.sort("person", "first_month", maintain_order=True)


def _claims(
    draws: Draws, people: People, careers: Careers, registered: Registered, paid_before: Ints
) -> Benefits:
    stretch = registered.stretch
    paid = paid_before[stretch]
    claims = registered.involuntary & (careers.before[stretch] == JOB)
    claims &= (paid >= a.CLAIM_NEEDS_MONTHS) & draws.chance(a.CLAIMS, len(stretch))
    granted = np.minimum(paid // 12 * a.MONTHS_PER_YEAR_PAID, a.MOST_BENEFIT_MONTHS)
    first = month_of(registered.first) + 1
    last = first + granted.astype(np.int32) - 1
    claims &= first <= month_of(np.full(1, careers.today, dtype=np.int32))[0]
    person = careers.person[stretch]
    chosen = np.flatnonzero(claims).astype(np.int32)
    # What was granted may reach beyond an early end, so a person's second claim may only follow it.
    chosen = chosen[_apart(person[chosen], first[chosen], last[chosen])]
    ended = registered.last[chosen]
    stopped = (ended != NONE) & (month_of(np.maximum(ended, 0)) < last[chosen])
    left = month_of(people.leaves[person[chosen]]) - first[chosen]
    return Benefits(
        person=person[chosen],
        first=first[chosen],
        last=last[chosen],
        stopped=stopped,
        extension=np.zeros(len(chosen), dtype=np.bool_),
        near=left < 2 * a.EXTENSION_WITHIN_MONTHS,
        registration=chosen,
        drawn=np.where(stopped, np.maximum(month_of(ended) - first[chosen] + 1, 0), NONE),
    )


def _extensions(draws: Draws, people: People, today: int, claims: Benefits) -> Benefits:
    """Some whose benefit ran out close to leaving work already draw it on."""
    now = month_of(np.full(1, today, dtype=np.int32))[0]
    leaves = month_of(people.leaves[claims.person])
    left = leaves - claims.last
    likely = ~claims.stopped & (claims.last < now)
    likely &= (left > 1) & (left <= a.EXTENSION_WITHIN_MONTHS)
    likely &= _last_of_person(claims.person) & draws.chance(a.EXTENSION_GIVEN, len(left))
    n = int(likely.sum())
    return Benefits(
        person=claims.person[likely],
        first=claims.last[likely] + 1,
        last=leaves[likely] - 1,
        stopped=np.zeros(n, dtype=np.bool_),
        extension=np.ones(n, dtype=np.bool_),
        near=np.ones(n, dtype=np.bool_),
        registration=np.full(n, -1, dtype=np.int32),
        drawn=np.full(n, NONE, dtype=np.int32),
    )


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
