"""Families of whom nobody works: confirmed by an officer, and placed when one of them has work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from wenye.registers.model import Employment, FlexibleWork
from wenye.rules import calendar
from wenye.services.accounts.roles import Acting, Scope
from wenye.services.audit import record
from wenye.services.decisions.facts import facts
from wenye.services.followup.clocks import PlacementClock, placement_clock
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Family, FamilyMember, Followed
from wenye.services.followup.subjects import registered_to
from wenye.services.people.models import Person


@dataclass(frozen=True, slots=True)
class FamilyStanding:
    """A family with its people, when one of them began work, and where its clock stands."""

    family: Family
    people: list[Person]
    placed_on: dt.date | None
    clock: PlacementClock


def confirm(
    acting: Acting, people: Iterable[int], confirmed_on: dt.date, today: dt.date, note: str = ""
) -> Family:
    """Note that a family was confirmed as one of whom nobody works; its clock starts that day."""
    keys = sorted(set(people))
    if not keys:
        raise FollowupRefused(_("没有选家庭成员。"), mend=_("请填至少一名有劳动能力的成员。"))
    if confirmed_on > today:
        raise FollowupRefused(_("确认日期还没到。"), mend=_("请填实际确认的日期。"))
    with transaction.atomic():
        rows = {row.pk: row for row in Person.objects.filter(pk__in=keys)}
        missing = [key for key in keys if key not in rows]
        towns = {row.town for row in rows.values()}
        if missing or len(towns) != 1:
            raise FollowupRefused(
                _("家庭成员要在同一街镇，并且都在登记册里。"), mend=_("请核对人员编号。")
            )
        (town,) = towns
        if acting.town and acting.town != town:
            raise FollowupRefused(_("这家人不在您的街镇。"), mend=_("请转给所在街镇。"))
        held = FamilyMember.objects.filter(person_id__in=keys).exists()
        if held:
            raise FollowupRefused(
                _("其中有人已经在另一户零就业家庭里。"), mend=_("请先核对原来的那一户。")
            )
        family = Family.objects.create(
            town=town, confirmed_on=confirmed_on, confirmed_by_id=acting.user_id, note=note.strip()
        )
        FamilyMember.objects.bulk_create(
            [FamilyMember(family=family, person_id=key) for key in keys]
        )
        for key in keys:
            record.change(acting, "followup.family", "family", family.pk, person=key)
    return family


def standings(scope: Scope, on: dt.date, most: int = 200) -> list[FamilyStanding]:
    """The families within reach with their clocks, the oldest first."""
    families = list(Family.objects.within(scope).distinct().order_by("confirmed_on", "pk")[:most])
    return _standing(families, on)


def _standing(families: list[Family], on: dt.date) -> list[FamilyStanding]:
    members = list(
        FamilyMember.objects.filter(family__in=families).select_related("person").order_by("pk")
    )
    keys = [row.person_id for row in members]
    begun = _work_begun(keys)
    accepts = dict(Followed.objects.filter(pk__in=keys).values_list("pk", "accepts"))
    known_to = registered_to(facts())
    found = []
    for family in families:
        people = [row.person for row in members if row.family_id == family.pk]
        days = [
            day
            for person in people
            for day in begun.get(person.pk, [])
            if family.confirmed_on <= day <= on
        ]
        placed = min(days, default=None)
        told = {accepts.get(person.pk, Contact.UNKNOWN) for person in people}
        # The family refuses where each of its people does; one who accepts keeps the clock going.
        says = Contact.YES if Contact.YES in told else Contact.UNKNOWN
        if told == {Contact.NO}:
            says = Contact.NO
        clock = placement_clock(
            "family", family.confirmed_on, placed, on, says, complete_to=known_to
        )
        found.append(FamilyStanding(family, people, placed, clock))
    return found


def _work_begun(keys: list[int]) -> dict[int, list[dt.date]]:
    tables = facts()
    found: dict[int, list[dt.date]] = {}
    for entity, by in ((Employment, "worker"), (FlexibleWork, "person")):
        rows = tables.rows_by(entity, by, keys).filter(
            pl.col("started_on") > calendar.NOT_APPLICABLE[32]
        )
        for key, code in rows.select(by, "started_on").iter_rows():
            found.setdefault(key, []).append(calendar.date(code))
    return found
