"""How somebody can be reached and paid: what people tell the service itself, with their consent."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.people.models import Consent, Person

_PHONE = re.compile(r"\+?\d{7,15}")
_ACCOUNT = re.compile(r"\d{8,30}")


class ContactRefused(Exception):
    """A number that cannot be one: ``what`` and ``mend``."""

    def __init__(self, what: str, *, mend: str = "") -> None:
        self.what = what
        self.where = ""
        self.mend = mend
        super().__init__(what)


def _purpose(acting: Acting) -> Purpose:
    return Purpose.COUNTER if acting.is_officer else Purpose.OWN


def set_phone(acting: Acting, person_key: int, phone: str) -> Person:
    """Keep a telephone number; giving it is consent to be called (an empty one takes both back)."""
    plain = re.sub(r"[\s()-]", "", phone)
    if plain and not _PHONE.fullmatch(plain):
        raise ContactRefused(_("电话号码只能有7到15位数字。"), mend=_("手机号11位；座机请带区号。"))
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_key)
        person.phone = plain
        person.save(update_fields=["phone", "phone_blind"])
        _consent(acting, person_key, Consent.PHONE, given=bool(plain))
        record.change(
            acting,
            "person.phone" if plain else "person.phone_removed",
            "person",
            person_key,
            person=person_key,
            purpose=_purpose(acting),
        )
    return person


def set_account(acting: Acting, person_key: int, account: str) -> Person:
    """Keep the bank account into which support is paid; an empty one is taken out."""
    plain = re.sub(r"[\s-]", "", account)
    if plain and not _ACCOUNT.fullmatch(plain):
        raise ContactRefused(
            _("银行账号只能有8到30位数字。"), mend=_("请照银行卡填写，不要写户名。")
        )
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_key)
        person.account = plain
        person.save(update_fields=["account", "account_blind"])
        record.change(
            acting,
            "person.account" if plain else "person.account_removed",
            "person",
            person_key,
            person=person_key,
            purpose=_purpose(acting),
        )
    return person


def consent(acting: Acting, person_key: int, subject: str, *, given: bool) -> None:
    """Give a consent, or take it back; nothing happens where it stands so already."""
    if subject not in dict(Consent.SUBJECTS):
        raise ContactRefused(_("没有这个同意事项。"))
    with transaction.atomic():
        if subject == Consent.PHONE and not given:
            set_phone(acting, person_key, "")
            return
        if _consent(acting, person_key, subject, given=given):
            record.change(
                acting,
                "consent.give" if given else "consent.withdraw",
                "person",
                person_key,
                person=person_key,
                purpose=_purpose(acting),
                detail={"subject": subject},
            )


def _consent(acting: Acting, person_key: int, subject: str, *, given: bool) -> bool:
    standing = Consent.objects.select_for_update().filter(
        person_key=person_key, subject=subject, withdrawn_at__isnull=True
    )
    if standing.exists() == given:
        return False
    if given:
        Consent.objects.create(person_key=person_key, subject=subject, given_by=acting.user_id)
    else:
        standing.update(withdrawn_at=timezone.now(), withdrawn_by=acting.user_id)
    return True


def may_contact(person_key: int, subject: str = Consent.PHONE) -> bool:
    """Whether they have agreed to be called (or sent messages) beyond what the law asks for."""
    return Consent.objects.filter(
        person_key=person_key, subject=subject, withdrawn_at__isnull=True
    ).exists()
