"""Exact arithmetic: scales, rounding, days, months, and what comes of an unknown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.examples import day, month, series, value_of
from tests.rules.model import Job, Person

from wenye.rules import (
    ON,
    add_days,
    add_months,
    calendar,
    first_day,
    greatest,
    last_day,
    least,
    month_of,
    months_in,
    only_if,
    quantity,
    same_year,
    to_fen,
    where,
    whole_months,
    year_of,
)
from wenye.rules.expressions import literal, parameter, rescaled
from wenye.rules.kinds import DAY, MONTH, Kind, money, number, rate

TODAY = "2024-01-01"


def of(expr: Any, on: str = TODAY, **person: Any) -> Any:
    return value_of(expr, Person, {"person": person}, on)


def value(kind: Kind, stored: Any) -> Any:
    """A dated value as an expression."""
    return parameter(series("v", kind, ("2000-01-01", stored)), ON)


# ---- money and rates


def test_a_rate_of_money_keeps_every_digit_until_it_is_rounded() -> None:
    share = value(rate(3), 155) * value(money("once"), 10_001)
    assert share.kind == money("once", 3)
    assert of(share) == 155 * 10_001
    assert of(to_fen(share)) == 1550  # 1550.155


@given(st.integers(0, 10**9), st.integers(0, 10**5), st.integers(0, 5))
def test_rounding_half_up_and_down(fen: int, factor: int, scale: int) -> None:
    exact = value(money("once"), fen) * value(rate(scale), factor)
    share = Fraction(fen * factor, 10**scale)
    down = share.numerator // share.denominator
    up = (share + Fraction(1, 2)).numerator // (share + Fraction(1, 2)).denominator
    assert of(to_fen(exact)) == up
    assert of(to_fen(exact, half="down")) == down


def test_half_a_fen_goes_up() -> None:
    half = value(rate(1), 5)
    assert of(to_fen(value(money("once"), 1) * half)) == 1
    assert of(to_fen(value(money("once"), 3) * half)) == 2
    assert of(to_fen(value(money("once"), 3) * half, half="down")) == 1


def test_whole_fen_need_no_rounding() -> None:
    whole = value(money("once"), 3)
    assert to_fen(whole) is whole


def test_sums_meet_on_the_finer_scale() -> None:
    coarse, fine = value(money("once"), 1), value(money("once"), 2) * value(rate(2), 25)
    both = coarse + fine
    assert both.kind.scale == 2
    assert of(both) == 150  # 1.50 fen
    assert of(fine < coarse) is True
    assert of(fine * 2 == coarse) is True


def test_literals_take_the_scale_that_they_meet() -> None:
    six_and_a_half = value(number("month", 1), 65)
    assert of(six_and_a_half > 6) is True
    assert of(six_and_a_half > 7) is False
    assert of(six_and_a_half + 1) == 75
    assert of(1 - six_and_a_half) == -55


def test_decimal_rates() -> None:
    assert literal(Decimal("0.155"), rate(0)).kind == rate(3)
    assert of(value(rate(3), 155) == Decimal("0.155")) is True
    assert of(value(rate(3), 155) >= Decimal("0.16")) is False
    assert of(value(rate(1), 10) == Decimal(1)) is True


def test_a_finer_scale_is_the_same_quantity() -> None:
    amount = value(money("once"), 7)
    assert rescaled(amount, 0) is amount
    assert of(rescaled(amount, 2)) == 700


# ---- numbers


def test_arithmetic_of_numbers() -> None:
    children = Person.children
    assert of(2 + children, children=3) == 5
    assert of(10 - children, children=3) == 7
    assert of(2 * children, children=3) == 6
    assert of(children // 2, children=3) == 1
    assert of((children - 6) // 2, children=3) == -2  # towards minus infinity


def test_years_as_months() -> None:
    assert of(months_in(value(number("year"), 2))) == 24
    assert of(months_in(value(number("age"), 60)) == value(number("month"), 720)) is True


def test_division_by_a_value_that_turns_out_to_be_nothing() -> None:
    assert of(value(number(), 7) // Person.children, children=0) is None
    assert of(value(number(), 7) // Person.children, children=2) == 3


def test_the_lesser_and_the_greater() -> None:
    assert of(least(Person.children, 2), children=3) == 2
    assert of(greatest(Person.children, 2), children=1) == 2
    early = least(Person.birth_date, ON)
    assert of(early, "1989-01-01", birth_date="1990-01-01") == day("1989-01-01")


# ---- unknowns


@pytest.mark.parametrize(
    "expr",
    [
        Person.children + 1,
        Person.children * 0,
        least(Person.children, 2),
        where(Person.children >= 1, Person.insured_months, 0),
        add_months(Person.birth_date, 1),
        month_of(Person.birth_date),
        quantity("名称", Person.children),
    ],
)
def test_a_value_of_an_unknown_is_unknown(expr: Any) -> None:
    assert of(expr, insured_months=3) is None


def test_agreeing_branches_have_a_common_value() -> None:
    children = Person.children
    number_of = where(Person.disabled, children, least(children, 5))
    assert of(number_of, children=3) == 3
    assert of(number_of, children=7) is None
    assert of(number_of, children=7, disabled=True) == 7
    assert of(number_of, children=7, disabled=False) == 5


def test_only_for_a_yes() -> None:
    amount = only_if(Person.disabled, Person.children)
    assert of(amount, children=3, disabled=True) == 3
    assert of(amount, children=3, disabled=False) is None
    assert of(amount, children=3) is None


# ---- days and months


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2020-08-31", 6, "2021-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", 0, "2024-01-15"),
        ("2023-12-31", 2, "2024-02-29"),
    ],
)
def test_the_day_that_ends_a_number_of_months(start: str, n: int, end: str) -> None:
    assert of(add_months(Person.birth_date, n), birth_date=start) == day(end)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-5000, 5000))
def test_days_are_added_as_the_calendar_does(start: dt.date, n: int) -> None:
    found = of(add_days(Person.birth_date, n), birth_date=start.isoformat())
    assert calendar.date(found) == start + dt.timedelta(days=n)


def test_a_day_outside_the_calendar_is_unknown() -> None:
    assert of(add_days(Person.birth_date, 3_000_000), birth_date="9999-12-31") is None
    assert of(add_months(Person.birth_date, 12 * 9000), birth_date="2000-01-31") is None


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2020-08-31", "2021-02-27", 5),
        ("2020-08-31", "2021-02-28", 6),
        ("2020-08-31", "2020-08-31", 0),
        ("2020-08-31", "2020-09-29", 0),
        ("2020-08-31", "2020-09-30", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-01-30", "2024-02-29", 1),
    ],
)
def test_whole_months_between_days(start: str, end: str, months: int) -> None:
    assert of(whole_months(Person.birth_date, ON), end, birth_date=start) == months


def test_months_and_their_days() -> None:
    assert of(month_of(ON), "2024-02-29") == month("2024-02")
    assert of(first_day(month_of(ON)), "2024-02-29") == day("2024-02-01")
    assert of(last_day(month_of(ON)), "2024-02-01") == day("2024-02-29")
    assert of(month_of(ON) + 11, "2024-02-29") == month("2025-01")
    assert of(month_of(ON) - 2, "2024-02-29") == month("2023-12")


def test_months_between_months() -> None:
    between = month_of(ON) - month_of(Person.birth_date)
    assert between.kind == number("month")
    assert of(between, "2024-02-29", birth_date="2022-12-31") == 14
    assert of(value(MONTH, month("2024-03")) > month_of(ON), "2024-02-29") is True


def test_years() -> None:
    assert of(year_of(ON), "2024-12-31") == 2024
    assert of(same_year(ON, Person.birth_date), "2024-12-31", birth_date="2024-01-01") is True
    assert of(same_year(ON, Person.birth_date), "2024-12-31", birth_date="2023-12-31") is False


def test_a_day_is_compared_with_a_day_of_the_calendar() -> None:
    assert of(ON >= dt.date(2024, 1, 1), "2024-01-01") is True
    assert of(ON > dt.date(2024, 1, 1), "2024-01-01") is False
    assert of(value(DAY, day("2024-01-01")) == ON, "2024-01-01") is True


# ---- names


def test_a_named_value_is_the_value() -> None:
    named = quantity("子女", Person.children, en="children")
    assert of(named, children=3) == 3
    assert named.kind == Person.children.kind
    assert quantity("子女", Person.children).attrs == ("子女", "子女")


# ---- options and codes


def test_options_are_compared_by_name() -> None:
    hukou = Person.hukou
    assert of(hukou == "city", hukou="city") is True
    assert of(hukou != "city", hukou="city") is False
    assert of(hukou.among("city", "district"), hukou="district") is True
    assert of(hukou.among(), hukou="district") is False
    assert of(hukou == "city") is None


def test_codes_are_compared_by_text() -> None:
    assert of(Person.town == "x", town="x") is True
    assert of(Person.town != "x", town="y") is True
    assert of(Person.town.among("x", "y"), town="z") is False
    assert of(Person.town == "x") is None


def test_the_order_of_options_does_not_matter() -> None:
    hukou = Job.worker.hukou
    assert hukou.among("city", "district").key == hukou.among("district", "city").key
