"""Day codes, calendar periods and working days, against a slow calendar and by examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.rules import slow_calendar
from tests.rules.day_pairs import any_day, month_end, pairs

from wenye.rules import (
    add_days,
    add_months,
    calendar,
    day_columns,
    days,
    months,
    reached,
    whole_months,
    within,
    working_days,
)
from wenye.rules.case import CaseProgram
from wenye.rules.columns import literal
from wenye.rules.expressions import Day, Quantity
from wenye.rules.kinds import DAY, number

PAIRS = list(pairs(7, 10_000))
CODES = [(calendar.code(a), n, calendar.code(b)) for a, n, b in PAIRS]


def code(text: str) -> int:
    return calendar.code(dt.date.fromisoformat(text))


# -- by example --------------------------------------------------------------------------------


def test_a_day_code_orders_as_the_days_do_and_gives_them_back() -> None:
    all_days = [dt.date(1999, 12, 1) + dt.timedelta(days=n) for n in range(1600)]
    codes = [calendar.code(day) for day in all_days]
    assert codes == sorted(set(codes))
    assert [calendar.date(one) for one in codes] == all_days
    assert [calendar.from_ordinal(calendar.ordinal(one)) for one in codes] == codes


@pytest.mark.parametrize(
    ("begin", "n", "end"),
    [
        ("2020-08-31", 6, "2021-02-28"),
        ("2020-08-29", 6, "2021-02-28"),
        ("2019-08-31", 6, "2020-02-29"),
        ("2021-02-28", 6, "2021-08-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-01-30", 1, "2020-02-29"),
        ("2020-03-15", 0, "2020-03-15"),
        ("2020-03-31", -1, "2020-02-29"),
    ],
)
def test_a_period_ends_on_the_same_day_number_or_the_last_day(begin: str, n: int, end: str) -> None:
    a, b = code(begin), code(end)
    assert calendar.add_months(a, n) == b
    day_before, day_after = calendar.add_days(b, -1), calendar.add_days(b, 1)
    assert (calendar.reached(a, n, b), calendar.within(a, n, b)) == (True, True)
    assert (calendar.reached(a, n, day_before), calendar.within(a, n, day_before)) == (False, True)
    assert (calendar.reached(a, n, day_after), calendar.within(a, n, day_after)) == (True, False)


def test_the_national_day_week_of_2024_holds_no_working_day() -> None:
    assert calendar.working_days_between(code("2024-09-30"), code("2024-10-07")) == 0
    assert calendar.working_days_between(code("2024-09-30"), code("2024-10-08")) == 1
    # 12 October is a Saturday on which work is made up.
    assert calendar.working_days_between(code("2024-10-11"), code("2024-10-12")) == 1


def test_years_whose_holidays_are_not_announced_are_unknown() -> None:
    first, last = slow_calendar.announced_years()
    edges = [calendar.code(day) for day in (dt.date(first, 1, 1), dt.date(last, 12, 31))]
    assert [calendar.working_days_between(edge, edge) for edge in edges] == [0, 0]
    column = pl.DataFrame({"a": pl.Series(edges, dtype=pl.Int32)})
    same = day_columns.PERIODS["within", "working_day"](pl.col("a"), 0, pl.col("a"))
    assert column.select(same)["a"].to_list() == [True, True]
    after = calendar.code(dt.date(last + 1, 1, 1))
    assert calendar.working_days_between(calendar.code(dt.date(last, 12, 31)), after) is None
    before = calendar.code(dt.date(first - 1, 12, 31))
    assert calendar.working_days_between(before, calendar.code(dt.date(first, 1, 1))) is None


# -- against the slow calendar -----------------------------------------------------------------


def column(place: int) -> list[int]:
    return [codes[place] for codes in CODES]


FRAME = pl.DataFrame(
    {"a": column(0), "n": column(1), "b": column(2)},
    schema={"a": pl.Int32, "n": pl.Int32, "b": pl.Int32},
)
COLUMNS = pl.col("a"), pl.col("n"), pl.col("b")


def over_columns(work: Callable[..., Any], *args: Any) -> list[Any]:
    return FRAME.with_columns(literal(work(*args), pl.Boolean).alias("it"))["it"].to_list()


def code_or_none(day: dt.date | None) -> int | None:
    return None if day is None else calendar.code(day)


@pytest.mark.parametrize("name", ["reached", "within"])
def test_the_month_rule(name: str) -> None:
    slow = [getattr(slow_calendar, name)(a, n, b) for a, n, b in PAIRS]
    assert [getattr(calendar, name)(*codes) for codes in CODES] == slow
    assert over_columns(getattr(day_columns, name), *COLUMNS) == slow


def test_the_ends_of_periods() -> None:
    slow = [code_or_none(slow_calendar.ends(a, n)) for a, n, _ in PAIRS]
    assert [calendar.add_months(a, n) for a, n, _ in CODES] == slow
    assert over_columns(day_columns.add_months, COLUMNS[0], COLUMNS[1]) == slow


def test_whole_months() -> None:
    slow = [slow_calendar.whole_months(a, b) for a, _, b in PAIRS]
    assert over_columns(day_columns.whole_months, COLUMNS[0], COLUMNS[2]) == slow


def test_days_later() -> None:
    slow = [calendar.code(a + dt.timedelta(days=n)) for a, n, _ in PAIRS]
    assert [calendar.add_days(a, n) for a, n, _ in CODES] == slow
    assert over_columns(day_columns.add_days, COLUMNS[0], COLUMNS[1]) == slow


def test_the_last_days_of_months() -> None:
    slow = []
    for begin, _, _ in PAIRS:
        day = begin
        while not slow_calendar.is_last_of_month(day):
            day += slow_calendar.ONE_DAY
        slow.append(calendar.code(day))
    assert [calendar.last_day(a >> 6) for a, _, _ in CODES] == slow
    assert over_columns(day_columns.last_day, COLUMNS[0] // 64) == slow


def test_working_days() -> None:
    slow = [slow_calendar.working_days(a, b) for a, _, b in PAIRS[:3000]]
    found = [calendar.working_days_between(a, b) for a, _, b in CODES[:3000]]
    assert found == slow
    assert None in slow
    assert sum(count is not None for count in slow) > 300


@pytest.mark.parametrize("op", ["reached", "within"])
@pytest.mark.parametrize("unit", ["month", "day", "working_day"])
@pytest.mark.parametrize("seed", range(6))
def test_a_constant_in_any_place_changes_nothing(op: str, unit: str, seed: int) -> None:
    """Constants take shorter ways through the columns; they must lead to the same place."""
    rng = Random(seed)
    make = month_end if seed % 2 else any_day
    begin, day = calendar.code(make(rng)), calendar.code(make(rng))
    n = rng.choice((0, 1, 6, 12, 100))
    test = day_columns.PERIODS[op, unit]
    a, many, b = COLUMNS
    for fixed in ((begin, many, b), (a, n, b), (a, many, day), (a, n, day), (begin, n, b)):
        given = [
            pl.Series(f"f{place}", [value] * len(FRAME), dtype=pl.Int32)
            for place, value in enumerate(fixed)
            if isinstance(value, int)
        ]
        columns = [
            pl.col(f"f{place}") if isinstance(value, int) else value
            for place, value in enumerate(fixed)
        ]
        longhand = FRAME.with_columns(given).select(test(*columns).alias("it"))
        assert over_columns(test, *fixed) == longhand["it"].to_list()


def test_the_case_executor_follows_the_same_calendar() -> None:
    for begin, n, day in PAIRS[:400]:
        a, b = (Day("const", DAY, (), (calendar.code(one),)) for one in (begin, day))
        length = Quantity("const", number("month"), (), (n,))
        in_days = Quantity("const", number("day"), (), (n,))
        passed = slow_calendar.working_days(begin, day)
        expected = {
            "reached": slow_calendar.reached(begin, n, day),
            "within": slow_calendar.within(begin, n, day),
            "days": (day - begin).days >= n,
            "in days": (day - begin).days <= n,
            "working": None if passed is None else passed >= n,
            "in working": None if passed is None else passed <= n,
            "months later": code_or_none(slow_calendar.ends(begin, n)),
            "days later": calendar.code(begin + dt.timedelta(days=n)),
            "whole": slow_calendar.whole_months(begin, day),
        }
        program = CaseProgram(
            {
                "reached": reached(a, months(length), b),
                "within": within(a, months(length), b),
                "days": reached(a, days(in_days), b),
                "in days": within(a, days(in_days), b),
                "working": reached(a, working_days(in_days), b),
                "in working": within(a, working_days(in_days), b),
                "months later": add_months(a, length),
                "days later": add_days(a, in_days),
                "whole": whole_months(a, b),
            }
        )
        assert program({}, 0) == expected


def test_outside_the_calendar_nothing_is_known() -> None:
    last = code("9999-12-31")
    frame = pl.DataFrame({"a": pl.Series([last, None], dtype=pl.Int32)})
    later = frame.select(
        day_columns.add_days(pl.col("a"), 1).alias("days"),
        day_columns.add_months(pl.col("a"), 1).alias("months"),
        day_columns.add_months(pl.col("a"), 10**9).alias("far"),
    )
    assert later.rows() == [(None, None, None), (None, None, None)]
    assert day_columns.add_days(last, 1) is None
    assert day_columns.add_months(last, 1) is None
