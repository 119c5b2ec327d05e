"""“This fact is wrong”: proposed by one, decided by another of the department that supplies it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.registers.model import MODEL
from wenye.registers.schema import KEY
from wenye.rules.errors import CaseError
from wenye.rules.facts import Entity, Fact
from wenye.rules.values import encode
from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.people.corrected_columns import put_in
from wenye.services.people.models import Correction, Employer, Person
from wenye.services.people.suppliers import department_of

ENTITIES: dict[str, type[Entity]] = {entity.register.name: entity for entity in MODEL}
LONGEST_REASON = 1_000


class CorrectionRefused(Exception):
    """A correction that cannot be proposed or decided: ``what`` and ``mend``; ``status`` 409."""

    def __init__(self, what: str, *, mend: str = "", status: int = 400) -> None:
        self.what = what
        self.where = ""
        self.mend = mend
        self.status = status
        super().__init__(what)


def correctable(entity: type[Entity]) -> dict[str, Fact]:
    """The facts that may be said to be wrong. Whose a row is, is another row: not one of them."""
    return {name: fact for name, fact in entity.facts().items() if fact.kind.name != "key"}


def owners(entity: type[Entity], row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The person and the employer that a row of a register is about."""
    found: dict[str, int | None] = {entity.register.name: row[KEY]}
    for name, fact in entity.facts().items():
        if fact.kind.name == "key":
            value = row[name]
            known = value if isinstance(value, int) and value > 0 else None
            found.setdefault(fact.target.register.name, known)
    return found.get("people"), found.get("employers")


def propose(
    acting: Acting, register: str, row: Mapping[str, Any], fact: str, value: Any, reason: str
) -> Correction:
    """Say that a fact of a row is wrong, and what it should be (as in a case).

    The caller has seen that the row is within reach. CorrectionRefused where the value is none of
    the fact's, or the same is being looked at already.
    """
    entity = ENTITIES[register]
    definition = correctable(entity).get(fact)
    if definition is None:
        raise CorrectionRefused(_("这个事项不能更正。"), mend=_("请从登记的事项里选。"))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise CorrectionRefused(
            _("请写明为什么不对，最多1000字。"), mend=_("例如：与户口簿不一致。")
        )
    where = f"{register}:{row[KEY]}.{fact}"
    try:
        if isinstance(value, int) and value < 0:
            raise CaseError("a register's number is never negative", where=where)
        stored = encode(definition, value, where)
    except CaseError as error:
        raise CorrectionRefused(
            _("“%(label)s”的新值不对。") % {"label": definition.label},
            mend=_("请按表单里的格式填写。"),
        ) from error
    if stored == row[fact]:
        raise CorrectionRefused(_("新值和现在登记的一样。"), mend=_("没有需要更正的。"))
    person, employer = owners(entity, row)
    with transaction.atomic():
        waiting = Correction.objects.filter(
            register=register, row_key=row[KEY], fact=fact, state=Correction.PROPOSED
        )
        if waiting.select_for_update().exists():
            raise CorrectionRefused(
                _("这个事项已经有人反映，正在核实。"), mend=_("请等核实结果。"), status=409
            )
        made = Correction.objects.create(
            register=register,
            row_key=row[KEY],
            fact=fact,
            value=value,
            person_key=person,
            employer_key=employer,
            town=_town(person, employer),
            department=department_of(definition),
            reason=reason,
            proposed_by=acting.user_id,
        )
        record.change(
            acting,
            "correction.propose",
            "correction",
            made.pk,
            person=person,
            employer=employer,
            purpose=Purpose.OWN if not acting.is_officer else Purpose.CORRECTION,
            detail={"register": register, "fact": fact, "department": made.department},
        )
    return made


def decide(acting: Acting, correction_id: int, *, accept: bool, answer: str) -> Correction:
    """Accept or refuse; by somebody else than who proposed it, of the department that supplies."""
    answer = answer.strip()
    if not answer or len(answer) > LONGEST_REASON:
        raise CorrectionRefused(_("请写明核实的结果，最多1000字。"), mend=_("答复会给提出人看到。"))
    with transaction.atomic():
        row = Correction.objects.select_for_update().get(pk=correction_id)
        if row.state != Correction.PROPOSED:
            raise CorrectionRefused(
                _("这件更正已经核实过了。"), mend=_("请刷新页面看结果。"), status=409
            )
        if row.department != acting.department:
            raise CorrectionRefused(
                _("这个事项不由您的部门提供。"), mend=_("由提供部门核实。"), status=403
            )
        if row.proposed_by == acting.user_id or _concerns(acting, row):
            raise CorrectionRefused(
                _("不能核实自己提出的、或者与自己、近亲属和本单位有关的更正。"),
                mend=_("请由同部门的另一个人核实。"),
                status=403,
            )
        row.state = Correction.ACCEPTED if accept else Correction.REFUSED
        row.answer, row.decided_by, row.decided_at = answer, acting.user_id, timezone.now()
        row.save()
        if accept:
            put_in(row.register, row)
        record.change(
            acting,
            "correction.accept" if accept else "correction.refuse",
            "correction",
            row.pk,
            person=row.person_key,
            employer=row.employer_key,
            purpose=Purpose.CORRECTION,
            detail={"register": row.register, "fact": row.fact},
        )
    return row


def withdraw(acting: Acting, correction_id: int) -> Correction:
    """Take back what one has proposed, before it is decided."""
    with transaction.atomic():
        row = Correction.objects.select_for_update().get(pk=correction_id)
        if row.proposed_by != acting.user_id:
            raise CorrectionRefused(_("只有提出人能撤回。"), status=403)
        if row.state != Correction.PROPOSED:
            raise CorrectionRefused(_("这件更正已经核实过了。"), status=409)
        row.state = Correction.WITHDRAWN
        row.save(update_fields=["state"])
        record.change(
            acting,
            "correction.withdraw",
            "correction",
            row.pk,
            person=row.person_key,
            employer=row.employer_key,
        )
    return row


def _concerns(acting: Acting, row: Correction) -> bool:
    if row.person_key is not None:
        relatives = User.objects.values_list("relatives", flat=True).get(pk=acting.user_id)
        if row.person_key == acting.person_key or row.person_key in relatives:
            return True
    return row.employer_key is not None and row.employer_key == acting.employer_key


def _town(person: int | None, employer: int | None) -> str:
    town = None
    if person is not None:
        town = Person.objects.filter(pk=person).values_list("town", flat=True).first()
    elif employer is not None:
        town = Employer.objects.filter(pk=employer).values_list("town", flat=True).first()
    return (town or "")[:9]
