"""Decision ↔ instalment ↔ batch line ↔ bank ↔ ledger, side by side, each difference by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from wenye.services.money.checking import check
from wenye.services.money.models import Account, BatchLine, Instalment, Line, ReturnRow
from wenye.services.money.rechecking import approved_amount


@dataclass(frozen=True, slots=True)
class Chain:
    """One payment at each of its five places: fen, or None where it has not come so far."""

    instalment: Instalment
    decided: int | None
    line: BatchLine | None
    bank: int | None
    ledger: int | None
    difference: str

    @property
    def agrees(self) -> bool:
        """Whether all that is there is the same."""
        return not self.difference


def chains(rows: Iterable[Instalment]) -> list[Chain]:
    """Each instalment followed from its decision to the ledger."""
    chosen = list(rows)
    pks = [row.pk for row in chosen]
    lines: dict[int, BatchLine] = {}
    live = BatchLine.objects.filter(instalment_id__in=pks).exclude(
        state__in=[BatchLine.DROPPED, BatchLine.FAILED, BatchLine.RETURNED]
    )
    for line in live.select_related("batch").order_by("pk"):
        lines[line.instalment_id] = line
    bank = {
        row["line__instalment_id"]: row["amount_fen"]
        for row in ReturnRow.objects.filter(
            outcome="paid", line__in=[line.pk for line in lines.values()]
        )
        .order_by("pk")
        .values("line__instalment_id", "amount_fen")
    }
    ledger = dict(
        Line.objects.filter(instalment_id__in=pks, account__kind=Account.BANK)
        .exclude(posting__kind="receipt")
        .values_list("instalment_id")
        .annotate(fen=Sum("amount_fen"))
        .order_by("instalment_id")
    )
    return [
        _chain(row, lines.get(row.pk), bank.get(row.pk), -int(ledger.get(row.pk) or 0) or None)
        for row in chosen
    ]


def _chain(row: Instalment, line: BatchLine | None, bank: int | None, ledger: int | None) -> Chain:
    decided = approved_amount(row)
    why = ""
    if row.amount_status == "payable" and decided != row.amount_fen:
        why = str(_("应付金额与批准的判定不一致"))
    elif line is not None and line.amount_fen != row.amount_fen:
        why = str(_("批次金额与应付金额不一致"))
    elif bank is not None and bank != row.amount_fen:
        why = str(_("银行金额与应付金额不一致"))
    elif row.state == Instalment.PAID and (line is None or bank is None):
        why = str(_("记为已支付，没有银行回单"))
    elif row.state == Instalment.PAID and ledger != row.amount_fen:
        why = str(_("账上支出与应付金额不一致"))
    elif row.state != Instalment.PAID and ledger:
        why = str(_("账上已支出，却没有记为已支付"))
    return Chain(row, decided, line, bank, ledger, why)


def differences() -> list[str]:
    """Whatever the whole ledger says that does not fit, and answers that nobody could match."""
    open_rows = (
        ReturnRow.objects.exclude(outcome__in=ReturnRow.RIGHT)
        .filter(cleared_by__isnull=True)
        .order_by("pk")
    )
    told = [
        f"{_('回单')} {row.file_id}:{row.place} {ReturnRow.OUTCOMES[row.outcome][0]}"
        for row in open_rows[:200]
    ]
    return [*check(), *told]
