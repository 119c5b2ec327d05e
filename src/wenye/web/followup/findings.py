"""Entries worth a second look, each with its numbers; and what was said to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.findings import answer, explained, kind_words
from wenye.services.followup.models import Contact, Finding
from wenye.services.people.models import Person
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_month, label, words_of
from wenye.web.followup.reading import PER_PAGE, read, town_choices

_LOOKS = {Finding.OPEN: "unsure", Finding.EXPLAINED: "over", Finding.TAKEN_UP: "going"}


def state_words(finding: Finding) -> str:
    """Where a finding stands, in words."""
    return {
        Finding.OPEN: _("值得核对"),
        Finding.EXPLAINED: _("已有说明"),
        Finding.TAKEN_UP: _("已转办核实"),
    }[finding.state]


def _row(finding: Finding, names: dict[str, str]) -> dict[str, Any]:
    return {
        "finding": finding,
        "kind": kind_words(finding.kind),
        "town": names.get(finding.town, finding.town or _("街镇不明")),
        "words": explained(finding),
        "state": state_words(finding),
        "look": _LOOKS[finding.state],
    }


@page("followup.findings")
def findings(request: Asked) -> HttpResponse:
    """The patterns of a month, and the numbers that they are held against."""
    today = timezone.localdate()
    month = as_month(request.GET.get("month", ""), today)
    rows = Finding.objects.within(request.scope).filter(month=month).select_related("worker")
    town = request.GET.get("town", "")
    if town:
        rows = rows.filter(town=town)
    names = town_names()
    context = {
        "month": month,
        "rows": [_row(each, names) for each in rows.order_by("state", "town", "kind", "pk")[:300]],
        "limits": [
            {"label": label(each), "value": each.value, "status": each.status}
            for each in content().detector.values()
        ],
        "towns": town_choices(request),
        "town": town,
    }
    return render(request, "followup/findings.html", context)


def _one(request: Asked, number: int) -> Finding:
    found = Finding.objects.within(request.scope).select_related("worker").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@page("followup.finding")
def finding(request: Asked, number: int) -> HttpResponse:
    """One pattern with the contacts, or the people, that make it."""
    return _finding(request, _one(request, number), "", 200)


def _finding(request: Asked, found: Finding, wrong: str, status: int) -> HttpResponse:
    contacts = list(
        Contact.objects.filter(pk__in=found.contacts[:PER_PAGE])
        .select_related("person", "corrected_by", "corrects")
        .order_by("at", "pk")
    )
    people = (
        []
        if contacts
        else list(Person.objects.filter(pk__in=found.people[:PER_PAGE]).order_by("pk"))
    )
    read(request, sorted({*(c.person_id for c in contacts), *(p.pk for p in people)}))
    context = {
        **_row(found, town_names()),
        "contacts": [words_of(each) for each in contacts],
        "people": people,
        "shown": len(contacts) or len(people),
        "whole": len(found.contacts) or len(found.people),
        "may_answer": scope_of(request.acting, page_named("followup.answer_finding")).reach
        is not None,
        "wrong": wrong,
        "typed": request.POST.get("words", ""),
    }
    return render(request, "followup/finding.html", context, status=status)


@require_POST
@page("followup.answer_finding")
def answer_finding(request: Asked, number: int) -> HttpResponse:
    """Keep what checking has shown."""
    found = _one(request, number)
    try:
        answer(
            request.actor,
            found.pk,
            request.POST.get("state", ""),
            request.POST.get("words", "")[:2_000],
        )
    except FollowupRefused as error:
        return _finding(request, found, f"{error.what}{error.mend}", 400)
    messages.success(request, _("已记下核对情况。"), extra_tags="yes")
    return redirect("followup:finding", number)
