"""Decisions that were used: offered, approved or paid on, each with its full receipt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.security.fields import SealedJSONField


class UsedDecision(models.Model):
    """A decision on which something rests. Never changed: a new one is added beside it."""

    scheme = models.CharField("补贴项目", max_length=80)
    register = models.CharField("登记册", max_length=40)
    subject_key = models.IntegerField("对象编号")
    on = models.DateField("判定日期")
    #: ``offer``, ``approval``, ``payment``; and of what.
    used_for = models.CharField("用途", max_length=20)
    object_type = models.CharField("对象类别", max_length=40, blank=True, default="")
    object_id = models.CharField("对象编号", max_length=64, blank=True, default="")
    outcome = models.CharField("结论", max_length=20)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    amount_status = models.CharField("金额状态", max_length=20)
    law = models.CharField("依据版本", max_length=80, blank=True, default="")
    #: Identifies the decision: SHA-256 of its canonical receipt.
    receipt = models.CharField("回执", max_length=64, db_index=True)
    rules_digest = models.CharField("规则摘要", max_length=64)
    parameters_digest = models.CharField("参数摘要", max_length=64)
    facts_digest = models.CharField("登记册摘要", max_length=64, blank=True, default="")
    wenye = models.CharField("版本", max_length=40)
    #: The facts read, as a case, and the explanation as it was given; sealed.
    case = SealedJSONField("所用事实")
    explanation = SealedJSONField("说明")
    user_id = models.BigIntegerField("用户", null=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["scheme", "register", "subject_key"], name="used_by_subject"),
            models.Index(fields=["object_type", "object_id"], name="used_by_object"),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.register}:{self.subject_key} {self.on}"


class ProposedValue(models.Model):
    """A value that one officer has confirmed and another one is to check, before it counts."""

    PROPOSED, SIGNED, WITHDRAWN = "proposed", "signed", "withdrawn"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (PROPOSED, "待复核"),
        (SIGNED, "已复核生效"),
        (WITHDRAWN, "已撤回"),
    ]

    parameter = models.CharField("标准", max_length=120)
    since = models.DateField("起始日")
    #: As a confirmation states it: ``2000``, ``是``, ``2025-01``.
    value = models.CharField("数值", max_length=40)
    source = models.CharField("来源", max_length=400)
    note = models.CharField("说明", max_length=400, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=STATES, default=PROPOSED)
    proposed_by = models.BigIntegerField("确认人")
    proposer = models.CharField("确认人姓名", max_length=120)
    proposed_on = models.DateField("确认日")
    signed_by = models.BigIntegerField("复核人", null=True)
    signer = models.CharField("复核人姓名", max_length=120, blank=True, default="")
    signed_on = models.DateField("复核日", null=True)
    made_at = models.DateTimeField("提出时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["parameter", "since"],
                condition=~models.Q(state="withdrawn"),
                name="one_live_proposal_of_a_value",
            ),
            models.CheckConstraint(
                name="value_signed_by_two",
                condition=~models.Q(state="signed")
                | (
                    models.Q(signed_by__isnull=False) & ~models.Q(signed_by=models.F("proposed_by"))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.parameter} {self.since}"
