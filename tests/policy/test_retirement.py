"""The day of statutory retirement, against the rows that were published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.policy import parameters
from wenye.policy.district import load_district
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Person
from wenye.rules import ON, calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case

BEFORE = dt.date(2024, 12, 31)
AFTER = dt.date(2025, 1, 1)
OLD_AGES = {"men": 60, "women_cadre": 55, "women_worker": 50}
FINAL_AGES = {"men": 63, "women_cadre": 58, "women_worker": 55}

Retires = Callable[[str | None, dt.date | None, dt.date], dt.date | None]


@pytest.fixture(scope="module")
def retires() -> Retires:
    district = load_district("jiading", today=dt.date(2026, 11, 1))
    with district.speaking():
        rules = parameters("retirement")
    day = retirement_day(Person.birth_date, Person.retirement_class, rules, as_at=ON)
    program = CaseProgram({"day": day})

    def decide(cls: str | None, born: dt.date | None, on: dt.date) -> dt.date | None:
        facts = {"retirement_class": cls, "birth_date": born}
        case = {"person": {name: value for name, value in facts.items() if value is not None}}
        found = program(read_case(Person, case), calendar.code(on))["day"]
        return None if found is None else calendar.date(found)

    return decide


@pytest.mark.parametrize(
    ("cls", "born", "age", "months"),
    [
        ("men", "1964-12", 60, 0),
        ("men", "1965-01", 60, 1),
        ("men", "1965-04", 60, 1),
        ("men", "1965-05", 60, 2),
        ("men", "1976-08", 62, 11),
        ("men", "1976-09", 63, 0),
        ("men", "1976-12", 63, 0),
        ("women_cadre", "1981-09", 58, 0),
        ("women_worker", "1975-01", 50, 1),
        ("women_worker", "1984-10", 54, 11),
        ("women_worker", "1984-11", 55, 0),
    ],
)
def test_a_published_row(retires: Retires, cls: str, born: str, age: int, months: int) -> None:
    birth = dt.date.fromisoformat(f"{born}-15")
    index = birth.year * 12 + birth.month - 1 + 12 * age + months
    assert retires(cls, birth, AFTER) == dt.date(index // 12, index % 12 + 1, 15)


@pytest.mark.parametrize(
    ("born", "retired"),
    [("1964-12-20", "2024-12-20"), ("1965-01-20", "2025-02-20"), ("1965-05-20", "2025-07-20")],
)
def test_a_published_month(retires: Retires, born: str, retired: str) -> None:
    day = retires("men", dt.date.fromisoformat(born), AFTER)
    assert day == dt.date.fromisoformat(retired)


def test_there_is_no_delay_before_the_rise_is_in_force(retires: Retires) -> None:
    assert retires("men", dt.date(1970, 5, 1), BEFORE) == dt.date(2030, 5, 1)
    assert retires("men", dt.date(1970, 5, 1), AFTER) == dt.date(2031, 10, 1)


def test_a_day_that_the_month_does_not_have_is_its_last(retires: Retires) -> None:
    assert retires("men", dt.date(1965, 1, 31), AFTER) == dt.date(2025, 2, 28)
    assert retires("women_worker", dt.date(1974, 2, 28), AFTER) == dt.date(2024, 2, 28)
    assert retires("men", dt.date(1964, 2, 29), AFTER) == dt.date(2024, 2, 29)


def test_what_is_not_known_stays_unknown(retires: Retires) -> None:
    assert retires("men", None, AFTER) is None
    assert retires(None, dt.date(1970, 5, 1), AFTER) is None


@given(
    cls=st.sampled_from(sorted(OLD_AGES)),
    month=st.integers(1950 * 12, 2000 * 12),
)
def test_later_births_never_retire_earlier(retires: Retires, cls: str, month: int) -> None:
    days = [
        retires(cls, dt.date((month + step) // 12, (month + step) % 12 + 1, 1), AFTER)
        for step in (0, 1)
    ]
    first, second = days
    assert first is not None
    assert second is not None
    assert first < second
    age = first.year * 12 + first.month - 1 - month
    assert 12 * OLD_AGES[cls] <= age <= 12 * FINAL_AGES[cls]
