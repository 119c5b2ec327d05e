"""Ledgers and monthly returns: made from events, read, and taken away as workbooks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit.record import BASES, Purpose
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.ledgers import ledger
from wenye.services.followup.models import Followed, MonthlyReturn
from wenye.services.followup.returns import FIGURES, figure_words, make
from wenye.services.followup.workbooks import ledger_book, return_book
from wenye.services.people.models import Person
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_month, label
from wenye.web.followup.reading import (
    PER_PAGE,
    chosen_town,
    purpose,
    read,
    town_choices,
    towns_of,
)
from wenye.web.typed import whole

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("followup.returns")
def returns(request: Asked) -> HttpResponse:
    """The month's figures by town; each number of a ledger opens it."""
    today = timezone.localdate()
    month = as_month(request.GET.get("month", ""), today)
    rows = MonthlyReturn.objects.filter(month=month, current=True)
    towns = towns_of(request)
    if towns is not None:
        rows = rows.filter(town__in=towns)
    names = town_names()
    found = {row.town: row for row in rows.order_by("town")}
    order = [*names, *(town for town in found if town not in names)]
    made = [found[town] for town in order if town in found]
    if request.GET.get("as") == "workbook" and made:
        return _file(return_book(month, made), f"return-{month:%Y-%m}.xlsx")
    may_open = scope_of(request.acting, page_named("followup.ledger")).reach is not None
    sums = [sum(row.figures.get(name, 0) for row in made) for name in FIGURES]
    context: dict[str, Any] = {
        "month": month,
        "heads": [figure_words(name) for name in FIGURES],
        "lines": [
            {
                "name": names.get(row.town, row.town or _("街镇不明")),
                "cells": [
                    {
                        "value": row.figures.get(name, 0),
                        "url": f"{reverse('followup:ledger', args=[which])}"
                        f"?month={month:%Y-%m}&town={row.town}"
                        if may_open
                        else "",
                    }
                    for name, which in FIGURES.items()
                ],
            }
            for row in made
        ],
        "sums": sums,
        "counted_to": min((row.counted_to for row in made), default=None),
        "ledgers": [
            {"id": each.id, "label": label(each), "says": each.says, "says_en": each.says_en}
            for each in content().ledgers.values()
        ],
        "note": content().ledgers_note,
        "may_open": may_open,
        "may_make": scope_of(request.acting, page_named("followup.make_return")).reach is not None,
        "earlier": MonthlyReturn.objects.filter(month=month, current=False).count(),
        "today": today,
    }
    return render(request, "followup/returns.html", context)


@require_POST
@page("followup.make_return")
def make_return(request: Asked) -> HttpResponse:
    """Count a month again."""
    month = as_month(request.POST.get("month", ""), timezone.localdate())
    try:
        made = make(month, request.actor)
    except FollowupRefused as error:
        messages.error(request, f"{error.what}{error.mend}", extra_tags="no")
    else:
        said = (
            _("已重新生成，%(count)d 个街镇的数字有变化。") % {"count": made}
            if made
            else _("已重新计数，数字没有变化。")
        )
        messages.success(request, said, extra_tags="yes")
    return redirect(f"{reverse('followup:returns')}?month={month:%Y-%m}")


@page("followup.ledger")
def ledger_page(request: Asked, which: str) -> HttpResponse:
    """A ledger, masked; POST takes it away as a workbook, for a purpose."""
    kinds = content().ledgers
    if which not in kinds:
        raise Http404
    today = timezone.localdate()
    asked = request.POST if request.method == "POST" else request.GET
    month = as_month(asked.get("month", ""), today)
    town = chosen_town(request, asked.get("town", ""))
    wrong, status = "", 200
    if request.method == "POST":
        try:
            return _taken(request, which, month, town)
        except FollowupRefused as error:
            wrong, status = f"{error.what}{error.mend}", 400
    frame = ledger(which, month, town)
    number = whole(asked.get("page"), 1)
    start = (min(max(number, 1), 20_000) - 1) * PER_PAGE
    rows = frame.slice(start, PER_PAGE).to_dicts()
    keys = [row["person"] for row in rows]
    people = {person.pk: person for person in Person.objects.filter(pk__in=keys)}
    places = dict(Followed.objects.filter(pk__in=keys).values_list("pk", "committee"))
    read(request, keys)
    names, situations = town_names(), content().situations
    full_allowed = _full_allowed(request)
    context = {
        "ledger": {"id": which, "label": label(kinds[which]), "says": kinds[which].says},
        "says_en": kinds[which].says_en,
        "note": content().ledgers_note,
        "month": month,
        "town": town or "",
        "town_name": names.get(town or "", ""),
        "towns": town_choices(request),
        "total": frame.height,
        "rows": [
            {
                **row,
                "who": people.get(row["person"]),
                "town_name": names.get(row["town"], row["town"] or _("街镇不明")),
                "committee": places.get(row["person"], ""),
                "situation_words": label(situations[row["situation"]])
                if row["situation"] in situations
                else "",
            }
            for row in rows
        ],
        "next": number + 1 if frame.height > start + PER_PAGE else None,
        "wrong": wrong,
        "full_allowed": full_allowed,
        "purpose": BASES[purpose(request)][0],
    }
    return render(request, "followup/ledger.html", context, status=status)


def _full_allowed(request: Asked) -> bool:
    """Names and numbers in full: the town that keeps the ledger, and whoever audits it."""
    return request.scope.reach is Reach.TOWN or request.actor.role is Role.AUDITOR


def _taken(request: Asked, which: str, month: Any, town: str | None) -> HttpResponse:
    full = request.POST.get("form") == "full"
    wanted = request.POST.get("purpose", "")
    if full and not _full_allowed(request):
        raise FollowupRefused(
            _("您的岗位只能下载遮蔽后的台账。"), mend=_("完整的台账由街镇自己下载。")
        )
    if full and not wanted:
        raise FollowupRefused(_("还缺一项：用途。"), mend=_("请说明为什么要完整的姓名和号码。"))
    why = purpose(request) if not wanted else Purpose(wanted) if wanted in set(Purpose) else None
    if why is None:
        raise FollowupRefused(_("没有这种用途。"), mend=_("请从列表中选一项。"))
    committee = request.POST.get("committee", "")[:40]
    data = ledger_book(request.actor, which, month, town, why, full=full, committee=committee)
    return _file(data, f"{which}-{month:%Y-%m}{'-' + town if town else ''}.xlsx")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
