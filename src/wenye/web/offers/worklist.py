"""Offers for officers: by scheme, town, state; told together, printed together, exported."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenye.services.accounts.roles import Reach
from wenye.services.audit import record
from wenye.services.decisions.district import town_names
from wenye.services.offers import channels, notify
from wenye.services.offers.models import Notification, Offer, OfferQuerySet
from wenye.services.offers.modes import offer_rules
from wenye.web.acting import Asked, page
from wenye.web.district.workbook import workbook
from wenye.web.offers.showing import (
    channel_words,
    lines,
    mode_words,
    purpose_of,
    read_keys,
    state_words,
    titles,
)
from wenye.web.refusals import refused
from wenye.web.typed import whole

PAGE = 50
#: The most that one bulk action takes.
BULK = 500
EXPORT = 5_000


def chosen(request: Asked) -> tuple[OfferQuerySet, dict[str, str]]:
    """The offers in reach under the filters of the address, and those filters."""
    asked = request.GET
    filters = {
        name: value
        for name in ("scheme", "town", "state", "mode", "run", "visit")
        if (value := asked.get(name, "").strip())
    }
    found: OfferQuerySet = Offer.objects.within(request.scope)
    states = [value for value, _label in Offer.STATES]
    if filters.get("state") in states:
        found = found.filter(state=filters["state"])
    elif filters.get("state") == "waiting" or "state" not in filters:
        found = found.filter(state__in=Offer.UNANSWERED)
    if "scheme" in filters:
        found = found.filter(scheme=filters["scheme"])
    if "town" in filters:
        found = found.filter(town="" if filters["town"] == "none" else filters["town"])
    if filters.get("mode") in dict(Offer.MODES):
        found = found.filter(mode=filters["mode"])
    elif "mode" not in filters:
        found = found.exclude(mode=Offer.INFORMATION)
    if "visit" in filters:
        asked_for = Notification.objects.filter(
            offer=OuterRef("pk"), channel=Notification.VISIT, state=Notification.QUEUED
        )
        found = found.filter(Exists(asked_for))
    if run := whole(filters.get("run")):
        found = found.filter(first_run=run)
    return found, filters


@require_safe
@page("offers.worklist")
def worklist(request: Asked) -> HttpResponse:
    """A page of offers, the newest first, gone through by the last one's number."""
    found, filters = chosen(request)
    if request.GET.get("format") == "xlsx":
        return _exported(request, found)
    before = _number(request.GET.get("before"))
    here = found.filter(pk__lt=before) if before else found
    rows = list(here.order_by("-id")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    people, firms = read_keys(rows)
    record.read(
        request.actor,
        purpose_of(request.actor),
        people=people,
        employers=firms,
        page=request.page.id,
    )
    named = titles()
    context: dict[str, Any] = {
        "rows": lines(rows),
        "filters": filters,
        "schemes": [(rule.scheme, named[rule.scheme]) for rule in offer_rules().told()],
        "towns": list(town_names().items()) if request.scope.reach is Reach.DISTRICT else [],
        "states": [(value, state_words(value)) for value, _label in Offer.STATES],
        "modes": [(value, mode_words(value)) for value, _label in Offer.MODES],
        "next": urlencode({**filters, "before": rows[-1].pk}) if more else "",
        "query": urlencode(filters),
        "may_notify": request.actor.role.value
        in ("case_worker", "town_reviewer", "bureau_reviewer"),
        "channels": [(name, channel_words(name)) for name in channels.connected()],
    }
    return render(request, "offers/worklist.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _exported(request: Asked, found: OfferQuerySet) -> HttpResponse:
    rows = list(found.order_by("-id")[:EXPORT])
    people, firms = read_keys(rows)
    record.read(
        request.actor,
        purpose_of(request.actor),
        people=people,
        employers=firms,
        page=request.page.id,
        detail={"export": len(rows)},
    )
    head = [_("项目"), _("对象"), _("街镇"), _("方式"), _("状态"), _("金额（元）"), _("说明")]
    body = [
        [
            line.title,
            line.who,
            line.town,
            line.mode,
            line.state,
            None if line.offer.amount_fen is None else line.offer.amount_fen,
            line.amount_note,
        ]
        for line in lines(rows)
    ]
    return workbook("offers", _("政策找人"), head, body, fen=(5,))


@require_POST
@page("offers.notify")
def notify_chosen(request: Asked) -> HttpResponse:
    """Tell those who were picked, on a channel; or go to print their letters."""
    picked = _picked(request.POST)
    if not picked:
        return refused(request, 400, what=_("没有选中任何一项。"), mend=_("先勾选，再通知。"))
    how = request.POST.get("channel", "")
    if how == Notification.LETTER:
        return redirect(f"{reverse('offers:letters')}?{urlencode({'pick': picked}, doseq=True)}")
    rows = Offer.objects.within(request.scope).filter(pk__in=picked).unanswered().order_by("id")
    if how in (Notification.VISIT, "told"):
        if how == "told":
            done = _("%(number)d 项已记为当面告知。") % {"number": notify.told(rows, request.actor)}
        else:
            number = notify.send(rows, Notification.VISIT, request.actor)
            done = _("%(number)d 项已交援助员当面告知。") % {"number": number}
        messages.success(request, done, extra_tags="yes")
        return _back(request)
    if how not in channels.connected():
        return refused(
            request, 400, what=_("没有接入这个渠道。"), mend=_("换一个渠道，或打印信函。")
        )
    template = "reminder" if request.POST.get("reminder") else "offer"
    queued = notify.send(rows, how, request.actor, template=template)
    counts = notify.deliver(BULK)
    messages.success(
        request,
        _("%(queued)d 项排队发送，已发出 %(sent)d，稍后重试 %(off)d，送不到 %(up)d。")
        % {
            "queued": queued,
            "sent": counts["sent"],
            "off": counts["put_off"],
            "up": counts["given_up"],
        },
        extra_tags="yes",
    )
    return _back(request)


def _back(request: Asked) -> HttpResponse:
    """To the list from which they were picked."""
    unheard = request.POST.get("back") == "unheard"
    return redirect("offers:unheard" if unheard else "offers:worklist")


def _picked(values: QueryDict) -> list[int]:
    return [number for text in values.getlist("pick")[:BULK] if (number := _number(text))]


@require_http_methods(["GET", "HEAD", "POST"])
@page("offers.letters")
def letters(request: Asked) -> HttpResponse:
    """The letters of those picked, a page each; once printed, they count as told."""
    values = request.POST if request.method == "POST" else request.GET
    rows = list(
        Offer.objects.within(request.scope)
        .filter(pk__in=_picked(values))
        .unanswered()
        .order_by("town", "id")
    )
    if request.method == "POST":
        number = notify.printed(rows, request.actor)
        messages.success(
            request, _("%(number)d 封已记为打印寄出。") % {"number": number}, extra_tags="yes"
        )
        return redirect("offers:unheard")
    people, firms = read_keys(rows)
    record.read(
        request.actor,
        purpose_of(request.actor),
        people=people,
        employers=firms,
        page=request.page.id,
    )
    return render(request, "offers/letters.html", {"letters": _letters(rows)})


def _letters(rows: list[Offer]) -> list[dict[str, Any]]:
    from wenye.services.decisions.district import district
    from wenye.services.people.models import Employer, Person

    people = Person.objects.in_bulk([row.person_key for row in rows if row.person_key is not None])
    firms = Employer.objects.in_bulk(
        [row.employer_key for row in rows if row.employer_key is not None]
    )
    here, towns = district(), town_names()
    found = []
    for row in rows:
        scheme = here.scheme(row.scheme)
        to = ""
        if row.person_key in people:
            to = people[row.person_key].shown_name
        elif row.employer_key in firms:
            to = firms[row.employer_key].shown_name
        found.append(
            {
                "offer": row,
                # A letter is written in Chinese, whatever language the officer reads.
                "title": scheme.title,
                "to": to,
                "town": towns.get(row.town, ""),
                "day": timezone.localdate(),
                "district": here.label,
                "one_click": row.mode in (Offer.CONFIRM, Offer.NOTICE),
                "payable": row.amount_status == "payable",
            }
        )
    return found
