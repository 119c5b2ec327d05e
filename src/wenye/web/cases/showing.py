"""How cases are shown: state, deadline, names, and the decision that belongs to the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import LABELS, Acting, Role
from wenye.services.audit.record import Purpose
from wenye.services.cases.deciding import decided_now
from wenye.services.cases.models import Case, Step
from wenye.services.cases.names import masked_name, names_of
from wenye.services.cases.types import CaseType, case_types
from wenye.services.cases.workflows import State, workflows, working_days_left
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.district import district, town_name
from wenye.services.decisions.models import UsedDecision
from wenye.web.acting import Asked
from wenye.web.refusals import refused

_CLASSES = {
    "approved": "yes",
    "paid": "yes",
    "registered": "yes",
    "refused": "no",
    "clawback": "no",
    "returned": "unsure",
    "withdrawn": "over",
    "closed": "over",
}
#: For what a role reads the people of cases.
PURPOSES: dict[Role, Purpose] = {
    Role.CITIZEN: Purpose.OWN,
    Role.EMPLOYER_CLERK: Purpose.OWN,
    Role.CASE_WORKER: Purpose.COUNTER,
    Role.TOWN_REVIEWER: Purpose.REVIEW,
    Role.BUREAU_REVIEWER: Purpose.REVIEW,
    Role.FINANCE_OFFICER: Purpose.PAYMENT,
    Role.ADMINISTRATOR: Purpose.SERVICE,
    Role.AUDITOR: Purpose.AUDIT,
}


def english() -> bool:
    """Whether the page is in English."""
    return get_language() == "en"


def in_scope(request: Asked) -> QuerySet[Case]:
    """The cases that the request reaches."""
    return Case.objects.within(request.scope)


def found(request: Asked, number: str) -> Case | None:
    """The case of that number, if the request reaches it."""
    return in_scope(request).filter(number=number[:24]).first()


def missing(request: Asked) -> HttpResponse:
    """There is no such case, or it is none of theirs: which of the two is not said."""
    return refused(
        request,
        404,
        what=_("找不到这个办件，或者它不在您的查看范围内。"),
        mend=_("请核对办件编号；现在这个状态由别的岗位办理时，您这里也看不到。"),
    )


def type_of(case: Case) -> CaseType:
    """The case's type."""
    return case_types()[case.case_type]


def state_of(case: Case) -> State:
    """The case's state as declared."""
    return workflows()[case.workflow].states[case.state]


def label_of(thing: Any) -> str:
    """A label in the page's language, of anything that has ``label`` and ``label_en``."""
    return str(thing.label_en if english() and thing.label_en else thing.label)


def state_class(case: Case) -> str:
    """The class that gives the state its colour and shape."""
    return _CLASSES.get(case.state, "going")


def scheme_title(scheme_id: str) -> str:
    """The scheme's title in the page's language; empty for none."""
    if not scheme_id or scheme_id not in district().scheme_ids:
        return scheme_id
    scheme = district().scheme(scheme_id)
    return scheme.title_en if english() and scheme.title_en else scheme.title


def urgency(case: Case, today: dt.date) -> dict[str, Any]:
    """How many working days are left, in words, with the class of a state."""
    if not case.live:
        return {"words": _("不计期限"), "css": "over", "left": None}
    if case.due_on is None:
        return {"words": _("期限待定"), "css": "", "left": None}
    left = working_days_left(today, case.due_on)
    if left is None:
        return {"words": _("期限待日历公布"), "css": "", "left": None}
    if left < 0:
        return {"words": _("超期%(n)d个工作日") % {"n": -left}, "css": "no", "left": left}
    if left == 0:
        return {"words": _("今天到期"), "css": "unsure", "left": left}
    return {
        "words": _("还有%(n)d个工作日") % {"n": left},
        "css": "unsure" if left <= 2 else "going",
        "left": left,
    }


def lines(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Cases as rows of a list, with masked names: two queries for all names."""
    listed = list(cases)
    names = names_of(listed)
    today = timezone.localdate()
    return [
        {
            "case": case,
            "number": case.number,
            "type": label_of(type_of(case)),
            "scheme": scheme_title(case.scheme),
            "name": masked_name(case, names) or _("未提供"),
            "town": town_name(case.town),
            "state": label_of(state_of(case)),
            "css": state_class(case),
            "urgency": urgency(case, today),
            "amount_fen": case.amount_fen if case.amount_status == "payable" else None,
            "amount_note": amount_note(case),
        }
        for case in listed
    ]


def amount_note(case: Case) -> str:
    """Why an amount is not printed, in words; empty where it is or nothing is paid."""
    return {"unconfirmed": _("标准待确认"), "open": _("标准未定")}.get(case.amount_status, "")


def read_keys(cases: Iterable[Case]) -> tuple[set[int], set[int]]:
    """Whom a list of cases shows: people and employers, for the log."""
    listed = list(cases)
    people = {key for each in listed for key in (each.person_key,) if key is not None}
    employers = {each.employer_key for each in listed if each.employer_key is not None}
    return people, employers


def kept(used: UsedDecision) -> Decided:
    """A decision that was kept, as pages show decisions."""
    return Decided(
        district().scheme(used.scheme),
        used.register,
        used.subject_key,
        used.on,
        used.explanation,
        used.case,
        used.facts_digest,
    )


def shown_decision(
    case: Case, *, fresh: bool, with_flips: bool = False
) -> tuple[Decided | None, str]:
    """The decision for the page, and from when it is, in words.

    Once decided (approved, refused, paid) the one that was kept; before that the one of now.
    """
    if not case.scheme or not type_of(case).decides:
        return None, ""
    if case.decision is not None:
        return kept(case.decision), _("这是作出决定时的判定，回执已留存。")
    if fresh and case.live:
        return decided_now(case, with_flips=with_flips), _("这是按现在的登记册和您所填内容的判定。")
    if case.submitted_decision is not None:
        return kept(case.submitted_decision), _("这是提交时的判定。")
    return None, ""


def step_line(case: Case, step: Step) -> dict[str, Any]:
    """A step as a row of the history."""
    workflow = workflows()[case.workflow]
    move = workflow.find(step.transition, step.from_state)
    label = _("建立办件") if move is None else label_of(move)
    role = LABELS[Role(step.role)][english()] if step.role else _("系统自动")
    return {
        "step": step,
        "label": label,
        "state": label_of(workflow.states[step.to_state]),
        "who": f"{step.name} · {role}" if step.name else role,
        "organisation": town_name(step.organisation),
        "reason": step.reason,
        "missing": step.data.get("missing") or [],
        "result": outcome_words(step.result),
    }


def outcome_words(outcome: str) -> str:
    """An outcome in words."""
    return {
        "entitled": _("符合"),
        "not_entitled": _("不符合"),
        "undetermined": _("还不能判定"),
    }.get(outcome, "")


def purpose_of(acting: Acting) -> Purpose:
    """For what the one who acts reads the people of a case."""
    return PURPOSES.get(acting.role, Purpose.SERVICE)


def difference_lines(rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Differences with both sides in words."""

    def words(value: Any) -> str:
        if value is None or value in ("", []):
            return _("无")
        if isinstance(value, list):
            return "；".join(str(each) for each in value)
        known = {
            "payable": _("可以支付"),
            "unconfirmed": _("标准待确认"),
            "open": _("标准未定"),
            "none": _("无"),
        }
        return outcome_words(str(value)) or known.get(str(value), str(value))

    return [
        {"label": row["label"], "before": words(row["before"]), "now": words(row["now"])}
        for row in rows
    ]
