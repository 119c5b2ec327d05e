"""What the bank has answered, row by row, as it stood in its file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wenye.services.money.models.payments import Batch, BatchLine


class ReturnFile(models.Model):
    """A file of answers. The same file counts once: its digest is unique."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=120)
    #: Null for a file about payments of several batches.
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="answers")
    day = models.DateField("银行日期")
    rows = models.IntegerField("行数")
    matched = models.IntegerField("已核对", default=0)
    wrong = models.IntegerField("有误", default=0)
    made_by = models.BigIntegerField("上传人", null=True)
    made_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"


class ReturnRow(models.Model):
    """One row of a file of answers, and what became of it."""

    #: What a row may be, with how it is told.
    OUTCOMES: ClassVar[dict[str, tuple[str, str]]] = {
        "paid": ("支付成功", "paid"),
        "failed": ("支付失败，可更正后重付", "failed"),
        "returned": ("事后退汇，可更正后重付", "returned later"),
        "again": ("同一答复，此前已登记", "the same answer as before"),
        "unknown_line": ("没有这个流水号", "unknown reference"),
        "wrong_batch": ("流水号属于另一批次", "belongs to another batch"),
        "not_sent": ("这一笔没有送出过", "was never sent"),
        "amount_differs": ("金额与送出的不一致", "the amount differs"),
        "duplicate": ("同一文件里重复出现", "twice in one file"),
        "contradicts": ("与此前的答复矛盾", "contradicts an earlier answer"),
        "in_recovery": ("正在追回，请把退汇登记为追回到账", "asked back: book it as a receipt"),
        "unknown_answer": ("不认识的结果代码", "unknown result code"),
        "unreadable": ("这一行无法读取", "the row cannot be read"),
    }
    RIGHT: ClassVar[tuple[str, ...]] = ("paid", "failed", "returned", "again")

    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="answers")
    place = models.IntegerField("行号")
    reference = models.CharField("流水号", max_length=64, blank=True, default="")
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    answer = models.CharField("结果代码", max_length=12, blank=True, default="")
    bank_serial = models.CharField("银行流水", max_length=64, blank=True, default="")
    outcome = models.CharField("核对结果", max_length=20)
    line = models.ForeignKey(BatchLine, models.PROTECT, null=True, related_name="answers")
    #: Money that the bank says has moved and nobody can place: in suspense until cleared.
    suspense_fen = models.BigIntegerField("待查金额（分）", default=0)
    proposed = models.CharField("拟处理", max_length=200, blank=True, default="")
    proposed_by = models.BigIntegerField("提出人", null=True)
    cleared_by = models.BigIntegerField("复核人", null=True)
    cleared_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        ordering = ("file", "place")
        indexes = (models.Index(fields=["outcome", "id"], name="return_row_by_outcome"),)
        constraints = (
            models.UniqueConstraint(fields=["file", "place"], name="return_row_place"),
            models.CheckConstraint(
                name="suspense_cleared_by_two",
                condition=Q(cleared_by__isnull=True)
                | Q(proposed_by__isnull=False) & ~Q(cleared_by=F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_id}:{self.place}"
