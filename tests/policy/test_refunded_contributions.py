"""Which awards go back where contributions were refunded, and how much."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy.documents import Citation, Document
from wenye.policy.refunded_contributions import back_on_refund, back_on_refund_of_job
from wenye.registers.model import Employment, Person
from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.law import ClawBack

CITES = Citation(Document("trial-1", "试验办法", "trial", "试〔2024〕1号"), "九", "")
ON = calendar.code(dt.date(2026, 6, 30))
OF_JOB = back_on_refund_of_job(
    "post",
    Employment.worker.awards,
    Employment.worker.contributions,
    CITES,
    employer=Employment.employer,
    began_on=Employment.started_on,
    ended_on=Employment.ended_on,
)
FLEXIBLE = back_on_refund(
    "flexible",
    Person.awards,
    Person.contributions,
    CITES,
    paid_for=Person.contributions.kind == "flexible",
)


def award(first: str, last: str, amount: int = 100, **more: Any) -> dict[str, Any]:
    row = {"scheme": "post", "employer": {"key": 1}, "recovered": False, **more}
    return {**row, "first_month": first, "last_month": last, "amount": amount}


def refund(first: str, last: str, **more: Any) -> dict[str, Any]:
    row = {"employer": {"key": 1}, "kind": "employee", "refunded": True, **more}
    return {**row, "first_month": first, "last_month": last}


def goes_back(back: ClawBack, subject: Any, case: dict[str, Any]) -> tuple[Any, Any]:
    program = CaseProgram({"when": back.when, "amount": back.amount})
    found = program(read_case(subject, case), ON, ON >> 6)
    return found["when"], found["amount"]


def of_job(awards: Any, contributions: Any, **more: Any) -> tuple[Any, Any]:
    worker = {"awards": awards, "contributions": contributions}
    job = {"started_on": "2025-03-10", "ended_on": "2025-12-05", "employer": {"key": 1}}
    return goes_back(OF_JOB, Employment, {"employment": {**job, **more, "worker": worker}})


@pytest.mark.parametrize(
    ("paid", "refunded", "amount"),
    [
        ([award("2025-03", "2025-06")], [refund("2025-06", "2025-07")], 10_000),
        ([award("2025-03", "2025-06")], [refund("2025-07", "2025-08")], None),
        ([award("2025-03", "2025-06")], [refund("2025-01", "2025-03")], 10_000),
        ([award("2025-04", "2025-06")], [refund("2025-01", "2025-03")], None),
        ([award("2025-02", "2025-06")], [refund("2025-06", "2025-06")], None),  # another job's
        ([award("2026-01", "2026-02")], [refund("2026-01", "2026-02")], None),
        ([award("2025-12", "2026-02")], [refund("2025-12", "2025-12")], 10_000),
        ([award("2025-12", "2026-02")], [refund("2026-01", "2026-02")], None),
        ([award("2025-03", "2025-06", recovered=True)], [refund("2025-03", "2025-06")], None),
        ([award("2025-03", "2025-06", scheme="other")], [refund("2025-03", "2025-06")], None),
        ([award("2025-03", "2025-06", employer={"key": 2})], [refund("2025-03", "2025-06")], None),
        ([award("2025-03", "2025-06")], [refund("2025-03", "2025-06", employer=None)], None),
        ([award("2025-03", "2025-06")], [refund("2025-03", "2025-06", refunded=False)], None),
        (
            [award("2025-03", "2025-06", 100), award("2025-07", "2025-09", 250)],
            [refund("2025-06", "2025-07")],
            35_000,
        ),
    ],
)
def test_awards_of_the_job_go_back_whole(paid: Any, refunded: Any, amount: int | None) -> None:
    assert of_job(paid, refunded) == (amount is not None, amount or 0)


def test_a_job_that_goes_on_has_no_end() -> None:
    paid, refunded = [award("2026-01", "2026-02")], [refund("2026-02", "2026-02")]
    assert of_job(paid, refunded, ended_on=None) == (True, 10_000)


def test_nothing_goes_back_where_nothing_was_paid_whatever_the_refunds() -> None:
    case = {"started_on": "2025-03-10", "employer": {"key": 1}, "worker": {"awards": []}}
    assert goes_back(OF_JOB, Employment, {"employment": case}) == (False, 0)
    paid = {"awards": [award("2025-03", "2025-06")]}
    assert goes_back(OF_JOB, Employment, {"employment": {**case, "worker": paid}})[0] is None


@pytest.mark.parametrize(("kind", "when"), [("flexible", True), ("employee", False)])
def test_only_refunds_of_what_it_was_paid_for_count(kind: str, when: bool) -> None:
    person = {
        "awards": [award("2025-03", "2025-06", scheme="flexible", employer=None)],
        "contributions": [refund("2025-05", "2025-05", kind=kind, employer=None)],
    }
    assert goes_back(FLEXIBLE, Person, {"person": person})[0] is when
