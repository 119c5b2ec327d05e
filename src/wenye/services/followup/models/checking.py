"""Entries that are worth a second look, and contacts made a second time by somebody else."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.followup.models.contacts import Contact
from wenye.services.security.fields import SealedTextField


class FindingQuerySet(ScopedQuerySet["Finding"]):
    """Findings by town."""

    town_column: ClassVar[str | None] = "town"


class Finding(models.Model):
    """A pattern in a month's entries: worth checking, and no judgement of anybody."""

    OPEN, EXPLAINED, TAKEN_UP = "open", "explained", "taken_up"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (OPEN, "值得核对"),
        (EXPLAINED, "已有说明"),
        (TAKEN_UP, "已转办核实"),
    ]

    month = models.DateField("月份")
    town = models.CharField("街镇", max_length=60)
    kind = models.CharField("类别", max_length=24)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: Counts and thresholds by name; no text of anybody.
    numbers = models.JSONField("数字", default=dict)
    #: Ids of the contacts, and keys of the people, that make the pattern.
    contacts = models.JSONField("联系记录", default=list)
    people = models.JSONField("人员", default=list)
    state = models.CharField("状态", max_length=10, choices=STATES, default=OPEN)
    answer = SealedTextField("核对情况", blank=True, default="")
    answered_by = models.BigIntegerField("核对人", null=True)
    answered_at = models.DateTimeField("核对时间", null=True)
    made_at = models.DateTimeField("生成时间", default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "town", "kind", "pk")
        indexes = (models.Index(fields=["month", "town"], name="finding_by_month"),)

    def __str__(self) -> str:
        return f"finding:{self.pk}"


class SampleQuerySet(ScopedQuerySet["Sample"]):
    """Samples by town."""

    town_column: ClassVar[str | None] = "town"


class Sample(models.Model):
    """Contacts drawn at random to be made again: the seed draws the same ones once more."""

    month = models.DateField("月份")
    town = models.CharField("街镇", max_length=60)
    seed = models.CharField("种子", max_length=32)
    frame = models.IntegerField("总体")
    size = models.IntegerField("样本")
    drawn_by = models.BigIntegerField("抽取人", null=True)
    drawn_at = models.DateTimeField("抽取时间", default=timezone.now)

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "town", "-pk")

    def __str__(self) -> str:
        return f"sample:{self.pk}"


class RecontactQuerySet(ScopedQuerySet["Recontact"]):
    """Contacts to be made again; a case worker sees those given to them."""

    town_column: ClassVar[str | None] = "town"
    case_worker_column: ClassVar[str | None] = "second_worker_id"


class Recontact(models.Model):
    """One contact of a sample, made again by a second worker who does not see the first answers."""

    CONFIRMED, NOT_CONFIRMED, NOT_REACHED = "confirmed", "not_confirmed", "not_reached"
    RESULTS: ClassVar[list[tuple[str, str]]] = [
        (CONFIRMED, "本人确认有这次联系"),
        (NOT_CONFIRMED, "本人说没有这次联系"),
        (NOT_REACHED, "没有联系到本人"),
    ]

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="items")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    town = models.CharField("街镇", max_length=60)
    #: The chance with which it was drawn, as a fraction.
    chance_of = models.IntegerField("入样分子")
    chance_in = models.IntegerField("入样分母")
    second_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    result = models.CharField("结果", max_length=14, choices=RESULTS, blank=True, default="")
    situation = models.CharField("就业状态", max_length=24, blank=True, default="")
    accepts = models.CharField("是否服从安排", max_length=8, blank=True, default="")
    note = SealedTextField("备注", blank=True, default="")
    at = models.DateTimeField("时间", null=True)

    objects = RecontactQuerySet.as_manager()

    class Meta:
        ordering = ("sample_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=["sample", "contact"], name="once_in_a_sample"),
        )

    def __str__(self) -> str:
        return f"recontact:{self.pk}"
