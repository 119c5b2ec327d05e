"""What happened: one entry for every change and for every read of a person; and their seals."""

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
            models.Index(fields=["verb", "id"], name="entry_by_verb"),
            models.Index(fields=["purpose", "id"], name="entry_by_purpose"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"


class Unsealed(models.Model):
    """An entry that waits for its seal. The database itself puts it here when it is written.

    Entries may be committed in another order than their ids, and late: what waits is known by
    standing here, not by lying above the last one that was sealed, so that none falls between.
    """

    entry_id = models.BigIntegerField("条目", primary_key=True)

    class Meta:
        ordering = ("entry_id",)

    def __str__(self) -> str:
        return str(self.entry_id)


class Seal(models.Model):
    """A batch of entries under one digest that rests on the digest of the seal before it."""

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("封存时间")
    first_id = models.BigIntegerField("最小条目编号")
    last_id = models.BigIntegerField("最大条目编号", db_index=True)
    count = models.IntegerField("条目数")
    #: Which entries: pairs of first and last id, ascending. Ids between them are of other seals.
    ranges = models.JSONField("条目范围")
    previous = models.CharField("上一封存的摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:8]}"
