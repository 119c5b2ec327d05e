"""The snapshots of the registers that were imported; one of them is in force."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots by whether they are in force."""

    def in_force(self) -> Snapshot | None:
        """The snapshot that decides, or None before the first import."""
        return self.filter(state=Snapshot.IN_FORCE).order_by("-pk").first()


class Snapshot(models.Model):
    """One import of the registers: a folder of Parquet tables under the home, never changed."""

    PREPARED, IN_FORCE, PAST, UNDONE = "prepared", "in_force", "past", "undone"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (PREPARED, "已读入"),
        (IN_FORCE, "使用中"),
        (PAST, "已被替代"),
        (UNDONE, "已撤销"),
    ]

    #: Relative to ``settings.HOME``.
    folder = models.CharField("文件夹", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    as_of = models.DateField("数据日期")
    state = models.CharField("状态", max_length=10, choices=STATES, default=PREPARED)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    report = models.JSONField("读入报告", default=dict)
    made_by = models.BigIntegerField("读入人", null=True)
    made_at = models.DateTimeField("读入时间", default=timezone.now)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state="in_force"),
                name="one_snapshot_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.folder}"

    @property
    def path(self) -> Path:
        """Where its tables lie."""
        return Path(settings.HOME) / self.folder
