"""Months that an employer has paid in full, counted from the hiring on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy.insured_months import months_paid_in_full
from wenye.registers.model import Employment
from wenye.rules import ON, calendar, month_of
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.expressions import Quantity

PAID = Employment.worker.contributions
HIRED = dt.date(2025, 3, 15)
ALL = months_paid_in_full(PAID, Employment.employer, Employment.started_on)
OF_THIS_JOB = months_paid_in_full(
    PAID, Employment.employer, Employment.started_on, ended_on=Employment.ended_on
)
TO_NOW = months_paid_in_full(PAID, Employment.employer, Employment.started_on, to=month_of(ON))


def paid(first: str, last: str, employer: int | None = 1, in_full: Any = True) -> dict[str, Any]:
    by = None if employer is None else {"key": employer}
    row = {"employer": by, "first_month": first, "last_month": last}
    return row if in_full is None else {**row, "in_full": in_full}


def counted(
    months: Quantity, *rows: dict[str, Any], ended_on: Any = None, on: str = "2025-12-31"
) -> int | None:
    job = {
        "started_on": HIRED,
        "ended_on": ended_on,
        "employer": {"key": 1},
        "worker": {"contributions": list(rows)},
    }
    case = read_case(Employment, {"employment": job})
    found = CaseProgram({"months": months})(case, calendar.code(dt.date.fromisoformat(on)))
    return found["months"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("rows", "months"),
    [
        ([], 0),
        ([paid("2025-03", "2025-05")], 3),
        ([paid("2025-03", "2025-03"), paid("2025-07", "2025-08")], 3),  # a gap does no harm
        ([paid("2025-01", "2025-03")], 1),  # only the month of the hiring
        ([paid("2024-10", "2025-02")], 0),  # and what ended before takes nothing away
        ([paid("2024-10", "2025-02"), paid("2025-03", "2025-03")], 1),
        ([paid("2025-03", "2025-05", employer=2)], 0),
        ([paid("2025-03", "2025-05", employer=None)], 0),
        ([paid("2025-03", "2025-05", in_full=False)], 0),
        ([paid("2025-03", "2025-05", in_full=None)], None),
    ],
)
def test_months_since_the_hiring(rows: list[dict[str, Any]], months: int | None) -> None:
    assert counted(ALL, *rows) == months


def test_a_later_employment_with_the_same_employer_does_not_count() -> None:
    rows = (paid("2025-03", "2025-04"), paid("2025-06", "2025-07"))
    assert counted(OF_THIS_JOB, *rows) == 4
    assert counted(OF_THIS_JOB, *rows, ended_on=dt.date(2025, 5, 31)) == 2
    assert counted(OF_THIS_JOB, *rows, ended_on=dt.date(2025, 6, 1)) == 4  # begun by then


def test_no_month_after_the_last_one_counts() -> None:
    rows = (paid("2025-03", "2025-05"), paid("2025-07", "2025-08"))
    assert counted(TO_NOW, *rows, on="2025-04-30") == 2
    assert counted(TO_NOW, *rows, on="2025-06-30") == 3
    assert counted(TO_NOW, *rows, on="2025-07-01") == 4
