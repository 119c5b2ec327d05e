"""A case (办件): what it is about, how far it has come, and what was said in it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from wenye.services.accounts.roles import Reach, Role, Scope
from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.cases.workflows import workflows
from wenye.services.decisions.models import UsedDecision
from wenye.services.security.fields import SealedJSONField


def _states(live_only: bool = False) -> models.Q:
    """The declared states, by workflow."""
    found = models.Q()
    for each in workflows().values():
        states = each.live_states if live_only else tuple(each.states)
        found |= models.Q(workflow=each.id, state__in=list(states))
    return found


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases by whose they are, and by what is to be done with them."""

    town_column: ClassVar[str | None] = "town"
    department_column: ClassVar[str | None] = "department"
    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"

    def within(self, scope: Scope) -> Self:
        """The cases that ``scope`` reaches, in the states that the role sees.

        Somebody who acts for themselves sees their own, and not those of the employer for whom they
        act in another post; the other way round as well.
        """
        acting = scope.acting
        if acting is None:
            return self.none()
        if scope.reach is Reach.SELF:
            column, key = {
                Role.CITIZEN: ("person_key", acting.person_key),
                Role.EMPLOYER_CLERK: ("employer_key", acting.employer_key),
            }.get(acting.role, ("", None))
            if key is None:
                return self.none()
            found = self.filter(**{column: key})
        else:
            found = super().within(scope)
        return found.filter(_seen(acting.role))

    def live(self) -> Self:
        """Those still under way."""
        return self.filter(_states(live_only=True))

    def to_be_paid(self) -> Self:
        """Approved, the district pays, and on values that money may be paid on."""
        return self.filter(state="approved", part="pay", amount_status="payable")

    def paid_monthly(self) -> Self:
        """Paid for some month, where further months may follow."""
        return self.filter(state="paid", part="pay", flow="monthly", amount_status="payable")

    def to_be_handed_over(self) -> Self:
        """Approved, and another body operates the scheme."""
        return self.filter(state="approved", part="hand_over")


def _seen(role: Role) -> models.Q:
    found = models.Q(pk__in=[])
    for each in workflows().values():
        states = each.seen_by(role)
        if states:
            found |= models.Q(workflow=each.id, state__in=list(states))
    return found


class Case(models.Model):
    """One case of one type. It moves by ``workflow.perform`` and by nothing else."""

    #: 2026-310114-000123: year, division, running number.
    number = models.CharField("办件编号", max_length=24, unique=True)
    case_type = models.CharField("事项", max_length=40)
    workflow = models.CharField("流程", max_length=40)
    state = models.CharField("状态", max_length=20)
    #: Grows with every change: whoever acts says which one they saw.
    version = models.IntegerField("版本", default=1)

    scheme = models.CharField("补贴项目", max_length=80, blank=True, default="")
    subject_register = models.CharField("登记册", max_length=40)
    subject_key = models.IntegerField("对象编号")
    person_key = models.IntegerField("人员编号", null=True, blank=True)
    employer_key = models.IntegerField("单位编号", null=True, blank=True)
    #: Somebody whom the case concerns without being theirs: the worker of an employer's subsidy.
    worker_key = models.IntegerField("相关人员编号", null=True, blank=True)
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    department = models.CharField("部门", max_length=40, blank=True, default="")
    offer_id = models.BigIntegerField("政策找人编号", null=True, blank=True)

    #: What the applicant has said, as a case (``told``); and the form's own fields.
    answers = SealedJSONField("申请人所述", default=dict)
    form = SealedJSONField("表单", default=dict)

    #: ``pay``: the district pays; ``hand_over``: another body does; empty: no money.
    part = models.CharField("由谁支付", max_length=10, blank=True, default="")
    flow = models.CharField("支付方式", max_length=10, blank=True, default="")
    outcome = models.CharField("结论", max_length=20, blank=True, default="")
    amount_fen = models.BigIntegerField("金额（分）", null=True, blank=True)
    amount_status = models.CharField("金额状态", max_length=20, blank=True, default="")
    #: The decision as submitted, as the town reviewed it, and as it was approved or refused.
    submitted_decision = models.ForeignKey(
        UsedDecision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_decision = models.ForeignKey(
        UsedDecision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        UsedDecision, models.PROTECT, null=True, blank=True, related_name="+"
    )

    opened_by = models.BigIntegerField("建立人", null=True, blank=True)
    opened_at = models.DateTimeField("建立时间", default=timezone.now)
    updated_at = models.DateTimeField("最近变动", default=timezone.now)
    state_since = models.DateTimeField("本状态起", default=timezone.now)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    #: By when the state is to be left; null where no document prints a time.
    due_on = models.DateField("办理期限", null=True, blank=True)
    #: By which the worklist goes, read from an index: cases without a time come last.
    urgent_on = models.GeneratedField(
        expression=Coalesce("due_on", models.Value(dt.date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["town", "state", "due_on", "id"], name="case_by_town"),
            # No index begins with the state: it would lure a worklist of many states into a sort.
            models.Index(fields=["id"], condition=models.Q(state="approved"), name="case_approved"),
            models.Index(fields=["urgent_on", "state_since", "id"], name="case_by_urgency"),
            models.Index(
                fields=["town", "urgent_on", "state_since", "id"], name="case_by_town_urgency"
            ),
            models.Index(fields=["person_key", "id"], name="case_by_person"),
            models.Index(fields=["employer_key", "id"], name="case_by_employer"),
            models.Index(
                fields=["scheme", "subject_register", "subject_key"], name="case_by_subject"
            ),
            models.Index(fields=["opened_by", "id"], name="case_by_opener"),
        )
        constraints = (
            models.CheckConstraint(name="case_in_a_declared_state", condition=_states()),
            models.CheckConstraint(
                name="case_amount_not_negative",
                condition=models.Q(amount_fen__isnull=True) | models.Q(amount_fen__gte=0),
            ),
            models.CheckConstraint(
                name="case_paid_on_a_decision",
                condition=~models.Q(part="pay", state__in=["paying", "paid", "clawback"])
                | models.Q(decision__isnull=False, outcome="entitled", amount_status="payable"),
            ),
            models.UniqueConstraint(
                fields=["case_type", "scheme", "subject_register", "subject_key"],
                condition=~models.Q(scheme="") & _states(live_only=True),
                name="one_live_case_for_a_subject",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def live(self) -> bool:
        """Whether it is still under way."""
        return workflows()[self.workflow].states[self.state].live

    @property
    def payable(self) -> bool:
        """Whether money may be paid on its decision."""
        return self.outcome == "entitled" and self.amount_status == "payable"


class Counter(models.Model):
    """The last number given out: locked while the next one is taken, so that none is left out."""

    series = models.CharField("系列", max_length=40, primary_key=True)
    last = models.BigIntegerField("最后编号", default=0)

    class Meta:
        ordering = ("series",)

    def __str__(self) -> str:
        return f"{self.series}:{self.last}"
