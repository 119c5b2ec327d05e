"""How well people are found: wrongly offered, and missed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.services.offers.accuracy import accuracy as counted
from wenye.web.acting import Asked, page
from wenye.web.district.workbook import workbook
from wenye.web.offers.showing import titles


@require_safe
@page("offers.accuracy")
def accuracy(request: Asked) -> HttpResponse:
    """Numbers by scheme."""
    named = titles()
    found = counted()
    rows = [{"title": named[each.scheme], "of": each} for each in found]
    if request.GET.get("format") == "xlsx":
        head = [
            _("项目"),
            _("已生成"),
            _("已答应"),
            _("已批准"),
            _("找错"),
            _("漏找"),
            _("称信息有误"),
        ]
        names = ("offered", "taken_up", "granted", "wrong", "missed", "facts_wrong")
        body = [[named[each.scheme], *(getattr(each, n) for n in names)] for each in found]
        return workbook("accuracy", _("找得准不准"), head, body)
    names = ("offered", "taken_up", "granted", "wrong", "missed", "facts_wrong")
    sums = {name: sum(getattr(row["of"], name) for row in rows) for name in names}
    return render(request, "offers/accuracy.html", {"rows": rows, "sums": sums})
