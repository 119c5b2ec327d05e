"""A person at a glance: who it is, what is on record, how it went, who looked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenye.registers.model import Person as PersonEntity
from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import LABELS, Role
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.facts import NoFacts, facts
from wenye.services.people import fact_lines, revealing, rights, spells
from wenye.services.people.extra_facts import extra_facts
from wenye.services.people.models import Correction, Employer, Person
from wenye.services.people.own_copy import lookers as who_looked
from wenye.web.acting import Asked, page
from wenye.web.people.namings import corrected_facts, scheme_titles, towns
from wenye.web.people.panels import person_panels
from wenye.web.people.search_views import purpose_choices
from wenye.web.pictures.life_line import life_line, rows
from wenye.web.refusals import refused
from wenye.web.typed import whole

#: Rows of one page of who looked.
PAGE = 100


def purpose_of(request: Asked) -> Purpose:
    """Why a page of a person is opened, where nobody asks: by what the one who acts does."""
    acting = request.actor
    if not acting.is_officer:
        return Purpose.OWN
    return {
        Role.AUDITOR: Purpose.AUDIT,
        Role.ADMINISTRATOR: Purpose.CORRECTION,
        Role.BUREAU_REVIEWER: Purpose.REVIEW,
        Role.TOWN_REVIEWER: Purpose.REVIEW,
    }.get(acting.role, Purpose.SERVICE)


def may(request: Asked, page_id: str) -> bool:
    """Whether whoever asks may open a page at all."""
    return scope_of(request.acting, page_named(page_id)).reach is not None


@require_GET
@page("people.person")
def person(request: Asked, key: int) -> HttpResponse:
    """The page of one person."""
    found = get_object_or_404(
        Person.objects.select_related("case_worker").within(request.scope), pk=key
    )
    record.read(request.actor, purpose_of(request), people=[found.pk], page=request.page.id)
    return render(request, "people/person.html", person_context(request, found))


def person_context(request: Asked, found: Person) -> dict[str, Any]:
    """What the page shows, and what one's own page shows of oneself."""
    corrections = list(
        Correction.objects.filter(person_key=found.pk).exclude(state=Correction.WITHDRAWN)[:20]
    )
    return {
        "person": found,
        "town": towns().get(found.town, found.town),
        "corrections": corrected_facts(corrections, Correction.PROPOSED),
        "decided": corrected_facts(corrections, Correction.ACCEPTED, Correction.REFUSED),
        "extras": _extras(found),
        "numbers": _numbers(request, found),
        "may_propose": may(request, "people.propose"),
        "may_see_lookers": may(request, "people.lookers"),
        "may_contact": may(request, "people.contact"),
        "may_object": may(request, "people.object"),
        "objections": _objections(found),
        "panels": person_panels(request, found),
        **_on_record(found, corrections),
    }


def _on_record(found: Person, corrections: list[Correction]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"lines": [], "picture": "", "spells": [], "as_of": None}
    try:
        known = facts()
    except NoFacts:
        return nothing
    row = fact_lines.one_row(known, PersonEntity, found.pk)
    corrected = {
        each.fact
        for each in corrections
        if each.register == "people" and each.state == Correction.ACCEPTED
    }
    held = spells.spells(known, found.pk)
    employers = {each.employer_key for each in held if each.employer_key}
    names = {
        each.pk: each.shown_name for each in Employer.objects.filter(pk__in=employers).only("name")
    }
    titles = scheme_titles(each.detail for each in held if each.lane.id == "award")
    unknown = spells.unknown_lanes(known)
    return {
        "lines": fact_lines.lines(known, PersonEntity, row, corrected, towns()) if row else [],
        "picture": life_line(held, spells.horizon(known), unknown=unknown) if held else "",
        "spells": rows(held, names, titles),
        "as_of": known.as_of,
    }


def _extras(found: Person) -> list[tuple[Any, Any]]:
    known = extra_facts("people")
    return [(known[name], value) for name, value in found.extra.items() if name in known]


def _numbers(request: Asked, found: Person) -> list[dict[str, Any]]:
    """The three numbers, masked, with the purposes for which each may be seen in full."""
    may_reveal = may(request, "people.reveal")
    masked = {
        "number": found.masked_number,
        "phone": found.masked_phone,
        "account": found.masked_account,
    }
    labels = {"number": _("证件号码"), "phone": _("联系电话"), "account": _("银行账号")}
    return [
        {
            "which": which,
            "label": labels[which],
            "masked": value,
            "purposes": (
                purpose_choices(revealing.purposes(request.actor, which))
                if value and may_reveal
                else []
            ),
        }
        for which, value in masked.items()
    ]


def _objections(found: Person) -> list[str]:
    names = rights.objections(found.pk)
    titles = scheme_titles(names)
    return [titles.get(name, name) if name else _("所有项目") for name in sorted(names)]


@require_POST
@page("people.reveal")
def reveal(request: Asked, key: int) -> HttpResponse:
    """One number in full, once: the page is never kept by a browser."""
    found = get_object_or_404(Person.objects.within(request.scope), pk=key)
    which = request.POST.get("which", "")
    try:
        number = revealing.reveal(
            request.actor, found, which, request.POST.get("purpose", ""), request.page.id
        )
    except revealing.RevealRefused as error:
        return refused(request, 400, what=error.what, mend=error.mend)
    labels = {"number": _("证件号码"), "phone": _("联系电话"), "account": _("银行账号")}
    answer = render(
        request,
        "people/revealed.html",
        {"person": found, "label": labels[which], "number": number},
    )
    add_never_cache_headers(answer)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_GET
@page("people.lookers")
def lookers(request: Asked, key: int) -> HttpResponse:
    """Who read or changed somebody's data, and what for."""
    found = get_object_or_404(Person.objects.within(request.scope), pk=key)
    before = whole(request.GET.get("before")) or None
    chosen = who_looked(found.pk, most=PAGE + 1, before=before)
    more, chosen = len(chosen) > PAGE, chosen[:PAGE]
    with transaction.atomic():
        record.read(request.actor, purpose_of(request), people=[found.pk], page=request.page.id)
    is_own = request.actor.person_key == found.pk
    for row in chosen:
        # Somebody sees which office looked at them, not the clerk's name; whoever supervises does.
        role = LABELS[Role(row["role"])] if row["role"] else (_("系统"), "the service")
        row["role_words"] = role
        row["who"] = "" if is_own and row["role"] not in ("citizen", "") else row["who"]
    return render(
        request,
        "people/lookers.html",
        {
            "person": found,
            "rows": chosen,
            "before": chosen[-1]["id"] if more else None,
            "is_own": is_own,
        },
    )
