"""What happened: one entry for every change and for every read of a person."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One thing done. Entries are only ever added; no personal data stands in one but keys."""

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    user_id = models.BigIntegerField("用户", null=True)  # null: the service itself
    role = models.CharField("角色", max_length=20, blank=True, default="")
    #: ``read`` or the verb of a change: ``case.submit``, ``offer.withdraw``, ``ledger.post``.
    verb = models.CharField("动作", max_length=60)
    page = models.CharField("页面", max_length=60, blank=True, default="")
    purpose = models.CharField("目的", max_length=40, blank=True, default="")
    object_type = models.CharField("对象类别", max_length=40, blank=True, default="")
    object_id = models.CharField("对象编号", max_length=64, blank=True, default="")
    person_key = models.IntegerField("人员编号", null=True)
    employer_key = models.IntegerField("单位编号", null=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["person_key", "id"], name="entry_by_person"),
            models.Index(fields=["object_type", "object_id", "id"], name="entry_by_object"),
            models.Index(fields=["user_id", "id"], name="entry_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"
