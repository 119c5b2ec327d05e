"""What is owed to whom for which month, and the batches in which it is paid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.decisions.models import UsedDecision
from wenye.services.security.fields import SealedTextField


class InstalmentQuerySet(ScopedQuerySet["Instalment"]):
    """Instalments by whose they are."""

    town_column: ClassVar[str | None] = "town"
    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"

    def payable(self) -> InstalmentQuerySet:
        """Owed now, and in no batch."""
        return self.filter(state=Instalment.PAYABLE)

    def paid(self) -> InstalmentQuerySet:
        """Paid, as the bank has said."""
        return self.filter(state=Instalment.PAID)


class Instalment(models.Model):
    """One payment that an approved case gives: the only one, or the one of a month."""

    PLANNED, COMMITTED, PAYABLE, BATCHED, PAID, CANCELLED = (
        "planned",
        "committed",
        "payable",
        "batched",
        "paid",
        "cancelled",
    )
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        PLANNED: ("待安排预算", "awaiting budget"),
        COMMITTED: ("已承诺", "committed"),
        PAYABLE: ("待支付", "payable"),
        BATCHED: ("支付中", "in a batch"),
        PAID: ("已支付", "paid"),
        CANCELLED: ("不再支付", "cancelled"),
    }
    #: The month of a payment that has none: paid once.
    ONCE = 0

    case_id = models.BigIntegerField("办件")
    case_number = models.CharField("办件编号", max_length=24)
    scheme = models.CharField("补贴项目", max_length=80)
    #: ``year * 100 + month``; 0 for a payment made once.
    month = models.IntegerField("月份")
    #: The month from which it may be paid, in the same form.
    due_month = models.IntegerField("应付月份")
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    amount_status = models.CharField("金额状态", max_length=20)
    state = models.CharField("状态", max_length=12, default=PLANNED)
    #: Why it cannot go on; in words, without personal data.
    stopped = models.CharField("停付原因", max_length=300, blank=True, default="")

    fund = models.CharField("资金", max_length=40)
    head = models.CharField("预算科目", max_length=40, blank=True, default="")
    #: Budget year and holder (a town's allotment, or the district) that bear it, once committed.
    year = models.IntegerField("预算年度", default=0)
    holder = models.CharField("预算归属", max_length=9, blank=True, default="")
    town = models.CharField("街镇", max_length=9, blank=True, default="")

    payee_register = models.CharField("收款方类别", max_length=40)
    payee_key = models.IntegerField("收款方编号")
    person_key = models.IntegerField("人员编号", null=True)
    employer_key = models.IntegerField("单位编号", null=True)
    decision = models.ForeignKey(UsedDecision, models.PROTECT, related_name="+")
    paid_on = models.DateField("支付日期", null=True)
    recovered_fen = models.BigIntegerField("已追回（分）", default=0)
    made_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["state", "due_month", "id"], name="instalment_by_state"),
            models.Index(fields=["person_key", "state"], name="instalment_by_person"),
            models.Index(fields=["employer_key", "state"], name="instalment_by_employer"),
            models.Index(fields=["state", "fund", "year"], name="instalment_by_fund"),
        )
        constraints = (
            models.UniqueConstraint(fields=["case_id", "month"], name="a_month_is_paid_once"),
            # Nothing that is open or unconfirmed is ever owed, let alone paid.
            models.CheckConstraint(
                name="only_payable_is_owed",
                condition=Q(state__in=["planned", "cancelled"])
                | Q(amount_status="payable", amount_fen__gt=0),
            ),
            models.CheckConstraint(
                name="paid_has_its_day", condition=~Q(state="paid") | Q(paid_on__isnull=False)
            ),
            models.CheckConstraint(
                name="recovered_within_paid",
                condition=Q(recovered_fen=0)
                | Q(recovered_fen__gt=0, state="paid", recovered_fen__lte=F("amount_fen")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_number}/{self.month}"

    @property
    def month_text(self) -> str:
        """2026-10; empty for a payment made once."""
        return "" if not self.month else f"{self.month // 100:04d}-{self.month % 100:02d}"


class Batch(models.Model):
    """A batch of payments from one fund: prepared by one, approved by another, sent, answered."""

    PREPARED, APPROVED, SENT, ANSWERED, CLOSED, DISCARDED = (
        "prepared",
        "approved",
        "sent",
        "answered",
        "closed",
        "discarded",
    )
    STATES: ClassVar[dict[str, tuple[str, str, str]]] = {
        PREPARED: ("待复核", "prepared", "going"),
        APPROVED: ("已复核", "approved", "going"),
        SENT: ("已送银行", "sent", "going"),
        ANSWERED: ("部分回单", "partly answered", "unsure"),
        CLOSED: ("已办结", "closed", "yes"),
        DISCARDED: ("已作废", "discarded", "over"),
    }

    number = models.CharField("批次号", max_length=24, unique=True)
    fund = models.CharField("资金", max_length=40)
    state = models.CharField("状态", max_length=12, default=PREPARED)
    day = models.DateField("编制日")
    #: Control totals: how many, how much, and the sum of the accounts' last eight digits.
    count = models.IntegerField("笔数")
    total_fen = models.BigIntegerField("合计（分）")
    hash_total = models.BigIntegerField("账号校验和")
    made_by = models.BigIntegerField("编制人", null=True)
    made_at = models.DateTimeField("编制时间", default=timezone.now)
    approved_by = models.BigIntegerField("复核人", null=True)
    approved_at = models.DateTimeField("复核时间", null=True)
    sent_by = models.BigIntegerField("送出人", null=True)
    sent_at = models.DateTimeField("送出时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    reason = models.CharField("作废原因", max_length=200, blank=True, default="")
    #: SM3 of the file as approved: what is sent is what was approved.
    digest = models.CharField("文件摘要", max_length=64, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="batch_by_two",
                condition=Q(approved_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="batch_sent_after_approval",
                condition=Q(state__in=["prepared", "discarded"])
                | Q(approved_by__isnull=False) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="batch_totals_positive",
                condition=Q(count__gt=0, total_fen__gt=0, hash_total__gte=0),
            ),
        )

    def __str__(self) -> str:
        return self.number


class BatchLine(models.Model):
    """One payment in a batch. An instalment has at most one line that is not over."""

    WAITING, PAID, FAILED, RETURNED, DROPPED = "waiting", "paid", "failed", "returned", "dropped"
    STATES: ClassVar[dict[str, tuple[str, str, str]]] = {
        WAITING: ("尚无结果", "no answer yet", "going"),
        PAID: ("支付成功", "paid", "yes"),
        FAILED: ("支付失败", "failed", "no"),
        RETURNED: ("事后退汇", "returned later", "no"),
        DROPPED: ("未送出", "dropped", "over"),
    }

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    place = models.IntegerField("序号")
    #: What the bank gives back with its answer.
    reference = models.CharField("流水号", max_length=40, unique=True)
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="lines")
    amount_fen = models.BigIntegerField("金额（分）")
    name = SealedTextField("户名")
    account = SealedTextField("账号")
    state = models.CharField("状态", max_length=10, default=WAITING)
    answer = models.CharField("银行答复", max_length=12, blank=True, default="")
    bank_serial = models.CharField("银行流水", max_length=64, blank=True, default="")
    answered_on = models.DateField("回单日期", null=True)

    class Meta:
        ordering = ("batch", "place")
        constraints = (
            models.UniqueConstraint(fields=["batch", "place"], name="batch_line_place"),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(state__in=["waiting", "paid"]),
                name="one_live_line_for_an_instalment",
            ),
            models.CheckConstraint(name="batch_line_positive", condition=Q(amount_fen__gt=0)),
        )

    def __str__(self) -> str:
        return self.reference
