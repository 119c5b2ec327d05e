"""Who is a graduate on a day, and who becomes one later in that year."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy.graduates import graduated_within, graduates_later_that_year
from wenye.registers.model import Employment
from wenye.rules import calendar, years
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.expressions import Quantity
from wenye.rules.kinds import number

ROWS = Employment.worker.graduations
TWO_YEARS = years(Quantity("const", number("year"), (), (2,)))
PROGRAM = CaseProgram(
    {
        "within": graduated_within(ROWS, TWO_YEARS, Employment.started_on),
        "later": graduates_later_that_year(ROWS, Employment.started_on),
    }
)


def told(hired: str, *graduations: dict[str, Any] | str) -> tuple[int | None, int | None]:
    rows = [
        {"graduated_on": row, "higher_education": True} if isinstance(row, str) else row
        for row in graduations
    ]
    job = {"started_on": hired, "worker": {"graduations": rows}}
    case = read_case(Employment, {"employment": job})
    found = PROGRAM(case, calendar.code(dt.date(2026, 1, 1)))
    return found["within"], found["later"]


@pytest.mark.parametrize(
    ("hired", "graduated", "within", "later"),
    [
        ("2025-06-30", "2025-06-30", 1, 0),
        ("2025-06-30", "2023-06-30", 1, 0),
        ("2025-06-30", "2023-06-29", 0, 0),
        ("2026-02-28", "2024-02-29", 1, 0),  # two years end on the month's last day
        ("2025-06-30", "2025-07-01", 0, 1),
        ("2025-06-30", "2025-12-31", 0, 1),
        ("2025-06-30", "2026-01-01", 0, 0),
    ],
)
def test_a_graduation(hired: str, graduated: str, within: int, later: int) -> None:
    assert told(hired, graduated) == (within, later)


def test_a_school_that_is_no_university_does_not_count() -> None:
    other = {"higher_education": False}
    assert told("2025-06-30", {"graduated_on": "2025-01-01", **other}) == (0, 0)
    assert told("2025-06-30", {"graduated_on": "2025-12-01", **other}) == (0, 0)


def test_a_later_degree_counts_for_itself() -> None:
    assert told("2025-06-30", "2019-07-01", "2024-07-01") == (1, 0)


def test_somebody_without_a_degree_is_none() -> None:
    assert told("2025-06-30") == (0, 0)


def test_an_unknown_day_may_be_either() -> None:
    assert told("2025-06-30", {"higher_education": True}) == (None, None)
