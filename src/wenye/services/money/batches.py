"""Payment batches: one prepares, another approves, then it is sent; nothing is ever paid twice."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused
from wenye.services.money.approved import own_keys, reviewers_of, tell_case
from wenye.services.money.bank_file import bank_file, fit_account, fit_name, hash_total, sm3
from wenye.services.money.budgets import standings
from wenye.services.money.chart import account
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.models import Account, Batch, BatchLine, Instalment
from wenye.services.money.payees import Payee, payees
from wenye.services.money.posting import Move, post, yuan_text
from wenye.services.money.rechecking import standing

#: The most payments of one batch.
MOST = 2000
#: Answers after which the account must be another before it is tried again.
ACCOUNT_AT_FAULT = ("A1", "A2", "N1")
PAYERS = (Role.FINANCE_OFFICER, Role.BUREAU_HEAD)


@dataclass(slots=True)
class Prepared:
    """The batches made, one a fund, and each payment left out with the reason."""

    batches: list[Batch] = field(default_factory=list)
    stopped: list[tuple[Instalment, str]] = field(default_factory=list)


def prepare(acting: Acting, pks: Iterable[int], on: dt.date) -> Prepared:
    """Put payments into batches, one for each fund; whatever may not be paid is left out and told.

    MoneyError where the fund does not hold the sum: nothing is then prepared.
    """
    if acting.role is not Role.FINANCE_OFFICER:
        raise MoneyError(_("只有财务人员可以编制批次。"))
    wanted = sorted({*pks})
    if not wanted:
        raise MoneyError(_("没有选中任何一笔。"), mend=_("请先勾选要支付的笔数。"))
    if len(wanted) > MOST:
        raise MoneyError(_("一个批次最多%(most)s笔。") % {"most": MOST}, mend=_("请分批编制。"))
    done = Prepared()
    with transaction.atomic():
        rows = list(
            Instalment.objects.select_for_update(of=("self",))
            .filter(pk__in=wanted)
            .select_related("decision")
            .order_by("pk")
        )
        ready = _without_stopped(acting, rows, on, done)
        by_fund: dict[str, list[tuple[Instalment, Payee]]] = {}
        for row, payee in ready:
            by_fund.setdefault(row.fund, []).append((row, payee))
        for fund in sorted(by_fund):
            done.batches.append(_made(acting, fund, by_fund[fund], on))
    return done


def _without_stopped(
    acting: Acting, rows: list[Instalment], on: dt.date, done: Prepared
) -> list[tuple[Instalment, Payee]]:
    open_rows = []
    for row in rows:
        if row.state == Instalment.PAYABLE:
            open_rows.append(row)
        else:
            done.stopped.append((row, str(_("这一笔已经在支付中或已支付。"))))
    stops = standing(open_rows, on)
    reviewers = reviewers_of(row.case_id for row in open_rows)
    people, employers = own_keys(acting)
    known = payees((row.payee_register, row.payee_key) for row in open_rows)
    failed = _failed_accounts([row.pk for row in open_rows])
    moved: dict[int, str] = {}
    ready: list[tuple[Instalment, Payee]] = []
    for row in open_rows:
        payee = known.get((row.payee_register, row.payee_key))
        why = stops.get(row.pk, "")
        if not why and acting.user_id in reviewers.get(row.case_id, ()):
            why = str(_("您审核过这件，不能再经手支付。"))
        if not why and (row.person_key in people or row.employer_key in employers):
            why = str(_("这件与您本人、近亲属或所在单位有关，请换人办理。"))
        why = why or _unfit(payee, failed.get(row.pk, set()))
        if not why:
            if row.case_id not in moved:
                moved[row.case_id] = _case_moved(row.case_id, acting)
            why = moved[row.case_id]
        if why:
            done.stopped.append((row, why))
        else:
            assert payee is not None
            ready.append((row, payee))
        if row.stopped != why:
            row.stopped = why[:300]
            row.save(update_fields=["stopped"])
    return ready


def _unfit(payee: Payee | None, failed: set[str]) -> str:
    if payee is None or not payee.account:
        return str(_("没有收款账号，请先补录。"))
    if not fit_account(payee.account):
        return str(_("收款账号不是有效的账号，请先更正。"))
    if not fit_name(payee.name):
        return str(_("户名为空、过长或含有银行文件不能写的字符，请先更正。"))
    if payee.account in failed:
        return str(_("银行说过这个账号有问题，请先更正账号。"))
    return ""


def _failed_accounts(pks: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    lines = BatchLine.objects.filter(
        instalment_id__in=pks,
        state__in=[BatchLine.FAILED, BatchLine.RETURNED],
        answer__in=ACCOUNT_AT_FAULT,
    ).order_by("pk")
    for line in lines:
        found.setdefault(line.instalment_id, set()).add(line.account)
    return found


def _case_moved(case_id: int, acting: Acting) -> str:
    """Take the case's step; why it cannot be taken, or nothing."""
    try:
        with transaction.atomic():
            tell_case(case_id, "pay", acting)
    except CaseRefused as error:
        return str(_("办件不能支付：%(what)s")) % {"what": error.what}
    return ""


def _made(acting: Acting, fund: str, rows: list[tuple[Instalment, Payee]], on: dt.date) -> Batch:
    total = sum(row.amount_fen or 0 for row, _payee in rows)
    free = standings()[fund].free - _prepared(fund)
    if total > free:
        raise MoneyError(
            _("资金余额不足：本批 %(total)s 元，可用 %(free)s 元。")
            % {"total": yuan_text(total), "free": yuan_text(max(0, free))},
            where=fund,
            mend=_("请减少笔数，或等资金到账后再编制。"),
        )
    batch = Batch.objects.create(
        number=secrets.token_hex(8),
        fund=fund,
        day=on,
        count=len(rows),
        total_fen=total,
        hash_total=hash_total(payee.account for _row, payee in rows),
        made_by=acting.user_id,
    )
    batch.number = f"{on.year}-P{batch.pk:06d}"
    batch.save(update_fields=["number"])
    BatchLine.objects.bulk_create(
        [
            BatchLine(
                batch=batch,
                place=place,
                reference=f"{batch.pk:08d}{place:06d}",
                instalment=row,
                amount_fen=row.amount_fen or 0,
                name=payee.name,
                account=payee.account,
            )
            for place, (row, payee) in enumerate(rows, start=1)
        ],
        batch_size=500,
    )
    Instalment.objects.filter(pk__in=[row.pk for row, _payee in rows]).update(
        state=Instalment.BATCHED, stopped=""
    )
    record.change(
        acting,
        "money.batch.prepare",
        "batch",
        batch.number,
        purpose=record.Purpose.PAYMENT,
        detail={"count": batch.count, "fen": total, "fund": fund},
    )
    return batch


def _prepared(fund: str) -> int:
    """What batches that are not yet approved already reckon with."""
    rows = Batch.objects.filter(fund=fund, state=Batch.PREPARED).aggregate(fen=Sum("total_fen"))
    return int(rows["fen"] or 0)


# -- the second person -------------------------------------------------------------------------


def approve(acting: Acting, pk: int, on: dt.date) -> Batch:
    """Approve what somebody else prepared: totals, entitlement and money are checked once more."""
    if acting.role not in PAYERS:
        raise MoneyError(_("只有财务人员或局领导可以复核批次。"))
    with transaction.atomic():
        batch = _locked(pk, Batch.PREPARED)
        if batch.made_by == acting.user_id:
            raise SecondPersonNeeded(
                _("编制的人不能自己复核，请由另一人办理。"), where=batch.number
            )
        lines = _live(batch)
        rows = [line.instalment for line in lines]
        _by_another(acting, rows, batch)
        _totals(batch, lines)
        stops = standing(rows, on)
        if stops:
            raise MoneyError(
                _("有%(count)s笔与批准时不同，第一笔：%(why)s")
                % {"count": len(stops), "why": next(iter(stops.values()))},
                where=batch.number,
                mend=_("请编制人剔除这些笔数后再复核。"),
            )
        moves: list[Move] = []
        transit = account(Account.TRANSIT, batch.fund)
        for line in lines:
            owed = account(Account.PAYABLE, batch.fund, scheme=line.instalment.scheme)
            moves += [
                Move(owed, line.amount_fen, line.instalment_id),
                Move(transit, -line.amount_fen, line.instalment_id),
            ]
        free = standings()[batch.fund].free
        if batch.total_fen > free:
            raise MoneyError(
                _("资金余额不足：本批 %(total)s 元，可用 %(free)s 元。")
                % {"total": yuan_text(batch.total_fen), "free": yuan_text(max(0, free))},
                where=batch.fund,
                mend=_("请等资金到账后再复核。"),
            )
        post(
            f"batch:{batch.pk}:approve",
            "batch_approve",
            on,
            moves,
            text=batch.number,
            made_by=batch.made_by,
            approved_by=acting.user_id,
        )
        batch.state, batch.approved_by = Batch.APPROVED, acting.user_id
        batch.approved_at = timezone.now()
        batch.digest = sm3(bank_file(batch))
        batch.save()
        record.change(
            acting,
            "money.batch.approve",
            "batch",
            batch.number,
            purpose=record.Purpose.PAYMENT,
            detail={"count": batch.count, "fen": batch.total_fen, "sm3": batch.digest},
        )
    return batch


def _by_another(acting: Acting, rows: list[Instalment], batch: Batch) -> None:
    people, employers = own_keys(acting)
    if any(row.person_key in people or row.employer_key in employers for row in rows):
        raise SecondPersonNeeded(
            _("批次里有与您本人、近亲属或所在单位有关的付款，请换人复核。"), where=batch.number
        )
    for who in reviewers_of(row.case_id for row in rows).values():
        if acting.user_id in who:
            raise SecondPersonNeeded(_("批次里有您审核过的办件，请换人复核。"), where=batch.number)


def _totals(batch: Batch, lines: list[BatchLine]) -> None:
    counted = (
        len(lines),
        sum(line.amount_fen for line in lines),
        hash_total(line.account for line in lines),
    )
    if counted != (batch.count, batch.total_fen, batch.hash_total) or any(
        line.amount_fen != line.instalment.amount_fen for line in lines
    ):
        raise MoneyError(
            _("批次的控制数与明细不符。"), where=batch.number, mend=_("请作废后重新编制。")
        )


def send(acting: Acting, pk: int) -> tuple[Batch, bytes]:
    """The approved file, for the bank; asking again gives the same bytes."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.state in (Batch.PREPARED, Batch.DISCARDED):
            raise TooLate(_("批次还没有复核，或者已经作废。"), where=batch.number)
        content = bank_file(batch)
        if sm3(content) != batch.digest:
            raise MoneyError(
                _("银行文件与复核时不一致，不能送出。"),
                where=batch.number,
                mend=_("请告诉管理员，不要手工改文件。"),
            )
        if batch.state == Batch.APPROVED:
            batch.state, batch.sent_by, batch.sent_at = Batch.SENT, acting.user_id, timezone.now()
            batch.save(update_fields=["state", "sent_by", "sent_at"])
        record.change(
            acting,
            "money.batch.send",
            "batch",
            batch.number,
            purpose=record.Purpose.PAYMENT,
            detail={"sm3": batch.digest, "count": batch.count},
        )
    return batch, content


# -- taking back before it is sent -------------------------------------------------------------


def discard(acting: Acting, pk: int, reason: str, on: dt.date) -> Batch:
    """Give a batch up before it is sent: every payment waits again."""
    if not reason.strip():
        raise MoneyError(_("请写明作废的原因。"))
    with transaction.atomic():
        batch = _locked(pk, Batch.PREPARED, Batch.APPROVED)
        lines = _live(batch)
        if batch.state == Batch.APPROVED:
            moves: list[Move] = []
            transit = account(Account.TRANSIT, batch.fund)
            for line in lines:
                owed = account(Account.PAYABLE, batch.fund, scheme=line.instalment.scheme)
                moves += [
                    Move(transit, line.amount_fen, line.instalment_id),
                    Move(owed, -line.amount_fen, line.instalment_id),
                ]
            post(
                f"batch:{batch.pk}:discard",
                "batch_discard",
                on,
                moves,
                text=batch.number,
                made_by=acting.user_id,
            )
        _released(lines, reason)
        batch.state, batch.reason = Batch.DISCARDED, reason.strip()[:200]
        batch.save(update_fields=["state", "reason"])
        record.change(acting, "money.batch.discard", "batch", batch.number)
    return batch


def drop(acting: Acting, line_pk: int, reason: str, on: dt.date) -> Batch:
    """Take one payment out of a batch that nobody has approved yet."""
    if not reason.strip():
        raise MoneyError(_("请写明剔除的原因。"))
    with transaction.atomic():
        batch_id = BatchLine.objects.filter(pk=line_pk).values_list("batch_id", flat=True).first()
        if batch_id is None:
            raise TooLate(_("没有这一笔。"))
        batch = _locked(batch_id, Batch.PREPARED)
        lines = _live(batch)
        gone = [line for line in lines if line.pk == line_pk]
        left = [line for line in lines if line.pk != line_pk]
        if not gone:
            raise TooLate(_("这一笔已经剔除。"), where=batch.number)
        if not left:
            return discard(acting, batch.pk, reason, on)
        _released(gone, reason, {line.instalment.case_id for line in left})
        batch.count = len(left)
        batch.total_fen = sum(line.amount_fen for line in left)
        batch.hash_total = hash_total(line.account for line in left)
        batch.save(update_fields=["count", "total_fen", "hash_total"])
        record.change(acting, "money.batch.drop", "batch", batch.number, detail={"line": line_pk})
    return batch


def _released(lines: list[BatchLine], reason: str, still_in: set[int] | None = None) -> None:
    BatchLine.objects.filter(pk__in=[line.pk for line in lines]).update(state=BatchLine.DROPPED)
    Instalment.objects.filter(pk__in=[line.instalment_id for line in lines]).update(
        state=Instalment.PAYABLE
    )
    for case_id in sorted({line.instalment.case_id for line in lines} - (still_in or set())):
        tell_case(case_id, "pay_failed", None, reason)


def _locked(pk: int, *states: str) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=pk)
    if batch.state not in states:
        raise TooLate(
            _("批次现在是“%(state)s”，这一步已不能做。") % {"state": Batch.STATES[batch.state][0]},
            where=batch.number,
            mend=_("请刷新页面，看看现在的状态。"),
        )
    return batch


def _live(batch: Batch) -> list[BatchLine]:
    return list(
        batch.lines.exclude(state=BatchLine.DROPPED)
        .select_related("instalment__decision")
        .order_by("place")
    )
