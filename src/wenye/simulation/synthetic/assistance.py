"""Social assistance by spells of months, and what families live on when they are checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import means as a
from wenye.simulation.synthetic.careers import FLEXIBLE, JOB, Careers, stretch_at
from wenye.simulation.synthetic.dates import NONE, day_in_month, days, month_of, number_of, whole
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.people import People
from wenye.simulation.synthetic.registrations import Registered

MINIMUM_LIVING = 0


@dataclass(frozen=True, slots=True)
class Assisted:
    """Spells of assistance in order of person and time; months are indexes."""

    person: Ints
    kind: Small
    first: Ints
    last: Ints


def invent_assistance(seed: int, people: People, careers: Careers) -> Assisted:
    """One spell a person, and for some a second of the same kind that follows it."""
    draws = Draws(seed, "assistance")
    assisted = people.resident & draws.chance(a.ASSISTED, len(people))
    person = np.flatnonzero(assisted).astype(np.int32)
    n = len(person)
    kind = draws.pick(a.KINDS, n)
    child = people.birth[person] > careers.today - a.CHILD_BELOW * 365
    kind = np.where(np.isin(kind, a.CHILDREN) & ~child, MINIMUM_LIVING, kind).astype(np.int8)
    now = int(month_of(np.full(1, careers.today, dtype=np.int32))[0])
    opens = int(month_of(np.full(1, number_of(a.SINCE), dtype=np.int32))[0])
    first = draws.between(opens, now, n)
    length = np.where(
        kind == a.GRANT, draws.between(*a.GRANT_MONTHS, n), draws.between(*a.MONTHS, n)
    )
    last = first + length - 1
    goes_on = (kind != a.GRANT) & draws.chance(a.GOES_ON, n)
    last = np.where(goes_on, now, np.minimum(last, now)).astype(np.int32)
    cut = np.flatnonzero(draws.chance(a.AGAIN, n) & (last > first))
    at = draws.between(first[cut], last[cut] - 1, len(cut))
    second_first, second_last = at + 1, last[cut].copy()
    last[cut] = at
    order = np.argsort(np.concatenate([np.arange(n), cut]), kind="stable")
    return Assisted(
        person=np.concatenate([person, person[cut]])[order],
        kind=np.concatenate([kind, kind[cut]])[order],
        first=np.concatenate([first, second_first])[order].astype(np.int32),
        last=np.concatenate([last, second_last])[order].astype(np.int32),
    )


def assistance_frame(seed: int, careers: Careers, assisted: Assisted) -> pl.DataFrame:
    """The register of social assistance; earnings where there was a job in the last month."""
    draws = Draws(seed, "assistance facts")
    n = len(assisted.person)
    works = _works(careers, assisted.person, _middle(assisted.last, careers.today))
    low, high = (bound // a.EARNINGS_STEP for bound in a.EARNINGS)
    earned = draws.between(low, high, n) * np.int32(a.EARNINGS_STEP)
    return pl.DataFrame(
        {
            "person": pl.Series(assisted.person),
            "kind": pl.Series(assisted.kind),
            "first_month": pl.Series(assisted.first),
            "last_month": pl.Series(assisted.last),
            "monthly_earnings": whole(np.where(works, earned, NONE).astype(np.int32), pl.Int64),
            "job_reported": pl.Series(works & draws.chance(a.JOB_REPORTED, n)),
        }
    )


def _middle(month: Ints, today: int) -> Ints:
    middle = day_in_month(month, np.full(len(month), 15, dtype=np.int32))
    return np.minimum(middle, np.int32(today))


def _works(careers: Careers, person: Ints, day: Ints) -> Flags:
    stretch = stretch_at(careers, person, day)
    state = careers.state[np.maximum(stretch, 0)]
    works: Flags = (stretch >= 0) & ((state == JOB) | (state == FLEXIBLE))
    return works


def households_frame(
    seed: int, people: People, careers: Careers, registered: Registered, assisted: Assisted
) -> pl.DataFrame:
    """The register of household means: of people assisted, and of others who asked."""
    draws = Draws(seed, "households")
    poor = (assisted.kind == MINIMUM_LIVING).astype(np.int8)
    asks = draws.chance(np.asarray(a.CHECKED)[poor], len(poor))
    now = (registered.last == NONE).astype(np.int8)
    others = draws.chance(np.asarray(a.CHECKED_UNEMPLOYED)[now], len(now))
    person = careers.person[registered.stretch]
    who = np.union1d(assisted.person[asks], person[others]).astype(np.int32)
    n = len(who)
    on = careers.today - draws.between(0, a.CHECKED_WITHIN, n)
    running = assisted.kind == MINIMUM_LIVING
    first = np.full(len(people), NONE, dtype=np.int32)
    last = np.full(len(people), NONE, dtype=np.int32)
    first[assisted.person[running]] = assisted.first[running]
    last[assisted.person[running]] = assisted.last[running]
    month = month_of(on)
    members = draws.pick(a.MEMBERS, n).astype(np.int32) + 1
    whole_family = draws.chance(a.CITY_MEMBERS, n)
    city = np.where(whole_family, members, draws.between(0, members, n)).astype(np.int32)
    low, high = (bound // a.INCOME_STEP for bound in a.INCOME_PER_HEAD)
    income = draws.between(low, high, n).astype(np.int64) * a.INCOME_STEP * members
    return pl.DataFrame(
        {
            "applicant": pl.Series(who),
            "checked_on": days(on.astype(np.int32)),
            "members": pl.Series(members),
            "city_members": pl.Series(city),
            "monthly_income": pl.Series(income),
            "assets_within_limit": pl.Series(draws.chance(a.WITHIN_LIMIT, n)),
            "drawing_minimum_living": pl.Series((first[who] <= month) & (month <= last[who])),
            "other_member_took_job": pl.Series(draws.chance(a.OTHER_MEMBER_TOOK_JOB, n)),
            "sudden_hardship": pl.Series(draws.chance(a.SUDDEN, n)),
            "consents": pl.Series(draws.chance(a.CONSENTS, n)),
        }
    )
