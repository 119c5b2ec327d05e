"""From an approved case to money paid: one prepares, another approves, the bank answers."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF
from tests.services.money.made import FUND, Office

from wenye.services.money.bank_simulator import answer, late_returns, references
from wenye.services.money.batches import approve, discard, drop, prepare, send
from wenye.services.money.chart import balance
from wenye.services.money.checking import check
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.instalments import commit_all
from wenye.services.money.models import Account, Batch, BatchLine, Instalment, ReturnRow
from wenye.services.money.returns import take


def _state(case: Any) -> str:
    case.refresh_from_db()
    return str(case.state)


def test_a_case_is_planned_bound_and_owed_once(office: Office) -> None:
    (case,) = office.approved(1)
    done = commit_all(AS_OF)
    assert (done.committed, done.due, done.stopped) == (3, 1, {})
    rows = Instalment.objects.filter(case_id=case.pk)
    assert rows.filter(state="payable").get().month == 202610
    assert list(rows.filter(state="committed").values_list("month", flat=True)) == [202611, 202612]
    assert set(rows.filter(state="planned").values_list("amount_status", flat=True)) == {"open"}
    again = commit_all(AS_OF)
    assert (again.planned, again.committed, again.due) == (0, 0, 0)
    assert check() == []
    assert balance(Account.COMMITTED, FUND, year=2026, head="employment_support") == 3 * 113190


def test_from_batch_to_paid(office: Office) -> None:
    batch, content = office.sent(3)
    assert batch.state == "sent"
    assert (batch.count, batch.total_fen) == (3, 3 * 113190)
    assert len(references(content)) == 3
    file, new = take(office.maker, "回单.csv", answer(content, AS_OF))
    assert new
    assert (file.matched, file.wrong) == (3, 0)
    batch.refresh_from_db()
    assert batch.state == "closed"
    assert Instalment.objects.paid().count() == 3
    assert balance(Account.BANK, FUND) == 10_000_000 - 3 * 113190
    assert check() == []
    from wenye.services.cases.models import Case

    ids = Instalment.objects.paid().values_list("case_id", flat=True)
    assert {case.state for case in Case.objects.filter(pk__in=list(ids))} == {"paid"}
    same, new = take(office.maker, "回单.csv", answer(content, AS_OF))
    assert (same.pk, new) == (file.pk, False)
    assert send(office.maker, batch.pk)[1] == content


def test_nobody_approves_what_they_prepared(office: Office) -> None:
    rows = office.payable(1)
    batch = prepare(office.maker, [rows[0].pk], AS_OF).batches[0]
    with pytest.raises(SecondPersonNeeded):
        approve(office.maker, batch.pk, AS_OF)
    with pytest.raises(MoneyError):
        approve(office.auditor, batch.pk, AS_OF)
    with pytest.raises(TooLate):
        send(office.maker, batch.pk)
    assert approve(office.head, batch.pk, AS_OF).approved_by == office.head.user_id
    with pytest.raises(TooLate):
        approve(office.checker, batch.pk, AS_OF)
    assert check() == []


def test_an_instalment_is_in_one_batch_at_a_time(office: Office) -> None:
    rows = office.payable(2)
    first = prepare(office.maker, [row.pk for row in rows], AS_OF)
    again = prepare(office.checker, [row.pk for row in rows], AS_OF)
    assert len(first.batches) == 1
    assert again.batches == []
    assert len(again.stopped) == 2


def test_a_missing_account_is_told_and_left_out(office: Office) -> None:
    office.approved(1, accounts=False)
    commit_all(AS_OF)
    row = Instalment.objects.payable().get()
    prepared = prepare(office.maker, [row.pk], AS_OF)
    assert prepared.batches == []
    assert "没有收款账号" in prepared.stopped[0][1]
    row.refresh_from_db()
    assert "没有收款账号" in row.stopped


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "甲,乙", "甲\n乙", "\u202e甲", "", "甲" * 61])
def test_a_name_that_a_bank_file_cannot_hold_is_left_out(office: Office, name: str) -> None:
    from wenye.services.people.models import Person

    row = office.payable(1)[0]
    person = Person.objects.get(pk=row.payee_key)
    person.name = name
    person.save()
    prepared = prepare(office.maker, [row.pk], AS_OF)
    assert prepared.batches == []
    assert "户名" in prepared.stopped[0][1]


def test_without_money_nothing_is_prepared(db: None) -> None:
    office = Office.opened(money=100_000)
    rows = office.payable(1)
    with pytest.raises(MoneyError, match="资金余额不足"):
        prepare(office.maker, [row.pk for row in rows], AS_OF)
    assert Batch.objects.count() == 0
    rows[0].refresh_from_db()
    assert rows[0].state == "payable"


def test_without_budget_nothing_is_owed(db: None) -> None:
    office = Office.opened(budget=200_000)
    office.approved(2)
    done = commit_all(AS_OF)
    assert done.committed == 1
    assert list(done.stopped.values()) == [5]
    assert Instalment.objects.payable().count() == 1
    assert check() == []


def test_failed_payments_are_tried_again_and_never_twice(office: Office) -> None:
    from wenye.services.people.models import Person

    _, content = office.sent(3)
    file, _ = take(office.maker, "r.csv", answer(content, AS_OF, {2: "A1", 3: "L1"}))
    assert (file.matched, file.wrong) == (3, 0)
    assert check() == []
    failed = list(Instalment.objects.payable().order_by("pk"))
    assert len(failed) == 2
    assert failed[0].stopped == "账户已销户"
    prepared = prepare(office.maker, [row.pk for row in failed], AS_OF)
    assert [why for _, why in prepared.stopped] == ["银行说过这个账号有问题，请先更正账号。"]
    assert prepared.batches[0].count == 1
    person = Person.objects.get(pk=failed[0].payee_key)
    person.account = "0000999999999999"
    person.save()
    second = prepare(office.maker, [failed[0].pk], AS_OF).batches[0]
    approve(office.checker, second.pk, AS_OF)
    _, again = send(office.checker, second.pk)
    take(office.maker, "r2.csv", answer(again, AS_OF))
    assert Instalment.objects.paid().count() == 2
    assert check() == []


def test_a_payment_that_comes_back_later_is_owed_again(office: Office) -> None:
    _, content = office.sent(2)
    take(office.maker, "r.csv", answer(content, AS_OF))
    late = late_returns(references(content)[:1], AS_OF)
    file, _ = take(office.maker, "late.csv", late)
    assert file.answers.get().outcome == "returned"
    assert Instalment.objects.paid().count() == 1
    row = Instalment.objects.payable().get()
    assert row.paid_on is None
    assert check() == []
    prepared = prepare(office.maker, [row.pk], AS_OF)
    assert prepared.batches[0].count == 1
    assert BatchLine.objects.filter(instalment=row).count() == 2


@pytest.mark.parametrize(
    ("fault", "outcomes", "suspense"),
    [
        ("unknown", ["unknown_line", "paid"], 113190),
        ("amount", ["amount_differs", "paid"], 113290),
        ("twice", ["paid", "duplicate", "paid"], 0),
        ("silent", ["paid"], 0),
        ("garbled", ["unreadable", "paid"], 0),
        ("Q7", ["unknown_answer", "paid"], 0),
        ("R1", ["contradicts", "paid"], 0),
    ],
)
def test_rows_that_do_not_fit_have_a_name(
    office: Office, fault: str, outcomes: list[str], suspense: int
) -> None:
    batch, content = office.sent(2)
    file, _ = take(office.maker, "r.csv", answer(content, AS_OF, {1: fault}))
    assert [row.outcome for row in file.answers.order_by("place")] == outcomes
    assert balance(Account.SUSPENSE, FUND) == suspense
    assert check() == []
    batch.refresh_from_db()
    assert batch.state == ("closed" if fault == "twice" else "answered")


def test_suspense_is_cleared_by_two(office: Office) -> None:
    from wenye.services.money.returns import clear, propose_clearing

    _, content = office.sent(1)
    take(office.maker, "r.csv", answer(content, AS_OF, {1: "amount"}))
    row = ReturnRow.objects.get(suspense_fen__gt=0)
    propose_clearing(office.maker, row.pk, "银行已冲正，凭证1")
    with pytest.raises(SecondPersonNeeded):
        clear(office.maker, row.pk)
    clear(office.checker, row.pk)
    with pytest.raises(TooLate):
        clear(office.checker, row.pk)
    assert balance(Account.SUSPENSE, FUND) == 0
    assert check() == []
    take(office.maker, "r2.csv", answer(content, AS_OF))
    assert Instalment.objects.paid().count() == 1
    assert check() == []


def test_a_batch_given_up_leaves_nothing_behind(office: Office) -> None:
    rows = office.payable(2)
    batch = prepare(office.maker, [row.pk for row in rows], AS_OF).batches[0]
    approve(office.checker, batch.pk, AS_OF)
    with pytest.raises(MoneyError):
        discard(office.maker, batch.pk, " ", AS_OF)
    discard(office.maker, batch.pk, "录错", AS_OF)
    assert Instalment.objects.payable().count() == 2
    assert balance(Account.TRANSIT, FUND) == 0
    assert check() == []
    assert prepare(office.maker, [row.pk for row in rows], AS_OF).batches[0].count == 2


def test_a_line_is_dropped_before_approval(office: Office) -> None:
    rows = office.payable(2)
    batch = prepare(office.maker, [row.pk for row in rows], AS_OF).batches[0]
    first = batch.lines.order_by("place").first()
    drop(office.maker, first.pk, "待核实", AS_OF)
    batch.refresh_from_db()
    assert (batch.count, batch.total_fen) == (1, 113190)
    approve(office.checker, batch.pk, AS_OF)
    assert check() == []


def test_facts_that_changed_stop_the_payment(office: Office) -> None:
    from wenye.services.people.models import Addition

    row = office.payable(1)[0]
    work = Addition.objects.get(register="flexible_work", person_key=row.person_key)
    work.values = {**work.values, "ended_on": "2026-09-30"}
    work.save()
    prepared = prepare(office.maker, [row.pk], AS_OF)
    assert prepared.batches == []
    assert "按最新事实" in prepared.stopped[0][1]


def test_values_no_longer_confirmed_stop_the_payment(office: Office) -> None:
    from wenye.services.decisions.district import confirmations_file

    row = office.payable(1)[0]
    path = confirmations_file()
    kept = path.read_text(encoding="utf-8")
    path.unlink()
    try:
        prepared = prepare(office.maker, [row.pk], AS_OF)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert prepared.batches == []
    assert "规则或数值有变" in prepared.stopped[0][1]


def test_whoever_reviewed_pays_nothing(office: Office) -> None:
    from wenye.services.accounts.models import Post
    from wenye.services.cases.models import Step

    row = office.payable(1)[0]
    user = Step.objects.get(case_id=row.case_id, transition="bureau_approve").user_id
    post = Post.objects.create(
        user_id=user, role="finance_officer", department="区人社局", since=AS_OF
    )
    prepared = prepare(post.acting(), [row.pk], AS_OF)
    assert prepared.batches == []
    assert "审核过" in prepared.stopped[0][1]
    batch = prepare(office.maker, [row.pk], AS_OF).batches[0]
    with pytest.raises(SecondPersonNeeded, match="审核过"):
        approve(post.acting(), batch.pk, AS_OF)


def test_what_was_paid_counts_as_history(office: Office) -> None:
    from wenye.registers.model import Award
    from wenye.services.decisions.facts import facts

    _, content = office.sent(1)
    row = Instalment.objects.get(state="batched")
    before = facts().rows_by(Award, "person", [row.person_key]).height
    take(office.maker, "r.csv", answer(content, AS_OF))
    rows = facts().rows_by(Award, "person", [row.person_key])
    assert rows.height == before + 1
    key = 1_800_000_000 + row.pk
    assert facts().rows_by(Award, "key", [key])["amount"].to_list() == [113190]
    assert facts().rows_by(Award, "key", [key])["scheme"].to_list()
