"""Contacts, as they were told. A contact is never changed: a correction is a further row."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.followup.errors import FollowupRefused
from wenye.services.people.models import Person
from wenye.services.security.fields import SealedJSONField, SealedTextField


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Contacts by whose they are; they are added, and neither changed nor deleted."""

    town_column: ClassVar[str | None] = "town"
    case_worker_column: ClassVar[str | None] = "person__case_worker_id"
    person_column: ClassVar[str | None] = "person_id"

    def standing(self) -> Self:
        """Contacts that nothing corrects, and that took place."""
        return self.filter(corrected_by__isnull=True, void=False)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise FollowupRefused(_("联系记录不能修改。"), mend=_("请另记一条更正。"))

    def delete(self) -> NoReturn:
        """Refused."""
        raise FollowupRefused(_("联系记录不能删除。"), mend=_("请另记一条更正。"))


class Contact(models.Model):
    """One contact with one person."""

    YES, NO, UNKNOWN = "yes", "no", "unknown"
    ACCEPTS: ClassVar[list[tuple[str, str]]] = [
        (YES, "服从安排"),
        (NO, "不接受"),
        (UNKNOWN, "没有问到"),
    ]

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    town = models.CharField("街镇", max_length=60, blank=True, default="")
    at = models.DateTimeField("联系时间")
    #: The calendar day of ``at`` here.
    on = models.DateField("联系日期")
    method = models.CharField("方式", max_length=12)
    reached = models.BooleanField("联系到本人")
    outcome = models.CharField("结果", max_length=24)
    situation = models.CharField("就业状态", max_length=24, blank=True, default="")
    needs = models.JSONField("需求", default=list)
    accepts = models.CharField("是否服从安排", max_length=8, choices=ACCEPTS, default=UNKNOWN)
    refusal = models.CharField("不接受的原因", max_length=24, blank=True, default="")
    next_on = models.DateField("约定下次", null=True)
    #: Where it was, in words; no position is ever taken.
    place = SealedTextField("地点", blank=True, default="")
    note = SealedTextField("备注", blank=True, default="")
    #: What this row puts right; ``void`` says that the contact did not take place.
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    void = models.BooleanField("未发生", default=False)
    reason = SealedTextField("更正理由", blank=True, default="")
    recorded_at = models.DateTimeField("记录时间", default=timezone.now)
    #: A form sent twice is recorded once.
    token = models.CharField(max_length=36, null=True, unique=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["person", "-at"], name="contact_by_person"),
            models.Index(fields=["town", "on"], name="contact_by_town"),
            models.Index(fields=["worker", "on"], name="contact_by_worker"),
        )
        constraints = (
            models.CheckConstraint(
                name="contact_before_it_is_recorded",
                condition=models.Q(at__lte=models.F("recorded_at")),
            ),
        )

    def __str__(self) -> str:
        return f"contact:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; a contact that stands already is refused."""
        if not self._state.adding:
            raise FollowupRefused(_("联系记录不能修改。"), mend=_("请另记一条更正。"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise FollowupRefused(_("联系记录不能删除。"), mend=_("请另记一条更正。"))


class Draft(models.Model):
    """A visit's form, put aside: one for each worker and person; sealed whole."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    told = SealedJSONField("已填内容")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=["person", "worker"], name="one_draft_each"),)

    def __str__(self) -> str:
        return f"draft:{self.pk}"


class Stop(models.Model):
    """A person on a worker's round of a day, in order."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField("日期")
    place = models.IntegerField("次序", default=0)

    class Meta:
        ordering = ("on", "place", "pk")
        constraints = (
            models.UniqueConstraint(fields=["worker", "person", "on"], name="one_stop_each_day"),
        )

    def __str__(self) -> str:
        return f"stop:{self.pk}"


class Referred(models.Model):
    """A referral that came of a contact, with the case that it opened."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    town = models.CharField("街镇", max_length=60, blank=True, default="")
    kind = models.CharField("类别", max_length=24)
    scheme = models.CharField("项目", max_length=80, blank=True, default="")
    case_number = models.CharField("办件编号", max_length=40)
    on = models.DateField("日期")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["town", "on"], name="referred_by_town"),)

    def __str__(self) -> str:
        return f"referred:{self.pk}"
