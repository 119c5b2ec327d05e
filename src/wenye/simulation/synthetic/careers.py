"""Careers: everyone's stretches of work, unemployment, flexible work and nothing, end to end.

A career is a chain of stretches from entering working life (or before the window opens) to today
or to leaving work. Stretches of a person never overlap, so neither do the spells made from them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import careers as a
from wenye.simulation.synthetic.dates import NONE, YEAR, days, number_of, whole
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small
from wenye.simulation.synthetic.employers import Employers
from wenye.simulation.synthetic.people import People

IDLE, JOB, UNEMPLOYED, FLEXIBLE = range(4)
NOTHING = -1  # before the first and after the last stretch


@dataclass(frozen=True, slots=True)
class Careers:
    """Stretches in order of person and time; one array per property."""

    today: int
    person: Ints
    state: Small
    first: Ints  # day
    last: Ints  # day, or NONE where the stretch goes on today
    before: Small  # state of the person's stretch before, or NOTHING
    after: Small
    employer: Ints  # of jobs; elsewhere -1
    contract: Ints  # months; NONE without a contract

    @property
    def until(self) -> Ints:
        """Last day so far."""
        return np.where(self.last == NONE, np.int32(self.today), self.last)

    @property
    def length(self) -> Ints:
        """Days so far."""
        return self.until - self.first + 1


def invent_careers(seed: int, people: People, employers: Employers, as_of: dt.date) -> Careers:
    """The careers of all people up to and including ``as_of``."""
    today = number_of(as_of)
    person, state, first, last = _stretches(Draws(seed, "careers"), people, today)
    same = person[1:] == person[:-1]
    before = np.full(len(person), NOTHING, dtype=np.int8)
    before[1:][same] = state[:-1][same]
    after = np.full(len(person), NOTHING, dtype=np.int8)
    after[:-1][same] = state[1:][same]

    draws = Draws(seed, "hires")
    job = state == JOB
    employer = np.full(len(person), -1, dtype=np.int32)
    employer[job] = draws.weighted(employers.weight, int(job.sum()))
    months = np.asarray(a.CONTRACT_MONTHS, dtype=np.int32)
    contract = months[draws.pick(a.CONTRACT_SHARES, len(person))]
    contract[draws.chance(a.WITHOUT_CONTRACT, len(person))] = NONE
    return Careers(today, person, state, first, last, before, after, employer, contract)


def _stretches(draws: Draws, people: People, today: int) -> tuple[Ints, Small, Ints, Ints]:
    n = len(people)
    opens = number_of(a.WINDOW_OPENS)
    grown = people.birth + np.int32(18 * YEAR) + draws.exponential(500, n)
    after_school = people.graduated + draws.exponential(150, n)
    enters = np.where(people.graduated == NONE, grown, after_school)
    established = enters < opens
    history = draws.between(0, a.LONGEST_HISTORY, n)
    horizon = np.minimum(today + 1, people.leaves)

    state = np.where(
        established, draws.pick(a.FIRST_STATE, n), draws.pick(a.FIRST_STATE_YOUNG, n)
    ).astype(np.int8)
    history = np.where(state == JOB, history, history % 400)
    at = np.where(established, np.maximum(enters, opens - history), enters).astype(np.int32)
    earlier = np.where(established, opens - at, 0).astype(np.int32)
    outside = draws.chance(a.OUTSIDE, n)
    horizon = np.where(outside, at, horizon).astype(np.int32)
    stable = draws.chance(a.STABLE, n)
    jobs = np.zeros(n, dtype=np.int8)
    late = people.leaves - draws.between(*a.LET_GO_BEFORE, n)
    loses = draws.chance(a.LET_GO_LATE, n) & (late > opens)
    let_go = np.where(loses, late, np.iinfo(np.int32).max)
    waits = np.zeros(n, dtype=np.bool_)

    states = np.empty((n, a.STEPS), dtype=np.int8)
    firsts = np.empty((n, a.STEPS), dtype=np.int32)
    lasts = np.empty((n, a.STEPS), dtype=np.int32)
    there = np.empty((n, a.STEPS), dtype=np.bool_)
    for step in range(a.STEPS):
        old = people.leaves - at < a.OLD_BEFORE_LEAVING
        ends = at + earlier + _lengths(draws, state, stable, old)
        ends = np.where(waits, np.maximum(people.leaves, ends), ends)
        cut = (state == JOB) & (at + a.SHORTEST < let_go) & (let_go < ends)
        ends = np.where(cut, let_go, ends)
        states[:, step] = state
        firsts[:, step] = at
        lasts[:, step] = np.where(
            (ends > today) & (horizon > today), NONE, np.minimum(ends, horizon) - 1
        )
        there[:, step] = at < horizon
        jobs += state == JOB
        state = np.where(cut, UNEMPLOYED, _next_state(draws, state, old, jobs)).astype(np.int8)
        waits = cut
        at, earlier = ends.astype(np.int32), np.zeros(n, dtype=np.int32)
    person = np.repeat(np.arange(n, dtype=np.int32), there.sum(axis=1))
    return person, states[there], firsts[there], lasts[there]


def _lengths(draws: Draws, state: Small, stable: Flags, old: Flags) -> Ints:
    n = len(state)
    steady = np.asarray(a.JOB_MEAN, dtype=np.float32)[stable.astype(np.int8)]
    mean = np.where(state == JOB, steady, np.where(state == IDLE, a.IDLE_MEAN, a.FLEXIBLE_MEAN))
    waiting = draws.exponential(mean.astype(np.float32), n)
    group = np.where(
        old, draws.pick(a.UNEMPLOYED_SHARES_OLD, n), draws.pick(a.UNEMPLOYED_SHARES, n)
    )
    bounds = np.asarray(a.UNEMPLOYED_LENGTHS, dtype=np.int32)[group]
    without = draws.between(bounds[:, 0], bounds[:, 1], n)
    return np.maximum(np.where(state == UNEMPLOYED, without, waiting), a.SHORTEST).astype(np.int32)


def _next_state(draws: Draws, state: Small, old: Flags, jobs: Small) -> Small:
    n = len(state)
    table = np.cumsum(np.asarray([a.NEXT_STATE, a.NEXT_STATE_OLD]), axis=2)
    edges = table[old.astype(np.int8), state]
    drawn = draws.between(0, 9_999, n) / 10_000
    chosen = (drawn[:, None] >= edges[:, :3]).sum(axis=1).astype(np.int8)
    instead = np.where(state == UNEMPLOYED, FLEXIBLE, UNEMPLOYED)
    return np.where((chosen == JOB) & (jobs >= a.MOST_JOBS), instead, chosen).astype(np.int8)


def employment_frame(careers: Careers, people: People, seed: int) -> pl.DataFrame:
    """The register of employment spells."""
    job = np.flatnonzero(careers.state == JOB)
    draws = Draws(seed, "late retirement")
    close = people.leaves[careers.person[job]] - careers.until[job] < a.LATE_RETIREMENT_WITHIN
    agreed = draws.chance(np.asarray(a.LATE_RETIREMENT)[close.astype(np.int8)], len(job))
    return pl.DataFrame(
        {
            "worker": pl.Series(careers.person[job]),
            "employer": pl.Series(careers.employer[job]),
            "started_on": days(careers.first[job]),
            "ended_on": days(careers.last[job]),
            "contract_months": whole(careers.contract[job]),
            "late_retirement_agreed": pl.Series(agreed),
        }
    )


def stretch_at(careers: Careers, person: Ints, day: Ints) -> Ints:
    """Position of the stretch in which each person is on a day each; -1 where there is none."""
    spread = np.int64(2**31)
    order = careers.person * spread + careers.first
    at = np.searchsorted(order, person * spread + day, side="right") - 1
    found = np.maximum(at, 0)
    there = (at >= 0) & (careers.person[found] == person) & (careers.until[found] >= day)
    return np.where(there, at, -1).astype(np.int32)
