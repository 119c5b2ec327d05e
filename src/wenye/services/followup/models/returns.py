"""Monthly returns as they were made from events. Nobody types one; a later one stands beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet


class ReturnQuerySet(ScopedQuerySet["MonthlyReturn"]):
    """Returns by town."""

    town_column: ClassVar[str | None] = "town"


class MonthlyReturn(models.Model):
    """The figures of one month and town."""

    month = models.DateField("月份")  # its first day
    town = models.CharField("街镇", max_length=60)
    figures = models.JSONField("数字")
    #: The day to which events were counted, and the registers that they were counted in.
    counted_to = models.DateField("截至")
    facts_digest = models.CharField("登记册摘要", max_length=64, blank=True, default="")
    made_at = models.DateTimeField("生成时间", default=timezone.now)
    current = models.BooleanField("最新", default=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "town", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["month", "town"],
                condition=models.Q(current=True),
                name="one_current_return",
            ),
        )

    def __str__(self) -> str:
        return f"return:{self.month:%Y-%m}:{self.town}"
