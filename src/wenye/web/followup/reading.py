"""Who is read on a page of the follow-up, and for what; towns as choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.web.acting import Asked

PER_PAGE = 50


def purpose(request: Asked) -> Purpose:
    """Why somebody of that role reads people here."""
    return Purpose.AUDIT if request.actor.role is Role.AUDITOR else Purpose.FOLLOW_UP


def read(request: Asked, people: Iterable[int]) -> None:
    """Note that people were read on the page."""
    record.read(request.actor, purpose(request), people=people, page=request.page.id)


def town_choices(request: Asked) -> list[dict[str, str]]:
    """The towns that the page's reader may choose between; none where they have their own."""
    if request.scope.reach in (Reach.DISTRICT, Reach.COUNTS):
        return [{"code": code, "name": name} for code, name in town_names().items()]
    return []


def towns_of(request: Asked) -> list[str] | None:
    """The towns within reach; None for all of them."""
    if request.scope.reach in (Reach.DISTRICT, Reach.COUNTS):
        return None
    return [request.actor.town] if request.actor.town else []


def chosen_town(request: Asked, asked: str) -> str | None:
    """The town of a page: one's own, or the one asked for where the reach is the district."""
    towns = towns_of(request)
    if towns is not None:
        return towns[0] if towns else ""
    return asked if asked in town_names() else None


def monthly_basis(on: dt.date) -> dict[str, str]:
    """The monthly duty in words: its source, its clock, and whether its document still holds."""
    duty = content().followed["unemployed"].duty
    standing = duty.basis(on)
    return {
        "source": duty.source,
        "words": duty.clock.words,
        "words_en": duty.clock.words_en,
        "standing": "" if standing is None else standing.value,
        "note": duty.note,
    }
