"""Actors and cases for the tests: somebody of any role and town, somebody entitled to a scheme."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

from tests.service import AS_OF

_numbers = itertools.count(1)

#: Entitled in the synthetic district: another pays; values to be confirmed; nothing is paid.
HANDED_OVER = "hardship_training_fee"
UNCONFIRMED = "flexible_social_insurance"
CERTIFIED = "hardship_certification"


def someone(
    role: str,
    town: str = "",
    *,
    person_key: int | None = None,
    employer_key: int | None = None,
    relatives: tuple[int, ...] = (),
) -> Any:
    """An ``Acting`` of a new user in a new post."""
    from wenye.services.accounts.models import Post, User

    user = User.objects.create_user(
        f"{role}-{next(_numbers)}",
        "x",
        name=f"测试{role}",
        person_key=person_key,
        employer_key=employer_key,
        relatives=list(relatives),
    )
    post = Post.objects.create(
        user=user,
        role=role,
        town=town,
        department="" if town else "区人社局",
        since=AS_OF.replace(day=1),
    )
    return post.acting()


@lru_cache(maxsize=32)
def keys_with(scheme_id: str, outcome: str = "entitled", status: str = "") -> tuple[int, ...]:
    """Keys of the scheme's subjects that come out so on the day of the data."""
    from wenye.services.decisions.deciding import decide_all
    from wenye.services.decisions.district import district
    from wenye.services.decisions.facts import facts

    scheme = district().scheme(scheme_id)
    keys = facts().table(scheme.subject).select("key").collect()["key"].to_list()
    return tuple(
        each.key
        for each in decide_all(scheme_id, keys, AS_OF, with_flips=False)
        if each.outcome == outcome and (not status or each.amount_status == status) and each.key
    )


class Actors:
    """Everybody who works on one case, each somebody else."""

    def __init__(self, case: Any) -> None:
        town = case.town
        self.citizen = someone("citizen", person_key=case.person_key)
        self.clerk = someone("employer_clerk", employer_key=case.employer_key)
        self.case_worker = someone("case_worker", town)
        self.town_reviewer = someone("town_reviewer", town)
        self.bureau_reviewer = someone("bureau_reviewer")
        self.finance_officer = someone("finance_officer")
        self.administrator = someone("administrator")
        self.auditor = someone("auditor")
        self.bureau_head = someone("bureau_head")

    @property
    def owner(self) -> Any:
        """Whose case it is."""
        return self.citizen if self.citizen.person_key else self.clerk

    def of(self, role: str) -> Any:
        """The actor of a role."""
        return getattr(self, {"employer_clerk": "clerk"}.get(role, role))


def opened(
    scheme: str = HANDED_OVER, case_type: str = "application", at: int = 0, **more: Any
) -> Any:
    """A case opened by the service for the subject that is entitled, and its actors."""
    from wenye.services.cases.opening import open_case
    from wenye.services.decisions.district import district

    key = more.pop("key", None) or keys_with(scheme)[at]
    case = open_case(
        None,
        case_type,
        scheme=scheme,
        subject_register=district().scheme(scheme).subject.register.name,
        subject_key=key,
        **more,
    )
    return case, Actors(case)


#: Steps by which an application comes to a state: (transition, who, data).
PATHS: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "draft": [],
    "submitted": [("submit", "owner", {})],
    "town_review": [("submit", "owner", {}), ("accept", "case_worker", {})],
}
PATHS["returned"] = [*PATHS["submitted"], ("return", "case_worker", {"missing": ["合同"]})]
PATHS["bureau_review"] = [*PATHS["town_review"], ("town_approve", "town_reviewer", {})]
PATHS["approved"] = [*PATHS["bureau_review"], ("bureau_approve", "bureau_reviewer", {})]
PATHS["refused"] = [*PATHS["bureau_review"], ("refuse", "bureau_reviewer", {})]
PATHS["withdrawn"] = [*PATHS["submitted"], ("withdraw", "owner", {})]
PATHS["handed_over"] = [*PATHS["approved"], ("hand_over", "finance_officer", {})]
PATHS["paid"] = [
    *PATHS["handed_over"],
    ("handed_over_result", "finance_officer", {"result": "paid"}),
]
PATHS["clawback"] = [*PATHS["paid"], ("claw_back", "bureau_reviewer", {})]
PATHS["closed"] = [*PATHS["clawback"], ("recovered", "finance_officer", {})]


def brought(case: Any, actors: Actors, state: str) -> Any:
    """The case taken step by step to a state."""
    from wenye.services.cases.workflow import perform

    for transition, who, data in PATHS[state]:
        actor = actors.owner if who == "owner" else actors.of(who)
        perform(case, transition, actor, reason="测试", data=data)
    assert case.state == state
    return case
