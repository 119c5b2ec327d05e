"""The ledger: accounts, and postings of balanced lines in whole fen, which are only ever added.

A debit is positive, a credit negative. Two groups of accounts stand side by side in every posting
and each balances by itself: the budget's (what may be spent, is bound, was spent) and the money's
(bank, payables, expense, receivables). The database itself refuses a posting that does not balance,
a line added to a posting that is closed, and every change of either (``migrations/0002``).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

BUDGET, MONEY = "budget", "money"


class Account(models.Model):
    """One account. Its balance is the sum of its lines, kept beside them."""

    # of the budget
    APPROPRIATED, AVAILABLE, COMMITTED, SPENT = "appropriated", "available", "committed", "spent"
    GIVEN_BACK = "given_back"
    # of the money
    FUNDING, BANK, TRANSIT, PAYABLE = "funding", "bank", "transit", "payable"
    EXPENSE, RECEIVABLE, SUSPENSE = "expense", "receivable", "suspense"

    #: Kind → (group, label, English label, side: +1 debit, -1 credit, 0 either).
    KINDS: ClassVar[dict[str, tuple[str, str, str, int]]] = {
        APPROPRIATED: (BUDGET, "预算安排", "appropriated", -1),
        AVAILABLE: (BUDGET, "预算可用", "available", 1),
        COMMITTED: (BUDGET, "已承诺", "committed", 1),
        SPENT: (BUDGET, "预算已执行", "spent", 1),
        GIVEN_BACK: (BUDGET, "追回款（去向待定）", "recovered, use open", 1),
        FUNDING: (MONEY, "资金拨入", "funding received", -1),
        BANK: (MONEY, "银行存款", "bank", 1),
        TRANSIT: (MONEY, "在途支付", "payments under way", -1),
        PAYABLE: (MONEY, "应付补贴", "payable", -1),
        EXPENSE: (MONEY, "补贴支出", "expense", 0),
        RECEIVABLE: (MONEY, "应收追回款", "recoveries receivable", 1),
        SUSPENSE: (MONEY, "待查款项", "suspense", 0),
    }

    #: ``kind/fund/year/holder/head/scheme``: whatever a kind does not need is empty.
    code = models.CharField("账户", max_length=160, unique=True)
    kind = models.CharField("类别", max_length=20)
    group = models.CharField("账组", max_length=10)
    fund = models.CharField("资金", max_length=40)
    year = models.IntegerField("年度", default=0)
    #: Town code, or empty: the district.
    holder = models.CharField("归属", max_length=9, blank=True, default="")
    head = models.CharField("预算科目", max_length=40, blank=True, default="")
    scheme = models.CharField("补贴项目", max_length=80, blank=True, default="")
    side = models.SmallIntegerField("方向")
    may_be_overdrawn = models.BooleanField("可以透支", default=False)
    balance_fen = models.BigIntegerField("余额（分）", default=0)

    class Meta:
        ordering = ("code",)
        indexes = (models.Index(fields=["kind", "fund", "year"], name="account_by_kind"),)
        constraints = (
            models.CheckConstraint(
                name="account_on_its_side",
                condition=Q(may_be_overdrawn=True)
                | Q(side=0)
                | Q(side=1, balance_fen__gte=0)
                | Q(side=-1, balance_fen__lte=0),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Posting(models.Model):
    """One thing that happened to money. Its key makes it happen once, however often it is tried."""

    key = models.CharField("幂等键", max_length=120, unique=True)
    kind = models.CharField("业务", max_length=30, db_index=True)
    day = models.DateField("记账日")
    at = models.DateTimeField("记账时间", default=timezone.now)
    text = models.CharField("摘要", max_length=200, blank=True, default="")
    made_by = models.BigIntegerField("经办人", null=True)
    approved_by = models.BigIntegerField("复核人", null=True)
    #: Closed in the same transaction: lines come before, nothing comes after.
    closed = models.BooleanField("已记账", default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="posting_by_two",
                condition=Q(approved_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(approved_by=F("made_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Line(models.Model):
    """One account's part in a posting: debit positive, credit negative, never zero."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines")
    amount_fen = models.BigIntegerField("金额（分）")
    #: Repeated from the account, so that the database can see that each group balances.
    group = models.CharField("账组", max_length=10)
    #: What it is about: an instalment of a case, where there is one.
    instalment_id = models.BigIntegerField("分期", null=True, db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="line_is_not_zero", condition=~Q(amount_fen=0)),)

    def __str__(self) -> str:
        return f"{self.posting_id}:{self.account_id} {self.amount_fen}"
