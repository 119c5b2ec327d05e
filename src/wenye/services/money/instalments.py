"""From an approved case to what is owed: a schedule, a claim on the budget, and a payable.

Each step may be tried any number of times: what it has done it finds done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.facts import Facts, facts
from wenye.services.money.approved import Approved, approved_cases, whom
from wenye.services.money.chart import account, of_budget
from wenye.services.money.errors import MoneyError
from wenye.services.money.funds import funds
from wenye.services.money.models import Account, Instalment
from wenye.services.money.posting import Move, post


@dataclass(slots=True)
class Committed:
    """What a run of ``commit_all`` did, in numbers, and what it could not do, in words."""

    planned: int = 0
    committed: int = 0
    due: int = 0
    stopped: dict[str, int] = field(default_factory=dict)

    def stop(self, why: str) -> None:
        """One more that stands still for that reason."""
        self.stopped[why] = self.stopped.get(why, 0) + 1


def month_of(day: dt.date) -> int:
    """A day's month as instalments have it."""
    return day.year * 100 + day.month


def last_day(month: int) -> dt.date:
    """The last day of a month."""
    year, number = divmod(month, 100)
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def commit_all(
    on: dt.date, acting: Acting | None = None, cases: Iterable[Approved] | None = None
) -> Committed:
    """Plan every approved case, bind what the budget can bear, and let due months fall due."""
    done = Committed()
    tables = facts()
    for case in approved_cases() if cases is None else cases:
        done.planned += plan(case, on, tables, acting)
    waiting = (
        Instalment.objects.filter(
            state=Instalment.PLANNED, amount_status="payable", due_month__lte=on.year * 100 + 12
        )
        .order_by("due_month", "pk")
        .values_list("pk", flat=True)
    )
    for pk in list(waiting):
        why = commit(pk, on, acting)
        if why:
            done.stop(why)
        else:
            done.committed += 1
    due = (
        Instalment.objects.filter(state=Instalment.COMMITTED, due_month__lte=month_of(on))
        .order_by("due_month", "pk")
        .values_list("pk", flat=True)
    )
    for pk in list(due):
        done.due += fall_due(pk, on, acting)
    return done


def plan(case: Approved, on: dt.date, by: Facts | None = None, acting: Acting | None = None) -> int:
    """Write down the payments that an approved case gives; those that stand already are left.

    A month whose value was open gets its amount once the case was decided again.
    """
    wanted = _payments(case, on)
    there = {
        each.month: each for each in Instalment.objects.filter(case_id=case.case_id).order_by("pk")
    }
    filled = 0
    for month, (_due, fen, status) in wanted.items():
        old = there.get(month)
        if old is None or old.state != Instalment.PLANNED or status != "payable":
            continue
        if old.amount_status != "payable":
            filled += Instalment.objects.filter(pk=old.pk, state=Instalment.PLANNED).update(
                amount_fen=fen, amount_status=status, decision=case.decision, stopped=""
            )
    new = {month: each for month, each in wanted.items() if month not in there}
    if not new:
        return filled
    who = whom(case.scheme, case.subject_key, by)
    if who is None:
        raise MoneyError(
            _("找不到这件的收款方。"),
            where=case.number,
            mend=_("对象已不在登记册里，请办件人员核实。"),
        )
    fund, head = funds().of(case.scheme)
    with transaction.atomic():
        Instalment.objects.bulk_create(
            [
                Instalment(
                    case_id=case.case_id,
                    case_number=case.number,
                    scheme=case.scheme,
                    month=month,
                    due_month=due,
                    amount_fen=fen,
                    amount_status=status,
                    fund=fund,
                    head=head,
                    town=case.town,
                    payee_register=who.register,
                    payee_key=who.key,
                    person_key=who.person_key,
                    employer_key=who.employer_key,
                    decision=case.decision,
                )
                for month, (due, fen, status) in new.items()
            ],
            ignore_conflicts=True,  # of two that plan one case, both find it planned
            batch_size=500,
        )
        record.change(
            acting,
            "money.plan",
            "case",
            case.number,
            person=who.person_key,
            employer=who.employer_key,
            detail={"instalments": len(new)},
        )
    return filled + len(new)


def _payments(case: Approved, on: dt.date) -> dict[int, tuple[int, int | None, str]]:
    """Month → (due month, fen, status), from the decision that approved the case."""
    decision = case.decision
    if decision.outcome != "entitled":
        return {}
    explanation = decision.explanation
    if explanation.get("flow") == "monthly":
        found = {}
        for item in explanation["schedule"]:
            year, number = (int(part) for part in item["month"].split("-"))
            month = year * 100 + number
            amount = item["amount"]
            fen = None if amount is None else int(Decimal(amount) * 100)
            found[month] = (month, fen, item["amount_status"])
        return found
    return {Instalment.ONCE: (month_of(on), decision.amount_fen, decision.amount_status)}


def commit(pk: int, on: dt.date, acting: Acting | None = None) -> str:
    """Bind the budget for one instalment. Returns why it could not, or nothing."""
    with transaction.atomic():
        row = Instalment.objects.select_for_update().get(pk=pk)
        if row.state != Instalment.PLANNED:
            return ""
        why = _unfunded(row)
        if not why:
            holder = _holder(row, on.year)
            row.year, row.holder = on.year, holder
            try:
                post(
                    f"commit:{row.pk}",
                    "commit",
                    on,
                    [
                        Move(of_budget(Account.AVAILABLE, row), -_fen(row), row.pk),
                        Move(of_budget(Account.COMMITTED, row), _fen(row), row.pk),
                    ],
                    text=str(row),
                    made_by=acting.user_id if acting else None,
                )
            except MoneyError as error:
                why = error.what
            else:
                row.state, row.stopped = Instalment.COMMITTED, ""
                row.save(update_fields=["state", "year", "holder", "stopped"])
                _noted(acting, "money.commit", row)
        if why and why != row.stopped:
            row.stopped = why
            row.save(update_fields=["stopped"])
    return why


def fall_due(pk: int, on: dt.date, acting: Acting | None = None) -> int:
    """A committed instalment whose month has come is owed. Returns how many that was."""
    with transaction.atomic():
        row = Instalment.objects.select_for_update().get(pk=pk)
        if row.state != Instalment.COMMITTED or row.due_month > month_of(on):
            return 0
        post(
            f"due:{row.pk}",
            "due",
            on,
            [
                Move(
                    account(Account.EXPENSE, row.fund, year=row.year, scheme=row.scheme),
                    _fen(row),
                    row.pk,
                ),
                Move(account(Account.PAYABLE, row.fund, scheme=row.scheme), -_fen(row), row.pk),
            ],
            text=str(row),
            made_by=acting.user_id if acting else None,
        )
        row.state = Instalment.PAYABLE
        row.save(update_fields=["state"])
        _noted(acting, "money.due", row)
    return 1


def cancel(pk: int, on: dt.date, acting: Acting, reason: str) -> None:
    """No longer to be paid: what was bound or owed is released. Only what is in no batch."""
    if not reason.strip():
        raise MoneyError(_("请写明不再支付的原因。"))
    with transaction.atomic():
        row = Instalment.objects.select_for_update().get(pk=pk)
        if row.state not in (Instalment.PLANNED, Instalment.COMMITTED, Instalment.PAYABLE):
            raise MoneyError(
                _("这一笔已经在支付中或已支付，不能取消。"),
                where=str(row),
                mend=_("已支付的，请走追回。"),
            )
        moves = []
        if row.state != Instalment.PLANNED:
            moves += [
                Move(of_budget(Account.COMMITTED, row), -_fen(row), row.pk),
                Move(of_budget(Account.AVAILABLE, row), _fen(row), row.pk),
            ]
        if row.state == Instalment.PAYABLE:
            expense = account(Account.EXPENSE, row.fund, year=row.year, scheme=row.scheme)
            moves += [
                Move(account(Account.PAYABLE, row.fund, scheme=row.scheme), _fen(row), row.pk),
                Move(expense, -_fen(row), row.pk),
            ]
        if moves:
            post(f"cancel:{row.pk}", "cancel", on, moves, text=str(row), made_by=acting.user_id)
        row.state, row.stopped = Instalment.CANCELLED, reason[:300]
        row.save(update_fields=["state", "stopped"])
        _noted(acting, "money.cancel", row)


def _unfunded(row: Instalment) -> str:
    if row.amount_status != "payable" or not row.amount_fen:
        return str(_("金额待定或未经确认，不能支付。"))
    fund = funds().funds.get(row.fund)
    if fund is None or fund.open:
        return str(_("资金来源待定：文件没有写从哪里列支，区里确定以前不能支付。"))
    return ""


def _holder(row: Instalment, year: int) -> str:
    """The town, where it was allotted a part of that budget; the district otherwise."""
    code = "/".join((Account.AVAILABLE, row.fund, str(year), row.town, row.head, ""))
    return row.town if row.town and Account.objects.filter(code=code).exists() else ""


def _fen(row: Instalment) -> int:
    assert row.amount_fen is not None
    return int(row.amount_fen)


def _noted(acting: Acting | None, verb: str, row: Instalment) -> None:
    record.change(
        acting,
        verb,
        "instalment",
        row.pk,
        person=row.person_key,
        employer=row.employer_key,
        detail={"case": row.case_number, "month": row.month, "fen": row.amount_fen},
    )
