"""Money to be given back: two people claim it, it comes by a plan, and nothing is netted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.service import AS_OF
from tests.services.money.made import FUND, Office

from wenye.services.money.bank_simulator import answer
from wenye.services.money.chart import balance
from wenye.services.money.checking import check
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.models import Account, Instalment, Recovery
from wenye.services.money.recoveries import (
    agree_plan,
    behind,
    decide,
    owed_by,
    propose,
    receive,
)
from wenye.services.money.returns import take


@pytest.fixture
def paid(office: Office) -> Any:
    """One payment that was made."""
    _, content = office.sent(1)
    take(office.maker, "r.csv", answer(content, AS_OF))
    return Instalment.objects.paid().get()


def test_claimed_confirmed_and_back(office: Office, paid: Any) -> None:
    claim = propose(office.maker, paid.pk, 100_000, "error", "多付")
    with pytest.raises(SecondPersonNeeded):
        decide(office.maker, claim.pk, confirm=True)
    assert balance(Account.RECEIVABLE, FUND, scheme=paid.scheme) == 0
    decide(office.checker, claim.pk, confirm=True)
    assert balance(Account.RECEIVABLE, FUND, scheme=paid.scheme) == 100_000
    assert owed_by([("people", paid.payee_key)]) == {("people", paid.payee_key): 100_000}
    assert check() == []
    agree_plan(
        office.maker,
        claim.pk,
        [(AS_OF - dt.timedelta(days=30), 40_000), (AS_OF + dt.timedelta(days=30), 60_000)],
    )
    late = behind(Recovery.objects.all(), AS_OF)
    assert late[claim.pk].fen == 40_000
    first = receive(office.maker, claim.pk, 30_000, AS_OF, "S1")
    assert receive(office.maker, claim.pk, 30_000, AS_OF, "S1").pk == first.pk
    assert behind(Recovery.objects.all(), AS_OF)[claim.pk].fen == 10_000
    with pytest.raises(MoneyError, match="已经登记过"):
        receive(office.maker, claim.pk, 20_000, AS_OF, "S1")
    with pytest.raises(MoneyError, match="超过"):
        receive(office.maker, claim.pk, 70_001, AS_OF, "S2")
    receive(office.maker, claim.pk, 70_000, AS_OF, "S3")
    claim.refresh_from_db()
    paid.refresh_from_db()
    assert (claim.state, paid.recovered_fen) == ("settled", 100_000)
    assert balance(Account.BANK, FUND) == 10_000_000 - 13_190
    assert check() == []
    with pytest.raises(TooLate):
        receive(office.maker, claim.pk, 1, AS_OF, "S4")
    with pytest.raises(MoneyError):
        propose(office.maker, paid.pk, 13_191, "error", "再来")


def test_nobody_books_back_what_they_owe_themselves(office: Office, paid: Any) -> None:
    claim = propose(office.maker, paid.pk, 100_000, "error", "多付")
    decide(office.checker, claim.pk, confirm=True)
    debtor = replace(office.maker, person_key=claim.person_key)
    with pytest.raises(SecondPersonNeeded):
        receive(debtor, claim.pk, 100_000, AS_OF, "S1")
    with pytest.raises(SecondPersonNeeded):
        agree_plan(debtor, claim.pk, [(AS_OF + dt.timedelta(days=365), 100_000)])
    claim.refresh_from_db()
    assert (claim.state, claim.received_fen) == ("open", 0)


@pytest.mark.parametrize("fen", [0, -1, 113_191])
def test_no_more_than_was_paid_is_claimed(office: Office, paid: Any, fen: int) -> None:
    with pytest.raises(MoneyError):
        propose(office.maker, paid.pk, fen, "error", "x")


def test_a_payment_is_claimed_once_at_a_time(office: Office, paid: Any) -> None:
    claim = propose(office.maker, paid.pk, 1, "error", "x")
    with pytest.raises(TooLate):
        propose(office.checker, paid.pk, 1, "error", "x")
    decide(office.checker, claim.pk, confirm=False)
    assert propose(office.checker, paid.pk, 2, "error", "x").amount_fen == 2
    assert check() == []


def test_a_plan_adds_up(office: Office, paid: Any) -> None:
    claim = propose(office.maker, paid.pk, 100, "error", "x")
    decide(office.checker, claim.pk, confirm=True)
    day = dt.timedelta(days=1)
    for parts in (
        [],
        [(AS_OF, 99)],
        [(AS_OF, 101)],
        [(AS_OF, 50), (AS_OF, 50)],
        [(AS_OF, 50), (AS_OF - day, 50)],
        [(AS_OF, 150), (AS_OF + day, -50)],
    ):
        with pytest.raises(MoneyError):
            agree_plan(office.maker, claim.pk, parts)


def test_the_whole_back_counts_as_recovered_in_history(office: Office, paid: Any) -> None:
    from wenye.services.money.awards import award_rows

    claim = propose(office.maker, paid.pk, paid.amount_fen, "claw_back", "x")
    decide(office.checker, claim.pk, confirm=True)
    assert [row["recovered"] for row in award_rows("awards", "person", [paid.person_key])] == [
        False
    ]
    receive(office.maker, claim.pk, paid.amount_fen, AS_OF, "S1")
    assert [row["recovered"] for row in award_rows("awards", "person", [paid.person_key])] == [True]


def test_a_case_that_is_clawed_back_is_closed_when_the_money_is_back(
    office: Office, paid: Any
) -> None:
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform

    case = Case.objects.get(pk=paid.case_id)
    from wenye.services.accounts.models import Post

    step = case.steps.get(transition="bureau_approve")
    reviewer = Post.objects.get(user_id=step.user_id).acting()
    perform(case, "claw_back", reviewer, reason="退费")
    claim = propose(office.maker, paid.pk, paid.amount_fen, "claw_back", "退费")
    decide(office.checker, claim.pk, confirm=True)
    receive(office.maker, claim.pk, paid.amount_fen, AS_OF, "S1")
    case.refresh_from_db()
    assert case.state == "closed"


def test_a_payment_that_comes_back_while_asked_back_is_a_receipt(office: Office, paid: Any) -> None:
    from wenye.services.money.bank_simulator import late_returns

    claim = propose(office.maker, paid.pk, paid.amount_fen, "error", "x")
    decide(office.checker, claim.pk, confirm=True)
    line = paid.lines.get()
    file, _ = take(office.maker, "late.csv", late_returns([(line.reference, "1131.90")], AS_OF))
    assert file.answers.get().outcome == "in_recovery"
    paid.refresh_from_db()
    assert paid.state == "paid"
    assert check() == []
