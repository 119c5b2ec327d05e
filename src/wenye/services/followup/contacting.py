"""Recording a contact, putting one right by a further row, and a visit's form put aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.followup.clocks import counts, set_due
from wenye.services.followup.content import Option, content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Draft, Followed, Referred, Stop
from wenye.services.followup.refreshing import begun_on

LONGEST_NOTE, LONGEST_PLACE = 2_000, 100


@dataclass(frozen=True, slots=True)
class Told:
    """What was told at a contact."""

    at: dt.datetime
    method: str
    outcome: str
    situation: str = ""
    needs: tuple[str, ...] = ()
    accepts: str = Contact.UNKNOWN
    refusal: str = ""
    next_on: dt.date | None = None
    place: str = ""
    note: str = ""
    token: str | None = field(default=None)


def record_contact(acting: Acting, followed: Followed, told: Told) -> Contact:
    """Add a contact and move the person's due day. The same form sent twice is one contact."""
    with transaction.atomic():
        row = Followed.objects.select_for_update().get(pk=followed.pk)
        if told.token:
            before = Contact.objects.filter(token=told.token).first()
            if before is not None:
                return before
        contact = _added(acting, row, told)
        Draft.objects.filter(person_id=row.pk, worker_id=acting.user_id).delete()
        Stop.objects.filter(person_id=row.pk, worker_id=acting.user_id, on=contact.on).delete()
        resum(row)
        record.change(
            acting,
            "followup.contact",
            "contact",
            contact.pk,
            person=row.pk,
            purpose=Purpose.FOLLOW_UP,
            detail={"method": told.method, "reached": contact.reached},
        )
    return contact


def correct(acting: Acting, contact: Contact, told: Told | None, reason: str) -> Contact:
    """Put a contact right by a further row; ``told`` None says that it did not take place.

    FollowupRefused where somebody has corrected it already, or no reason is given.
    """
    if not reason.strip():
        raise FollowupRefused(_("更正要写理由。"), mend=_("请写明哪里记错了。"))
    with transaction.atomic():
        row = Followed.objects.select_for_update().get(pk=contact.person_id)
        if Contact.objects.filter(corrects=contact).exists():
            raise FollowupRefused(_("这条记录刚被更正过。"), mend=_("请刷新页面，看看现在的记录。"))
        if told is None:
            told = Told(
                contact.at,
                contact.method,
                contact.outcome,
                contact.situation,
                tuple(contact.needs),
                contact.accepts,
                contact.refusal,
            )
            added = _added(acting, row, told, corrects=contact, void=True, reason=reason)
        else:
            added = _added(acting, row, told, corrects=contact, reason=reason)
        resum(row)
        record.change(
            acting,
            "followup.correct",
            "contact",
            added.pk,
            person=row.pk,
            purpose=Purpose.FOLLOW_UP,
            detail={"corrects": contact.pk, "void": added.void},
        )
    return added


def _added(acting: Acting, followed: Followed, told: Told, **more: Any) -> Contact:
    user = User.objects.get(pk=acting.user_id)
    if followed.pk == user.person_key or followed.pk in user.relatives:
        raise FollowupRefused(
            _("不能给自己或近亲属做跟踪记录。"), mend=_("请另一位援助员联系并记录。")
        )
    outcome = _known(content().outcomes, told.outcome, _("结果"))
    _check(told, outcome)
    return Contact.objects.create(
        person_id=followed.pk,
        worker_id=acting.user_id,
        town=followed.town,
        at=told.at,
        on=timezone.localdate(told.at),
        method=told.method,
        reached=outcome.reached,
        outcome=told.outcome,
        situation=told.situation if outcome.reached else "",
        needs=list(told.needs) if outcome.reached else [],
        accepts=told.accepts if outcome.reached else Contact.UNKNOWN,
        refusal=told.refusal if told.accepts == Contact.NO and outcome.reached else "",
        next_on=told.next_on,
        place=told.place.strip(),
        note=told.note.strip(),
        token=told.token,
        **more,
    )


def _check(told: Told, outcome: Option) -> None:
    here = content()
    _known(here.methods, told.method, _("方式"))
    for need in told.needs:
        _known(here.needs, need, _("需求"))
    if told.at > timezone.now():
        raise FollowupRefused(_("联系时间还没到。"), mend=_("请填实际联系的时间。"))
    if outcome.reached and not told.situation:
        raise FollowupRefused(_("还缺一项：本人现在的就业状态。"), mend=_("请选一项。"))
    if told.situation:
        _known(here.situations, told.situation, _("就业状态"))
    if told.accepts not in dict(Contact.ACCEPTS):
        raise FollowupRefused(_("是否服从安排没有选对。"), mend=_("请从列表中选一项。"))
    if told.accepts == Contact.NO and outcome.reached:
        if not told.refusal:
            raise FollowupRefused(_("还缺一项：不接受安排的原因。"), mend=_("请选一项。"))
        _known(here.refusals, told.refusal, _("不接受的原因"))
    if told.next_on is not None and told.next_on < timezone.localdate(told.at):
        raise FollowupRefused(_("约定的下次日期早于这次联系。"), mend=_("请改日期。"))
    if len(told.note) > LONGEST_NOTE or len(told.place) > LONGEST_PLACE:
        raise FollowupRefused(
            _("备注最多 %(note)d 字，地点最多 %(place)d 字。")
            % {"note": LONGEST_NOTE, "place": LONGEST_PLACE},
            mend=_("请写短一些。"),
        )


def _known(options: Mapping[str, Option], chosen: str, what: str) -> Option:
    if chosen not in options:
        raise FollowupRefused(
            _("还缺一项：%(what)s。") % {"what": what}, mend=_("请从列表中选一项。")
        )
    return options[chosen]


def resum(followed: Followed) -> None:
    """Count somebody's contacts anew and save when the next one is due."""
    rows = list(
        Contact.objects.standing().filter(person_id=followed.pk).defer("note", "place", "reason")
    )
    sum_up(followed, rows, answered_needs(followed.pk))
    set_due(followed, timezone.localdate(), begun_on())
    followed.save(update_fields=_SUMMED)


def resum_many(on: dt.date) -> int:
    """As ``resum``, for everybody who was ever contacted; after contacts came in bulk."""
    begun = begun_on(on)
    answered: dict[int, dict[str, dt.datetime]] = {}
    for person, kind, at in Referred.objects.order_by("at").values_list("person_id", "kind", "at"):
        answered.setdefault(person, {})[kind] = at
    contacts: dict[int, list[Contact]] = {}
    told = Contact.objects.standing().defer("note", "place", "reason").order_by("-at", "-pk")
    for each in told.iterator(chunk_size=5_000):
        contacts.setdefault(each.person_id, []).append(each)
    with transaction.atomic():
        followed = list(Followed.objects.select_for_update().order_by("pk"))
        changed = [row for row in followed if row.pk in contacts or row.contacts]
        for row in changed:
            sum_up(row, contacts.get(row.pk, []), answered.get(row.pk, {}))
            set_due(row, on, begun)
        Followed.objects.bulk_create(
            changed,
            batch_size=2_000,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=_SUMMED,
        )
    return len(changed)


#: What is derived from contacts.
_SUMMED = [
    "contacts", "last_tried_on", "last_counted_on", "accepts", "refusals", "needs", "agreed_on",
    "law_due", "part_month", "due_on", "urgency",
]  # fmt: skip


def answered_needs(person_key: int) -> dict[str, dt.datetime]:
    """When a referral of each kind was last made for somebody."""
    found: dict[str, dt.datetime] = {}
    for kind, at in Referred.objects.filter(person_id=person_key).values_list("kind", "at"):
        found[kind] = max(at, found.get(kind, at))
    return found


def sum_up(followed: Followed, rows: list[Contact], answered: Mapping[str, dt.datetime]) -> None:
    """Put what the standing contacts say into the row; ``rows`` the latest first."""
    counted = [each.on for each in rows if counts(each)]
    followed.contacts = len(rows)
    followed.last_tried_on = rows[0].on if rows else None
    followed.last_counted_on = counted[0] if counted else None
    told = [each for each in rows if each.accepts != Contact.UNKNOWN]
    followed.accepts = told[0].accepts if told else Contact.UNKNOWN
    followed.refusals = sum(1 for each in told if each.accepts == Contact.NO)
    followed.agreed_on = rows[0].next_on if rows else None
    reached = [each for each in rows if each.reached]
    followed.needs = []
    for need in reached[0].needs if reached else []:
        option = content().needs.get(need)
        last = None if option is None else answered.get(option.referral)
        if last is None or last < reached[0].at:
            followed.needs.append(need)


# -- a visit's form, put aside -------------------------------------------------------------------


def put_aside(acting: Acting, followed: Followed, told: Mapping[str, Any]) -> Draft:
    """Keep what was filled in so far; the newest of one worker and person."""
    draft, _made = Draft.objects.update_or_create(
        person_id=followed.pk,
        worker_id=acting.user_id,
        defaults={"told": dict(told), "at": timezone.now()},
    )
    record.change(acting, "followup.draft", "draft", draft.pk, person=followed.pk)
    return draft


def draft_of(acting: Acting, followed: Followed) -> Draft | None:
    """What was put aside."""
    return Draft.objects.filter(person_id=followed.pk, worker_id=acting.user_id).first()
