"""Cases that another body pays: what was handed over, and what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.security.fields import SealedTextField


class HandOver(models.Model):
    """A file of cases for one operating body."""

    number = models.CharField("移交编号", max_length=24, unique=True)
    #: ``city``, ``fund``, ``bank``, ``other``, as the schemes name it.
    operator = models.CharField("承办单位", max_length=20)
    scheme = models.CharField("补贴项目", max_length=80)
    rows = models.IntegerField("件数")
    digest = models.CharField("文件摘要", max_length=64)
    #: The file as it was handed over.
    content = SealedTextField("文件")
    made_by = models.BigIntegerField("移交人", null=True)
    made_at = models.DateTimeField("移交时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.number


class HandOverRowQuerySet(ScopedQuerySet["HandOverRow"]):
    """Cases handed over, by whose they are."""

    town_column: ClassVar[str | None] = "town"
    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"


class HandOverRow(models.Model):
    """One case handed over. A case is with an operating body at most once at a time."""

    WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"
    STATES: ClassVar[dict[str, tuple[str, str, str]]] = {
        WAITING: ("等待反馈", "waiting", "going"),
        ACCEPTED: ("已办结", "done", "yes"),
        REFUSED: ("未予办理", "refused", "no"),
    }

    file = models.ForeignKey(HandOver, models.PROTECT, related_name="cases")
    place = models.IntegerField("序号")
    case_id = models.BigIntegerField("办件")
    case_number = models.CharField("办件编号", max_length=24, db_index=True)
    person_key = models.IntegerField("人员编号", null=True)
    employer_key = models.IntegerField("单位编号", null=True)
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    amount_fen = models.BigIntegerField("测算金额（分）", null=True)
    state = models.CharField("状态", max_length=10, default=WAITING)
    answer = models.CharField("反馈", max_length=200, blank=True, default="")
    answered_on = models.DateField("反馈日期", null=True)
    answered_fen = models.BigIntegerField("实付（分）", null=True)

    objects = HandOverRowQuerySet.as_manager()

    class Meta:
        ordering = ("file", "place")
        constraints = (
            models.UniqueConstraint(fields=["file", "place"], name="hand_over_place"),
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="one_live_hand_over_of_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_id}:{self.place}"
