"""A day's round: whom to visit, by committee."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.worklists import reasons, round_of, take_off
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_day
from wenye.web.followup.reading import read
from wenye.web.typed import whole


@page("followup.round")
def day_round(request: Asked) -> HttpResponse:
    """The stops of a day; POST takes one off."""
    today = timezone.localdate()
    asked = request.POST if request.method == "POST" else request.GET
    try:
        day = as_day(asked.get("on", ""), _("走访日期")) or today
    except FollowupRefused as error:
        messages.error(request, f"{error.what}{error.mend}", extra_tags="no")
        day = today
    if request.method == "POST":
        key = whole(request.POST.get("person"))
        if key:
            take_off(request.actor, key, day)
        return redirect(f"{reverse('followup:round')}?on={day.isoformat()}")
    stops = round_of(request.actor, day)
    read(request, [row.pk for _stop, row in stops])
    groups = [
        {
            "committee": committee or _("村居未填"),
            "stops": [{"row": row, "reasons": reasons(row, today)} for _stop, row in group],
        }
        for committee, group in groupby(stops, key=lambda pair: pair[1].committee)
    ]
    context = {"day": day, "groups": groups, "count": len(stops)}
    return render(request, "followup/round.html", context)
