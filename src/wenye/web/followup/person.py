"""One person followed, at a glance."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.policy.duty_months import STATE_WORDS
from wenye.services.accounts.access import page_named, scope_of
from wenye.services.decisions.district import town_names
from wenye.services.decisions.facts import facts
from wenye.services.decisions.sentences import spoken
from wenye.services.followup.clocks import Due, months_of, placement_clock
from wenye.services.followup.contacting import draft_of
from wenye.services.followup.content import content
from wenye.services.followup.models import Contact, Followed, Referred
from wenye.services.followup.referring import case_type_for, suggestions
from wenye.services.followup.refreshing import begun_on
from wenye.services.followup.subjects import registered_to
from wenye.services.followup.worklists import contacts_of, reasons
from wenye.services.people import spells
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import blank, choices, label, words_of
from wenye.web.followup.reading import monthly_basis, read
from wenye.web.pictures.life_line import Mark, life_line

_LOOKS = {"met": "yes", "met_late": "over", "overdue": "no", "unknown": "unsure"}


def followed_or_404(request: Asked, key: int) -> Followed:
    """Somebody within the page's reach."""
    row = (
        Followed.objects.within(request.scope)
        .select_related("person", "worker")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise Http404
    return row


@page("followup.person")
def person(request: Asked, key: int) -> HttpResponse:
    """Due day, months, last contacts, needs, and a quick form."""
    row = followed_or_404(request, key)
    read(request, [row.pk])
    return render(request, "followup/person.html", glance(request, row, blank(str(uuid.uuid4()))))


def glance(
    request: Asked, row: Followed, values: dict[str, Any], wrong: str = ""
) -> dict[str, Any]:
    """What the page of a person shows; ``values`` fill the quick form."""
    today = timezone.localdate()
    may_write = scope_of(request.acting, page_named("followup.contact")).reach is not None
    needs = content().needs
    kinds = content().referrals
    suggest = request.GET.get("suggest", "")
    latest = (
        Contact.objects.standing().filter(person_id=row.pk, reached=True).order_by("-at", "-pk")
    ).first()
    return {
        "row": row,
        "person": row.person,
        "town": town_names().get(row.town, row.town),
        "due": Due(row.law_due, row.part_month, row.agreed_on),
        "reasons": reasons(row, today),
        "months": _months(row, today),
        "placement": _placement(row, today),
        "contacts": [words_of(each) for each in contacts_of(row.pk)],
        "needs": [{"id": need, "label": label(needs[need])} for need in row.needs if need in needs],
        "referred": list(Referred.objects.filter(person_id=row.pk)[:10]),
        "kinds": [{"id": kind.id, "label": label(kind)} for kind in kinds.values()],
        "latest": latest,
        "suggest": suggest if suggest in kinds else "",
        "suggestions": _suggestions(request, row.pk, suggest) if suggest in kinds else [],
        "basis": monthly_basis(today),
        "draft": draft_of(request.actor, row) if may_write else None,
        "may_write": may_write and row.open,
        "may_refer": row.open
        and scope_of(request.acting, page_named("followup.refer")).reach is not None,
        "values": values,
        "choices": choices(),
        "wrong": wrong,
        "big": False,
        "life_line": _life_line(row.pk, today),
        "today": today,
    }


def _months(row: Followed, today: dt.date) -> list[dict[str, Any]]:
    if row.unemployed_since is None:
        return []
    rows = Contact.objects.standing().filter(person_id=row.pk).defer("note", "place", "reason")
    english = get_language() == "en"
    found = months_of(row.unemployed_since, rows, today, begun_on())
    return [
        {
            "month": each.month,
            "words": STATE_WORDS[each.state][english],
            "look": _LOOKS.get(each.state.value, "going"),
            "done": each.done,
            "part": each.part,
        }
        for each in reversed(found[-6:])
    ]


def _placement(row: Followed, today: dt.date) -> Any:
    if row.certified_since is None:
        return None
    return placement_clock(
        "certified",
        row.certified_since,
        row.placed_on,
        today,
        row.accepts,
        complete_to=registered_to(facts()),
    )


def _suggestions(request: Asked, key: int, kind: str) -> list[dict[str, Any]]:
    english = get_language() == "en"
    lang = "en" if english else "zh"
    words = {"entitled": _("符合"), "undetermined": _("还缺情况，未能判定")}
    return [
        {
            "scheme": each.scheme,
            "title": each.title_en if english else each.title,
            "outcome": words[each.outcome],
            "look": "yes" if each.outcome == "entitled" else "unsure",
            "sentence": spoken(each.decided, lang),
            "may_open": bool(case_type_for(each.scheme, request.actor.role)),
        }
        for each in suggestions(key, [kind])
    ]


def _life_line(key: int, today: dt.date) -> str:
    """The person's spells as a picture, the last contacts marked on it."""
    known = facts()
    held = spells.spells(known, key)
    if not held:
        return ""
    told = Contact.objects.standing().filter(person_id=key, reached=True).order_by("-at")[:1]
    marks = [Mark(each.on, _("最近联系")) for each in told]
    unknown = spells.unknown_lanes(known)
    return life_line(held, max(spells.horizon(known), today), marks=marks, unknown=unknown)
