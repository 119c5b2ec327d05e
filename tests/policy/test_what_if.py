"""What-if values leave the baseline alone, and are never paid on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from wenye.policy.errors import PolicyError
from wenye.rules import calendar


def values(district: Any, name: str) -> list[tuple[str, int | None]]:
    return [
        (calendar.date(step.since).isoformat(), step.value)
        for step in district.parameters[name].steps
    ]


def test_a_plain_value_holds_on_every_day(folder: Any) -> None:
    baseline = folder.load()
    reform = folder.load(overrides={"support.amount": Decimal("400.10")})
    assert values(reform, "support.amount") == [("1900-01-01", 40010)]
    assert values(baseline, "support.amount")[0] == ("2024-01-01", 30000)
    assert baseline.parameters_digest != reform.parameters_digest
    assert not any(step.status.payable for step in reform.parameters["support.amount"].steps)


def test_a_dated_value_holds_from_its_day_on(folder: Any) -> None:
    dated = {"2025-07-01": 400, dt.date(2026, 7, 1): None}
    reform = folder.load(overrides={"support.amount": dated})
    assert values(reform, "support.amount") == [
        ("2024-01-01", 30000),
        ("2025-01-01", 32050),
        ("2025-07-01", 40000),
        ("2026-07-01", None),
    ]


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"support.amuont": 1}, "no parameter support.amuont"),
        ({"support.amount": 0.1}, "binary fraction"),
        ({"support.amount": {"2025": 1}}, "is not a day"),
        ({"support.amount": {}}, "no value"),
    ],
)
def test_mistakes_are_refused(folder: Any, overrides: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        folder.load(overrides=overrides)
