"""One row for everybody who is followed: whose they are, since when, and when a contact is due.

The row is derived from the registers' facts and from the contacts, and is made again each night; it
exists so that a worklist reads the people followed and nobody else.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.people.models import Person


class FollowedQuerySet(ScopedQuerySet["Followed"]):
    """People followed by whose they are and how urgent."""

    town_column: ClassVar[str | None] = "town"
    case_worker_column: ClassVar[str | None] = "worker_id"
    person_column: ClassVar[str | None] = "person_id"

    def now(self) -> Self:
        """Those followed now."""
        return self.filter(open=True)

    def overdue(self, on: dt.date) -> Self:
        """Those whose contact of a whole month was missed, by the duty itself."""
        return self.filter(open=True, law_due__lt=on, part_month=False)


class Followed(models.Model):
    """Somebody who is followed, once however many reasons there are."""

    person = models.OneToOneField(
        Person, models.PROTECT, primary_key=True, related_name="followed", verbose_name="人员"
    )
    town = models.CharField("街镇", max_length=60, blank=True, default="")
    #: Village or residents' committee, as the worker knows it; the registers hold none.
    committee = models.CharField("村居", max_length=40, blank=True, default="")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="就业援助员",
    )
    assigned_on = models.DateField("指派日期", null=True)
    open = models.BooleanField("在跟踪", default=True)
    since = models.DateField("开始跟踪")
    until = models.DateField("结束跟踪", null=True)
    #: Why they are followed: the first day of each spell, none where there is none.
    unemployed_since = models.DateField("失业登记日期", null=True)
    certified_since = models.DateField("就业困难认定日期", null=True)
    #: The register does not say whether the spell of unemployment has ended.
    end_unknown = models.BooleanField("是否已注销不明", default=False)
    at_work_since = models.DateField("就业登记日期", null=True)
    benefit_until = models.DateField("失业保险金期满", null=True)
    #: The placement clock of people hard to employ.
    placement_due = models.DateField("安置期限", null=True)
    placed_on = models.DateField("认定后就业日期", null=True)
    # -- what the contacts say -------------------------------------------------------------
    contacts = models.IntegerField("联系次数", default=0)
    last_tried_on = models.DateField("最近联系", null=True)
    last_counted_on = models.DateField("最近算数的联系", null=True)
    accepts = models.CharField("是否服从安排", max_length=8, default="unknown")
    refusals = models.IntegerField("不接受次数", default=0)
    needs = models.JSONField("未办需求", default=list)
    agreed_on = models.DateField("约定下次", null=True)
    # -- when ------------------------------------------------------------------------------
    law_due = models.DateField("应联系到", null=True)
    part_month = models.BooleanField("不足整月", default=False)
    due_on = models.DateField("排到", null=True)
    #: The smaller, the sooner: due day, then never contacted, certified, benefit running out.
    urgency = models.IntegerField("先后", default=0)

    objects = FollowedQuerySet.as_manager()

    class Meta:
        ordering = ("urgency", "person_id")
        # Of those followed now alone: a flag that is asked for as such needs no column of its own.
        indexes = (
            models.Index(
                fields=["worker", "urgency", "person"],
                condition=models.Q(open=True),
                name="followed_by_worker",
            ),
            models.Index(
                fields=["town", "urgency", "person"],
                condition=models.Q(open=True),
                name="followed_by_town",
            ),
            models.Index(
                fields=["urgency", "person"],
                condition=models.Q(open=True),
                name="followed_by_urgency",
            ),
            models.Index(fields=["placement_due"], name="followed_by_placement"),
        )

    def __str__(self) -> str:
        return f"followed:{self.pk}"


class Begun(models.Model):
    """The day on which the record of contacts begins: what was before it is not known."""

    on = models.DateField("起")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.on}"
