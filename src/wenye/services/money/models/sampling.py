"""Samples of payments looked at afterwards, each drawn with a known probability."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenye.services.money.models.payments import Instalment
from wenye.services.security.fields import SealedTextField


class Sample(models.Model):
    """One sample: how it was drawn, so that anybody can draw it again."""

    first_day = models.DateField("支付起")
    last_day = models.DateField("支付止")
    size = models.IntegerField("样本量")
    seed = models.BigIntegerField("随机种子")
    #: SHA-256 of the frame: ids and amounts of every payment that could have been drawn.
    frame_digest = models.CharField("抽样框摘要", max_length=64)
    #: Scheme → number and amount in the frame, and the number drawn.
    strata = models.JSONField("分层", default=dict)
    made_by = models.BigIntegerField("抽取人", null=True)
    made_at = models.DateTimeField("抽取时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.first_day}–{self.last_day}"


class SampledPayment(models.Model):
    """One payment of a sample, its probability, and what was found."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="payments")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="samplings")
    stratum = models.CharField("层", max_length=80)
    #: The inclusion probability as a fraction: times drawn expected, numerator and denominator.
    share_fen = models.BigIntegerField("入样概率分子")
    whole_fen = models.BigIntegerField("入样概率分母")
    #: Null until it was looked at; negative: too little was paid.
    error_fen = models.BigIntegerField("差错（分）", null=True)
    finding = SealedTextField("发现", blank=True, default="")
    looked_by = models.BigIntegerField("核查人", null=True)
    looked_at = models.DateTimeField("核查时间", null=True)

    class Meta:
        ordering = ("sample", "stratum", "instalment")
        constraints = (
            models.UniqueConstraint(fields=["sample", "instalment"], name="sampled_once"),
            models.CheckConstraint(
                name="sampled_with_a_probability",
                condition=Q(share_fen__gt=0) & Q(share_fen__lte=models.F("whole_fen")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sample_id}:{self.instalment_id}"

    @property
    def probability(self) -> float:
        """The inclusion probability."""
        return self.share_fen / self.whole_fen
