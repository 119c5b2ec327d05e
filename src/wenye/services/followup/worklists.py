"""Whom to contact next, and why in this order; a day's round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Scope
from wenye.services.audit import record
from wenye.services.followup.clocks import benefit_soon
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Followed, Stop
from wenye.services.followup.models.followed import FollowedQuerySet

#: A round of more stops than this is no day's work.
MOST_STOPS = 60


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why somebody stands where they stand: words, and how they are shown."""

    words: str
    look: str = ""


FILTERS = ("all", "overdue", "week", "never", "certified", "benefit", "needs", "today")


def chosen(rows: FollowedQuerySet, which: str, on: dt.date) -> FollowedQuerySet:
    """The rows that a filter of the worklist leaves."""
    tests: dict[str, Q] = {
        "overdue": Q(law_due__lt=on, part_month=False),
        "week": Q(due_on__gte=on, due_on__lte=on + dt.timedelta(days=7)),
        "never": Q(contacts=0),
        "certified": Q(certified_since__isnull=False),
        "benefit": Q(benefit_until__gte=on, benefit_until__lte=on + dt.timedelta(days=92)),
        "needs": ~Q(needs=[]),
    }
    if which in tests:
        return rows.filter(tests[which])
    return rows


def worklist(
    scope: Scope, on: dt.date, which: str = "all", town: str = "", committee: str = ""
) -> FollowedQuerySet:
    """The people followed now within reach, the most urgent first."""
    rows = Followed.objects.now().within(scope).select_related("person", "worker")
    rows = chosen(rows, which, on)
    if which == "today" and scope.acting is not None:
        rows = rows.filter(
            pk__in=Stop.objects.filter(worker_id=scope.acting.user_id, on=on).values("person_id")
        )
    if town:
        rows = rows.filter(town=town)
    if committee:
        rows = rows.filter(committee=committee)
    return rows.order_by("urgency", "person_id")


def reasons(followed: Followed, on: dt.date) -> list[Why]:
    """Why somebody stands where they stand, in words."""
    found: list[Why] = []
    if followed.law_due is not None and followed.law_due < on and not followed.part_month:
        days = (on - followed.law_due).days
        found.append(Why(_("逾期%(days)d天") % {"days": days}, "no"))
    elif followed.agreed_on is not None and followed.agreed_on < on:
        days = (on - followed.agreed_on).days
        found.append(Why(_("约定已过%(days)d天") % {"days": days}, "unsure"))
    if followed.contacts == 0:
        found.append(Why(_("从未联系"), "unsure"))
    if followed.certified_since is not None:
        found.append(Why(_("就业困难")))
    if benefit_soon(followed.benefit_until, on):
        found.append(Why(_("失业保险金快到期")))
    if followed.end_unknown:
        found.append(Why(_("是否已注销不明"), "unsure"))
    if followed.part_month:
        found.append(Why(_("本月不足整月")))
    return found


# -- a day's round ---------------------------------------------------------------------------------


def plan_round(acting: Acting, people: Iterable[int], on: dt.date, today: dt.date) -> int:
    """Put people of one's own caseload on a day's round, ordered by committee; how many are on it.

    FollowupRefused for a day that is past, or a round that nobody could walk.
    """
    if on < today:
        raise FollowupRefused(_("这一天已经过去。"), mend=_("请选今天或以后的日期。"))
    with transaction.atomic():
        rows = list(
            Followed.objects.now()
            .filter(pk__in=list(people), worker_id=acting.user_id)
            .order_by("committee", "urgency", "person_id")
        )
        held = Stop.objects.filter(worker_id=acting.user_id, on=on)
        stops = set(held.values_list("person_id", flat=True))
        new = [row.pk for row in rows if row.pk not in stops]
        if not rows:
            raise FollowupRefused(_("没有选中任何人。"), mend=_("先勾选要走访的人。"))
        if len(stops) + len(new) > MOST_STOPS:
            raise FollowupRefused(
                _("一天最多排%(most)d人，现在有%(count)d人。")
                % {"most": MOST_STOPS, "count": len(stops) + len(new)},
                mend=_("请分几天排。"),
            )
        last = held.aggregate(last=Max("place"))["last"] or 0
        Stop.objects.bulk_create(
            [
                Stop(worker_id=acting.user_id, person_id=key, on=on, place=last + at)
                for at, key in enumerate(new, start=1)
            ]
        )
        record.change(acting, "followup.plan", "round", on, detail={"people": new})
    return len(stops) + len(new)


def take_off(acting: Acting, person: int, on: dt.date) -> None:
    """Take somebody off a day's round."""
    with transaction.atomic():
        gone, _kinds = Stop.objects.filter(
            worker_id=acting.user_id, person_id=person, on=on
        ).delete()
        if gone:
            record.change(acting, "followup.plan", "round", on, person=person, detail={"off": 1})


def round_of(acting: Acting, on: dt.date) -> list[tuple[Stop, Followed]]:
    """The stops of a day by committee, then as they were put on; those still in the caseload."""
    stops = {stop.person_id: stop for stop in Stop.objects.filter(worker_id=acting.user_id, on=on)}
    rows = Followed.objects.filter(pk__in=stops, worker_id=acting.user_id).select_related("person")
    pairs = [(stops[row.pk], row) for row in rows]
    return sorted(pairs, key=lambda pair: (pair[1].committee, pair[0].place, pair[0].pk))


def contacts_of(person_key: int, most: int = 12) -> list[Contact]:
    """The last contacts of somebody, the latest first, with what corrects them."""
    return list(
        Contact.objects.filter(person_id=person_key)
        .select_related("worker", "corrected_by", "corrects")
        .order_by(F("at").desc(), F("pk").desc())[:most]
    )
