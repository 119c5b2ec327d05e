"""The ledger looked through: what must always hold, and wherever it does not, in words.

An empty list is what a right ledger gives, at any moment at which no transaction is under way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, Sum

from wenye.services.money.models import (
    Account,
    Batch,
    BatchLine,
    Instalment,
    Line,
    Posting,
    Recovery,
)

_PAYING = ("batch_approve", "batch_discard", "bank_return")


def check() -> list[str]:
    """Every difference found."""
    return [*_postings(), *_balances(), *_instalments(), *_batches(), *_ledger(), *_recoveries()]


def _postings() -> Iterable[str]:
    for pk in Posting.objects.filter(closed=False).order_by("pk").values_list("pk", flat=True):
        yield f"记账 {pk} 没有完成"
    wrong = (
        Line.objects.values("posting_id", "group")
        .annotate(fen=Sum("amount_fen"))
        .exclude(fen=0)
        .order_by("posting_id")
    )
    for row in wrong:
        yield f"记账 {row['posting_id']} 的{row['group']}账组借贷不平，差 {row['fen']} 分"


def _balances() -> Iterable[str]:
    sums = dict(
        Line.objects.values_list("account_id")
        .annotate(fen=Sum("amount_fen"))
        .order_by("account_id")
    )
    for each in Account.objects.order_by("code"):
        if each.balance_fen != (sums.get(each.pk) or 0):
            yield f"账户 {each.code} 余额 {each.balance_fen}，明细合计 {sums.get(each.pk) or 0}"
        if each.side * each.balance_fen < 0 and not each.may_be_overdrawn:
            yield f"账户 {each.code} 透支 {each.balance_fen}"


def _instalments() -> Iterable[str]:
    live = Count("lines", filter=Q(lines__state__in=[BatchLine.WAITING, BatchLine.PAID]))
    paid = Count("lines", filter=Q(lines__state=BatchLine.PAID))
    waiting = Count("lines", filter=Q(lines__state=BatchLine.WAITING))
    rows: Any = Instalment.objects.annotate(live=live, paid=paid, waiting=waiting)
    for row in rows.filter(state=Instalment.PAID).exclude(paid=1, live=1).order_by("pk"):
        yield f"{row} 记为已支付，银行确认的有 {row.paid} 笔"
    for row in rows.exclude(state=Instalment.PAID).exclude(paid=0).order_by("pk"):
        yield f"{row} 银行已支付，却记为 {row.state}"
    for row in rows.filter(state=Instalment.BATCHED).exclude(waiting=1).order_by("pk"):
        yield f"{row} 记为支付中，等待回单的有 {row.waiting} 笔"
    for row in rows.exclude(state=Instalment.BATCHED).exclude(waiting=0).order_by("pk"):
        yield f"{row} 有一笔在等回单，却记为 {row.state}"
    differing = (
        BatchLine.objects.filter(state__in=[BatchLine.WAITING, BatchLine.PAID])
        .exclude(amount_fen=F("instalment__amount_fen"))
        .order_by("pk")
    )
    for line in differing:
        yield f"批次明细 {line} 的金额与应付的不一致"


def _batches() -> Iterable[str]:
    rows = Batch.objects.exclude(state=Batch.DISCARDED).annotate(
        n=Count("lines", filter=~Q(lines__state=BatchLine.DROPPED)),
        fen=Sum("lines__amount_fen", filter=~Q(lines__state=BatchLine.DROPPED)),
        waiting=Count("lines", filter=Q(lines__state=BatchLine.WAITING)),
    )
    for row in rows.order_by("pk"):
        if (row.n, row.fen or 0) != (row.count, row.total_fen):
            yield f"批次 {row} 的控制数与明细不符"
        if row.state == Batch.CLOSED and row.waiting:
            yield f"批次 {row} 已办结，还有 {row.waiting} 笔没有回单"
        if row.state in (Batch.PREPARED, Batch.APPROVED, Batch.SENT) and row.waiting != row.n:
            yield f"批次 {row} 还没有回单，明细却已有结果"


def _ledger() -> Iterable[str]:
    """What the ledger says of each instalment against the state that it is in."""
    kinds = (Account.COMMITTED, Account.SPENT, Account.PAYABLE, Account.TRANSIT, Account.BANK)
    sums: dict[int, dict[str, int]] = {}
    rows = (
        Line.objects.filter(instalment_id__isnull=False, account__kind__in=kinds)
        .exclude(posting__kind__in=["recovery", "receipt"])
        .values_list("instalment_id", "account__kind")
        .annotate(fen=Sum("amount_fen"))
        .order_by("instalment_id")
    )
    for pk, kind, fen in rows:
        if pk is not None:
            sums.setdefault(pk, {})[kind] = int(fen)
    approved = {
        pk
        for pk in BatchLine.objects.filter(state=BatchLine.WAITING)
        .exclude(batch__state=Batch.PREPARED)
        .values_list("instalment_id", flat=True)
        .order_by("pk")
    }
    for row in Instalment.objects.order_by("pk"):
        fen = row.amount_fen or 0
        expected = {
            Instalment.PLANNED: {},
            Instalment.CANCELLED: {},
            Instalment.COMMITTED: {Account.COMMITTED: fen},
            Instalment.PAYABLE: {Account.COMMITTED: fen, Account.PAYABLE: -fen},
            Instalment.BATCHED: {
                Account.COMMITTED: fen,
                (Account.TRANSIT if row.pk in approved else Account.PAYABLE): -fen,
            },
            Instalment.PAID: {Account.SPENT: fen, Account.BANK: -fen},
        }[row.state]
        found = {kind: each for kind, each in sums.get(row.pk, {}).items() if each}
        if found != expected:
            yield f"{row}（{row.state}）账上是 {found}，应为 {expected}"


def _recoveries() -> Iterable[str]:
    rows: Any = Recovery.objects.annotate(came=Sum("receipts__amount_fen")).select_related(
        "instalment"
    )
    taken: dict[int, int] = {}
    for row in rows.order_by("pk"):
        if (row.came or 0) != row.received_fen:
            yield f"追回 {row.pk} 已退 {row.received_fen}，到账登记 {row.came or 0}"
        if row.state != Recovery.REFUSED and row.instalment.state != Instalment.PAID:
            yield f"追回 {row.pk} 所指的款项没有支付"
        if row.state == Recovery.SETTLED and row.left_fen:
            yield f"追回 {row.pk} 记为已追回，还差 {row.left_fen} 分"
        taken[row.instalment_id] = taken.get(row.instalment_id, 0) + row.received_fen
    for pk, fen in taken.items():
        held = Instalment.objects.filter(pk=pk).values_list("recovered_fen", flat=True).first()
        if held != fen:
            yield f"分期 {pk} 记为追回 {held}，登记到账 {fen}"
    owed = sum(row.left_fen for row in Recovery.objects.filter(state=Recovery.OPEN).order_by("pk"))
    booked = Account.objects.filter(kind=Account.RECEIVABLE).aggregate(fen=Sum("balance_fen"))
    if owed != (booked["fen"] or 0):
        yield f"应收追回款账上 {booked['fen'] or 0}，追回登记 {owed}"
