"""Terms that a text leaves open: waited for by name while open, and applied once they are set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from wenye.policy import cite, open_terms, parameters
from wenye.policy.authoring import Parameters
from wenye.policy.documents import Citation
from wenye.policy.errors import PolicyError
from wenye.registers.model import Employment
from wenye.rules import ON, amount_paid, calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.expressions import Expr

UNITS = {
    "paid_to_worker": "yes_no",
    "paid_once": "yes_no",
    "contract_months": "month",
    "insured_months": "month",
    "claim_months": "month",
    "stacks": "yes_no",
    "cap": "CNY",
    "amount": "CNY",
}
ONLY_YES = ("paid_to_worker", "paid_once")
HIRED = dt.date(2025, 8, 31)
worker = Employment.worker
hired_on = Employment.started_on

#: The parameters with some of them set, and an article that orders the support.
Terms = Callable[..., tuple[Parameters, Citation]]


@pytest.fixture
def terms(folder: Any) -> Terms:
    def made(**values: object) -> tuple[Parameters, Citation]:
        text = ""
        for name, unit in UNITS.items():
            value = values.get(name)
            known = "{open: 未定}" if value is None else f"{{value: {value}, {SOURCED}}}"
            only = "  allowed: [是]\n  note: 先改方案文件\n" if name in ONLY_YES else ""
            text += f"{name}:\n  label: {name}\n  label_en: {name}\n  unit: {unit}\n{only}"
            text += f"  values:\n    2024-01-01: {known}\n"
        folder.write("parameters/terms.yaml", text)
        with folder.load().speaking():
            return parameters("terms").at(ON), cite("trial-1", 3)

    return made


SOURCED = "status: sourced, reference: 虚构"


def found(expr: Expr, on: dt.date = HIRED, **employment: Any) -> Any:
    """What comes out for a job; what is not named of it is unknown."""
    case = read_case(Employment, {"employment": {"started_on": HIRED, **employment}})
    return CaseProgram({"found": expr})(case, calendar.code(on))["found"]


def award(scheme: str, **more: Any) -> dict[str, Any]:
    row = {"scheme": scheme, "first_month": "2025-07", "last_month": "2025-08", "amount": 100}
    return {**row, "recovered": False, **more}


@pytest.mark.parametrize("make", [open_terms.paid_to_worker, open_terms.paid_once])
def test_payee_and_payment_wait_until_they_are_set(terms: Terms, make: Any) -> None:
    assert found(make(*terms())) is None
    assert found(make(*terms(paid_to_worker="是", paid_once="是"))) == 1


@pytest.mark.parametrize("name", ONLY_YES)
def test_another_payee_or_payment_asks_for_another_scheme(terms: Terms, name: str) -> None:
    with pytest.raises(PolicyError, match=r"can only be 是.*先改方案文件"):
        terms(**{name: "否"})


@pytest.mark.parametrize(
    ("asked", "length", "enough"),
    [
        (12, 11, 0),
        (12, 12, 1),
        (12, None, 0),
        (1, None, 0),
        (0, None, 1),
        (None, 12, None),
        (None, None, None),
    ],
)
def test_a_contract(
    terms: Terms, asked: int | None, length: int | None, enough: int | None
) -> None:
    rules, article = terms(contract_months=asked)
    test = open_terms.contract_long_enough(rules, Employment.contract_months, article)
    assert found(test, contract_months=length) == enough


def test_an_unknown_contract_waits_unless_none_is_asked_for(terms: Terms) -> None:
    for asked, enough in ((12, None), (0, 1)):
        rules, article = terms(contract_months=asked)
        test = open_terms.contract_long_enough(rules, Employment.contract_months, article)
        assert found(test) == enough


@pytest.mark.parametrize(("asked", "enough"), [(5, 1), (6, 1), (7, 0), (None, None)])
def test_months_insured(terms: Terms, asked: int | None, enough: int | None) -> None:
    rules, article = terms(insured_months=asked)
    test = open_terms.insured_long_enough(rules, Employment.contract_months, article)
    assert found(test, contract_months=6) == enough


@pytest.mark.parametrize(
    ("limit", "on", "in_time"),
    [
        (6, "2026-02-28", 1),  # hired on the 31st: the last day of February is the day
        (6, "2026-03-01", 0),
        (None, "2026-02-28", None),
    ],
)
def test_the_time_to_claim(terms: Terms, limit: int | None, on: str, in_time: int | None) -> None:
    rules, article = terms(claim_months=limit)
    test = open_terms.claimed_in_time(rules, hired_on, article)
    assert found(test, dt.date.fromisoformat(on)) == in_time


@pytest.mark.parametrize("stacks", [None, "否", "是"])
@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        ([], False),
        ([award("other")], False),
        ([award("like", first_month="2025-05", last_month="2025-07")], False),
        ([award("like", recovered=True)], False),
        ([award("like")], True),
        ([award("alike", first_month="2025-10", last_month="2025-10")], True),
    ],
)
def test_stacking_is_asked_of_those_who_drew_something_like_it(
    terms: Terms, rows: list[dict[str, Any]], drawn: bool, stacks: str | None
) -> None:
    rules, article = terms(stacks=stacks)
    test = open_terms.may_stack_with(
        rules,
        worker.awards,
        ("like", "alike"),
        hired_on,
        article,
        like=("同类补贴", "like support"),
    )
    free = {None: None, "否": 0, "是": 1}[stacks] if drawn else 1
    assert found(test, dt.date(2025, 12, 1), worker={"awards": rows}) == free


@pytest.mark.parametrize(
    ("paid", "below", "due"),
    [("0", 1, 1000_00), ("499.99", 1, 1000_00), ("500.01", 1, 999_99), ("1500", 0, 0)],
)
def test_what_is_left_below_the_cap(terms: Terms, paid: str, below: int, due: int) -> None:
    rules, article = terms(cap=1500, amount=1000)
    so_far = amount_paid(worker, "one", "another")
    test = open_terms.cap_not_reached(rules, so_far, article, supports=("各项", "they"))
    awards = {"awards": [award("another", amount=paid), award("third", amount=9000)]}
    assert found(test, dt.date(2025, 12, 1), worker=awards) == below
    left = open_terms.up_to_cap(rules, so_far)
    assert found(left, dt.date(2025, 12, 1), worker=awards) == due


def test_an_open_cap_leaves_the_amount_open(terms: Terms) -> None:
    rules, article = terms(amount=1000)
    so_far = amount_paid(worker, "one")
    test = open_terms.cap_not_reached(rules, so_far, article, supports=("各项", "they"))
    assert found(test, worker={"awards": []}) is None
    assert found(open_terms.up_to_cap(rules, so_far), worker={"awards": []}) is None


def test_a_condition_is_worded_and_cited(terms: Terms) -> None:
    rules, article = terms()
    test = open_terms.cap_not_reached(
        rules, amount_paid(worker, "one"), article, supports=("两项补贴", "the two")
    )
    assert test.label == "两项补贴累计未达{n}"
    assert test.label_en == "the two come to less than {n} so far"
    assert test.cites is article


def test_a_mistake_is_told_where_the_scheme_asks(terms: Terms) -> None:
    rules, article = terms()
    assert "test_open_terms.py:" in open_terms.paid_once(rules, article).site
