"""What a value of each unit is stored as, and how it reads."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from wenye.policy.units import UNITS, exact, scale_of, stored, worded, written
from wenye.rules import calendar


@pytest.mark.parametrize(
    ("unit", "value", "kept", "zh", "en"),
    [
        ("CNY", 2000, 200000, "2,000.00元", "CNY 2,000.00"),
        ("CNY", Decimal("0.07"), 7, "0.07元", "CNY 0.07"),
        ("CNY/month", Decimal("1137.5"), 113750, "1,137.50元/月", "CNY 1,137.50 a month"),
        ("percent", Decimal("10.5"), 105, "10.5%", "10.5%"),
        ("percent", 50, 50, "50%", "50%"),
        ("yes_no", "是", True, "是", "yes"),
        ("yes_no", False, False, "否", "no"),
        ("month", 1, 1, "1个月", "1 month"),
        ("month", 6, 6, "6个月", "6 months"),
        ("year", 2, 2, "2年", "2 years"),
        ("age", 60, 60, "60周岁", "60"),
        ("working_day", 5, 5, "5个工作日", "5 working days"),
        ("person", 100, 100, "100人", "100 persons"),
        (
            "date",
            dt.date(2025, 1, 20),
            calendar.code(dt.date(2025, 1, 20)),
            "2025-01-20",
            "2025-01-20",
        ),
        ("calendar_month", "1965-01", 1965 * 12, "1965-01", "1965-01"),
    ],
)
def test_units(unit: str, value: Any, kept: int, zh: str, en: str) -> None:
    found = exact(UNITS[unit], value)
    assert stored(found, scale_of([found])) == kept
    assert worded(UNITS[unit], found) == zh
    assert worded(UNITS[unit], found, "en") == en
    assert exact(UNITS[unit], written(UNITS[unit], found)) == found


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("CNY", 0.1, "binary fraction"),
        ("CNY", Decimal("0.005"), "whole number of fen"),
        ("CNY", -1, "negative"),
        ("CNY", True, "not a value"),
        ("CNY", "2,000", "not a number"),
        ("CNY", Decimal("NaN"), "not a number"),
        ("month", Decimal("1.5"), "whole number of months"),
        ("year", Decimal("0.5"), "write it in months"),
        ("person", 2**40, "too large"),
        ("date", "2021-02-30", "not a day"),
        ("date", 2021, "not a day"),
        ("calendar_month", "1965-13", "not a month"),
        ("calendar_month", dt.date(1965, 1, 1), "not a month"),
    ],
)
def test_what_does_not_fit_is_refused(unit: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        exact(UNITS[unit], value)


def test_rates_of_one_series_share_a_scale() -> None:
    shares = [exact(UNITS["percent"], value) for value in (50, Decimal("10.5"), Decimal("0.16"))]
    scale = scale_of(shares)
    assert scale == 4
    assert [stored(share, scale) for share in shares] == [5000, 1050, 16]
