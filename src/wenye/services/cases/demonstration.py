"""Cases in every state for the demonstration: made by the engine, of invented people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wenye.registers.model import Person
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import LABELS, Acting, Role
from wenye.services.cases.deciding import deciding_day
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.cases.workflow import perform
from wenye.services.decisions.deciding import decide_all
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import facts

#: Schemes of which cases are made, and how many rows of each are looked through for them.
SCHEMES = (
    ("hardship_training_fee", 300),
    ("training_subsidy", 200),
    ("hiring_subsidy", 600),
    ("flexible_social_insurance", 600),
    ("unemployment_benefit", 400),
    ("guaranteed_loan_ratio", 60),
)
CERTIFICATION, ROWS = "hardship_certification", 600
#: The most cases of one scheme.
EACH = 9
#: Rows decided at a time until enough are found.
CHUNK = 60

Who = Callable[[Case], Acting | None]


@dataclass(frozen=True, slots=True)
class _Staff:
    """Everybody who works on a town's cases; in the demonstration's own town they can log in."""

    case_worker: Acting
    town_reviewer: Acting
    bureau_reviewer: Acting
    finance_officer: Acting


def prepare(as_of: dt.date) -> None:
    """Make the cases, once."""
    if Case.objects.exists():
        return
    day = deciding_day()
    staff: dict[str, _Staff] = {}
    for scheme, rows in SCHEMES:
        entitled, others = _keys(scheme, rows, day, EACH)
        for number, key in enumerate(entitled):
            _bring(scheme, "application", key, number, staff, as_of)
        for key in others[:1]:
            _bring(scheme, "application", key, -1, staff, as_of)
    certified, _not = _keys(CERTIFICATION, ROWS, day, 4)
    for number, key in enumerate(certified):
        _bring(CERTIFICATION, "hardship_certification", key, number, staff, as_of)
    _others(staff, as_of)


def _keys(scheme_id: str, most: int, day: dt.date, wanted: int) -> tuple[list[int], list[int]]:
    """Rows that are entitled, as many as are wanted, and rows that are not."""
    scheme = district().scheme(scheme_id)
    keys = facts().table(scheme.subject).select("key").collect()["key"]
    chosen = keys.gather_every(max(1, len(keys) // most)).to_list()[:most]
    entitled: list[int] = []
    others: list[int] = []
    for first in range(0, len(chosen), CHUNK):
        part = chosen[first : first + CHUNK]
        for each in decide_all(scheme_id, part, day, with_flips=False):
            if each.key is not None and each.outcome != "undetermined":
                (entitled if each.outcome == "entitled" else others).append(each.key)
        if len(entitled) >= wanted:
            break
    return entitled[:wanted], others


#: How far the n-th case of a scheme comes.
_PATHS: tuple[tuple[str, ...], ...] = (
    ("submit",),
    ("submit", "accept"),
    ("submit", "accept", "town_approve"),
    ("submit", "accept", "town_approve", "bureau_approve"),
    ("submit", "accept", "return"),
    (),
    ("submit", "accept", "town_approve", "bureau_approve", "hand_over"),
    ("submit", "accept", "town_approve", "send_back"),
    ("submit", "withdraw"),
)
_REFUSED = ("submit", "accept", "refuse")
_REASONS = {
    "return": "材料不全",
    "send_back": "请核对合同起始日期",
    "withdraw": "本人不再申请",
    "refuse": "经核实不符合条件",
}


def _bring(
    scheme: str, case_type: str, key: int, number: int, staff: dict[str, _Staff], as_of: dt.date
) -> None:
    subject = district().scheme(scheme).subject.register.name
    form = {"category": "大龄失业人员"} if case_type == "hardship_certification" else {}
    try:
        case = open_case(
            None,
            case_type,
            scheme=scheme,
            subject_register=subject,
            subject_key=key,
            form=form,
        )
    except CaseRefused:
        return
    if not case.town:
        return  # of somebody whose town nobody knows: a bureau reviewer assigns it
    path = _REFUSED if number < 0 else _PATHS[number % len(_PATHS)]
    of_town = staff.setdefault(case.town, _staff(case.town, as_of))
    for transition in path:
        try:
            _take(case, transition, of_town)
        except CaseRefused:
            return  # it stays where it is: the demonstration shows that too


def _take(case: Case, transition: str, staff: _Staff) -> None:
    who: dict[str, Acting | None] = {
        "submit": None,
        "accept": staff.case_worker,
        "return": staff.case_worker,
        "withdraw": staff.case_worker,
        "town_approve": staff.town_reviewer,
        "refuse": staff.town_reviewer,
        "bureau_approve": staff.bureau_reviewer,
        "send_back": staff.bureau_reviewer,
        "hand_over": staff.finance_officer,
    }
    data: dict[str, Any] = {"missing": ["劳动合同复印件"]} if transition == "return" else {}
    perform(case, transition, who[transition], reason=_REASONS.get(transition, ""), data=data)


def _others(staff: dict[str, _Staff], as_of: dt.date) -> None:
    """Registrations and complaints of people of the demonstration's own town."""
    import polars as pl

    town = district().organisation.units[0].code
    keys = (facts().table(Person).filter(pl.col("town") == town).select("key").limit(40).collect())[
        "key"
    ].to_list()
    of_town = staff.setdefault(town, _staff(town, as_of))
    worker = of_town.case_worker
    kinds = ("enquiry", "supervised", "complaint", "complex")
    for number, key in enumerate(keys[5:11]):
        form: dict[str, Any]
        if number < 4:
            form = {"urgency": kinds[number], "words": "想了解补贴办到哪一步了", "order": ""}
            case = open_case(
                worker,
                "complaint",
                subject_register="people",
                subject_key=key,
                form=form,
            )
            perform(case, "submit", worker)
            if number % 2:
                perform(case, "take", of_town.town_reviewer)
        else:
            form = {"started_on": as_of.isoformat(), "work": "送餐", "platform": True}
            case = open_case(
                worker,
                "flexible_work_registration",
                subject_register="people",
                subject_key=key,
                form=form,
            )
            perform(case, "submit", worker)
            if number == 5:
                perform(case, "register", of_town.town_reviewer)


def _staff(town: str, as_of: dt.date) -> _Staff:
    return _Staff(
        _officer(Role.CASE_WORKER, town, as_of),
        _officer(Role.TOWN_REVIEWER, town, as_of),
        _officer(Role.BUREAU_REVIEWER, "", as_of),
        _officer(Role.FINANCE_OFFICER, "", as_of),
    )


def _officer(role: Role, town: str, as_of: dt.date) -> Acting:
    """The demonstration's account of a role; for another town a colleague who cannot log in."""
    held = Post.objects.select_related("user").filter(role=role.value, town=town).order_by("id")
    post = held.first()
    if post is None:
        user = User.objects.create_user(f"{role.value}-{town}", None, name=f"演示{LABELS[role][0]}")
        post = Post.objects.create(
            user=user, role=role.value, town=town, since=as_of.replace(day=1)
        )
    return post.acting()
