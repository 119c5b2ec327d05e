"""Counting and adding over related rows, between what is sure and what is possible."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.rules.examples import day, series, value_of
from tests.rules.model import Firm

from wenye.rules import ON, any_of, count, greatest, has, least, share_at_least, total
from wenye.rules.expressions import literal, parameter
from wenye.rules.held import Held
from wenye.rules.kinds import number, rate

JOBS = Firm.jobs
POSTED = count(JOBS, JOBS.posted)


def firm(*jobs: Any) -> dict[str, Any]:
    return {"firm": {"jobs": list(jobs)}}


def jobs(yes: int = 0, no: int = 0, unknown: int = 0) -> dict[str, Any]:
    """A firm with so many posted jobs, others, and jobs of which it is not known."""
    return firm(*[{"posted": True}] * yes, *[{"posted": False}] * no, *[{}] * unknown)


def of(expr: Any, case: Any, on: str = "2024-01-01") -> Any:
    return value_of(expr, Firm, case, on)


def incomplete(to: str | None, *rows: Any) -> dict[str, Any]:
    """A firm of which jobs are known to a day only."""
    reach = 0 if to is None else day(to)
    return {"key": None, "jobs": Held(tuple({"key": None, **row} for row in rows), reach)}


# ---- nobody


def test_an_employer_with_nobody_counts_nobody() -> None:
    assert of(count(JOBS), firm()) == 0
    assert of(POSTED, firm()) == 0
    assert of(total(JOBS, JOBS.pay), firm()) == 0
    assert of(any_of(JOBS), firm()) is False


def test_nobody_may_satisfy_what_nobody_must() -> None:
    everyone = count(JOBS, JOBS.posted) >= count(JOBS)
    assert of(everyone, firm()) is True
    assert of(~any_of(JOBS, ~JOBS.posted), firm()) is True


def test_no_list_is_not_an_empty_list() -> None:
    assert of(count(JOBS), {"firm": {}}) is None
    assert of(any_of(JOBS), {"firm": {}}) is None


# ---- rows whose where is unknown


def test_a_count_is_known_where_every_row_is() -> None:
    assert of(POSTED, jobs(yes=2, no=3)) == 2


def test_a_count_with_an_unknown_row_is_not_known() -> None:
    assert of(POSTED, jobs(yes=2, unknown=1)) is None


@pytest.mark.parametrize(
    ("threshold", "verdict"), [(1, True), (2, True), (3, None), (4, None), (5, False), (6, False)]
)
def test_a_threshold_is_undecided_exactly_between_sure_and_possible(
    threshold: int, verdict: bool | None
) -> None:
    """Two are sure, four are possible."""
    case = jobs(yes=2, no=1, unknown=2)
    assert of(POSTED >= threshold, case) is verdict
    assert of(POSTED < threshold, case) is (None if verdict is None else not verdict)
    assert of(POSTED > threshold - 1, case) is verdict
    assert of(POSTED <= threshold - 1, case) is (None if verdict is None else not verdict)


@pytest.mark.parametrize(("number", "verdict"), [(1, False), (2, None), (4, None), (5, False)])
def test_equality_with_an_interval(number: int, verdict: bool | None) -> None:
    case = jobs(yes=2, unknown=2)
    assert of(POSTED == number, case) is verdict
    assert of(POSTED != number, case) is (None if verdict is None else not verdict)


def test_an_interval_travels_through_arithmetic() -> None:
    case = jobs(yes=2, unknown=1)  # two or three
    assert of(10 - POSTED >= 7, case) is True
    assert of(10 - POSTED >= 8, case) is None
    assert of(POSTED * 2 >= 4, case) is True
    assert of(POSTED * 2 >= 7, case) is False
    assert of(POSTED // 4, case) == 0
    assert of(POSTED // 3, case) is None
    assert of(POSTED - POSTED == 0, jobs(yes=2)) is True


def test_a_bound_may_close_an_interval() -> None:
    case = jobs(yes=2, unknown=3)
    assert of(least(POSTED, 2), case) == 2
    assert of(greatest(POSTED, 5), case) == 5
    assert of(least(POSTED, 3), case) is None


def test_any_of_rows() -> None:
    some = any_of(JOBS, JOBS.posted)
    assert of(some, jobs(no=3)) is False
    assert of(some, jobs(no=3, yes=1)) is True
    assert of(some, jobs(no=3, unknown=1)) is None
    assert of(some, jobs(yes=1, unknown=1)) is True


# ---- registers that are not complete


def test_a_register_that_is_not_complete_may_hold_more() -> None:
    case = incomplete("2023-12-31", {"posted": True}, {"posted": False})
    assert of(POSTED, case) is None
    assert of(POSTED >= 1, case) is True
    assert of(POSTED >= 2, case) is None
    assert of(POSTED < 100, case) is None
    assert of(any_of(JOBS, JOBS.posted), case) is True
    assert of(any_of(JOBS, ~has(JOBS.ended_on)), incomplete("2023-12-31")) is None


def test_a_register_complete_to_the_day_of_determination_holds_all() -> None:
    case = incomplete("2024-01-01", {"posted": True})
    assert of(POSTED, case, on="2024-01-01") == 1
    assert of(POSTED, case, on="2024-01-02") is None


# ---- totals


def test_a_total_with_an_unknown_value() -> None:
    pay = total(JOBS, JOBS.pay)
    case = firm({"pay": "3000.00"}, {"pay": 2000}, {})
    assert of(pay, firm({"pay": "3000.00"}, {"pay": 2000})) == 500_000
    assert of(pay, case) is None
    floor = parameter(series("floor", pay.kind, ("2000-01-01", 500_000)), ON)
    assert of(pay >= floor, case) is True  # what is not known adds, and never takes away
    assert of(pay > floor, case) is None
    assert of(pay <= floor, case) is None


def test_a_total_of_those_that_count() -> None:
    pay = total(JOBS, JOBS.pay, JOBS.posted)
    maybe = firm({"pay": 10, "posted": True}, {"pay": 5, "posted": False}, {"pay": 2})
    assert of(pay, maybe) is None
    bound = {
        fen: of(pay >= parameter(series(f"b{fen}", pay.kind, ("2000-01-01", fen)), ON), maybe)
        for fen in (1000, 1001, 1200, 1201)
    }
    assert bound == {1000: True, 1001: None, 1200: None, 1201: False}


def test_an_unknown_value_of_a_row_that_does_not_count() -> None:
    pay = total(JOBS, JOBS.pay, JOBS.posted)
    assert of(pay, firm({"posted": False}, {"posted": True, "pay": 1})) == 100


def test_rows_within_rows() -> None:
    spouses = count(JOBS, any_of(JOBS.worker.degrees, JOBS.worker.degrees.in_city))
    case = firm(
        {"worker": {"degrees": [{"in_city": True}, {"in_city": True}]}},
        {"worker": {"degrees": [{"in_city": False}]}},
        {"worker": {"degrees": []}},
    )
    assert of(spouses, case) == 1
    assert of(spouses, firm(*case["firm"]["jobs"], {"worker": {}})) is None


# ---- shares


FIFTEEN = Decimal("0.15")


@pytest.mark.parametrize(
    ("yes", "of_all", "enough"),
    [
        (3, 20, True),  # 15 % of 20, to the head
        (2, 20, False),
        (3, 21, False),  # 14.28 %
        (3, 19, True),
        (15, 100, True),
        (14, 100, False),
        (1, 1, True),
        (0, 1, False),
        (0, 0, False),  # nobody is no share
        (150_000, 1_000_000, True),
        (149_999, 1_000_000, False),
    ],
)
def test_a_share_is_compared_exactly(yes: int, of_all: int, enough: bool) -> None:
    heads = number("person")
    share = share_at_least(literal(yes, heads), literal(of_all, heads), FIFTEEN)
    assert of(share, firm()) is enough


def test_a_share_of_counts() -> None:
    share = share_at_least(POSTED, count(JOBS), FIFTEEN)
    assert of(share, jobs(yes=3, no=17)) is True
    assert of(share, jobs(yes=3, no=18)) is False
    assert of(share, jobs(yes=2, no=17, unknown=1)) is None
    assert of(share, jobs(yes=3, no=16, unknown=1)) is True
    assert of(share, jobs(yes=1, no=18, unknown=1)) is False
    assert of(share, firm()) is False


def test_a_share_with_a_dated_rate_of_more_digits() -> None:
    at_least = parameter(series("share", rate(3), ("2000-01-01", 125)), ON)  # 12.5 %
    share = share_at_least(POSTED, count(JOBS), at_least)
    assert of(share, jobs(yes=1, no=7)) is True
    assert of(share, jobs(yes=1, no=8)) is False


def test_a_share_of_money() -> None:
    """2.999… of 20 is not 15 %: one fen short is short."""
    part = total(JOBS, JOBS.pay, JOBS.posted)
    share = share_at_least(part, total(JOBS, JOBS.pay), FIFTEEN)
    assert (
        of(share, firm({"pay": "3.00", "posted": True}, {"pay": "17.00", "posted": False})) is True
    )
    short = firm({"pay": "2.99", "posted": True}, {"pay": "17.01", "posted": False})
    assert of(share, short) is False


def test_one_row_must_meet_together_what_stands_in_one_any() -> None:
    """Two rows that meet a condition each do not make one row that meets both."""
    case = firm({"posted": True, "probation": 0}, {"posted": False, "probation": 30})
    assert of(any_of(JOBS, JOBS.posted & (JOBS.probation >= 1)), case) is False
    assert of(any_of(JOBS, JOBS.posted) & any_of(JOBS, JOBS.probation >= 1), case) is True
