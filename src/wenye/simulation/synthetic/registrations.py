"""What of the careers is registered: unemployment, claims of benefit on it, flexible work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import careers as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, UNEMPLOYED, Careers
from wenye.simulation.synthetic.dates import NONE, days
from wenye.simulation.synthetic.draws import Draws, Flags, Ints
from wenye.simulation.synthetic.employers import Employers


@dataclass(frozen=True, slots=True)
class Registered:
    """Registered unemployment: positions of stretches, first and last day, and the reason."""

    stretch: Ints
    first: Ints
    last: Ints  # NONE where it goes on
    involuntary: Flags


def register_unemployed(seed: int, careers: Careers) -> Registered:
    """Who of the unemployed registers, when, and when the registration ends.

    A registration usually ends on the day of the new job, sometimes the day before or days later.
    """
    draws = Draws(seed, "registrations")
    without = np.flatnonzero(careers.state == UNEMPLOYED)
    stretch = without[draws.chance(a.REGISTERS_UNEMPLOYED, len(without))].astype(np.int32)
    n = len(stretch)
    until = careers.until[stretch]
    room = np.minimum(careers.length[stretch] - 1, a.REGISTERS_WITHIN)
    first = careers.first[stretch] + draws.between(0, room, n)
    late = np.array([1, 0, 2], dtype=np.int32)[draws.pick((0.7, 0.2, 0.1), n)]
    late = np.where(late == 2, draws.between(2, 8, n), late)
    works = (careers.after[stretch] == JOB) | (careers.after[stretch] == FLEXIBLE)
    last = np.where(works, np.minimum(until + late, careers.today), until)
    goes_on = careers.last[stretch] == NONE
    early = draws.chance(a.STRUCK_OFF_EARLY, n)
    last = np.where(goes_on, np.where(early, draws.between(first, until, n), NONE), last)
    after_job = careers.before[stretch] == JOB
    share = np.where(after_job, a.INVOLUNTARY_AFTER_JOB, a.INVOLUNTARY_OTHERWISE)
    return Registered(stretch, first, last.astype(np.int32), draws.chance(share, n))


def unemployment_frame(
    seed: int,
    careers: Careers,
    employers: Employers,
    registered: Registered,
    paid: Ints,
    claimed: Ints,
) -> pl.DataFrame:
    """The register of registered unemployment.

    ``paid`` is how many months each stretch's person had contributed before it; ``claimed`` the day
    on which a benefit was claimed for each registration, or ``NONE``.
    """
    draws = Draws(seed, "registered facts")
    stretch = registered.stretch
    n = len(stretch)
    employer = careers.employer[np.maximum(stretch - 1, 0)]
    here = (careers.before[stretch] == JOB) & employers.in_city[employer] & (paid[stretch] > 0)
    insured = draws.chance(np.asarray(a.INSURED_HERE)[here.astype(np.int8)], n)
    return pl.DataFrame(
        {
            "person": pl.Series(careers.person[stretch]),
            "started_on": days(registered.first),
            "ended_on": days(registered.last),
            "involuntary": pl.Series(registered.involuntary),
            "seeking_work": pl.Series(draws.chance(a.SEEKS_WORK, n)),
            "insured_here": pl.Series(insured),
            "claimed_on": days(claimed),
        }
    )


def flexible_frame(careers: Careers, seed: int) -> pl.DataFrame:
    """The register of flexible work."""
    draws = Draws(seed, "flexible work")
    flexible = np.flatnonzero(careers.state == FLEXIBLE)
    stretch = flexible[draws.chance(a.REGISTERS_FLEXIBLE, len(flexible))]
    return pl.DataFrame(
        {
            "person": pl.Series(careers.person[stretch]),
            "started_on": days(careers.first[stretch]),
            "ended_on": days(careers.last[stretch]),
            "platform": pl.Series(draws.chance(a.PLATFORM, len(stretch))),
        }
    )
