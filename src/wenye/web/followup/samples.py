"""Samples of contacts made a second time, by somebody who does not see the first answers."""

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
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Recontact, Sample
from wenye.services.followup.sampling import answer, draw, estimate
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_month, choices, label
from wenye.web.followup.reading import read


@page("followup.sample")
def sample(request: Asked) -> HttpResponse:
    """The samples drawn, and how far each has come."""
    return _samples(request, "", 200)


def _samples(request: Asked, wrong: str, status: int) -> HttpResponse:
    names = town_names()
    scope = scope_of(request.acting, page_named("followup.sample"))
    rows = Sample.objects.within(scope).order_by("-month", "town", "-pk")[:100]
    context = {
        "samples": [
            {"sample": each, "town": names.get(each.town, each.town), "told": estimate(each)}
            for each in rows
        ],
        "may_draw": scope_of(request.acting, page_named("followup.draw_sample")).reach is not None,
        "towns": [{"code": code, "name": name} for code, name in names.items()],
        "size": content().sample["size"],
        "month": as_month(request.POST.get("month", ""), timezone.localdate()),
        "town": request.POST.get("town", ""),
        "wrong": wrong,
    }
    return render(request, "followup/sample.html", context, status=status)


@require_POST
@page("followup.draw_sample")
def draw_sample(request: Asked) -> HttpResponse:
    """Draw a sample of a town's month."""
    month = as_month(request.POST.get("month", ""), timezone.localdate())
    town = request.POST.get("town", "")
    try:
        if town not in town_names():
            raise FollowupRefused(_("没有选街镇。"), mend=_("请选一个街镇。"))
        made = draw(request.actor, month, town)
    except FollowupRefused as error:
        return _samples(request, f"{error.what}{error.mend}", 400)
    messages.success(
        request,
        _("从 %(frame)d 条中抽了 %(size)d 条。") % {"frame": made.frame, "size": made.size},
        extra_tags="yes",
    )
    return redirect("followup:sample_result", made.pk)


@page("followup.sample_result")
def sample_result(request: Asked, number: int) -> HttpResponse:
    """What a sample says: the share not confirmed, with its interval, and the comparison."""
    found = Sample.objects.within(request.scope).filter(pk=number).first()
    if found is None:
        raise Http404
    items = list(found.items.select_related("contact__person", "second_worker").order_by("pk"))
    read(request, sorted({item.contact.person_id for item in items}))
    situations = content().situations
    results = _results()
    context: dict[str, Any] = {
        "sample": found,
        "town": town_names().get(found.town, found.town),
        "told": estimate(found),
        "items": [
            {
                "item": item,
                "person": item.contact.person,
                "result": results.get(item.result, ""),
                "look": _LOOKS.get(item.result, "going"),
                "first": _named(situations, item.contact.situation),
                "second": _named(situations, item.situation),
            }
            for item in items
        ],
    }
    return render(request, "followup/sample_result.html", context)


_LOOKS = {
    Recontact.CONFIRMED: "yes",
    Recontact.NOT_CONFIRMED: "no",
    Recontact.NOT_REACHED: "unsure",
}


def _results() -> dict[str, str]:
    return {
        Recontact.CONFIRMED: _("本人确认有这次联系"),
        Recontact.NOT_CONFIRMED: _("本人说没有这次联系"),
        Recontact.NOT_REACHED: _("没有联系到本人"),
    }


def _named(options: Any, key: str) -> str:
    return label(options[key]) if key in options else ""


def _mine(request: Asked) -> Any:
    return (
        Recontact.objects.within(request.scope)
        .exclude(contact__worker_id=request.actor.user_id)
        .select_related("contact__person", "sample")
    )


@page("followup.recontacts")
def recontacts(request: Asked) -> HttpResponse:
    """The contacts that one is to make again."""
    items = list(_mine(request).filter(result="").order_by("sample_id", "pk")[:100])
    read(request, sorted({item.contact.person_id for item in items}))
    return render(request, "followup/recontacts.html", {"items": items})


@page("followup.recontact")
def recontact(request: Asked, number: int) -> HttpResponse:
    """One contact to be made again. What was told the first time is not shown."""
    item = _mine(request).filter(pk=number).first()
    if item is None:
        raise Http404
    values = {name: request.POST.get(name, "") for name in ("result", "situation", "accepts")}
    values["note"] = request.POST.get("note", "")[:2_000]
    wrong, status = "", 200
    if request.method == "POST":
        try:
            answer(
                request.actor,
                item.pk,
                values["result"],
                situation=values["situation"],
                accepts=values["accepts"],
                note=values["note"],
            )
        except FollowupRefused as error:
            wrong, status = f"{error.what}{error.mend}", 400
        else:
            messages.success(request, _("已记下复核结果。"), extra_tags="yes")
            return redirect(reverse("followup:recontacts"))
    read(request, [item.contact.person_id])
    context = {
        "item": item,
        "person": item.contact.person,
        "results": [{"id": key, "label": words} for key, words in _results().items()],
        "choices": choices(),
        "values": values,
        "wrong": wrong,
    }
    return render(request, "followup/recontact.html", context, status=status)
