"""How far the follow-up reaches, town by town, and whom nobody follows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.decisions.district import town_names
from wenye.services.followup.coverage import MEASURES, by_town, by_worker, total
from wenye.services.followup.models import Followed
from wenye.services.followup.worklists import reasons
from wenye.web.acting import Asked, page
from wenye.web.followup.reading import PER_PAGE, monthly_basis, read, town_choices, towns_of
from wenye.web.typed import whole


def measure_words() -> dict[str, str]:
    """The measures in words."""
    return {
        "followed": _("在跟踪"),
        "unemployed": _("登记失业"),
        "certified": _("就业困难"),
        "nobody": _("无人跟踪"),
        "due": _("本月应联系"),
        "met": _("本月已联系"),
        "overdue": _("逾期"),
        "never": _("从未联系"),
        "contacts": _("本月联系次数"),
        "reached": _("联系到本人"),
    }


@page("followup.towns")
def towns(request: Asked) -> HttpResponse:
    """Numbers only: a line a town, or a line a worker of one's own town."""
    today = timezone.localdate()
    own = towns_of(request)
    lines = by_town(today, own)
    words = measure_words()
    context: dict[str, Any] = {
        "heads": [words[name] for name in MEASURES],
        "lines": [_line(line) for line in lines],
        "total": _line(total(lines)),
        "workers": [_line(line) for line in by_worker(today, own[0])] if own else [],
        "own": own is not None,
        "basis": monthly_basis(today),
        "today": today,
    }
    return render(request, "followup/towns.html", context)


def _line(line: Any) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "numbers": [line.numbers[name] for name in MEASURES],
        "percent": line.percent_met,
    }


@page("followup.nobody")
def nobody(request: Asked) -> HttpResponse:
    """People followed who have no case worker, by town."""
    today = timezone.localdate()
    rows = Followed.objects.now().within(request.scope).filter(worker__isnull=True)
    town = request.GET.get("town", "")
    if town:
        rows = rows.filter(town=town)
    number = whole(request.GET.get("page"), 1)
    start = (min(max(number, 1), 2_000) - 1) * PER_PAGE
    found = list(
        rows.select_related("person").order_by("urgency", "person_id")[start : start + PER_PAGE + 1]
    )
    read(request, [row.pk for row in found[:PER_PAGE]])
    names = town_names()
    lines = [line for line in by_town(today, towns_of(request)) if line.numbers["nobody"]]
    context = {
        "rows": [
            {
                "row": row,
                "town": names.get(row.town, row.town or _("街镇不明")),
                "reasons": reasons(row, today),
            }
            for row in found[:PER_PAGE]
        ],
        "lines": lines,
        "towns": town_choices(request),
        "town": town,
        "next": number + 1 if len(found) > PER_PAGE else None,
        "may_open": request.actor.role.value != "administrator",
    }
    return render(request, "followup/nobody.html", context)
