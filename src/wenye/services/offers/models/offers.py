"""An offer: an entitlement found by the service itself, and what the one entitled says to it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from wenye.services.accounts.roles import Reach, Role, Scope
from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.decisions.models import UsedDecision
from wenye.services.offers.models.runs import Run
from wenye.services.security.fields import SealedTextField


class OfferQuerySet(ScopedQuerySet["Offer"]):
    """Offers by whose they are, and by whether somebody has to do something about them."""

    town_column: ClassVar[str | None] = "town"
    person_column: ClassVar[str | None] = "person_key"
    employer_column: ClassVar[str | None] = "employer_key"

    def within(self, scope: Scope) -> Self:
        """As ``ScopedQuerySet``; one who acts for themselves sees those of that post alone."""
        acting = scope.acting
        if scope.reach is Reach.SELF and acting is not None:
            column, key = {
                Role.CITIZEN: ("person_key", acting.person_key),
                Role.EMPLOYER_CLERK: ("employer_key", acting.employer_key),
            }.get(acting.role, ("", None))
            return self.none() if key is None else self.filter(**{column: key})
        return super().within(scope)

    def unanswered(self) -> Self:
        """Standing offers that wait for an answer."""
        return self.filter(state__in=Offer.UNANSWERED).exclude(mode=Offer.INFORMATION)

    def unheard(self) -> Self:
        """Standing offers of which nothing says that anybody has heard."""
        return self.filter(state=Offer.MADE).exclude(mode=Offer.INFORMATION)


class Offer(models.Model):
    """One entitlement offered once. ``live`` while the entitlement stands."""

    MADE, HEARD, CONFIRMED, DECLINED = "made", "heard", "confirmed", "declined"
    APPLIED, WITHDRAWN, LAPSED = "applied", "withdrawn", "lapsed"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (MADE, "已生成"),
        (HEARD, "已知晓"),
        (CONFIRMED, "已确认"),
        (DECLINED, "不需要"),
        (APPLIED, "已申请"),
        (WITHDRAWN, "已撤回"),
        (LAPSED, "已失效"),
    ]
    #: States in which an answer is still waited for.
    UNANSWERED: ClassVar[tuple[str, str]] = (MADE, HEARD)

    NOTICE, CONFIRM, APPLY, INFORMATION = "notice", "confirm", "apply", "information"
    MODES: ClassVar[list[tuple[str, str]]] = [
        (NOTICE, "免申即享"),
        (CONFIRM, "确认即享"),
        (APPLY, "申请"),
        (INFORMATION, "告知"),
    ]

    scheme = models.CharField("补贴项目", max_length=80)
    subject_register = models.CharField("登记册", max_length=40)
    subject_key = models.IntegerField("对象编号")
    #: Whose it is: a person or an employer; the worker whom an employer's offer concerns.
    person_key = models.IntegerField("人员编号", null=True)
    employer_key = models.IntegerField("单位编号", null=True)
    worker_key = models.IntegerField("相关人员编号", null=True)
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    mode = models.CharField("方式", max_length=12, choices=MODES)
    state = models.CharField("状态", max_length=10, choices=STATES, default=MADE)
    live = models.BooleanField("权益仍在", default=True)

    amount_fen = models.BigIntegerField("金额（分）", null=True)
    amount_status = models.CharField("金额状态", max_length=12)
    #: Months still to be paid of a monthly support.
    months_left = models.IntegerField("剩余月数", null=True)
    law = models.CharField("依据版本", max_length=80, blank=True, default="")
    law_day = models.DateField("适用规定日期", null=True)
    #: What changed last, and why: ``offers.changes``.
    why = models.JSONField("变化原因", default=dict)
    #: Objections are heard until then, where it is paid without a click.
    objections_until = models.DateField("异议期至", null=True)

    first_run = models.ForeignKey(Run, models.PROTECT, related_name="offers_made")
    #: The run that last changed it.
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间", default=timezone.now)
    heard_at = models.DateTimeField("知晓时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    #: The user who answered: the person, or an officer for them.
    answered_by = models.BigIntegerField("答复人", null=True)
    decline_code = models.CharField("不需要的原因", max_length=20, blank=True, default="")
    decline_words = SealedTextField("补充说明", blank=True, default="")
    decision = models.ForeignKey(
        UsedDecision, models.PROTECT, null=True, related_name="+", verbose_name="判定回执"
    )
    case_number = models.CharField("办件编号", max_length=24, blank=True, default="")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["town", "state", "scheme", "id"], name="offer_by_town"),
            models.Index(fields=["state", "scheme", "id"], name="offer_by_state"),
            models.Index(fields=["scheme", "live", "subject_key"], name="offer_by_scheme"),
            models.Index(fields=["person_key", "id"], name="offer_by_person"),
            models.Index(fields=["employer_key", "id"], name="offer_by_employer"),
            models.Index(fields=["first_run", "scheme"], name="offer_by_run"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["scheme", "subject_register", "subject_key"],
                condition=models.Q(live=True),
                name="one_standing_offer_of_a_subject",
            ),
            models.CheckConstraint(
                name="offer_is_somebodys",
                condition=models.Q(person_key__isnull=False, employer_key__isnull=True)
                | models.Q(person_key__isnull=True, employer_key__isnull=False),
            ),
            models.CheckConstraint(
                name="lapsed_offer_no_longer_stands",
                condition=~models.Q(state="lapsed") | models.Q(live=False),
            ),
            models.CheckConstraint(
                name="confirmed_offer_has_its_decision",
                condition=~models.Q(state="confirmed") | models.Q(decision__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"offers:{self.pk}"

    @property
    def waits(self) -> bool:
        """Whether an answer is still waited for."""
        return self.live and self.state in self.UNANSWERED and self.mode != self.INFORMATION


class OfferChange(models.Model):
    """What a run changed of an offer, and why. Only ever added."""

    CHANGED, LAPSED, OVER, APPLIED, WITHDRAWN = "changed", "lapsed", "over", "applied", "withdrawn"
    KINDS: ClassVar[list[tuple[str, str]]] = [
        (CHANGED, "内容有变"),
        (LAPSED, "失效"),
        (OVER, "权益已结束"),
        (APPLIED, "已自行申请"),
        (WITHDRAWN, "撤回"),
    ]

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="changes")
    run = models.ForeignKey(Run, models.PROTECT, related_name="offer_changes")
    kind = models.CharField("变化", max_length=10, choices=KINDS)
    #: As ``Offer.why``.
    why = models.JSONField("原因", default=dict)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["run", "kind"], name="offer_change_by_run"),
            models.Index(fields=["offer", "id"], name="offer_change_by_offer"),
        )

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind}"
