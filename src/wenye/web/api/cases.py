"""Cases (办件): opened for a citizen, seen, and how far each has come."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from wenye.services.cases.models import Case, Step
from wenye.services.cases.opening import open_case
from wenye.services.cases.types import case_types
from wenye.services.cases.workflow import perform, state_of
from wenye.services.cases.workflows import workflows
from wenye.services.decisions.district import district
from wenye.web.api import schemas
from wenye.web.api.guard import Called, opens
from wenye.web.api.offers import yuan
from wenye.web.api.problems import Problem
from wenye.web.api.reading import aim, note
from wenye.web.api.refusals import REFUSALS

router = Router(tags=["办件"])
MOST = 100
Number = Annotated[str, Path(max_length=24, pattern=r"^[0-9A-Za-z-]+$")]
Aim = Annotated[str, Query(max_length=20, pattern="^[a-z_]*$")]


@router.get(
    "/cases", response={200: schemas.CasesOut, **REFUSALS}, url_name="cases", summary="办件一览"
)
@opens("api.cases", "cases")
def cases(
    request: HttpRequest,
    state: Annotated[str, Query(max_length=20, pattern="^[a-z_]*$")] = "",
    after: Annotated[str, Query(max_length=24, pattern=r"^[0-9A-Za-z-]*$")] = "",
    purpose: Aim = "",
) -> dict[str, Any]:
    """Cases within the client's reach, a hundred at a time, the newest first."""
    called = cast(Called, request)
    why = aim(called, purpose)
    rows = Case.objects.within(called.scope).order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(pk__lt=_row(called, after).pk)
    found = list(rows[: MOST + 1])
    shown = found[:MOST]
    note(called, why, [row.person_key for row in shown], [row.employer_key for row in shown])
    return {
        "cases": [_case(row) for row in shown],
        "after": shown[-1].number if len(found) > MOST else None,
    }


@router.post(
    "/cases",
    response={200: schemas.CaseOut, **REFUSALS},
    url_name="case_open",
    summary="为本人新建办件",
)
@opens("api.case_open", "cases:open", once=True)
def opened(request: HttpRequest, asked: schemas.CaseIn) -> dict[str, Any]:
    """Open a case for the citizen of the reference, and submit it if so asked."""
    called = cast(Called, request)
    person = called.on_behalf
    if person is None:
        raise Problem(
            403, _("没有写代谁办理。"), where="Person-Reference", mend=_("先换取本人凭据。")
        )
    if asked.scheme is not None and asked.scheme not in district().scheme_ids:
        raise Problem(404, _("没有这个政策项目。"), where="scheme")
    key = asked.key
    if key is None:
        if asked.register_ != "people":
            raise Problem(422, _("没有写是哪一行。"), where="key")
        key = person
    with transaction.atomic():
        case = open_case(
            called.actor,
            asked.case_type,
            scheme=asked.scheme,
            subject_register=asked.register_,
            subject_key=key,
            answers=asked.answers,
        )
        if asked.submit:
            case = perform(case, "submit", called.actor)
    return _case(case)


@router.get(
    "/cases/{number}",
    response={200: schemas.CaseWhole, **REFUSALS},
    url_name="case",
    summary="一个办件",
)
@opens("api.case", "cases")
def case(request: HttpRequest, number: Number, purpose: Aim = "") -> dict[str, Any]:
    """One case with its steps; what was said in them stays inside."""
    called = cast(Called, request)
    why = aim(called, purpose)
    row = _row(called, number)
    note(called, why, [row.person_key], [row.employer_key])
    return {**_case(row), "steps": [_step(each) for each in row.steps.order_by("number")]}


@router.get(
    "/cases/{number}/status",
    response={200: schemas.StatusOut, **REFUSALS},
    url_name="case_status",
    summary="办件状态",
)
@opens("api.case_status", "cases")
def status(request: HttpRequest, number: Number) -> dict[str, Any]:
    """How far the case is: nothing in the answer tells whose it is."""
    row = _row(cast(Called, request), number)
    return {
        "number": row.number,
        "state": row.state,
        "state_label": state_of(row).label,
        "since": row.state_since,
        "due_on": row.due_on,
        "live": row.live,
    }


def _row(called: Called, number: str) -> Case:
    row = Case.objects.within(called.scope).filter(number=number).first()
    if row is None:
        raise Problem(404, where="number")
    return row


def _case(row: Case) -> dict[str, Any]:
    kind = case_types()[row.case_type]
    return {
        "number": row.number,
        "case_type": row.case_type,
        "title": district().scheme(row.scheme).title if row.scheme else kind.label,
        "scheme": row.scheme,
        "state": row.state,
        "state_label": state_of(row).label,
        "live": row.live,
        "amount": yuan(row.amount_fen),
        "amount_status": row.amount_status,
        "opened_at": row.opened_at,
        "updated_at": row.updated_at,
        "due_on": row.due_on,
        "version": row.version,
    }


def _step(row: Step) -> dict[str, Any]:
    workflow = workflows()[row.workflow]
    taken = workflow.find(row.transition, row.from_state)
    return {
        "number": row.number,
        "step": row.transition,
        "label": taken.label if taken else _("新建"),
        "at": row.at,
        "state": row.to_state,
        "state_label": workflow.states[row.to_state].label,
        "organisation": row.organisation,
    }
