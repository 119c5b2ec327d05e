"""Messages to and from the municipal portal: an outbox, and what came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.security.fields import SealedJSONField


class Outgoing(models.Model):
    """One thing to tell the portal, sent until it is acknowledged, and counted once over there."""

    WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (WAITING, "待发送"),
        (SENT, "已送达"),
        (GIVEN_UP, "多次失败，待人工处理"),
    ]

    #: ``case`` (a case exists) or ``status`` (it has moved on).
    kind = models.CharField("种类", max_length=10)
    case_number = models.CharField("办件编号", max_length=40, db_index=True)
    #: What it is about; one message each, and the key by which the portal knows a repetition.
    once = models.CharField("幂等键", max_length=100, unique=True)
    payload = SealedJSONField("内容")
    state = models.CharField("状态", max_length=10, choices=STATES, default=WAITING)
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("下次发送", default=timezone.now)
    made_at = models.DateTimeField("产生时间", default=timezone.now)
    sent_at = models.DateTimeField("送达时间", null=True)
    #: What the portal answered: its receipt, or the kind of failure. No personal data.
    answer = models.CharField("对方答复", max_length=200, blank=True, default="")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["state", "due_at"], name="outgoing_due"),)

    def __str__(self) -> str:
        return f"{self.once} {self.state}"


class Incoming(models.Model):
    """A message of the portal, taken once: a repetition gets the same answer and does nothing."""

    message_id = models.CharField("消息编号", max_length=100, unique=True)
    kind = models.CharField("种类", max_length=20)
    case_number = models.CharField("办件编号", max_length=40, blank=True, default="")
    #: SHA-256 of the body: the same id with another body is refused.
    digest = models.CharField("摘要", max_length=64)
    result = models.JSONField("处理结果", default=dict)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.message_id} {self.kind}"
