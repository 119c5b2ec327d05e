"""Budgets by year, fund and holder: set, allotted and paid in by two people; plan and use."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.district import district
from wenye.services.money.chart import account
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.funds import funds
from wenye.services.money.models import Account, FundChange, Line
from wenye.services.money.posting import Move, post


def propose(
    acting: Acting,
    kind: str,
    fund: str,
    year: int,
    amount_fen: int,
    document: str,
    *,
    head: str = "",
    holder: str = "",
) -> FundChange:
    """Propose a budget, an allotment or money received; it counts once another has approved it."""
    known = funds()
    if fund not in known.funds or known.funds[fund].open:
        raise MoneyError(_("没有这个资金，或资金来源待定。"), where=fund)
    if kind not in FundChange.KINDS:
        raise MoneyError(_("没有这种变动。"), where=kind)
    if kind == FundChange.RECEIVED:
        head, holder = "", ""
    elif head not in known.heads:
        raise MoneyError(_("没有这个预算科目。"), where=head)
    if not 2000 <= year <= 2100:
        raise MoneyError(_("年度不对。"), where=str(year))
    towns = {unit.code for unit in district().organisation.units}
    if (holder and holder not in towns) or (kind == FundChange.ALLOT and not holder):
        raise MoneyError(_("请选一个街镇。"), where=holder)
    if amount_fen == 0 or abs(amount_fen) > 10**15:
        raise MoneyError(_("金额不对。"))
    if not document.strip():
        raise MoneyError(_("请写明依据：预算文件或银行凭证。"))
    with transaction.atomic():
        change = FundChange.objects.create(
            kind=kind,
            fund=fund,
            head=head,
            year=year,
            holder=holder,
            amount_fen=amount_fen,
            document=document.strip()[:200],
            made_by=acting.user_id,
        )
        record.change(
            acting, "money.fund.propose", "fund_change", change.pk, detail={"fen": amount_fen}
        )
    return change


def decide_change(acting: Acting, pk: int, *, approve: bool) -> FundChange:
    """Approve or refuse a proposal of somebody else."""
    with transaction.atomic():
        change = FundChange.objects.select_for_update().get(pk=pk)
        if change.state != FundChange.PROPOSED:
            raise TooLate(_("这一项已经有人复核过。"), where=str(change.pk))
        if change.made_by == acting.user_id:
            raise SecondPersonNeeded(_("提出的人不能自己复核，请由另一人办理。"))
        change.decided_by, change.decided_at = acting.user_id, timezone.now()
        change.state = FundChange.APPROVED if approve else FundChange.REFUSED
        change.save()
        if approve:
            post(
                f"fund:{change.pk}",
                change.kind,
                timezone.localdate(),
                _moves(change),
                text=change.document,
                made_by=change.made_by,
                approved_by=acting.user_id,
            )
        record.change(
            acting,
            "money.fund.approve" if approve else "money.fund.refuse",
            "fund_change",
            change.pk,
            detail={"fen": change.amount_fen},
        )
    return change


def _moves(change: FundChange) -> list[Move]:
    fund, fen = change.fund, change.amount_fen
    if change.kind == FundChange.RECEIVED:
        return [
            Move(account(Account.BANK, fund), fen),
            Move(account(Account.FUNDING, fund, year=change.year), -fen),
        ]
    own = account(Account.AVAILABLE, fund, year=change.year, holder=change.holder, head=change.head)
    if change.kind == FundChange.ALLOT:
        of_district = account(Account.AVAILABLE, fund, year=change.year, head=change.head)
        return [Move(own, fen), Move(of_district, -fen)]
    source = account(
        Account.APPROPRIATED, fund, year=change.year, holder=change.holder, head=change.head
    )
    return [Move(own, fen), Move(source, -fen)]


@dataclass(slots=True)
class Use:
    """A budget and how far it is used, in fen."""

    fund: str
    year: int
    holder: str
    head: str
    available: int = 0
    committed: int = 0
    spent: int = 0
    given_back: int = 0

    @property
    def plan(self) -> int:
        """What was appropriated or allotted: whatever became of it."""
        return self.available + self.committed + self.spent + self.given_back

    @property
    def share_used(self) -> int:
        """Bound and spent, in whole per cent of the plan."""
        return 0 if self.plan <= 0 else (self.committed + self.spent) * 100 // self.plan


def uses(year: int) -> list[Use]:
    """Every budget of a year, the district's before the towns'."""
    found: dict[tuple[str, str, str], Use] = {}
    kinds = (Account.AVAILABLE, Account.COMMITTED, Account.SPENT, Account.GIVEN_BACK)
    for each in Account.objects.filter(kind__in=kinds, year=year).order_by("code"):
        key = (each.fund, each.holder, each.head)
        use = found.setdefault(key, Use(each.fund, year, each.holder, each.head))
        setattr(use, each.kind, getattr(use, each.kind) + each.balance_fen)
    return [found[key] for key in sorted(found)]


def years() -> list[int]:
    """The years that have a budget, the latest first."""
    rows = Account.objects.filter(kind=Account.AVAILABLE).values_list("year", flat=True)
    return sorted({*rows}, reverse=True)


@dataclass(slots=True)
class Standing:
    """A fund's money, in fen."""

    fund: str
    bank: int = 0
    under_way: int = 0
    payable: int = 0
    receivable: int = 0
    suspense: int = 0

    @property
    def free(self) -> int:
        """What the bank holds and no approved payment has claimed."""
        return self.bank - self.under_way


def standings() -> dict[str, Standing]:
    """Every fund's money."""
    names = {
        Account.BANK: ("bank", 1),
        Account.TRANSIT: ("under_way", -1),
        Account.PAYABLE: ("payable", -1),
        Account.RECEIVABLE: ("receivable", 1),
        Account.SUSPENSE: ("suspense", 1),
    }
    found = {name: Standing(name) for name in funds().funds}
    for each in Account.objects.filter(kind__in=list(names)).order_by("code"):
        name, side = names[each.kind]
        standing = found.setdefault(each.fund, Standing(each.fund))
        setattr(standing, name, getattr(standing, name) + side * each.balance_fen)
    return found


def spent_by_scheme(year: int) -> list[tuple[str, str, int]]:
    """(fund, scheme, fen) of the expense of a year, what was taken back deducted."""
    rows = (
        Line.objects.filter(account__kind=Account.EXPENSE, account__year=year)
        .values("account__fund", "account__scheme")
        .annotate(fen=Sum("amount_fen"))
        .order_by("account__fund", "account__scheme")
    )
    return [(row["account__fund"], row["account__scheme"], int(row["fen"])) for row in rows]
