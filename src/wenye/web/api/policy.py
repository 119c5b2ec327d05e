"""Schemes, and decisions on a case that is sent or on somebody of the registers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router

from wenye.policy.district import District
from wenye.rules import calendar
from wenye.rules.scheme import Scheme, ends
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.deciding import Decided, decide, suppose
from wenye.services.decisions.district import district
from wenye.services.portal.subjects import owners
from wenye.web.api import schemas
from wenye.web.api.guard import Called, opens
from wenye.web.api.problems import Problem
from wenye.web.api.refusals import REFUSALS

router = Router(tags=["政策与判定"])


@router.get(
    "/schemes",
    response={200: list[schemas.SchemeBrief], **REFUSALS},
    url_name="schemes",
    summary="政策项目一览",
)
@opens("api.schemes", "schemes")
def schemes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every scheme of the district."""
    here = district()
    return [_brief(here.scheme(name)) for name in here.scheme_ids]


@router.get(
    "/schemes/{scheme_id}",
    response={200: schemas.SchemeOut, **REFUSALS},
    url_name="scheme",
    summary="一个政策项目",
)
@opens("api.scheme", "schemes")
def scheme(request: HttpRequest, scheme_id: Path[schemas.SchemeId]) -> dict[str, Any]:
    """One scheme: the versions of its law and its named conditions."""
    found = _scheme(district(), scheme_id)
    laws = [
        {
            "name": law.name,
            "label": law.label,
            "basis": law.basis.text,
            "since": calendar.date(law.since),
            "until": None if (until := ends(found, place)) is None else calendar.date(until),
            "doubtful_from": None
            if law.doubtful_from is None
            else calendar.date(law.doubtful_from),
        }
        for place, law in enumerate(found.laws)
    ]
    conditions = [
        {"name": each.name, "label": each.label, "label_en": each.label_en}
        for each in found.conditions.values()
    ]
    return {
        **_brief(found),
        "laws": laws,
        "conditions": conditions,
        "excludes": sorted(found.excludes),
    }


@router.post(
    "/decide", response={200: schemas.DecisionOut, **REFUSALS}, url_name="decide", summary="判定"
)
@opens("api.decide")
def decision(request: HttpRequest, asked: schemas.DecideIn) -> dict[str, Any]:
    """Decide. Nothing is stored of a case that is sent; a read of a subject is logged."""
    found = _decided(request, asked)
    told = found.explanation
    names = schemas.DecisionOut.model_fields
    return {name: told[name] for name in names if name != "receipt"} | {
        "receipt": told["receipt"]["id"]
    }


@router.post(
    "/explain",
    response={200: schemas.ExplanationOut, **REFUSALS},
    url_name="explain",
    summary="判定并说明理由",
)
@opens("api.explain")
def explanation(request: HttpRequest, asked: schemas.DecideIn) -> dict[str, Any]:
    """Decide, and tell every reason: conditions with their facts and citations, and the flips."""
    return _decided(request, asked).explanation


def _decided(request: Any, asked: schemas.DecideIn) -> Decided:
    called: Called = request
    if (asked.case is None) == (asked.subject is None):
        raise Problem(
            422,
            _("要么写 case，要么写 subject。"),
            where="case",
            mend=_("案例写在 case 里；登记册里的对象写在 subject 里。"),
        )
    here = district()
    _scheme(here, asked.scheme)
    if asked.case is not None:
        if "decide" not in called.client.scopes:
            raise Problem(403, where="decide")
        return suppose(asked.scheme, asked.case, asked.on)
    assert asked.subject is not None
    if "subjects" not in called.client.scopes:
        raise Problem(403, where="subjects")
    if asked.subject.purpose not in called.client.purposes:
        raise Problem(403, _("这个密钥不能用于此目的。"), where="subject.purpose")
    found = owners(here.scheme(asked.scheme), asked.subject.key, called.scope)
    decided = decide(asked.scheme, asked.subject.key, asked.on) if found else None
    if found is None or decided is None:
        raise Problem(404, where="subject.key")
    record.read(
        called.actor,
        Purpose(asked.subject.purpose),
        people=found.people,
        employers=found.employers,
        page=called.page.id,
        detail={"scheme": asked.scheme, "client": called.client.prefix},
    )
    return decided


def _scheme(here: District, scheme_id: str) -> type[Scheme]:
    if scheme_id not in here.scheme_ids:
        raise Problem(
            404, _("没有这个政策项目。"), where="scheme", mend=_("项目列在 /api/schemes 里。")
        )
    return here.scheme(scheme_id)


def _brief(found: type[Scheme]) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "title_en": found.title_en or found.title,
        "subject": found.subject.register.name,
        "operated_by": found.operated_by,
        "our_part": found.our_part,
    }
