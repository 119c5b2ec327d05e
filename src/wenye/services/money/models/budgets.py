"""Budgets set, allotted and paid in: each change proposed by one and approved by another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class FundChange(models.Model):
    """A budget for a year, a part of it allotted to a town, or money received into a fund."""

    BUDGET, ALLOT, RECEIVED = "budget", "allot", "received"
    KINDS: ClassVar[dict[str, tuple[str, str]]] = {
        BUDGET: ("安排或调整预算", "appropriate"),
        ALLOT: ("分给街镇", "allot to a town"),
        RECEIVED: ("资金到账", "money received"),
    }
    PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"
    STATES: ClassVar[dict[str, tuple[str, str, str]]] = {
        PROPOSED: ("待复核", "proposed", "going"),
        APPROVED: ("已生效", "approved", "yes"),
        REFUSED: ("未通过", "refused", "no"),
    }

    kind = models.CharField("类别", max_length=10)
    fund = models.CharField("资金", max_length=40)
    head = models.CharField("预算科目", max_length=40, blank=True, default="")
    year = models.IntegerField("年度")
    #: The town that receives an allotment, or whose own budget it is; empty: the district.
    holder = models.CharField("归属", max_length=9, blank=True, default="")
    #: Negative takes back.
    amount_fen = models.BigIntegerField("金额（分）")
    #: The budget document, or the bank's slip, on which it rests.
    document = models.CharField("依据", max_length=200)
    state = models.CharField("状态", max_length=10, default=PROPOSED)
    made_by = models.BigIntegerField("提出人", null=True)
    made_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.BigIntegerField("复核人", null=True)
    decided_at = models.DateTimeField("复核时间", null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="fund_change_by_two",
                condition=Q(decided_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(decided_by=F("made_by")),
            ),
            models.CheckConstraint(name="fund_change_not_zero", condition=~Q(amount_fen=0)),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fund} {self.year}"
