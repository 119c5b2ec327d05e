"""What is attached to a case. The content lies sealed outside the web root."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from wenye.services.cases.models.cases import Case
from wenye.services.security.fields import SealedTextField


class Attachment(models.Model):
    """One file: what it is, and where its sealed content lies under the home."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    kind = models.CharField("材料", max_length=40)
    #: As the sender named it: a name may say something about somebody.
    name = SealedTextField("文件名")
    content_type = models.CharField("类型", max_length=80)
    size = models.BigIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    #: Relative to ``settings.MEDIA_ROOT``.
    path = models.CharField("位置", max_length=120, unique=True)
    scan = models.CharField("安全检查", max_length=40, blank=True, default="")
    added_by = models.BigIntegerField("上传人", null=True)
    added_at = models.DateTimeField("上传时间", default=timezone.now)
    removed_at = models.DateTimeField("撤下时间", null=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["case", "id"], name="attachment_by_case"),)

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind}"
