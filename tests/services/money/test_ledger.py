"""The ledger refuses what is not balanced, and every change of what stands in it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.service import AS_OF
from tests.services.money.made import FUND, Office

from wenye.services.money.chart import account, balance
from wenye.services.money.checking import check
from wenye.services.money.errors import MoneyError
from wenye.services.money.models import Account, Line, Posting
from wenye.services.money.posting import Move, post


def _moves(fen: int) -> list[Move]:
    return [
        Move(account(Account.BANK, FUND), fen),
        Move(account(Account.FUNDING, FUND, year=2026), -fen),
    ]


def test_a_key_posts_once(db: None) -> None:
    first = post("k", "received", AS_OF, _moves(500))
    assert post("k", "received", AS_OF, _moves(500)).pk == first.pk
    assert balance(Account.BANK, FUND) == 500
    assert check() == []


def test_what_does_not_balance_is_refused_by_the_database(db: None) -> None:
    moves = [*_moves(500)[:1], Move(account(Account.FUNDING, FUND, year=2026), -499)]
    with pytest.raises(DatabaseError), transaction.atomic():
        post("k", "received", AS_OF, moves)
    assert Posting.objects.count() == 0
    assert balance(Account.BANK, FUND) == 0


def test_each_group_balances_by_itself(db: None) -> None:
    moves = [
        Move(account(Account.BANK, FUND), 500),
        Move(account(Account.APPROPRIATED, FUND, year=2026), -500),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        post("k", "received", AS_OF, moves)


def test_an_account_is_not_overdrawn(db: None) -> None:
    post("k", "received", AS_OF, _moves(500))
    with pytest.raises(MoneyError, match="余额不足"):
        post("l", "received", AS_OF, _moves(-501))
    assert balance(Account.BANK, FUND) == 500


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE money_line SET amount_fen = amount_fen + 1",
        "DELETE FROM money_line",
        "UPDATE money_posting SET text = 'x'",
        "DELETE FROM money_posting",
        "UPDATE money_account SET balance_fen = -1 WHERE kind = 'bank'",
        "DELETE FROM money_account",
    ],
)
def test_nothing_is_changed_even_past_the_service(db: None, statement: str) -> None:
    post("k", "received", AS_OF, _moves(500))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert check() == []


def test_a_line_is_not_added_to_a_closed_posting(db: None) -> None:
    posting = post("k", "received", AS_OF, _moves(500))
    bank = account(Account.BANK, FUND)
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.create(posting=posting, account=bank, amount_fen=1, group=bank.group)


def test_a_wrong_balance_is_found(db: None) -> None:
    post("k", "received", AS_OF, _moves(500))
    Account.objects.filter(kind=Account.BANK).update(balance_fen=501)
    assert any("余额 501" in told for told in check())


def test_one_who_proposes_does_not_approve(office: Office) -> None:
    from wenye.services.money.budgets import decide_change, propose
    from wenye.services.money.errors import SecondPersonNeeded, TooLate

    change = propose(office.maker, "budget", FUND, 2026, 100, "文件", head="employment_support")
    with pytest.raises(SecondPersonNeeded):
        decide_change(office.maker, change.pk, approve=True)
    decide_change(office.head, change.pk, approve=False)
    with pytest.raises(TooLate):
        decide_change(office.checker, change.pk, approve=True)


@pytest.mark.parametrize(
    ("fund", "head", "year", "fen", "document"),
    [
        ("undecided", "employment_support", 2026, 1, "x"),
        ("nothing", "employment_support", 2026, 1, "x"),
        (FUND, "nothing", 2026, 1, "x"),
        (FUND, "employment_support", 1999, 1, "x"),
        (FUND, "employment_support", 2026, 0, "x"),
        (FUND, "employment_support", 2026, 1, " "),
    ],
)
def test_a_budget_needs_a_fund_a_head_a_year_and_a_document(
    office: Office, fund: str, head: str, year: int, fen: int, document: str
) -> None:
    from wenye.services.money.budgets import propose

    with pytest.raises(MoneyError):
        propose(office.maker, "budget", fund, year, fen, document, head=head)


def test_a_town_pays_from_its_allotment(office: Office) -> None:
    from wenye.services.money.instalments import commit_all
    from wenye.services.money.models import Instalment

    cases = office.approved(3)
    town = cases[0].town
    office.funded("allot", 113190 * 3, holder=town)
    commit_all(AS_OF)
    rows = Instalment.objects.exclude(year=0)
    assert all((row.holder == town) == (row.town == town) for row in rows)
    held = balance(Account.COMMITTED, FUND, year=2026, holder=town, head="employment_support")
    assert held == 113190 * 3
    assert check() == []


def test_every_scheme_that_the_district_pays_has_its_fund(db: None) -> None:
    from wenye.services.decisions.district import district
    from wenye.services.money.funds import funds

    here, known = district(), funds()
    paid = {name for name in here.scheme_ids if here.scheme(name).our_part == "pay"}
    assert set(known.schemes) == paid
    for fund in [*known.funds.values(), *known.heads.values()]:
        assert fund.quote or fund.note
        if fund.document:
            assert fund.document in here.documents
