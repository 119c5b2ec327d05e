"""The public check: what am I entitled to. No login, and nothing of it is kept anywhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.rules.errors import CaseError
from wenye.services.decisions.checking import check as check_all
from wenye.services.decisions.checking import decide_one
from wenye.services.decisions.decisive import responsible
from wenye.services.decisions.telling import WHO, BadTelling, Telling, read_telling
from wenye.web.acting import Asked, page
from wenye.web.policy.outcomes import outcomes
from wenye.web.policy.reasoning import reasoning
from wenye.web.policy.situations import begun, situations
from wenye.web.policy.steps import Screen, progress, stepped
from wenye.web.refusals import refused


@page("policy.check")
def check(request: Asked) -> HttpResponse:
    """Choose who asks; then a few questions at a time, with what is known so far underneath."""
    if request.method != "POST":
        return _private(render(request, "policy/check_start.html", _start()))
    who = request.POST.get("who", "")
    if who:
        if who not in WHO:
            return refused(request, 400)
        if request.POST.get("step") != "begin":
            context = {**_start(), "who": who, "situations": situations(who)}
            return _private(render(request, "policy/check_start.html", context))
        chosen = request.POST.getlist("situation")
        telling = Telling(who, begun(who, chosen))
    else:
        try:
            telling = read_telling(request.POST.get("telling", ""))
        except BadTelling:
            return refused(request, 400, mend=_("请从头再来一次，或者用页面里的“上一步”。"))
    try:
        if request.POST.get("why"):
            return _private(_why(request, telling, request.POST["why"]))
        screen = stepped(request.POST, telling, lambda told, only: check_all(told, None, only))
    except CaseError as error:
        return refused(request, 400, what=str(error).split(" / ")[0])
    return _private(render(request, "policy/check.html", checked(screen)))


def _private(answer: HttpResponse) -> HttpResponse:
    """Not to be kept by anything between, nor shown to the next who sits down."""
    answer["Cache-Control"] = "private, no-cache, max-age=0"
    return answer


def _start() -> dict[str, Any]:
    return {"who": "", "situations": []}


def checked(screen: Screen) -> dict[str, Any]:
    """What the page of a check shows."""
    settled, whole = progress(screen.found, [])
    left = whole - settled
    return {
        "screen": screen,
        "telling": screen.telling.written(),
        "who": screen.telling.who,
        "outcomes": outcomes(screen.found),
        "settled": settled,
        "whole": whole,
        "left": left,
        "situations": situations(screen.telling.who),
        "on": timezone.localdate(),
        "opening": "",
    }


def _why(request: Asked, telling: Telling, name: str) -> HttpResponse:
    decided = decide_one(telling, name)
    if decided is None:
        return refused(request, 404)
    context = {
        "tree": reasoning(decided),
        "scheme": decided.scheme,
        "telling": telling.written(),
        "told": told_facts(decided.explanation),
        "bodies": responsible(decided.scheme.id),
        "back_to": reverse("policy:check"),
        "correction_url": "",
    }
    return render(request, "policy/check_why.html", context)


def told_facts(explanation: dict[str, Any]) -> list[str]:
    """What was told and counts for the outcome: what papers would have to show."""
    found: dict[str, None] = {}
    for item in explanation["conditions"]:
        for fact in item["facts"]:
            if fact["state"] == "known" and not fact["within"] and "(" not in fact["name"]:
                if isinstance(fact["value"], bool) and fact["name"].count(".") > 1:
                    continue
                found[fact["label"]] = None
    return list(found)
