"""What a contact's form sends, read strictly; what was typed is never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.followup.contacting import Told
from wenye.services.followup.content import Option, content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact

FIELDS = (
    "method", "outcome", "situation", "accepts", "refusal", "on", "time", "next_on", "place",
    "note", "token",
)  # fmt: skip


def typed(post: QueryDict) -> dict[str, Any]:
    """The fields as they were typed, every one of them."""
    values: dict[str, Any] = {name: post.get(name, "") for name in FIELDS}
    values["needs"] = post.getlist("needs")
    return values


def blank(token: str, **given: Any) -> dict[str, Any]:
    """A form nobody has filled in yet: now, and nothing asked."""
    now = timezone.localtime()
    values: dict[str, Any] = dict.fromkeys(FIELDS, "")
    values.update(needs=[], accepts=Contact.UNKNOWN, on=now.date().isoformat(), time=f"{now:%H:%M}")
    return {**values, "token": token, **given}


def told(values: Mapping[str, Any]) -> Told:
    """What the form tells. FollowupRefused names what cannot be read."""
    on = as_day(values["on"], _("联系日期")) or timezone.localdate()
    try:
        time = dt.time.fromisoformat(values["time"]) if values["time"] else None
    except ValueError:
        raise FollowupRefused(_("联系时间读不出来。"), mend=_("请写成 14:05 这样。")) from None
    now = timezone.localtime()
    if time is None:
        time = now.time() if on == now.date() else dt.time(12)
    at = timezone.make_aware(dt.datetime.combine(on, time.replace(tzinfo=None)))
    return Told(
        at=at,
        method=values["method"],
        outcome=values["outcome"],
        situation=values["situation"],
        needs=tuple(dict.fromkeys(values["needs"])),
        accepts=values["accepts"] or Contact.UNKNOWN,
        refusal=values["refusal"],
        next_on=as_day(values["next_on"], _("约定下次日期")),
        place=values["place"],
        note=values["note"],
        token=values["token"][:36] or None,
    )


def as_day(text: str, what: str) -> dt.date | None:
    """A day as 2026-10-31; none where it is empty."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise FollowupRefused(
            _("%(what)s读不出来。") % {"what": what}, mend=_("请写成 2026-10-31 这样。")
        ) from None
    if not 1990 <= day.year <= 2100:
        raise FollowupRefused(_("%(what)s不在合理的年份。") % {"what": what}, mend=_("请改日期。"))
    return day


def as_month(text: str, today: dt.date) -> dt.date:
    """The first day of a month written 2026-10; this month where it cannot be read."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        month = today.replace(day=1)
    return month if 1990 <= month.year <= 2100 else today.replace(day=1)


def choices() -> dict[str, list[dict[str, Any]]]:
    """The options of each field in the page's language."""
    here = content()
    return {
        "methods": _options(here.methods),
        "outcomes": _options(here.outcomes),
        "situations": _options(here.situations),
        "needs": _options(here.needs),
        "refusals": _options(here.refusals),
        "accepts": [
            {"id": Contact.YES, "label": _("服从安排")},
            {"id": Contact.NO, "label": _("不接受")},
            {"id": Contact.UNKNOWN, "label": _("没有问到")},
        ],
    }


def _options(found: Mapping[str, Option]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "label": label(each), "reached": each.reached} for each in found.values()
    ]


def label(option: Any) -> str:
    """A label of the content in the page's language."""
    return str(option.label_en if get_language() == "en" else option.label)


def words_of(contact: Contact) -> dict[str, Any]:
    """A contact in words, as a row of a table shows it."""
    here = content()
    accepts = {each["id"]: each["label"] for each in choices()["accepts"]}

    def named(options: Mapping[str, Option], key: str) -> str:
        return label(options[key]) if key in options else key

    corrected = getattr(contact, "corrected_by", None)
    return {
        "contact": contact,
        "method": named(here.methods, contact.method),
        "outcome": named(here.outcomes, contact.outcome),
        "situation": named(here.situations, contact.situation),
        "needs": [named(here.needs, need) for need in contact.needs],
        "accepts": accepts.get(contact.accepts, contact.accepts) if contact.reached else "",
        "refusal": named(here.refusals, contact.refusal),
        "corrected": corrected is not None,
        "void": contact.void,
    }
