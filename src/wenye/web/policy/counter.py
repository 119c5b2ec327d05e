"""At the counter: an officer finds a walk-in, makes sure who it is, asks what is missing."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wenye.rules.errors import CaseError
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.decisive import responsible
from wenye.services.decisions.facts import facts
from wenye.services.decisions.fields import Field, NotRead, read
from wenye.services.decisions.identifying import knows
from wenye.services.decisions.telling import BadTelling, Telling, read_telling
from wenye.services.decisions.walk_in import check_registered, decide_registered
from wenye.services.people.models import Person
from wenye.services.people.search import find
from wenye.web.acting import Asked, page
from wenye.web.policy.check import checked, told_facts
from wenye.web.policy.reasoning import reasoning
from wenye.web.policy.schemes import language
from wenye.web.policy.steps import stepped
from wenye.web.refusals import refused

#: The session's note of whom the officer has made sure of, and for how many seconds it holds.
SEEN, HOLDS = "policy.counter", 30 * 60
#: Wrong answers about one person before an officer has to wait as long.
_TRIES, TRIED = 5, "policy.counter.tries"
_BIRTH = Field("birth_date", "出生日期", "date of birth", "day")
MOST = 20


@page("policy.counter")
def counter(request: Asked) -> HttpResponse:
    """Find the person by number, telephone or name; or help somebody who is on no register.

    What was typed travels in the request's body: an address is kept by proxies and browsers.
    """
    text = request.POST.get("q", "")[:60].strip()
    people = list(find(text, request.scope)[:MOST]) if text else []
    if people:
        keys = [person.key for person in people]
        record.read(request.actor, Purpose.COUNTER, people=keys, page=request.page.id)
    return render(request, "policy/counter.html", {"q": text, "people": people, "most": MOST})


@page("policy.counter_person")
def person(request: Asked, key: int) -> HttpResponse:
    """Confirm who it is with two facts; then the result, and only what is still missing."""
    found = Person.objects.within(request.scope).filter(pk=key).first()
    if found is None:
        raise Http404
    if request.method == "POST" and "last_four" in request.POST:
        return _confirmed(request, found)
    if not _sure(request, key):
        record.read(request.actor, Purpose.COUNTER, people=[key], page=request.page.id)
        return render(request, "policy/counter_confirm.html", {"person": found, "wrong": ""})
    record.read(request.actor, Purpose.COUNTER, people=[key], page=request.page.id)
    try:
        telling = read_telling(request.POST["telling"]) if "telling" in request.POST else None
    except BadTelling:
        return refused(request, 400)
    telling = telling or Telling("person", {"self": {}, "rows": {}})
    on = facts().as_of
    try:
        if request.POST.get("why"):
            return _why(request, found, telling, request.POST["why"], on)
        screen = stepped(
            request.POST, telling, lambda told, only: check_registered(told, key, on, only)
        )
    except CaseError as error:
        return refused(request, 400, what=str(error).split(" / ")[0])
    context = {
        **checked(screen),
        "person": found,
        "on": on,
        "opening": _opening(),
        "entitled": screen.found,
    }
    return render(request, "policy/counter_person.html", context)


def _confirmed(request: Asked, found: Person) -> HttpResponse:
    """The two facts, looked at; wrong ones are told without saying which."""
    tries: dict[str, list[float]] = request.session.get(TRIED, {})
    now = time.time()
    recent = [at for at in tries.get(str(found.pk), []) if now - at < HOLDS]
    if len(recent) >= _TRIES:
        return refused(request, 429, mend=_("多次不符，请半小时后再试，或请当事人出示证件原件。"))
    try:
        _answered, text = read(_BIRTH, request.POST.get("birth_date", ""))
        born = dt.date.fromisoformat(text) if text else None
    except NotRead:
        born = None
    if not knows(found, born, request.POST.get("last_four", "")[:8]):
        request.session[TRIED] = {**tries, str(found.pk): [*recent, now]}
        record.change(
            request.actor, "counter.unconfirmed", "person", found.pk, person=found.pk,
            purpose=Purpose.COUNTER, page=request.page.id,
        )  # fmt: skip
        context = {"person": found, "wrong": _("出生日期或证件号码后四位和登记的不一致。")}
        return render(request, "policy/counter_confirm.html", context, status=400)
    request.session[SEEN] = {"person": found.pk, "at": now}
    record.change(
        request.actor, "counter.confirmed", "person", found.pk, person=found.pk,
        purpose=Purpose.COUNTER, page=request.page.id,
    )  # fmt: skip
    return redirect("policy:counter_person", key=found.pk)


def _sure(request: Asked, key: int) -> bool:
    seen: dict[str, Any] = request.session.get(SEEN, {})
    return seen.get("person") == key and time.time() - float(seen.get("at", 0)) < HOLDS


def _opening() -> str:
    """The address that opens an application; empty while there is none."""
    try:
        return reverse("cases:open", args=["application"])
    except NoReverseMatch:
        return ""


def _correcting(register: str, key: int | None) -> str:
    try:
        return f"{reverse('people:propose')}?register={register}&row={key}"
    except NoReverseMatch:
        return ""


def _why(request: Asked, found: Person, telling: Telling, name: str, on: dt.date) -> HttpResponse:
    decided = decide_registered(telling, found.pk, name, on)
    if decided is None:
        raise Http404
    context = {
        "tree": reasoning(decided),
        "scheme": decided.scheme,
        "telling": telling.written(),
        "told": told_facts(decided.explanation) if telling.trail else [],
        "bodies": responsible(decided.scheme.id),
        "back_to": reverse("policy:counter_person", args=[found.pk]),
        "correction_url": _correcting(decided.register, decided.key),
        "lang": language(),
    }
    return render(request, "policy/check_why.html", context)
