"""The two placement clocks: people hard to employ, and families of whom nobody works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import Reach
from wenye.services.decisions.district import town_names
from wenye.services.decisions.facts import facts
from wenye.services.followup.clocks import PLACEMENT_LOOKS, PLACEMENT_WORDS, placement_clock
from wenye.services.followup.content import content
from wenye.services.followup.coverage import placement_by_town, placement_filters
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.families import confirm, standings
from wenye.services.followup.models import Followed
from wenye.services.followup.subjects import registered_to
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_day, label
from wenye.web.followup.reading import PER_PAGE, read, town_choices, towns_of
from wenye.web.typed import whole

_STATES = ("late", "at_risk", "unknown", "within", "not_owed", "placed")


def duty_words(which: str) -> dict[str, Any]:
    """A placement duty in words."""
    watched = content().placement[which]
    duty = watched.duty
    return {
        "label": label(watched),
        "source": duty.source,
        "quotes": duty.quotes,
        "words": duty.clock.words,
        "words_en": duty.clock.words_en,
        "condition": duty.condition,
        "condition_en": duty.condition_en,
        "note": duty.note,
    }


@page("followup.placement")
def placement(request: Asked) -> HttpResponse:
    """Who is within time, at risk, or late; numbers by town for those who see numbers only."""
    today = timezone.localdate()
    known_to = registered_to(facts())
    states = [
        {"id": name, "label": _(PLACEMENT_WORDS[name]), "look": PLACEMENT_LOOKS[name]}  # type: ignore[index]
        for name in _STATES
    ]
    context: dict[str, Any] = {
        "duty": duty_words("certified"),
        "states": states,
        "known_to": known_to,
        "warning": content().warnings["placement_days"],
        "today": today,
        "lines": [],
        "rows": None,
        "which": "",
        "counts": {},
        "next": None,
        "towns": town_choices(request),
        "town": "",
    }
    if request.scope.reach in (Reach.COUNTS, Reach.DISTRICT):
        context["lines"] = [
            {"line": line, "numbers": [line.numbers[name] for name in _STATES]}
            for line in placement_by_town(today, towns_of(request))
        ]
    if request.scope.reach is Reach.COUNTS:
        return render(request, "followup/placement.html", context)
    filters = placement_filters(today, known_to)
    which = request.GET.get("which", "")
    rows = Followed.objects.now().within(request.scope).filter(certified_since__isnull=False)
    if request.scope.reach is not Reach.DISTRICT:
        context["counts"] = rows.aggregate(
            **{name: Count("pk", filter=test) for name, test in filters.items()}
        )
    town = request.GET.get("town", "")
    if town:
        rows = rows.filter(town=town)
    if which in filters:
        rows = rows.filter(filters[which])
    else:
        which = "all"
        rows = rows.filter(placed_on__isnull=True)
    number = whole(request.GET.get("page"), 1)
    start = (min(number, 2_000) - 1) * PER_PAGE if number > 0 else 0
    found = list(
        rows.select_related("person", "worker").order_by("placement_due", "person_id")[
            start : start + PER_PAGE + 1
        ]
    )
    names = town_names()
    read(request, [row.pk for row in found[:PER_PAGE]])
    context.update(
        which=which,
        town=town,
        next=number + 1 if len(found) > PER_PAGE else None,
        rows=[
            {
                "row": row,
                "town": names.get(row.town, row.town),
                "clock": placement_clock(
                    "certified",
                    row.certified_since or today,
                    row.placed_on,
                    today,
                    row.accepts,
                    complete_to=known_to,
                ),
            }
            for row in found[:PER_PAGE]
        ],
    )
    return render(request, "followup/placement.html", context)


@page("followup.families")
def families(request: Asked) -> HttpResponse:
    """Families confirmed, each with its clock, and the form that confirms one."""
    return _families(request, {"people": "", "confirmed_on": "", "note": ""}, "", 200)


def _families(request: Asked, values: dict[str, str], wrong: str, status: int) -> HttpResponse:
    today = timezone.localdate()
    found = standings(scope_of(request.acting, page_named("followup.families")), today)
    read(request, [person.pk for each in found for person in each.people])
    names = town_names()
    context = {
        "duty": duty_words("family"),
        "families": [
            {"standing": each, "town": names.get(each.family.town, each.family.town)}
            for each in found
        ],
        "values": values,
        "wrong": wrong,
        "may_confirm": scope_of(request.acting, page_named("followup.confirm_family")).reach
        is not None,
        "today": today,
    }
    return render(request, "followup/families.html", context, status=status)


@require_POST
@page("followup.confirm_family")
def confirm_family(request: Asked) -> HttpResponse:
    """Note that a family was confirmed."""
    values = {name: request.POST.get(name, "") for name in ("people", "confirmed_on", "note")}
    parts = values["people"].replace("，", " ").replace(",", " ").replace("、", " ").split()
    try:
        if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
            raise FollowupRefused(_("人员编号要写数字。"), mend=_("编号在人员页面上，用逗号隔开。"))
        day = as_day(values["confirmed_on"], _("确认日期"))
        if day is None:
            raise FollowupRefused(_("还缺一项：确认日期。"), mend=_("请填确认的日期。"))
        confirm(request.actor, map(int, parts), day, timezone.localdate(), values["note"][:2_000])
    except FollowupRefused as error:
        return _families(request, values, f"{error.what}{error.mend}", 400)
    messages.success(request, _("已登记，期限从确认之日起算。"), extra_tags="yes")
    return redirect("followup:families")
