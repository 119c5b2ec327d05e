"""Letters that a case has sent out, numbered without gaps."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from wenye.services.cases.models.cases import Case
from wenye.services.cases.models.steps import Step
from wenye.services.security.fields import SealedJSONField


class Letter(models.Model):
    """One letter: its number and the content as it was on the day; the file is made from it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=20)
    number = models.CharField("文书编号", max_length=60, unique=True)
    content = SealedJSONField("内容")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["step", "kind"], name="one_letter_of_a_step"),
        )

    def __str__(self) -> str:
        return self.number
