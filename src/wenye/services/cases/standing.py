"""Who may take a step on a case: role, reach, duties that nobody combines, never one's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import OFFICERS, Acting, Role
from wenye.services.cases.errors import NotAllowed
from wenye.services.cases.models import Case, Step
from wenye.services.cases.workflows import Transition, Workflow, workflows


def check(case: Case, move: Transition, acting: Acting | None) -> None:
    """NotAllowed, with the reason in words, where ``acting`` may not take the step."""
    told = barred(case, move, acting)
    if told:
        raise NotAllowed(told, where=case.number, mend=_("请交给其他有权限的人办理。"))


def barred(
    case: Case, move: Transition, acting: Acting | None, steps: Iterable[Step] | None = None
) -> str:
    """Why somebody may not take a step, in words; empty where they may."""
    if acting is None:
        return "" if move.by_service else _("这一步要由人来办。")
    if acting.role not in move.roles:
        return _("您的岗位不办这一步。")
    if not reaches(case, acting):
        return _("这件不在您的办理范围内。")
    if acting.role in OFFICERS:
        told = own_interest(case, acting)
        if told:
            return told
    workflow = workflows()[case.workflow]
    taken = case.steps.all() if steps is None else steps
    return _combined(workflow, move, case.state, acting, taken)


def reaches(case: Case, acting: Acting) -> bool:
    """Whether a case lies within what somebody may act on."""
    if acting.role is Role.CITIZEN:
        return acting.person_key is not None and case.person_key == acting.person_key
    if acting.role is Role.EMPLOYER_CLERK:
        return acting.employer_key is not None and case.employer_key == acting.employer_key
    if acting.role in (Role.CASE_WORKER, Role.TOWN_REVIEWER):
        return acting.town != "" and case.town == acting.town
    return acting.role in (Role.BUREAU_REVIEWER, Role.FINANCE_OFFICER, Role.ADMINISTRATOR)


def own_interest(case: Case, acting: Acting) -> str:
    """Why an officer must keep away from a case: their own, a relative's, their employer's."""
    concerned = {key for key in (case.person_key, case.worker_key) if key is not None}
    if acting.person_key is not None and acting.person_key in concerned:
        return _("这是您本人的办件，须回避。")
    if acting.employer_key is not None and case.employer_key == acting.employer_key:
        return _("这是您所在单位的办件，须回避。")
    if concerned:
        relatives = User.objects.filter(pk=acting.user_id).values_list("relatives", flat=True)
        if concerned & {int(key) for each in relatives for key in each or ()}:
            return _("这是您近亲属的办件，须回避。")
    return ""


def _combined(
    workflow: Workflow, move: Transition, state: str, acting: Acting, steps: Iterable[Step]
) -> str:
    own = workflow.duty_of(move.id, state)
    if not own:
        return ""
    for step in steps:
        same = step.user_id is not None and (
            step.user_id == acting.user_id
            or (step.by_person is not None and step.by_person == acting.person_key)
        )
        if same and workflow.duty_of(step.transition, step.from_state) not in ("", own):
            return _("同一件您已经办过另一道手续，这一步须由另一个人办。")
    return ""
