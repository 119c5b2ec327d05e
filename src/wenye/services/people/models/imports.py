"""Deliveries of bureau files: uploaded, read in beside the registers, looked at, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Import(models.Model):
    """One delivery on its way; its row tells how far the work is and outlives its process."""

    RECEIVED, READING, READY, REFUSED = "received", "reading", "ready", "refused"
    ADOPTING, ADOPTED, DISCARDED, UNDONE = "adopting", "adopted", "discarded", "undone"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (RECEIVED, "已上传"),
        (READING, "正在读入"),
        (READY, "待确认"),
        (REFUSED, "不能读入"),
        (ADOPTING, "正在投入使用"),
        (ADOPTED, "已投入使用"),
        (DISCARDED, "已放弃"),
        (UNDONE, "已撤销"),
    ]
    #: States in which a process is at work.
    BUSY: ClassVar[tuple[str, ...]] = (READING, ADOPTING)

    as_of = models.DateField("数据日期")
    state = models.CharField("状态", max_length=10, choices=STATES, default=RECEIVED)
    stage = models.CharField("步骤", max_length=80, blank=True, default="")
    done = models.BigIntegerField("已完成", default=0)
    total = models.BigIntegerField("共", default=0)
    #: Names and sizes of the files, as they came.
    files = models.JSONField("文件", default=list)
    #: What the intake said: rows in, accepted, rejected by reason; registers that are lost.
    report = models.JSONField("读入报告", default=dict)
    #: Why the delivery was refused: a list of what, where, mend.
    problems = models.JSONField("问题", default=list)
    #: The snapshot whose keys it was read by; another one since then asks for a new reading.
    base = models.ForeignKey("Snapshot", models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey("Snapshot", models.PROTECT, null=True, related_name="imports")
    made_by = models.BigIntegerField("上传人", null=True)
    made_at = models.DateTimeField("上传时间", default=timezone.now)
    touched_at = models.DateTimeField("最近动静", default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def folder(self) -> Path:
        """The delivery's own folder: ``files`` as they came."""
        return Path(settings.HOME) / "imports" / f"{self.pk:06d}"

    @property
    def staging(self) -> Path:
        """The registers that were read from it, beside the snapshots whose key opens them."""
        return Path(settings.HOME) / "snapshots" / f"staging-{self.pk:06d}"

    @property
    def workbook(self) -> Path:
        """The rows that come back, with their reasons."""
        return self.staging / "rejected.xlsx"

    @property
    def busy(self) -> bool:
        """Whether a process is at work, or has been asked to be."""
        return self.state in self.BUSY or bool(self.stage)

    @property
    def stalled(self) -> bool:
        """Whether its process has not been heard of for two minutes."""
        silent = timezone.now() - self.touched_at
        return self.busy and silent.total_seconds() > 120

    def told(self, **changes: Any) -> None:
        """Save how far the work is."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.touched_at = timezone.now()
        self.save(update_fields=[*changes, "touched_at"])
