"""What people have allowed, and what they have objected to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.security.fields import SealedTextField


class ConsentQuerySet(ScopedQuerySet["Consent"]):
    """Consents by whose they are."""

    person_column: ClassVar[str | None] = "person_key"


class Consent(models.Model):
    """Consent to something that no statutory duty covers; withdrawn as easily as it was given."""

    PHONE, MESSAGE, EXTRA = "phone", "message", "extra"
    SUBJECTS: ClassVar[list[tuple[str, str]]] = [
        (PHONE, "用电话联系我"),
        (MESSAGE, "用短信或者微信联系我"),
        (EXTRA, "登记我自愿提供的补充事项"),
    ]

    person_key = models.IntegerField("人员编号", db_index=True)
    subject = models.CharField("事项", max_length=10, choices=SUBJECTS)
    given_at = models.DateTimeField("同意时间", default=timezone.now)
    given_by = models.BigIntegerField("操作人", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.BigIntegerField("撤回操作人", null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["person_key", "subject"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_consent_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_key}:{self.subject}"


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    """Objections by whose they are."""

    person_column: ClassVar[str | None] = "person_key"

    def standing(self) -> ObjectionQuerySet:
        """Those that count today."""
        return self.filter(withdrawn_at__isnull=True)


class Objection(models.Model):
    """“Do not decide this about me by machine alone”: a person decides instead (article 24)."""

    person_key = models.IntegerField("人员编号", db_index=True)
    #: A scheme's id; empty: every scheme.
    scheme = models.CharField("补贴项目", max_length=80, blank=True, default="")
    reason = SealedTextField("理由", blank=True, default="")
    made_at = models.DateTimeField("提出时间", default=timezone.now)
    made_by = models.BigIntegerField("操作人", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["scheme", "person_key"], name="objection_by_scheme"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person_key", "scheme"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_objection_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_key}:{self.scheme}"
