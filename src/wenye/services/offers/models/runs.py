"""Nightly runs: what was judged, what came of it by scheme and town, and what changed since."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Run(models.Model):
    """One day of determination, judged and turned into offers; done again, it changes nothing."""

    RUNNING, COMPLETE, FAILED = "running", "complete", "failed"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (RUNNING, "进行中"),
        (COMPLETE, "已完成"),
        (FAILED, "未完成"),
    ]

    on = models.DateField("判定日", unique=True)
    state = models.CharField("状态", max_length=10, choices=STATES, default=RUNNING)
    #: The stage that is under way, and how far it is.
    stage = models.CharField("阶段", max_length=20, blank=True, default="")
    done = models.IntegerField("已做", default=0)
    total = models.IntegerField("总数", default=0)
    started_at = models.DateTimeField("开始", default=timezone.now)
    #: When it last said how far it is.
    seen_at = models.DateTimeField("最近进展", default=timezone.now)
    finished_at = models.DateTimeField("完成", null=True)
    attempts = models.IntegerField("次数", default=0)
    #: What it failed with, in words.
    failure = models.CharField("原因", max_length=300, blank=True, default="")
    facts_digest = models.CharField("登记册摘要", max_length=64, blank=True, default="")
    rules_digest = models.CharField("规则摘要", max_length=64, blank=True, default="")
    parameters_digest = models.CharField("参数摘要", max_length=64, blank=True, default="")
    #: SHA-256 of the results' manifest.
    manifest_digest = models.CharField("清单摘要", max_length=64, blank=True, default="")
    counts = models.JSONField("数量", default=dict)

    class Meta:
        ordering = ("-on",)

    def __str__(self) -> str:
        return f"{self.on}"

    @property
    def folder(self) -> Path:
        """Where its facts and results lie."""
        return Path(settings.HOME) / "runs" / self.on.isoformat()

    @property
    def results_folder(self) -> Path:
        """The folder of ``determination.results``."""
        return self.folder / "results"


class RunFlow(models.Model):
    """How one scheme's subjects ran through in one town: numbers only."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="flow")
    scheme = models.CharField("补贴项目", max_length=80)
    #: Empty where the subject's town is not known.
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    judged = models.IntegerField("判定")
    entitled = models.IntegerField("符合")
    not_entitled = models.IntegerField("不符合")
    undetermined = models.IntegerField("待定")
    granted = models.IntegerField("计入")
    payable = models.IntegerField("可发放")
    payable_fen = models.BigIntegerField("可发放金额（分）")
    #: Entitled, of a scheme that is offered, and held back all the same.
    held_back = models.IntegerField("未发出", default=0)

    class Meta:
        ordering = ("run", "scheme", "town")
        constraints = (
            models.UniqueConstraint(fields=["run", "scheme", "town"], name="one_flow_of_a_town"),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.scheme} {self.town}"


class RunChange(models.Model):
    """So many subjects came out otherwise than in the run before, and by what: numbers only."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="changes")
    scheme = models.CharField("补贴项目", max_length=80)
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    #: ``entitled``, ``not_entitled``, ``undetermined``, ``yields``; empty: not in the registers.
    before = models.CharField("原结论", max_length=20, blank=True, default="")
    after = models.CharField("新结论", max_length=20, blank=True, default="")
    #: ``condition``, ``law``, ``value``, ``other_scheme``, ``new``, ``gone``.
    cause = models.CharField("原因", max_length=20)
    condition = models.CharField("条件", max_length=80, blank=True, default="")
    #: The answer that the condition has now.
    answer = models.BooleanField("现在", null=True)
    subjects = models.IntegerField("数量")

    class Meta:
        ordering = ("run", "scheme", "-subjects", "id")
        indexes = (models.Index(fields=["run", "scheme"], name="change_by_scheme"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.scheme} {self.before}→{self.after}"
