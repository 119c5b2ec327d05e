"""Money to be given back: how much, by when, and what has come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.money.models.payments import Instalment
from wenye.services.security.fields import SealedTextField


class RecoveryQuerySet(ScopedQuerySet["Recovery"]):
    """Recoveries by whose they are."""

    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"


class Recovery(models.Model):
    """What has to be given back of one instalment that was paid."""

    PROPOSED, OPEN, SETTLED, REFUSED = "proposed", "open", "settled", "refused"
    STATES: ClassVar[dict[str, tuple[str, str, str]]] = {
        PROPOSED: ("待复核", "proposed", "going"),
        OPEN: ("追回中", "being recovered", "unsure"),
        SETTLED: ("已追回", "recovered", "yes"),
        REFUSED: ("不追回", "dropped", "over"),
    }

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="recoveries")
    case_id = models.BigIntegerField("办件", db_index=True)
    payee_register = models.CharField("退款方类别", max_length=40)
    payee_key = models.IntegerField("退款方编号")
    person_key = models.IntegerField("人员编号", null=True, db_index=True)
    employer_key = models.IntegerField("单位编号", null=True, db_index=True)
    amount_fen = models.BigIntegerField("应退（分）")
    received_fen = models.BigIntegerField("已退（分）", default=0)
    #: Where the claim comes from: the decision's claw-back, or an error that was found.
    cause = models.CharField("事由", max_length=20)
    reason = SealedTextField("理由", blank=True, default="")
    state = models.CharField("状态", max_length=10, default=PROPOSED)
    made_by = models.BigIntegerField("提出人", null=True)
    made_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.BigIntegerField("复核人", null=True)
    decided_at = models.DateTimeField("复核时间", null=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="recovery_by_two",
                condition=Q(decided_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(decided_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="recovery_received_within",
                condition=Q(amount_fen__gt=0)
                & Q(received_fen__gte=0)
                & Q(received_fen__lte=F("amount_fen")),
            ),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(state__in=["proposed", "open"]),
                name="one_open_recovery_for_an_instalment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def left_fen(self) -> int:
        """What is still to come."""
        return self.amount_fen - self.received_fen


class RecoveryPart(models.Model):
    """A part of a recovery, agreed to come by a day."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="parts")
    place = models.IntegerField("期次")
    due_on = models.DateField("到期日", db_index=True)
    amount_fen = models.BigIntegerField("金额（分）")

    class Meta:
        ordering = ("recovery", "place")
        constraints = (
            models.UniqueConstraint(fields=["recovery", "place"], name="recovery_part_place"),
            models.CheckConstraint(name="recovery_part_positive", condition=Q(amount_fen__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.recovery_id}/{self.place}"


class Receipt(models.Model):
    """Money that came back. The bank's serial makes it count once."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="receipts")
    amount_fen = models.BigIntegerField("金额（分）")
    day = models.DateField("到账日")
    bank_serial = models.CharField("银行流水", max_length=64, unique=True)
    made_by = models.BigIntegerField("登记人", null=True)
    made_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="receipt_positive", condition=Q(amount_fen__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.amount_fen}"
