"""The one engine: takes a step of a case, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import OFFICERS, Acting
from wenye.services.audit import record
from wenye.services.cases import letters
from wenye.services.cases.effects import EFFECTS
from wenye.services.cases.errors import CaseRefused, Conflict
from wenye.services.cases.guards import BRANCHES, GUARDS
from wenye.services.cases.models import Case, Step
from wenye.services.cases.standing import barred, check
from wenye.services.cases.taking import Taking
from wenye.services.cases.types import case_types
from wenye.services.cases.workflows import (
    State,
    Transition,
    Workflow,
    add_working_days,
    workflows,
)

#: The longest reason that a step takes.
REASON = 2000


def perform(
    case: Case,
    transition: str,
    acting: Acting | None,
    *,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Case:
    """Take a step and return the case as it then is (``case`` itself, brought up to date).

    ``acting`` None is the service itself. ``case.version`` says which state the caller saw: where
    another was faster, ``Conflict``. ``NotAllowed`` where the one who acts may not, ``CaseRefused``
    where a condition does not hold; nothing is then saved.
    """
    with transaction.atomic():
        row = Case.objects.select_for_update().get(pk=case.pk)
        if row.version != case.version:
            raise Conflict(
                _("这件刚被别人办理过。"),
                where=row.number,
                mend=_("请刷新页面，看看现在的状态。"),
            )
        workflow = workflows()[row.workflow]
        move = _move(workflow, row, transition)
        check(row, move, acting)
        taking = Taking(row, move, acting, _reason(move, reason), dict(data or {}), timezone.now())
        for name in move.guards:
            GUARDS[name](taking)
        taking.to = next((end for end, test in move.branches if BRANCHES[test](taking)), move.to)
        for name in move.effects:
            EFFECTS[name](taking)
        try:
            with transaction.atomic():
                step = _moved(taking, workflow)
        except IntegrityError as error:
            raise Conflict(
                _("这一步与另一件办件冲突。"),
                where=row.number,
                mend=_("请看同一对象是否已有办件正在办理。"),
            ) from error
        record.change(
            acting,
            f"case.{transition}",
            "case",
            row.number,
            person=row.person_key,
            employer=row.employer_key,
            detail={"from": step.from_state if step else row.state, "to": row.state},
        )
        if step is not None and move.letter:
            letters.issue(row, step, move.letter)
    for each in Case._meta.concrete_fields:
        if not each.generated:
            setattr(case, each.attname, getattr(row, each.attname))
    case._state.fields_cache.clear()
    return case


def _move(workflow: Workflow, row: Case, transition: str) -> Transition:
    move = workflow.find(transition, row.state)
    if move is None:
        raise Conflict(
            _("这件现在是“%(state)s”，不能办这一步。")
            % {"state": workflow.states[row.state].label},
            where=row.number,
            mend=_("请刷新页面，看看现在能办什么。"),
        )
    return move


def _reason(move: Transition, reason: str) -> str:
    text = reason.strip().replace("\x00", "")
    if move.reason and not text:
        raise CaseRefused(_("这一步要写理由。"), where=move.id, mend=_("请写明理由后再办。"))
    if len(text) > REASON:
        raise CaseRefused(
            _("理由太长。"), where=move.id, mend=_("最多%(most)d个字。") % {"most": REASON}
        )
    return text


def _moved(taking: Taking, workflow: Workflow) -> Step | None:
    """The case saved in its new state, with the step that brought it there."""
    row, acting = taking.case, taking.acting
    before = row.state
    row.state = taking.to
    row.version += 1
    row.updated_at = taking.now
    if before != taking.to:
        row.state_since = taking.now
    row.due_on = _due(taking, workflow.states[taking.to])
    row.save()
    if taking.move.id == "save" and _made_before(row, acting):
        return None  # saving again adds nothing to who has worked on it
    last = Step.objects.filter(case=row).order_by("-number").first()
    return Step.objects.create(
        case=row,
        number=1 if last is None else last.number + 1,
        workflow=row.workflow,
        transition=taking.move.id,
        from_state=before,
        to_state=taking.to,
        at=taking.now,
        result=row.outcome if taking.used is not None else "",
        reason=taking.reason,
        data={**_told(taking), **taking.kept},
        decision=taking.used,
        **who(acting, row),
    )


def _told(taking: Taking) -> dict[str, Any]:
    """What was said with the step; answers stand in the case itself."""
    return {name: value for name, value in taking.data.items() if name not in ("answers", "form")}


def _made_before(row: Case, acting: Acting | None) -> bool:
    return Step.objects.filter(
        case=row,
        transition__in=("open", "save", "submit"),
        user_id=None if acting is None else acting.user_id,
    ).exists()


def who(acting: Acting | None, case: Case) -> dict[str, Any]:
    """The columns of a step that say who took it, and in whose name."""
    if acting is None:
        return {"user_id": None, "name": "", "role": "", "organisation": ""}
    organisation = ""
    if acting.role in OFFICERS:
        organisation = acting.department or acting.town
    return {
        "user_id": acting.user_id,
        "by_person": acting.person_key,
        "name": acting.name,
        "role": acting.role.value,
        "organisation": organisation,
    }


def _due(taking: Taking, state: State) -> dt.date | None:
    """By when the new state is to be left; None where no document prints it."""
    deadline, row = state.deadline, taking.case
    if deadline.by == "notice":
        days = taking.case_type.notice_days(row.scheme)
    elif deadline.by == "scheme":
        days = deadline.working_days(row.scheme)
    else:
        days = deadline.working_days(str(row.form.get(deadline.by, "")))
    if days is None:
        return None
    begins = taking.now
    if deadline.since and taking.move.id not in deadline.since:
        earlier = (
            Step.objects.filter(case=row, transition__in=deadline.since).order_by("-number").first()
        )
        begins = earlier.at if earlier is not None else begins
    return add_working_days(timezone.localdate(begins), days)


def possible(case: Case, acting: Acting | None) -> list[tuple[Transition, str]]:
    """The steps that leave the case's state and are the role's to take, with why not (or empty)."""
    workflow = workflows()[case.workflow]
    steps = list(case.steps.all())
    found = []
    for move in workflow.leaving(case.state):
        if acting is not None and acting.role in move.roles:
            found.append((move, barred(case, move, acting, steps)))
    return found


def state_of(case: Case) -> State:
    """The case's state as declared."""
    return workflows()[case.workflow].states[case.state]


def type_label(case: Case) -> str:
    """The case type's Chinese label."""
    return case_types()[case.case_type].label
