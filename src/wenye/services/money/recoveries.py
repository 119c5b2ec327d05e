"""Money to be given back: claimed by one and confirmed by another, by a plan, receipt by receipt.

Nothing is ever netted: a payment to somebody who owes goes out whole, and the page says what they
owe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.money.approved import own_keys, reviewers_of, state_of, tell_case
from wenye.services.money.chart import account, of_budget
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.models import (
    Account,
    Instalment,
    Receipt,
    Recovery,
    RecoveryPart,
)
from wenye.services.money.posting import Move, post, yuan_text

#: Why money is asked back: label, English label.
CAUSES: dict[str, tuple[str, str]] = {
    "claw_back": ("判定应退", "the decision takes it back"),
    "error": ("核查发现差错", "an error was found"),
}


def propose(
    acting: Acting, instalment_pk: int, amount_fen: int, cause: str, reason: str
) -> Recovery:
    """Claim money back of one payment; it counts once a second person has confirmed it."""
    if acting.role not in (Role.FINANCE_OFFICER, Role.BUREAU_REVIEWER):
        raise MoneyError(_("您的岗位不能提出追回。"))
    if cause not in CAUSES or not reason.strip():
        raise MoneyError(_("请写明追回的事由。"))
    with transaction.atomic():
        row = Instalment.objects.select_for_update().get(pk=instalment_pk)
        if row.state != Instalment.PAID:
            raise MoneyError(_("这一笔没有支付，谈不上追回。"), where=str(row))
        settled = row.recoveries.filter(state=Recovery.SETTLED).aggregate(fen=Sum("amount_fen"))
        most = (row.amount_fen or 0) - int(settled["fen"] or 0)
        if not 0 < amount_fen <= most:
            raise MoneyError(
                _("追回金额应在 0.01 到 %(most)s 元之间。") % {"most": yuan_text(most)},
                where=str(row),
            )
        if row.recoveries.filter(state__in=[Recovery.PROPOSED, Recovery.OPEN]).exists():
            raise TooLate(_("这一笔已经在追回。"), where=str(row))
        recovery = Recovery.objects.create(
            instalment=row,
            case_id=row.case_id,
            payee_register=row.payee_register,
            payee_key=row.payee_key,
            person_key=row.person_key,
            employer_key=row.employer_key,
            amount_fen=amount_fen,
            cause=cause,
            reason=reason.strip(),
            made_by=acting.user_id,
        )
        _noted(acting, "money.recovery.propose", recovery)
    return recovery


def decide(acting: Acting, pk: int, *, confirm: bool) -> Recovery:
    """Confirm or drop a claim of somebody else; confirmed, it is booked as receivable."""
    if acting.role not in (Role.FINANCE_OFFICER, Role.BUREAU_HEAD):
        raise MoneyError(_("您的岗位不能复核追回。"))
    with transaction.atomic():
        recovery = Recovery.objects.select_for_update().get(pk=pk)
        if recovery.state != Recovery.PROPOSED:
            raise TooLate(_("这一项已经有人复核过。"))
        if recovery.made_by == acting.user_id:
            raise SecondPersonNeeded(_("提出的人不能自己复核，请由另一人办理。"))
        _not_own(acting, recovery)
        if acting.user_id in reviewers_of([recovery.case_id]).get(recovery.case_id, ()):
            raise SecondPersonNeeded(_("您审核过这件，请换人复核。"))
        row = recovery.instalment
        recovery.state = Recovery.OPEN if confirm else Recovery.REFUSED
        recovery.decided_by, recovery.decided_at = acting.user_id, timezone.now()
        recovery.save()
        if confirm:
            fen = recovery.amount_fen
            post(
                f"recovery:{recovery.pk}",
                "recovery",
                timezone.localdate(),
                [
                    Move(account(Account.RECEIVABLE, row.fund, scheme=row.scheme), fen, row.pk),
                    Move(
                        account(Account.EXPENSE, row.fund, year=row.year, scheme=row.scheme),
                        -fen,
                        row.pk,
                    ),
                ],
                text=str(row),
                made_by=recovery.made_by,
                approved_by=acting.user_id,
            )
        verb = "money.recovery.confirm" if confirm else "money.recovery.drop"
        _noted(acting, verb, recovery)
    return recovery


def agree_plan(acting: Acting, pk: int, parts: Sequence[tuple[dt.date, int]]) -> Recovery:
    """Put what is left into parts by day; an earlier plan is replaced."""
    with transaction.atomic():
        recovery = Recovery.objects.select_for_update().get(pk=pk)
        if recovery.state != Recovery.OPEN:
            raise TooLate(_("这一项没有在追回。"))
        _not_own(acting, recovery)
        if not 0 < len(parts) <= 60:
            raise MoneyError(_("请分成1到60期。"))
        if any(fen <= 0 for _day, fen in parts) or sum(fen for _day, fen in parts) != (
            recovery.left_fen
        ):
            raise MoneyError(
                _("各期合计应等于未退的 %(left)s 元。") % {"left": yuan_text(recovery.left_fen)}
            )
        days = [day for day, _fen in parts]
        if days != sorted({*days}):
            raise MoneyError(_("到期日应从早到晚，不能相同。"))
        recovery.parts.all().delete()
        RecoveryPart.objects.bulk_create(
            [
                RecoveryPart(recovery=recovery, place=place, due_on=day, amount_fen=fen)
                for place, (day, fen) in enumerate(parts, start=1)
            ]
        )
        _noted(acting, "money.recovery.plan", recovery)
    return recovery


def receive(acting: Acting, pk: int, amount_fen: int, day: dt.date, bank_serial: str) -> Receipt:
    """Book money that came back. The same bank serial counts once."""
    if acting.role is not Role.FINANCE_OFFICER:
        raise MoneyError(_("只有财务人员可以登记到账。"))
    serial = bank_serial.strip()
    if not serial:
        raise MoneyError(_("请填银行流水号。"))
    with transaction.atomic():
        recovery = Recovery.objects.select_for_update().get(pk=pk)
        before = Receipt.objects.filter(bank_serial=serial).first()
        if before is not None:
            if (before.recovery_id, before.amount_fen) == (recovery.pk, amount_fen):
                return before
            raise MoneyError(_("这个银行流水号已经登记过。"), where=serial[:64])
        if recovery.state != Recovery.OPEN:
            raise TooLate(_("这一项没有在追回。"))
        _not_own(acting, recovery)
        if not 0 < amount_fen <= recovery.left_fen:
            raise MoneyError(
                _("到账金额超过未退的 %(left)s 元。") % {"left": yuan_text(recovery.left_fen)},
                mend=_("多退的部分请先退还对方，再登记。"),
            )
        if day > timezone.localdate():
            raise MoneyError(_("到账日在将来。"))
        receipt = Receipt.objects.create(
            recovery=recovery,
            amount_fen=amount_fen,
            day=day,
            bank_serial=serial[:64],
            made_by=acting.user_id,
        )
        row = recovery.instalment
        post(
            f"receipt:{receipt.pk}",
            "receipt",
            day,
            [
                Move(account(Account.BANK, row.fund), amount_fen, row.pk),
                Move(account(Account.RECEIVABLE, row.fund, scheme=row.scheme), -amount_fen, row.pk),
                Move(of_budget(Account.SPENT, row), -amount_fen, row.pk),
                Move(of_budget(Account.GIVEN_BACK, row), amount_fen, row.pk),
            ],
            text=str(row),
            made_by=acting.user_id,
        )
        Instalment.objects.filter(pk=row.pk).update(recovered_fen=F("recovered_fen") + amount_fen)
        recovery.received_fen += amount_fen
        if not recovery.left_fen:
            recovery.state = Recovery.SETTLED
        recovery.save()
        _noted(acting, "money.recovery.receive", recovery)
        _case_done(recovery)
    return receipt


def _not_own(acting: Acting, recovery: Recovery) -> None:
    """Nobody decides on, spreads or books back what they, their family or employer owe."""
    people, employers = own_keys(acting)
    if recovery.person_key in people or recovery.employer_key in employers:
        raise SecondPersonNeeded(_("这件与您本人、近亲属或所在单位有关，请换人办理。"))


def _case_done(recovery: Recovery) -> None:
    others = Recovery.objects.filter(
        case_id=recovery.case_id, state__in=[Recovery.PROPOSED, Recovery.OPEN]
    )
    if recovery.state != Recovery.SETTLED or others.exists():
        return
    if state_of(recovery.case_id) == "clawback":
        tell_case(recovery.case_id, "recovered", None)


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open recovery and how far it is behind its plan."""

    recovery: Recovery
    fen: int
    since: dt.date | None


def behind(recoveries: Iterable[Recovery], on: dt.date) -> dict[int, Overdue]:
    """Recovery → what should have come by a day and has not; only those that are behind."""
    found = {}
    for each in recoveries:
        if each.state != Recovery.OPEN:
            continue
        # A plan covers what was left when it was agreed: what had come before it is no part of it.
        parts = list(each.parts.all())
        before = each.amount_fen - sum(part.amount_fen for part in parts)
        came, since, late = each.received_fen - before, None, 0
        for part in parts:
            missing = max(0, part.amount_fen - max(0, came))
            came -= part.amount_fen
            if part.due_on < on and missing:
                late += missing
                since = since or part.due_on
        if late:
            found[each.pk] = Overdue(each, late, since)
    return found


def owed_by(payees: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Payee → what they still have to give back, of those who owe."""
    wanted = set(payees)
    rows = (
        Recovery.objects.filter(
            state=Recovery.OPEN, payee_key__in=sorted({key for _register, key in wanted})
        )
        .values_list("payee_register", "payee_key")
        .annotate(fen=Sum(F("amount_fen") - F("received_fen")))
        .order_by("payee_key")
    )
    return {(reg, key): int(fen) for reg, key, fen in rows if (reg, key) in wanted and fen}


def _noted(acting: Acting, verb: str, recovery: Recovery) -> None:
    record.change(
        acting,
        verb,
        "recovery",
        recovery.pk,
        person=recovery.person_key,
        employer=recovery.employer_key,
        detail={"fen": recovery.amount_fen, "received": recovery.received_fen},
    )
