"""Records of hardship: of the certified, of others long without work, and of some who work."""

from __future__ import annotations

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import hardship as a
from wenye.simulation.synthetic.assumptions.support import CATEGORIES
from wenye.simulation.synthetic.careers import IDLE, UNEMPLOYED, Careers, stretch_at
from wenye.simulation.synthetic.certifications import Certified
from wenye.simulation.synthetic.dates import NONE, days
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.registrations import Registered

NO_CATEGORY = -1
_AT = {name: place for place, name in enumerate(CATEGORIES)}


def hardships_frame(
    seed: int, people: People, careers: Careers, registered: Registered, certified: Certified
) -> pl.DataFrame:
    """The register of hardship records, one a person at most."""
    draws = Draws(seed, "hardships")
    who, on, category = _recorded(draws, people, careers, registered, certified)
    n = len(who)
    stretch = stretch_at(careers, who, on)
    state = careers.state[np.maximum(stretch, 0)]
    without = (stretch < 0) | (state == UNEMPLOYED) | (state == IDLE)
    since = np.where(stretch >= 0, careers.first[np.maximum(stretch, 0)], on - 400)
    registers = np.full(len(careers.state), NONE, dtype=np.int32)
    registers[registered.stretch] = registered.first
    registration = registers[np.maximum(stretch, 0)]
    longer = draws.chance(a.SINCE_BEFORE_REGISTERING, n)
    known = (registration != NONE) & (registration <= on) & ~longer
    since = np.where(known, registration, since)

    def ground(name: str, share: float = a.BY_THE_WAY) -> Flags:
        there: Flags = (category == _AT[name]) | draws.chance(share, n)
        return there

    disabled = category == _AT["残疾"]
    disability = np.where(
        disabled, draws.pick(a.CERTIFIED_DISABILITY, n), draws.pick(a.DISABILITY, n)
    )
    land = ground("被征地人员")
    young = ground("长期失业青年")
    served = young | draws.chance(a.SERVED, n)
    serving = on - draws.between(*a.SERVED_BEFORE, n)
    difficult = draws.chance(a.REAL_DIFFICULTY, n)
    return pl.DataFrame(
        {
            "person": pl.Series(who),
            "recorded_on": days(on),
            "unemployed_since": days(np.where(without, since, NONE).astype(np.int32)),
            "able_and_willing": pl.Series(draws.chance(a.ABLE_AND_WILLING, n)),
            "reserved_worker": pl.Series(ground("协保人员", a.BY_THE_WAY / 3)),
            "left_farmland": pl.Series(ground("离土农民", a.BY_THE_WAY / 3)),
            "zero_employment_family": pl.Series(ground("零就业家庭成员")),
            "low_income_family": pl.Series(ground("低收入困难家庭成员或低保家庭成员")),
            "disability": pl.Series(disability.astype(np.int8)),
            "partly_incapable": pl.Series(draws.chance(a.BY_THE_WAY / 2, n)),
            "several_disabled": pl.Series(draws.chance(a.BY_THE_WAY / 2, n)),
            "land_requisitioned": pl.Series(land),
            "land_allowance_ended": pl.Series(land & draws.chance(a.ALLOWANCE_ENDED, n)),
            "lacks_experience": pl.Series(young),
            "served_since": days(np.where(served, serving, NONE).astype(np.int32)),
            "recommended": pl.Series(np.where(served, draws.between(0, a.RECOMMENDED_TO, n), 0)),
            "released": pl.Series(ground("其他特殊困难", a.BY_THE_WAY / 2)),
            "epidemic_hit": pl.Series(draws.chance(a.EPIDEMIC_HIT, n)),
            "real_difficulty": pl.Series(difficult),
            "approved_in_quota": pl.Series(difficult & draws.chance(a.APPROVED, n)),
        }
    )


def _recorded(
    draws: Draws, people: People, careers: Careers, registered: Registered, certified: Certified
) -> tuple[Ints, Ints, Small]:
    """Who has a record, of which day, and the ground that it mostly gives."""
    held = np.zeros(len(people), dtype=np.bool_)
    held[certified.person] = True
    before = certified.first - draws.between(0, a.RECORDED_BEFORE, len(certified.first))

    person = careers.person[registered.stretch]
    until = np.where(registered.last == NONE, np.int32(careers.today), registered.last)
    on = registered.first + draws.between(*a.RECORDED_AFTER, len(person))
    chosen = people.resident[person] & ~held[person] & (on <= until)
    which = np.flatnonzero(chosen & draws.chance(a.ALSO_RECORDED, len(person)))
    _, last = np.unique(person[which][::-1], return_index=True)
    which = which[::-1][last]
    held[person[which]] = True

    others = np.flatnonzero(~held & draws.chance(a.RECORDED_OF_OTHERS, len(people)))
    others = others[people.birth[others] < careers.today - 17 * 365].astype(np.int32)
    lately = draws.between(careers.today - 1200, careers.today, len(others))
    uncertified = np.concatenate([person[which], others])
    grounds = draws.pick((1.0,) * len(CATEGORIES), len(uncertified))
    grounds[draws.chance(a.NO_GROUND, len(uncertified))] = NO_CATEGORY
    who = np.concatenate([certified.person, uncertified])
    days_ = np.concatenate([before, on[which], lately]).astype(np.int32)
    category = np.concatenate([certified.category, grounds]).astype(np.int8)
    order = np.argsort(who, kind="stable")
    return who[order], days_[order], category[order]
