"""Families of whom nobody works (零就业家庭): no register has them or the day of confirmation."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.people.models import Person
from wenye.services.security.fields import SealedTextField


class FamilyQuerySet(ScopedQuerySet["Family"]):
    """Families by town; a case worker sees those of whom they follow a member."""

    town_column: ClassVar[str | None] = "town"
    case_worker_column: ClassVar[str | None] = "members__person__case_worker_id"


class Family(models.Model):
    """A family, confirmed on a day: one of its members is to be in work within the time printed."""

    town = models.CharField("街镇", max_length=60)
    confirmed_on = models.DateField("确认日期")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = SealedTextField("说明", blank=True, default="")
    at = models.DateTimeField("时间", default=timezone.now)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        ordering = ("confirmed_on", "pk")

    def __str__(self) -> str:
        return f"family:{self.pk}"


class FamilyMember(models.Model):
    """Somebody of the family who could work."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["family", "person"], name="once_in_a_family"),
        )

    def __str__(self) -> str:
        return f"family:{self.family_id}:{self.person_id}"
