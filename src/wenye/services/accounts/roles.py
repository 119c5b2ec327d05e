"""The roles, and how far each one's eyes reach: a scope per page, closed where none is named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who works with the service. The labels stand in ``LABELS``."""

    CITIZEN = "citizen"
    EMPLOYER_CLERK = "employer_clerk"
    CASE_WORKER = "case_worker"
    TOWN_REVIEWER = "town_reviewer"
    BUREAU_REVIEWER = "bureau_reviewer"
    FINANCE_OFFICER = "finance_officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    BUREAU_HEAD = "bureau_head"


#: Chinese and English, as pages print them.
LABELS: dict[Role, tuple[str, str]] = {
    Role.CITIZEN: ("个人", "citizen"),
    Role.EMPLOYER_CLERK: ("单位经办人", "employer's clerk"),
    Role.CASE_WORKER: ("就业援助员", "case worker"),
    Role.TOWN_REVIEWER: ("街镇审核员", "town reviewer"),
    Role.BUREAU_REVIEWER: ("区级审核员", "bureau reviewer"),
    Role.FINANCE_OFFICER: ("财务人员", "finance officer"),
    Role.ADMINISTRATOR: ("管理员", "district administrator"),
    Role.AUDITOR: ("审计人员", "auditor"),
    Role.BUREAU_HEAD: ("局领导", "bureau head"),
}

#: Roles of the authorities; the others act for themselves alone.
OFFICERS = frozenset(Role) - {Role.CITIZEN, Role.EMPLOYER_CLERK}


class Reach(StrEnum):
    """How far a role sees on a page."""

    PUBLIC = "public"  # nothing of anybody: no login needed
    SELF = "self"  # the own person, or the own employer
    CASELOAD = "caseload"  # people assigned to the case worker
    TOWN = "town"  # the own street or town
    DEPARTMENT = "department"  # what the own department is in charge of
    DISTRICT = "district"  # everybody
    COUNTS = "counts"  # numbers only, never a person


REACH_LABELS: dict[Reach, tuple[str, str]] = {
    Reach.PUBLIC: ("公开", "public"),
    Reach.SELF: ("仅本人（本单位）", "own self"),
    Reach.CASELOAD: ("本人名下对象", "own caseload"),
    Reach.TOWN: ("本街镇", "own town"),
    Reach.DEPARTMENT: ("本部门", "own department"),
    Reach.DISTRICT: ("全区", "whole district"),
    Reach.COUNTS: ("仅汇总数", "numbers only"),
}


@dataclass(frozen=True, slots=True)
class Acting:
    """A user in one of their posts: who acts, as what, and for whom or where."""

    user_id: int
    name: str
    role: Role
    post_id: int
    #: Nine-digit code of the street or town; empty for the whole district.
    town: str = ""
    #: Short name of the department, as ``organisation.yaml`` has it.
    department: str = ""
    #: Surrogate keys: the person that the user is, and the employer that they act for.
    person_key: int | None = None
    employer_key: int | None = None

    @property
    def is_officer(self) -> bool:
        """Whether they act for the authorities."""
        return self.role in OFFICERS


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody sees on a page: a reach, and whose it is. ``NOBODY`` sees nothing."""

    reach: Reach | None
    acting: Acting | None = None


NOBODY = Scope(None)
