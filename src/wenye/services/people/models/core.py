"""People and employers as the pages know them: core facts as columns, and who they are."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from wenye.services.accounts.scoped import ScopedQuerySet
from wenye.services.people import names
from wenye.services.people.core_models import EmployerFacts, PersonFacts
from wenye.services.people.extra_facts import employer_extras, person_extras
from wenye.services.security import masking
from wenye.services.security.fields import BlindIndexField, SealedTextField
from wenye.services.security.sealing import blinds


class PersonQuerySet(ScopedQuerySet["Person"]):
    """People by whose they are, and by what is known of them alone."""

    town_column: ClassVar[str | None] = "town"
    case_worker_column: ClassVar[str | None] = "case_worker_id"
    person_column: ClassVar[str | None] = "key"

    def with_number(self, number: str) -> Self:
        """Whoever has an identity number, under any live key."""
        return self.filter(number_blind__in=blinds(number, "people.person.number"))

    def with_phone(self, phone: str) -> Self:
        """Whoever can be reached under a telephone number."""
        return self.filter(phone_blind__in=blinds(phone, "people.person.phone"))

    def named(self, prefix: str) -> Self:
        """Those whose name begins so."""
        first, above = names.bounds(prefix)
        return self.filter(name_order__gte=first, name_order__lt=above)


class Person(PersonFacts):
    """A natural person. The key is the registers' own and stays, whatever else changes."""

    key = models.IntegerField("编号", primary_key=True)
    name = models.TextField("姓名", blank=True, default="")
    name_order = models.BinaryField(max_length=names.ORDER_BYTES, default=b"")
    number = SealedTextField("证件号码", blank=True, default="")
    number_blind = BlindIndexField("number", db_index=True)
    phone = SealedTextField("联系电话", blank=True, default="")
    phone_blind = BlindIndexField("phone", db_index=True)
    account = SealedTextField("银行账号", blank=True, default="")
    account_blind = BlindIndexField("account", db_index=True)
    case_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="caseload",
        verbose_name="就业援助员",
    )
    #: A district's own facts (``people.extra_facts``).
    extra = models.JSONField("补充事项", default=dict, blank=True, validators=[person_extras])
    #: No longer in the register in force: what is said of them was true once.
    closed = models.BooleanField("已不在册", default=False)
    closed_at = models.DateTimeField("不在册起", null=True)
    #: The snapshot that first had them, and a digest of what the last one said.
    since = models.BigIntegerField("首次读入", null=True)
    digest = models.BigIntegerField(default=0)
    anonymised_at = models.DateTimeField("匿名化时间", null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        indexes = (
            models.Index(fields=["name_order", "key"], name="person_by_name"),
            models.Index(fields=["town", "name_order", "key"], name="person_by_town"),
        )

    def __str__(self) -> str:
        return f"people:{self.pk}"

    @property
    def shown_name(self) -> str:
        """The name in full, for the page of the person that one works on."""
        return names.shown(self.name) or f"（{self.pk}）"

    @property
    def masked_name(self) -> str:
        """张*."""
        return masking.name(names.shown(self.name)) or f"（{self.pk}）"

    @property
    def masked_number(self) -> str:
        """310114********002X."""
        return masking.document(self.number or "")

    @property
    def masked_phone(self) -> str:
        """138****1234."""
        return masking.phone(self.phone or "")

    @property
    def masked_account(self) -> str:
        """****1234."""
        return masking.account(self.account) if self.account else ""


class EmployerQuerySet(ScopedQuerySet["Employer"]):
    """Employers by whose they are."""

    town_column: ClassVar[str | None] = "town"
    employer_column: ClassVar[str | None] = "key"

    def named(self, prefix: str) -> Self:
        """Those whose name begins so."""
        first, above = names.bounds(prefix)
        return self.filter(name_order__gte=first, name_order__lt=above)


class Employer(EmployerFacts):
    """An employing unit. Its name and credit code are public."""

    key = models.IntegerField("编号", primary_key=True)
    name = models.TextField("单位名称", blank=True, default="")
    name_order = models.BinaryField(max_length=names.ORDER_BYTES, default=b"")
    code = models.CharField("统一社会信用代码", max_length=40, blank=True, default="")
    account = SealedTextField("银行账号", blank=True, default="")
    account_blind = BlindIndexField("account", db_index=True)
    extra = models.JSONField("补充事项", default=dict, blank=True, validators=[employer_extras])
    closed = models.BooleanField("已不在册", default=False)
    closed_at = models.DateTimeField("不在册起", null=True)
    since = models.BigIntegerField("首次读入", null=True)
    digest = models.BigIntegerField(default=0)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        indexes = (
            models.Index(fields=["name_order", "key"], name="employer_by_name"),
            models.Index(fields=["town", "name_order", "key"], name="employer_by_town"),
            models.Index(fields=["code"], name="employer_by_code"),
        )

    def __str__(self) -> str:
        return f"employers:{self.pk}"

    @property
    def shown_name(self) -> str:
        """The name as a page may print it."""
        return names.shown(self.name) or f"（{self.pk}）"

    @property
    def masked_account(self) -> str:
        """****1234."""
        return masking.account(self.account) if self.account else ""
