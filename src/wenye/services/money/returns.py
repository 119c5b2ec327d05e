"""The bank's answers matched to what was sent; each row has a name for what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.money.approved import state_of, tell_case
from wenye.services.money.chart import account, of_budget
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.models import (
    Account,
    Batch,
    BatchLine,
    Instalment,
    Recovery,
    ReturnFile,
    ReturnRow,
)
from wenye.services.money.posting import Move, post
from wenye.services.money.return_file import ANSWERS, LATE, PAID, Answer, Row, read


@dataclass(slots=True)
class _Found:
    """One row and what it means."""

    row: Row
    outcome: str
    line: BatchLine | None = None
    suspense: int = 0


def take(acting: Acting, name: str, content: bytes) -> tuple[ReturnFile, bool]:
    """Take a file of answers in, whole. The same file again changes nothing: (file, False)."""
    if acting.role is not Role.FINANCE_OFFICER:
        raise MoneyError(_("只有财务人员可以登记回单。"))
    answer = read(content)
    with transaction.atomic():
        before = ReturnFile.objects.filter(digest=answer.digest).first()
        if before is not None:
            return before, False
        batch = None
        if answer.batch != "*":
            batch = Batch.objects.select_for_update().filter(number=answer.batch).first()
            if batch is None:
                raise MoneyError(
                    _("没有批次“%(number)s”。") % {"number": answer.batch[:24]},
                    mend=_("请核对是不是本系统送出的批次。"),
                )
        today = timezone.localdate()
        if answer.day > today + dt.timedelta(days=1):
            raise MoneyError(_("回单日期在将来。"), where=answer.day.isoformat())
        found = _matched(answer, batch)
        file = ReturnFile.objects.create(
            digest=answer.digest,
            name=name[:120],
            batch=batch,
            day=answer.day,
            rows=len(found),
            matched=sum(each.outcome in ReturnRow.RIGHT for each in found),
            wrong=sum(each.outcome not in ReturnRow.RIGHT for each in found),
            made_by=acting.user_id,
        )
        ReturnRow.objects.bulk_create(
            [
                ReturnRow(
                    file=file,
                    place=each.row.place,
                    reference=each.row.reference,
                    amount_fen=each.row.fen,
                    answer=each.row.answer,
                    bank_serial=each.row.serial,
                    outcome=each.outcome,
                    line=each.line,
                    suspense_fen=each.suspense,
                )
                for each in found
            ],
            batch_size=500,
        )
        _posted(acting, file, found)
        _settled(found, answer.day)
        record.change(
            acting,
            "money.return.take",
            "return_file",
            file.pk,
            purpose=record.Purpose.PAYMENT,
            detail={"rows": file.rows, "matched": file.matched, "wrong": file.wrong},
        )
    return file, True


def _matched(answer: Answer, batch: Batch | None) -> list[_Found]:
    references = {row.reference for row in answer.rows if row.reference}
    lines: dict[str, BatchLine] = {}
    ordered = sorted(references)
    for start in range(0, len(ordered), 500):
        chunk = (
            BatchLine.objects.select_for_update(of=("self",))
            .filter(reference__in=ordered[start : start + 500])
            .select_related("batch", "instalment")
            .order_by("pk")
        )
        lines.update({line.reference: line for line in chunk})
    seen: set[str] = set()
    found = []
    for row in answer.rows:
        found.append(_one(row, lines.get(row.reference), batch, seen))
        seen.add(row.reference)
    return found


def _one(row: Row, line: BatchLine | None, batch: Batch | None, seen: set[str]) -> _Found:
    if not row.reference or row.fen is None:
        return _Found(row, "unreadable")
    if row.answer not in ANSWERS:
        return _Found(row, "unknown_answer", line)
    if row.reference in seen:
        return _Found(row, "duplicate", line)
    fund = batch.fund if batch is not None else ""
    if line is None:
        # The bank says that money has left: it is looked for, not believed away.
        return _Found(row, "unknown_line", None, row.fen if row.answer == PAID and fund else 0)
    if batch is not None and line.batch_id != batch.pk:
        return _Found(row, "wrong_batch", line)
    if line.state == BatchLine.DROPPED or line.batch.state in (Batch.PREPARED, Batch.APPROVED):
        return _Found(row, "not_sent", line)
    if row.fen != line.amount_fen:
        moved = row.answer == PAID and line.state == BatchLine.WAITING
        return _Found(row, "amount_differs", line, row.fen if moved else 0)
    return _Found(row, _outcome(row.answer, line), line)


def _outcome(answer: str, line: BatchLine) -> str:
    if line.state == BatchLine.WAITING:
        if answer == PAID:
            return "paid"
        return "contradicts" if answer == LATE else "failed"
    if line.state == BatchLine.PAID:
        if answer == LATE and _in_recovery(line):
            return "in_recovery"
        return {PAID: "again", LATE: "returned"}.get(answer, "contradicts")
    if answer == line.answer:
        return "again"
    return "contradicts"


def _in_recovery(line: BatchLine) -> bool:
    """Whether the payment is already asked back: what came in is then a receipt of that claim."""
    return line.instalment.recoveries.exclude(state=Recovery.REFUSED).exists()


def _posted(acting: Acting, file: ReturnFile, found: list[_Found]) -> None:
    """One posting a fund: what was paid leaves the bank, what failed is owed again."""
    by_fund: dict[str, list[Move]] = {}
    for each in found:
        if each.suspense:
            fund = each.line.batch.fund if each.line is not None else file.batch.fund  # type: ignore[union-attr]
            by_fund.setdefault(fund, []).extend(
                [
                    Move(account(Account.SUSPENSE, fund), each.suspense),
                    Move(account(Account.BANK, fund), -each.suspense),
                ]
            )
        if each.line is not None and each.outcome in ("paid", "failed", "returned"):
            fund = each.line.batch.fund
            by_fund.setdefault(fund, []).extend(_moves(each.outcome, each.line))
    for fund in sorted(by_fund):
        post(
            f"return:{file.digest}:{fund}",
            "bank_return",
            file.day,
            by_fund[fund],
            text=str(file.batch or file.name)[:200],
            made_by=acting.user_id,
        )


def _moves(outcome: str, line: BatchLine) -> list[Move]:
    row, fen = line.instalment, line.amount_fen
    bank = account(Account.BANK, row.fund)
    transit = account(Account.TRANSIT, row.fund)
    owed = account(Account.PAYABLE, row.fund, scheme=row.scheme)
    bound = of_budget(Account.COMMITTED, row)
    spent = of_budget(Account.SPENT, row)
    if outcome == "paid":
        return [
            Move(transit, fen, row.pk),
            Move(bank, -fen, row.pk),
            Move(bound, -fen, row.pk),
            Move(spent, fen, row.pk),
        ]
    if outcome == "failed":
        return [Move(transit, fen, row.pk), Move(owed, -fen, row.pk)]
    return [
        Move(bank, fen, row.pk),
        Move(owed, -fen, row.pk),
        Move(spent, -fen, row.pk),
        Move(bound, fen, row.pk),
    ]


def _settled(found: list[_Found], day: dt.date) -> None:
    """Lines, instalments, batches and cases as the answers leave them."""
    cases: dict[int, str] = {}
    batches: set[int] = set()
    for each in found:
        line = each.line
        if line is None or each.outcome not in ("paid", "failed", "returned"):
            continue
        row = line.instalment
        line.state = {
            "paid": BatchLine.PAID,
            "failed": BatchLine.FAILED,
            "returned": BatchLine.RETURNED,
        }[each.outcome]
        line.answer, line.bank_serial, line.answered_on = each.row.answer, each.row.serial, day
        line.save(update_fields=["state", "answer", "bank_serial", "answered_on"])
        paid = each.outcome == "paid"
        row.state = Instalment.PAID if paid else Instalment.PAYABLE
        row.paid_on = day if paid else None
        row.stopped = "" if paid else str(ANSWERS[each.row.answer][0])
        row.save(update_fields=["state", "paid_on", "stopped"])
        cases.setdefault(row.case_id, row.stopped)
        batches.add(line.batch_id)
    for pk in sorted(batches):
        _batch_state(pk)
    for case_id in sorted(cases):
        _case_state(case_id, cases[case_id])


def _batch_state(pk: int) -> None:
    batch = Batch.objects.select_for_update().get(pk=pk)
    waiting = batch.lines.filter(state=BatchLine.WAITING).exists()
    state = Batch.ANSWERED if waiting else Batch.CLOSED
    if batch.state != state:
        batch.state = state
        batch.closed_at = None if waiting else timezone.now()
        batch.save(update_fields=["state", "closed_at"])


def _case_state(case_id: int, reason: str) -> None:
    """A case is paid, or its payment failed, once the bank has answered all that is under way."""
    lines = BatchLine.objects.filter(instalment__case_id=case_id)
    if lines.filter(state=BatchLine.WAITING).exists() or state_of(case_id) != "paying":
        return
    if Instalment.objects.filter(case_id=case_id, state=Instalment.PAID).exists():
        tell_case(case_id, "paid", None)
    else:
        tell_case(case_id, "pay_failed", None, reason or str(_("银行退回")))


# -- money that nobody can place -----------------------------------------------------------------


def propose_clearing(acting: Acting, pk: int, how: str) -> ReturnRow:
    """Say how money in suspense was cleared: the bank has put it back, on which slip."""
    if not how.strip():
        raise MoneyError(_("请写明银行怎样更正、凭证号是多少。"))
    with transaction.atomic():
        row = ReturnRow.objects.select_for_update().get(pk=pk)
        if not row.suspense_fen or row.cleared_by is not None:
            raise TooLate(_("这一笔没有待查款项，或已处理。"))
        row.proposed, row.proposed_by = how.strip()[:200], acting.user_id
        row.save(update_fields=["proposed", "proposed_by"])
        record.change(acting, "money.suspense.propose", "return_row", row.pk)
    return row


def clear(acting: Acting, pk: int) -> ReturnRow:
    """A second person confirms: the money is back in the fund's account."""
    with transaction.atomic():
        row = (
            ReturnRow.objects.select_for_update(of=("self",))
            .select_related("file__batch", "line__batch")
            .get(pk=pk)
        )
        if not row.suspense_fen or row.cleared_by is not None or row.proposed_by is None:
            raise TooLate(_("这一笔没有待复核的处理。"))
        if row.proposed_by == acting.user_id:
            raise SecondPersonNeeded(_("提出的人不能自己复核，请由另一人办理。"))
        batch = row.line.batch if row.line is not None else row.file.batch
        assert batch is not None
        post(
            f"suspense:{row.pk}",
            "suspense_cleared",
            timezone.localdate(),
            [
                Move(account(Account.BANK, batch.fund), row.suspense_fen),
                Move(account(Account.SUSPENSE, batch.fund), -row.suspense_fen),
            ],
            text=row.proposed,
            made_by=row.proposed_by,
            approved_by=acting.user_id,
        )
        row.cleared_by, row.cleared_at = acting.user_id, timezone.now()
        row.save(update_fields=["cleared_by", "cleared_at"])
        record.change(acting, "money.suspense.clear", "return_row", row.pk)
    return row
