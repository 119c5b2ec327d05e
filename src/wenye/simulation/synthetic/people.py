"""The invented people: age, sex, household registration, unit, schooling, when they leave work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.simulation.synthetic.assumptions import people as a
from wenye.simulation.synthetic.assumptions.careers import WINDOW_OPENS
from wenye.simulation.synthetic.dates import (
    NONE,
    YEAR,
    day_in_month,
    days,
    month_of,
    number_of,
    years_before,
)
from wenye.simulation.synthetic.draws import Draws, Flags, Ints, Small

MALE, FEMALE = 0, 1


@dataclass(frozen=True, slots=True)
class People:
    """One array per property, all of the same length; a person is a position in them."""

    birth: Ints  # day
    sex: Small
    hukou: Small  # position among the register's options
    unit: Small  # position among the district's units
    retirement_class: Small
    leaves: Ints  # first day after working life
    graduated: Ints  # day, or NONE
    officer: Flags
    opens: int  # day from which careers are told

    def __len__(self) -> int:
        return len(self.birth)

    def age(self, on: Ints) -> Ints:
        """Rough age in years on a day each."""
        return ((on - self.birth) / YEAR).astype(np.int32)

    @property
    def resident(self) -> Flags:
        """Registered in the city."""
        return self.hukou < 2


def invent_people(seed: int, n: int, units: int, as_of: dt.date) -> People:
    """``n`` people of working age on ``as_of``, spread over ``units`` units."""
    draws = Draws(seed, "people")
    birth = _births(draws, n, as_of)
    sex = (~draws.chance(a.MALE, n)).astype(np.int8)
    cadre = draws.chance(a.CADRE, n)
    retirement_class = np.where(sex == MALE, 0, np.where(cadre, 1, 2)).astype(np.int8)
    age = np.asarray(a.LEAVING_AGE, dtype=np.float64)[retirement_class]
    leaves = birth + (age * YEAR).astype(np.int32) + draws.between(0, a.LEAVING_LATER, n)
    weights = draws.between(*a.UNIT_WEIGHT, units).astype(np.float64)
    return People(
        birth=birth,
        sex=sex,
        hukou=draws.pick(a.HUKOU, n),
        unit=draws.weighted(weights, n).astype(np.int8),
        retirement_class=retirement_class,
        leaves=leaves.astype(np.int32),
        graduated=_graduations(draws, birth, as_of),
        officer=draws.chance(a.OFFICER, n),
        opens=number_of(WINDOW_OPENS),
    )


def _births(draws: Draws, n: int, as_of: dt.date) -> Ints:
    group = draws.pick(a.AGE_GROUPS, n).astype(np.int32)
    years = [a.YOUNGEST + 5 * step for step in range(len(a.AGE_GROUPS) + 1)]
    edges = np.array([years_before(as_of, age) for age in years], dtype=np.int32)
    return draws.between(edges[group + 1] + 1, edges[group], n)


def _graduations(draws: Draws, birth: Ints, as_of: dt.date) -> Ints:
    """Early summer of a year between 18 and 26, for the younger part of those who graduated."""
    n = len(birth)
    age = draws.between(a.GRADUATES_FROM_AGE, a.GRADUATES_TO_AGE, n)
    june = (month_of(birth) // 12 + age) * 12 + 5
    graduated = day_in_month(june, draws.between(10, 28, n))
    today = years_before(as_of, 0)
    known = draws.chance(a.GRADUATES, n) & (graduated <= today)
    known &= birth > years_before(as_of, a.OLDEST_GRADUATE_HELD)
    known &= graduated - birth >= a.GRADUATES_FROM_AGE * 365
    return np.where(known, graduated, NONE).astype(np.int32)


def people_frame(people: People, units: pl.Series, paid: Ints, seed: int) -> pl.DataFrame:
    """The register of people, typed; rows in order of position.

    ``paid`` is how many months of contributions each has on the register.
    """
    return pl.DataFrame(
        {
            "sex": pl.Series(people.sex),
            "birth_date": days(people.birth),
            "hukou": pl.Series(people.hukou),
            "town": units.gather(people.unit.astype(np.int32)),
            "retirement_class": pl.Series(people.retirement_class),
            "company_officer": pl.Series(people.officer),
            "pension_months": pl.Series(_pension_months(people, paid, seed)),
        }
    )


def _pension_months(people: People, paid: Ints, seed: int) -> Ints:
    """Months on the register, and those before: up to all the time since the twentieth year."""
    draws = Draws(seed, "pension months")
    n = len(people)
    grown = month_of(people.birth) + 20 * 12
    room = np.maximum(month_of(np.minimum(people.leaves, people.opens)) - grown, 0)
    earlier = draws.between(0, (room * a.EARLIER_CONTRIBUTIONS).astype(np.int32), n)
    return paid + earlier


def graduations_frame(people: People, seed: int) -> pl.DataFrame:
    """The register of graduations: one per graduate."""
    draws = Draws(seed, "graduations")
    who = np.flatnonzero(people.graduated != NONE).astype(np.int32)
    on = people.graduated[who]
    age = (on - people.birth[who]) / YEAR
    origin, native = _provinces(people, who, draws)
    return pl.DataFrame(
        {
            "person": pl.Series(who),
            "graduated_on": days(on),
            "city_school": pl.Series(draws.chance(a.CITY_SCHOOL, len(who))),
            "higher_education": pl.Series(age >= a.HIGHER_EDUCATION_FROM_AGE),
            "origin": origin,
            "native_place": native,
        }
    )


def _provinces(people: People, who: Ints, draws: Draws) -> tuple[pl.Series, pl.Series]:
    """Provinces of origin and native provinces by name.

    Origin is mostly the city for those registered in it, and for most the two are one.
    """
    named = (a.CITY, *dict.fromkeys(a.ORIGINS))
    other = np.array([named.index(name) for name in a.ORIGINS], dtype=np.int32)
    drawn = other[draws.between(0, len(other) - 1, len(who))]
    native = people.resident[who] & draws.chance(a.ORIGIN_OF_RESIDENTS, len(who))
    origin = np.where(native, 0, drawn).astype(np.int32)
    elsewhere = other[draws.between(0, len(other) - 1, len(who))]
    same = draws.chance(a.NATIVE_PLACE_IS_ORIGIN, len(who))
    provinces = pl.Series(named)
    return provinces.gather(origin), provinces.gather(np.where(same, origin, elsewhere))
