"""Offers of which nobody has heard, by town, and what can be done about them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenye.services.accounts.roles import Reach
from wenye.services.audit import record
from wenye.services.decisions.district import town_names
from wenye.services.offers import channels
from wenye.services.offers.models import Notification, Offer
from wenye.web.acting import Asked, page
from wenye.web.offers.showing import channel_words, lines, purpose_of, read_keys

PAGE = 50


@require_safe
@page("offers.unheard")
def unheard(request: Asked) -> HttpResponse:
    """Counts by town, and below them the rows in reach of one town."""
    counts_only = request.scope.reach is Reach.COUNTS
    reached = Offer.objects.all() if counts_only else Offer.objects.within(request.scope)
    failed = Notification.objects.filter(offer=OuterRef("pk"), state=Notification.FAILED)
    silent = reached.unheard()
    names = town_names()
    by_town = silent.order_by().values("town").annotate(number=Count("id"), since=Min("made_at"))
    tried = dict(
        silent.filter(Exists(failed)).order_by().values_list("town").annotate(number=Count("id"))
    )
    towns = [
        {
            "code": row["town"],
            "name": names.get(row["town"], row["town"]),
            "number": row["number"],
            "failed": tried.get(row["town"], 0),
            "since": row["since"],
        }
        for row in sorted(by_town, key=lambda row: (-row["number"], row["town"]))
    ]
    context: dict[str, Any] = {
        "towns": towns,
        "total": sum(row["number"] for row in towns),
        "counts_only": counts_only,
        "rows": [],
        "chosen": request.GET.get("town", ""),
        "channels": [(name, channel_words(name)) for name in channels.connected()],
        "may_notify": request.actor.role.value
        in ("case_worker", "town_reviewer", "bureau_reviewer"),
    }
    if not counts_only:
        chosen = request.GET.get("town")
        here = silent if not chosen else silent.filter(town="" if chosen == "none" else chosen)
        rows = list(here.order_by("id")[:PAGE])
        people, firms = read_keys(rows)
        record.read(
            request.actor,
            purpose_of(request.actor),
            people=people,
            employers=firms,
            page=request.page.id,
        )
        context["rows"] = lines(rows)
        context["most"] = PAGE
    return render(request, "offers/unheard.html", context)
