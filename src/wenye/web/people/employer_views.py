"""An employer at a glance: what it is, its head count over time, who works there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from wenye.registers.model import Employer as EmployerEntity
from wenye.services.audit import record
from wenye.services.decisions.facts import NoFacts, facts
from wenye.services.people import fact_lines
from wenye.services.people.headcount import head_counts, staff
from wenye.services.people.models import Correction, Employer, Person
from wenye.web.acting import Asked, page
from wenye.web.people.namings import corrected_facts, towns
from wenye.web.people.panels import employer_panels
from wenye.web.people.person_views import may, purpose_of
from wenye.web.pictures.head_count import head_count_line
from wenye.web.refusals import refused
from wenye.web.typed import whole

#: People of one page of the staff list.
PAGE = 50


@require_GET
@page("people.employer")
def employer(request: Asked, key: int) -> HttpResponse:
    """The page of one employer."""
    found = get_object_or_404(Employer.objects.within(request.scope), pk=key)
    record.read(request.actor, purpose_of(request), employers=[found.pk], page=request.page.id)
    corrections = list(
        Correction.objects.filter(employer_key=found.pk, person_key__isnull=True).exclude(
            state=Correction.WITHDRAWN
        )[:20]
    )
    context: dict[str, Any] = {
        "employer": found,
        "town": towns().get(found.town, found.town),
        "corrections": corrected_facts(corrections, Correction.PROPOSED),
        "decided": corrected_facts(corrections, Correction.ACCEPTED, Correction.REFUSED),
        "may_propose": may(request, "people.propose"),
        "may_open_people": may(request, "people.person"),
        "panels": employer_panels(request, found),
        **_on_record(request, found, corrections),
    }
    return render(request, "people/employer.html", context)


@require_GET
@page("people.own_employer")
def own_employer(request: Asked) -> HttpResponse:
    """The employer that a clerk acts for."""
    key = request.actor.employer_key
    if key is None or not Employer.objects.within(request.scope).filter(pk=key).exists():
        return refused(request, 404)
    return redirect("people:employer", key=key)


def _on_record(request: Asked, found: Employer, corrections: list[Correction]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"lines": [], "picture": "", "months": [], "staff": [], "as_of": None}
    nothing |= {"staff_count": 0, "number": 1, "earlier": 0, "later": 0}
    try:
        known = facts()
    except NoFacts:
        return nothing
    row = fact_lines.one_row(known, EmployerEntity, found.pk)
    corrected = {
        each.fact
        for each in corrections
        if each.register == "employers" and each.state == Correction.ACCEPTED
    }
    months = head_counts(known, found.pk)
    return {
        "lines": fact_lines.lines(known, EmployerEntity, row, corrected, towns()) if row else [],
        "picture": head_count_line(months),
        "months": list(reversed(months)),
        "as_of": known.as_of,
        **_staff(request, found),
    }


def _staff(request: Asked, found: Employer) -> dict[str, Any]:
    everybody = staff(facts(), found.pk)
    pages = max(1, -(-len(everybody) // PAGE))
    number = min(whole(request.GET.get("page")) or 1, pages)
    some = everybody[(number - 1) * PAGE : number * PAGE]
    people = Person.objects.only("name", "number", "town").in_bulk([key for key, _, _ in some])
    record.read(request.actor, purpose_of(request), people=list(people), page=request.page.id)
    return {
        "staff": [
            {"person": people.get(key), "since": since, "row": row} for key, since, row in some
        ],
        "staff_count": len(everybody),
        "number": number,
        "earlier": number - 1 if number > 1 else 0,
        "later": number + 1 if number < pages else 0,
    }
