"""The six rules in plain numpy: on ``datetime64`` days, or on the project's day codes.

Two-valued: a condition about an empty day is not met. Amounts are whole fen (int32: none is
over 25,000 yuan).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from outcomes import RULES, Outcomes
from population import (
    DECISION_DAY,
    NO_DAY,
    Array,
    People,
    day_codes,
    employer_numbers,
    with_codes,
)

ON = np.datetime64(DECISION_DAY, "D")
ON_CODE = int(day_codes(np.array([ON]))[0])
LEVEL_FEN = np.array([0, 60_000, 100_000, 150_000, 200_000, 250_000], dtype=np.int32)


class Days(Protocol):
    """The month rule over one representation of days."""

    def reached(self, a: Array, n: int, b: Array | None = None) -> Array: ...
    def not_reached(self, a: Array, n: int, b: Array | None = None) -> Array: ...
    def months(self, a: Array) -> Array: ...
    def there(self, a: Array) -> Array: ...
    def not_after(self, a: Array, b: Array | None = None) -> Array: ...


class CalendarDays:
    """``datetime64[D]`` with NaT for empty. ``b`` left out is the decision day."""

    def _months(self, a: Array, b: Array | None) -> Array:
        b = np.array(ON) if b is None else b
        month_a, month_b = a.astype("datetime64[M]"), b.astype("datetime64[M]")
        first_b = month_b.astype("datetime64[D]")
        before = b - first_b < a - month_a.astype("datetime64[D]")
        last = b == (month_b + 1).astype("datetime64[D]") - 1
        whole: Array = month_b - month_a - (before & ~last)
        return whole

    def reached(self, a: Array, n: int, b: Array | None = None) -> Array:
        found: Array = self._months(a, b) >= np.timedelta64(n, "M")
        return found

    def not_reached(self, a: Array, n: int, b: Array | None = None) -> Array:
        found: Array = self._months(a, b) < np.timedelta64(n, "M")
        return found

    def months(self, a: Array) -> Array:
        return self._months(a, None).astype(np.int64)

    def there(self, a: Array) -> Array:
        return ~np.isnat(a)

    def not_after(self, a: Array, b: Array | None = None) -> Array:
        found: Array = a <= (ON if b is None else b)
        return found


class CodedDays:
    """Day codes (int32), ``NO_DAY`` for empty."""

    def _end(self, b: Array | None) -> Array:
        if b is None:
            return np.array(ON_CODE | 63, dtype=np.int32)
        ended: Array = b | ((b & 1) * np.int32(63))
        return ended

    def reached(self, a: Array, n: int, b: Array | None = None) -> Array:
        found: Array = (a != NO_DAY) & (self._end(b) - np.int32(64 * n) >= (a & ~1))
        return found if b is None else found & (b != NO_DAY)

    def not_reached(self, a: Array, n: int, b: Array | None = None) -> Array:
        found: Array = (a != NO_DAY) & (self._end(b) - np.int32(64 * n) < (a & ~1))
        return found if b is None else found & (b != NO_DAY)

    def months(self, a: Array) -> Array:
        # An empty day gives a number without meaning; the caller asks for presence first.
        found: Array = (np.int64(ON_CODE | 63) - (a & ~1)) >> 6
        return found

    def there(self, a: Array) -> Array:
        found: Array = a != NO_DAY
        return found

    def not_after(self, a: Array, b: Array | None = None) -> Array:
        found: Array = (a != NO_DAY) & (a <= (ON_CODE if b is None else b))
        return found


def retirement_months(male: Array, cadre: Array) -> Array:
    """Retirement age in months."""
    ages: Array = np.where(male, np.int32(720), np.where(cadre, np.int32(660), np.int32(600)))
    return ages


def hire(p: People, days: Days) -> Array:
    """Who gets the hiring rule."""
    return (
        p["local"]
        & days.reached(p["registered"], 6, p["hired"])
        & (p["contract"] >= 12)
        & (p["contributed"] >= 1)
    )


class NumpyRules:
    """Variants: ``dates`` and ``codes``, with amounts; ``codes-outcomes`` without."""

    def __init__(self, people: People, variant: str) -> None:
        self.people = people if variant == "dates" else with_codes(people)
        self.days: Days = CalendarDays() if variant == "dates" else CodedDays()
        self.amounts = variant != "codes-outcomes"

    def prepare(self) -> None:
        pass

    def run(self) -> Outcomes:
        p, days = self.people, self.days
        to_retirement = retirement_months(p["male"], p["cadre"]) - p["age"]
        yes = {
            "hire": hire(p, days),
            "graduate": (
                days.not_after(p["graduated"], p["hired"])
                & days.not_reached(p["graduated"], 24, p["hired"])
                & (p["contract"] >= 12)
            ),
            "retirement": (
                days.not_after(p["claim_ended"]) & (to_retirement > 0) & (to_retirement < 24)
            ),
            "flexible": (
                p["local"]
                & days.there(p["flexible_since"])
                & (p["age"] >= np.where(p["male"], np.int32(600), np.int32(480)))
            ),
            "training": (
                (p["level"] >= 1)
                & (p["level"] <= 5)
                & days.not_reached(p["certified"], 12)
                & (p["contributed"] >= 12)
            ),
            "startup": days.reached(p["business_since"], 12)
            & (
                p["local"]
                | (
                    days.not_after(p["graduated"], p["business_since"])
                    & days.not_reached(p["graduated"], 61, p["business_since"])
                )
            ),
        }
        if not self.amounts:
            return {rule: (yes[rule], None) for rule in RULES}
        cap = np.where(to_retirement <= 60, 48, 36)
        flexible = np.minimum(days.months(p["flexible_since"]), cap) * 50_000
        fen = {
            "hire": yes["hire"] * np.int32(200_000),
            "graduate": yes["graduate"] * (np.minimum(p["contributed"], 12) * np.int32(50_000)),
            "retirement": yes["retirement"] * np.int32(136_000),
            "flexible": np.where(yes["flexible"], flexible, 0),
            "training": yes["training"] * LEVEL_FEN[p["level"]],
            "startup": yes["startup"] * np.int32(800_000),
        }
        return {rule: (yes[rule], fen[rule]) for rule in RULES}

    def outcomes(self, result: Outcomes) -> Outcomes:
        return result


class NumpyEmployers:
    """The hiring rule summed per employer with ``bincount``; variants ``dates`` and ``codes``."""

    def __init__(self, people: People, variant: str) -> None:
        self.people = people if variant == "dates" else with_codes(people)
        self.days: Days = CalendarDays() if variant == "dates" else CodedDays()
        self.numbers, self.employers = employer_numbers(people)

    def prepare(self) -> None:
        pass

    def run(self) -> Array:
        hired = self.numbers[hire(self.people, self.days)]
        return np.bincount(hired, minlength=self.employers) * 200_000

    def outcomes(self, result: Array) -> Outcomes:
        return {"employers": (result > 0, result)}
