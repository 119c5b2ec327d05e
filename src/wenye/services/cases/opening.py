"""Opening a case: a draft with its number, for somebody, by somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import OFFICERS, Acting
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused, Conflict, NotAllowed
from wenye.services.cases.models import Case, Step
from wenye.services.cases.numbering import case_number
from wenye.services.cases.standing import own_interest, reaches
from wenye.services.cases.types import CaseType, case_types
from wenye.services.cases.whose import whose
from wenye.services.cases.workflow import who
from wenye.services.decisions.district import district

#: Our part in a scheme → who pays.
PARTS = {"pay": "pay", "pre-check and hand over": "hand_over"}


def open_case(
    acting: Acting | None,
    case_type: str,
    *,
    scheme: str | None = None,
    subject_register: str,
    subject_key: int,
    person_key: int | None = None,
    employer_key: int | None = None,
    answers: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    offer_id: int | None = None,
) -> Case:
    """A new case in its workflow's first state. ``acting`` None is the service itself.

    Whose it is follows from the subject's row, unless it is said. CaseRefused where the type, the
    scheme or the row is not there; NotAllowed where ``acting`` may not open it; Conflict where one
    for the same subject and scheme is under way.
    """
    kind = _kind(case_type, scheme, subject_register)
    rules = district().scheme(scheme) if scheme else None
    owner = whose(subject_register, subject_key, rules)
    now = timezone.now()
    case = Case(
        case_type=kind.id,
        workflow=kind.workflow_id,
        state=kind.workflow.begins,
        scheme=scheme or "",
        subject_register=subject_register,
        subject_key=subject_key,
        person_key=owner.person_key if person_key is None else person_key,
        employer_key=owner.employer_key if employer_key is None else employer_key,
        worker_key=owner.worker_key,
        town=owner.town,
        department=kind.department,
        offer_id=offer_id,
        answers=dict(answers or {}),
        form=dict(form or {}),
        part=PARTS.get(rules.our_part, "") if rules and kind.decides else "",
        flow=rules.flow() if rules else "",
        opened_by=acting.user_id if acting else None,
        opened_at=now,
        updated_at=now,
        state_since=now,
    )
    _may_open(kind, case, acting)
    with transaction.atomic():
        case.number = case_number(timezone.localdate(now).year, district().division)
        try:
            with transaction.atomic():
                case.save()
        except IntegrityError as error:
            raise _already(case) from error
        Step.objects.create(
            case=case,
            number=1,
            workflow=case.workflow,
            transition="open",
            from_state="",
            to_state=case.state,
            at=now,
            **who(acting, case),
        )
        record.change(
            acting,
            "case.open",
            "case",
            case.number,
            person=case.person_key,
            employer=case.employer_key,
            detail={"type": kind.id, "scheme": case.scheme},
        )
    return case


def live_case(case_type: str, scheme: str, subject_register: str, subject_key: int) -> Case | None:
    """The case for a subject and scheme that is under way, if any."""
    return (
        Case.objects.live()
        .filter(
            case_type=case_type,
            scheme=scheme,
            subject_register=subject_register,
            subject_key=subject_key,
        )
        .first()
    )


def _kind(case_type: str, scheme: str | None, register: str) -> CaseType:
    kind = case_types().get(case_type)
    if kind is None:
        raise CaseRefused(_("没有这种事项。"), where=case_type, mend=_("请从事项目录重新进入。"))
    offered = kind.schemes()
    if (scheme or "") not in (offered or ("",)):
        raise CaseRefused(
            _("这项政策不用“%(label)s”办理。") % {"label": kind.label},
            where=scheme or "",
            mend=_("请从政策页面看怎样办理。"),
        )
    expected = (
        district().scheme(scheme).subject.register.name
        if kind.about == "scheme" and scheme
        else kind.about
    )
    if kind.about != "anybody" and register != expected:
        raise CaseRefused(
            _("这种事项不是关于这一类对象的。"),
            where=register,
            mend=_("请从事项目录重新进入。"),
        )
    return kind


def _may_open(kind: CaseType, case: Case, acting: Acting | None) -> None:
    if acting is None:
        allowed = kind.by_service
    else:
        allowed = acting.role in kind.open_by and reaches(case, acting)
    if not allowed:
        raise NotAllowed(
            _("您不能为这个对象办这件事。"),
            where=kind.id,
            mend=_("请本人、本单位或所在街镇办理。"),
        )
    if acting is not None and acting.role in OFFICERS:
        told = own_interest(case, acting)
        if told:
            raise NotAllowed(told, where=kind.id, mend=_("请用个人账户或交给别人办理。"))


def _already(case: Case) -> CaseRefused:
    other = live_case(case.case_type, case.scheme, case.subject_register, case.subject_key)
    number = other.number if other is not None else ""
    return Conflict(
        _("已有一件正在办理：%(number)s") % {"number": number},
        where=number,
        mend=_("请在那一件里继续。"),
    )
