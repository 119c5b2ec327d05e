"""A number in full: only for a purpose, one at a time, and always in the log."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.people.models import Person

#: What can be seen in full, and for what: the purposes that an officer may name.
NUMBERS = {"number": "证件号码", "phone": "联系电话", "account": "银行账号"}
PURPOSES: dict[str, tuple[Purpose, ...]] = {
    "number": (Purpose.COUNTER, Purpose.REVIEW, Purpose.CORRECTION),
    "phone": (Purpose.COUNTER, Purpose.FOLLOW_UP, Purpose.SERVICE, Purpose.REVIEW),
    "account": (Purpose.PAYMENT, Purpose.REVIEW, Purpose.COUNTER),
}


class RevealRefused(Exception):
    """No such number, or no purpose for it."""

    def __init__(self, what: str, *, mend: str = "") -> None:
        self.what = what
        self.where = ""
        self.mend = mend
        super().__init__(what)


def purposes(acting: Acting, which: str) -> tuple[Purpose, ...]:
    """For what somebody may see a number in full: their own for themselves."""
    return PURPOSES[which] if acting.is_officer else (Purpose.OWN,)


def reveal(acting: Acting, person: Person, which: str, purpose: str, page: str) -> str:
    """The number in full; the log says who saw which, and what for. Empty where there is none."""
    if which not in NUMBERS:
        raise RevealRefused(_("没有这种号码。"))
    if purpose not in purposes(acting, which):
        raise RevealRefused(
            _("请先选查看目的。"), mend=_("完整号码只在办事需要时才能查看，每次都会记录。")
        )
    with transaction.atomic():
        record.read(
            acting,
            Purpose(purpose),
            people=[person.pk],
            page=page,
            detail={"full": which},
        )
    return str(getattr(person, which) or "")
