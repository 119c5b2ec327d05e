"""Logins of a provider (OpenID Connect) that are linked to users here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from wenye.services.accounts.models import User


class LinkedIdentity(models.Model):
    """One subject of one issuer is one user. The subject is the provider's opaque name for them."""

    issuer = models.CharField("签发方", max_length=200)
    subject = models.CharField("对方编号", max_length=255)
    user = models.ForeignKey(User, models.PROTECT, related_name="linked_identities")
    #: Who linked it; null where the person did by logging in.
    linked_by = models.BigIntegerField("关联人", null=True)
    linked_at = models.DateTimeField("关联时间", default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_per_subject"),
        )

    def __str__(self) -> str:
        return f"{self.issuer}#{self.subject}"
