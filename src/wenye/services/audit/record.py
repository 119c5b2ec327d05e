"""Writing the log: whoever changes something, or reads a person, calls one of these two.

Both write in the caller's transaction, so that what is undone was not done and what is done is
written. No personal data belongs into ``detail``: keys, ids, states, counts and amounts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from wenye.services.accounts.roles import Acting
from wenye.services.audit.models import Entry


class Purpose(StrEnum):
    """Why a person is read; the labels and legal bases stand in ``BASES``."""

    OWN = "own"
    SERVICE = "service"
    COUNTER = "counter"
    REVIEW = "review"
    PAYMENT = "payment"
    FOLLOW_UP = "follow_up"
    CORRECTION = "correction"
    AUDIT = "audit"
    STATISTICS = "statistics"


#: Label, English label, and legal basis (Personal Information Protection Law, article 13).
BASES: dict[Purpose, tuple[str, str, str]] = {
    Purpose.OWN: ("本人查询", "own data", "个人信息保护法第四十五条"),
    Purpose.SERVICE: ("提供就业服务", "employment service", "个人信息保护法第十三条第一款第三项"),
    Purpose.COUNTER: ("窗口受理", "at the counter", "个人信息保护法第十三条第一款第三项"),
    Purpose.REVIEW: ("审核办件", "review of a case", "个人信息保护法第十三条第一款第三项"),
    Purpose.PAYMENT: ("拨付资金", "payment", "个人信息保护法第十三条第一款第三项"),
    Purpose.FOLLOW_UP: ("跟踪服务", "monthly follow-up", "个人信息保护法第十三条第一款第三项"),
    Purpose.CORRECTION: ("更正数据", "correction", "个人信息保护法第四十六条"),
    Purpose.AUDIT: ("审计监督", "audit", "个人信息保护法第十三条第一款第三项"),
    Purpose.STATISTICS: ("汇总统计", "statistics", "个人信息保护法第十三条第一款第三项"),
}


def read(
    acting: Acting | None,
    purpose: Purpose,
    *,
    people: Iterable[int] = (),
    employers: Iterable[int] = (),
    page: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that people (surrogate keys) were read, an entry for each."""
    entries = [
        Entry(verb="read", person_key=key, **_who(acting, purpose, page, detail)) for key in people
    ]
    entries += [
        Entry(verb="read", employer_key=key, **_who(acting, purpose, page, detail))
        for key in employers
    ]
    Entry.objects.bulk_create(entries)


def change(
    acting: Acting | None,
    verb: str,
    object_type: str,
    object_id: object,
    *,
    person: int | None = None,
    employer: int | None = None,
    purpose: Purpose | None = None,
    page: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Note a change; ``acting`` is None where the service itself did it."""
    return Entry.objects.create(
        verb=verb,
        object_type=object_type,
        object_id=str(object_id),
        person_key=person,
        employer_key=employer,
        **_who(acting, purpose, page, detail),
    )


def _who(
    acting: Acting | None, purpose: Purpose | None, page: str, detail: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        "user_id": acting.user_id if acting else None,
        "role": acting.role.value if acting else "",
        "purpose": purpose.value if purpose else "",
        "page": page,
        "detail": dict(detail or {}),
    }
