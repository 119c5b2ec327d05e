"""The public notice: rows that hold a masked name, town, scheme, band and month, and no more."""

from __future__ import annotations

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wenye.services.cases.models import NoticeRow
from wenye.services.decisions.district import town_name
from wenye.web.acting import Asked, page
from wenye.web.cases import showing


@page("cases.notice")
def notice(request: Asked) -> HttpResponse:
    """What is published today. Anybody may read it."""
    today = timezone.localdate()
    rows = NoticeRow.objects.filter(until__gte=today, taken_down_on__isnull=True)
    number = request.GET.get("page", "1")
    pages = Paginator(rows, 100)
    try:
        here = pages.page(int(number) if number.isascii() and number.isdigit() else 1)
    except (EmptyPage, ValueError):
        here = pages.page(1)
    lines = [
        {
            "name": row.masked_name,
            "town": town_name(row.town),
            "scheme": showing.scheme_title(row.scheme),
            "band": row.band,
            "month": row.month,
            "until": row.until,
        }
        for row in here.object_list
    ]
    return render(request, "cases/notice.html", {"rows": lines, "here": here})
