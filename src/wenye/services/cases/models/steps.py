"""Every step that a case has taken: person, time, organisation, result, reason."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from wenye.services.cases.models.cases import Case
from wenye.services.cases.workflows import Workflow, workflows
from wenye.services.decisions.models import UsedDecision
from wenye.services.security.fields import SealedJSONField, SealedTextField


def _moves(workflow: Workflow) -> models.Q:
    """The steps that a workflow declares, as a condition on a row."""
    by_ends: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for each in workflow.transitions:
        for source in each.sources:
            by_ends.setdefault((source, each.ends), set()).add(each.id)
    found = models.Q(transition="open", from_state="", to_state=workflow.begins)
    for (source, ends), ids in sorted(by_ends.items()):
        found |= models.Q(
            transition__in=sorted(ids), from_state=source, to_state__in=sorted({*ends})
        )
    return models.Q(workflow=workflow.id) & found


def _declared() -> models.Q:
    found = models.Q()
    for each in workflows().values():
        found |= _moves(each)
    return found


class Step(models.Model):
    """One step. Only ever added; two people who act at once on a case cannot both add the next."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    number = models.IntegerField("序号")
    workflow = models.CharField("流程", max_length=40)
    transition = models.CharField("步骤", max_length=30)
    from_state = models.CharField("原状态", max_length=20, blank=True)
    to_state = models.CharField("新状态", max_length=20)
    at = models.DateTimeField("时间", default=timezone.now)
    user_id = models.BigIntegerField("经办人", null=True)  # null: the service itself
    #: Who the user is as a person: two accounts of one person are one person.
    by_person = models.IntegerField("经办人的人员编号", null=True)
    name = models.CharField("经办人姓名", max_length=80, blank=True, default="")
    role = models.CharField("角色", max_length=20, blank=True, default="")
    #: The town or department in whose name it was done.
    organisation = models.CharField("机构", max_length=60, blank=True, default="")
    result = models.CharField("结果", max_length=40, blank=True, default="")
    reason = SealedTextField("理由", blank=True, default="")
    data = SealedJSONField("内容", default=dict)
    decision = models.ForeignKey(UsedDecision, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="steps_one_after_another"),
            models.CheckConstraint(name="step_is_declared", condition=_declared()),
        )

    def __str__(self) -> str:
        return f"{self.case_id}.{self.number} {self.transition}"
