"""What stands over a snapshot: facts corrected, and rows that the service itself has registered.

Bureau files come again every month; a correction stays until the supplier's file says the same or
it is withdrawn. Values are written as in a case (``rules.values``): ``"2026-03-01"``, ``true``,
``null`` for "there is none".
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.security.fields import SealedJSONField, SealedTextField


class CorrectionQuerySet(ScopedQuerySet["Correction"]):
    """Corrections by state and owner."""

    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"
    town_column: ClassVar[str | None] = "town"
    department_column: ClassVar[str | None] = "department"

    def accepted(self) -> CorrectionQuerySet:
        """Those that count."""
        return self.filter(state=Correction.ACCEPTED)


class Correction(models.Model):
    """“This fact is wrong”: one fact of one row, put right by the department that supplies it."""

    PROPOSED, ACCEPTED, REFUSED, WITHDRAWN = "proposed", "accepted", "refused", "withdrawn"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (PROPOSED, "待核实"),
        (ACCEPTED, "已更正"),
        (REFUSED, "不更正"),
        (WITHDRAWN, "已撤回"),
    ]

    register = models.CharField("登记册", max_length=40)
    row_key = models.IntegerField("行编号")
    fact = models.CharField("事项", max_length=60)
    #: What it should be, as in a case; sealed, since it may say anything about anybody.
    value = SealedJSONField("更正为", null=True)
    person_key = models.IntegerField("人员编号", null=True, db_index=True)
    employer_key = models.IntegerField("单位编号", null=True, db_index=True)
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    #: The department that supplies the fact, and has to say whether it is wrong.
    department = models.CharField("提供部门", max_length=60)
    state = models.CharField("状态", max_length=10, choices=STATES, default=PROPOSED)
    reason = SealedTextField("理由")
    answer = SealedTextField("答复", blank=True, default="")
    proposed_by = models.BigIntegerField("提出人", null=True)
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.BigIntegerField("核实人", null=True)
    decided_at = models.DateTimeField("核实时间", null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["register", "row_key"], name="correction_by_row"),)
        constraints = (
            models.CheckConstraint(
                name="correction_by_two",
                condition=~models.Q(state="accepted")
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.register}:{self.row_key}.{self.fact}"


class Addition(models.Model):
    """A row that the service registered itself, beside those that a bureau sent.

    A certification, a registration of flexible work: what a case has decided counts as a fact from
    that day on, until a bureau's file brings the same row.
    """

    #: Keys of added rows lie above those of every register.
    FIRST_KEY: ClassVar[int] = 1_500_000_000

    register = models.CharField("登记册", max_length=40)
    values = SealedJSONField("内容")  # fact → value as in a case; references hold keys
    person_key = models.IntegerField("人员编号", null=True, db_index=True)
    employer_key = models.IntegerField("单位编号", null=True, db_index=True)
    case_id = models.BigIntegerField("办件", null=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    made_by = models.BigIntegerField("登记人", null=True)
    made_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["register", "id"], name="addition_by_register"),)

    def __str__(self) -> str:
        return f"{self.register}+{self.pk}"

    @property
    def row_key(self) -> int:
        """The key under which the row stands in its register."""
        return self.FIRST_KEY + int(self.pk)
