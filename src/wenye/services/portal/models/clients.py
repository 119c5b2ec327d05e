"""API clients, the minutes in which they called, and the answers kept for repeated calls."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import LABELS, Acting, Role
from wenye.services.security.fields import SealedTextField


class ApiClient(models.Model):
    """A system that calls the API with a key of its own. Of the key only a hash is kept."""

    #: As what a client may act: the reach of each is the access table's.
    ROLES: ClassVar[tuple[Role, ...]] = (
        Role.CITIZEN,
        Role.TOWN_REVIEWER,
        Role.BUREAU_REVIEWER,
        Role.AUDITOR,
    )

    name = models.CharField("名称", max_length=80, unique=True)
    #: The part of the key that is no secret: it finds the row, and stands in logs.
    prefix = models.CharField("密钥编号", max_length=12, unique=True)
    key_hash = models.CharField("密钥摘要", max_length=64)
    #: Who it is in the log and in every ``made_by``: a user that can never log in.
    user = models.OneToOneField(User, models.PROTECT, related_name="api_client")
    role = models.CharField("身份", max_length=20, choices=[(r.value, LABELS[r][0]) for r in ROLES])
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    department = models.CharField("部门", max_length=40, blank=True, default="")
    scopes = models.JSONField("可用功能", default=list)
    purposes = models.JSONField("可用目的", default=list)
    per_minute = models.PositiveIntegerField("每分钟次数", default=60)
    made_by = models.BigIntegerField("建立人", null=True)
    made_at = models.DateTimeField("建立时间", default=timezone.now)
    stopped_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="client_of_a_town_names_it",
                condition=~models.Q(role="town_reviewer") | ~models.Q(town=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def acting(self, person_key: int | None = None) -> Acting:
        """The client as one who acts; for a citizen, ``person_key`` says for whom."""
        return Acting(
            user_id=self.user_id,
            name=self.name,
            role=Role(self.role),
            post_id=0,
            town=self.town,
            department=self.department,
            person_key=person_key if self.role == Role.CITIZEN else None,
        )


class Minute(models.Model):
    """How often a client has called within one minute."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="minutes")
    #: Whole minutes since 1970.
    minute = models.BigIntegerField("分钟")
    calls = models.PositiveIntegerField("次数", default=0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["client", "minute"], name="one_row_a_minute"),
        )

    def __str__(self) -> str:
        return f"{self.client_id}@{self.minute}: {self.calls}"


class KeptAnswer(models.Model):
    """What a call with an idempotency key was answered: the same call gets the same answer."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="+")
    key = models.CharField("幂等键", max_length=200)
    #: SHA-256 over method, path and body.
    asked = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("状态码", default=0)
    content_type = models.CharField("类型", max_length=80, blank=True, default="")
    body = SealedTextField("答复", blank=True, default="")
    at = models.DateTimeField("时间", default=timezone.now, db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["client", "key"], name="one_answer_per_key"),
        )

    def __str__(self) -> str:
        return f"{self.client_id}:{self.key}"
