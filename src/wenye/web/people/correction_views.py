"""“This fact is wrong”: saying so, the worklist of whoever supplies it, and the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenye.rules.facts import Entity, Fact
from wenye.services.accounts.models import User
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.facts import facts
from wenye.services.people import correcting, fact_lines
from wenye.services.people.correcting import CorrectionRefused
from wenye.services.people.models import Correction, Employer, Person
from wenye.web.acting import Asked, page
from wenye.web.people.fact_input import Input, input_for, read_value
from wenye.web.people.namings import towns
from wenye.web.people.person_views import may
from wenye.web.refusals import refused
from wenye.web.typed import whole

#: Corrections of one page of the worklist.
PAGE = 50
STATES = {
    Correction.PROPOSED: _lazy("待核实"),
    Correction.ACCEPTED: _lazy("已更正"),
    Correction.REFUSED: _lazy("不更正"),
    Correction.WITHDRAWN: _lazy("已撤回"),
}


def _row(request: Asked) -> tuple[type[Entity], dict[str, Any]]:
    """The row that the address names, where it is about somebody within reach; 404 else."""
    entity = correcting.ENTITIES.get(request.GET.get("register", ""))
    key = request.GET.get("row", "")
    if entity is None or not key.isdecimal() or len(key) > 10:
        raise Http404
    row = fact_lines.one_row(facts(), entity, int(key)) if int(key) < 2**31 else None
    if row is None:
        raise Http404
    person, employer = correcting.owners(entity, row)
    if person is not None:
        reached = Person.objects.within(request.scope).filter(pk=person).exists()
        if not reached and entity.register.name not in ("people",) and employer is not None:
            # An employer's clerk may say that a row about its own staff is wrong.
            reached = request.actor.employer_key == employer and not request.actor.is_officer
    else:
        reached = employer is not None and (
            Employer.objects.within(request.scope).filter(pk=employer).exists()
        )
    if not reached:
        raise Http404
    return entity, row


@require_http_methods(["GET", "POST"])
@page("people.propose")
def propose(request: Asked) -> HttpResponse:
    """Choose the fact, say what it should be and why."""
    entity, row = _row(request)
    person, employer = correcting.owners(entity, row)
    record.read(
        request.actor,
        Purpose.CORRECTION if request.actor.is_officer else Purpose.OWN,
        people=[person] if person is not None else [],
        employers=[employer] if person is None and employer is not None else [],
        page=request.page.id,
    )
    lines = fact_lines.lines(facts(), entity, row, towns=towns())
    chosen = correcting.correctable(entity).get(request.GET.get("fact", ""))
    problem: CorrectionRefused | None = None
    if request.method == "POST" and chosen is not None:
        try:
            value = read_value(chosen, request.POST.get("value", ""))
            made = correcting.propose(
                request.actor,
                entity.register.name,
                row,
                chosen.name,
                value,
                request.POST.get("reason", ""),
            )
        except CorrectionRefused as error:
            if error.status != 400:
                return refused(request, error.status, what=error.what, mend=error.mend)
            problem = error
        else:
            messages.success(
                request,
                _("已交给%(department)s核实，结果会显示在“更正”里。")
                % {"department": made.department},
                extra_tags="yes",
            )
            return redirect("people:correction", pk=made.pk)
    field: Input | None = None
    if chosen is not None:
        field = input_for(chosen, request.POST.get("value", ""), towns())
    context = {
        "register": entity.register,
        "row": row["key"],
        "lines": lines,
        "line": next((each for each in lines if chosen and each.name == chosen.name), None),
        "field": field,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
        "back": _back(person, employer, request),
    }
    return render(
        request, "people/propose.html", context, status=400 if problem is not None else 200
    )


def _back(person: int | None, employer: int | None, request: Asked) -> tuple[str, int] | None:
    if person is not None and may(request, "people.person"):
        return "people:person", person
    return ("people:employer", employer) if employer is not None else None


@require_GET
@page("people.corrections")
def corrections(request: Asked) -> HttpResponse:
    """The worklist: what waits for an answer, the oldest first; or what was answered."""
    state = request.GET.get("state", Correction.PROPOSED)
    if state not in dict(Correction.STATES):
        state = Correction.PROPOSED
    chosen = Correction.objects.within(request.scope).filter(state=state)
    order = "pk" if state == Correction.PROPOSED else "-pk"
    if after := whole(request.GET.get("after")):
        chosen = chosen.filter(**{"pk__gt" if order == "pk" else "pk__lt": after})
    found = list(chosen.order_by(order)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    people = Person.objects.only("name").in_bulk(
        {row.person_key for row in found if row.person_key}
    )
    employers = Employer.objects.only("name").in_bulk(
        {row.employer_key for row in found if row.employer_key and not row.person_key}
    )
    record.read(
        request.actor,
        Purpose.CORRECTION if request.actor.is_officer else Purpose.OWN,
        people=list(people),
        page=request.page.id,
    )
    return render(
        request,
        "people/corrections.html",
        {
            "rows": [_described(row, people, employers) for row in found],
            "state": state,
            "states": list(STATES.items()),
            "after": found[-1].pk if more else None,
        },
    )


@require_GET
@page("people.correction")
def correction(request: Asked, pk: int) -> HttpResponse:
    """One correction: what is on record, what is said, and the answer."""
    row = get_object_or_404(Correction.objects.within(request.scope), pk=pk)
    return _one(request, row)


def _one(
    request: Asked, row: Correction, problem: CorrectionRefused | None = None, answer: str = ""
) -> HttpResponse:
    record.read(
        request.actor,
        Purpose.CORRECTION if request.actor.is_officer else Purpose.OWN,
        people=[row.person_key] if row.person_key else [],
        employers=[row.employer_key] if row.employer_key and not row.person_key else [],
        page=request.page.id,
    )
    people = Person.objects.in_bulk([row.person_key] if row.person_key else [])
    employers = Employer.objects.in_bulk([row.employer_key] if row.employer_key else [])
    names = dict(
        User.objects.filter(pk__in=[row.proposed_by or 0, row.decided_by or 0]).values_list(
            "pk", "name"
        )
    )
    waits = row.state == Correction.PROPOSED
    context = {
        **_described(row, people, employers),
        "now": _now(row),
        "proposed_by": names.get(row.proposed_by or 0, ""),
        "decided_by": names.get(row.decided_by or 0, ""),
        "may_decide": waits
        and may(request, "people.decide_correction")
        and row.department == request.actor.department
        and row.proposed_by != request.actor.user_id,
        "may_withdraw": waits and row.proposed_by == request.actor.user_id,
        "may_open": may(request, "people.person" if row.person_key else "people.employer"),
        "problem": problem,
        "answer": answer,
    }
    return render(
        request, "people/correction.html", context, status=problem.status if problem else 200
    )


@require_POST
@page("people.decide_correction")
def decide(request: Asked, pk: int) -> HttpResponse:
    """Answer a correction."""
    row = get_object_or_404(Correction.objects.within(request.scope), pk=pk)
    verdict, answer = request.POST.get("verdict", ""), request.POST.get("answer", "")
    if verdict not in ("accept", "refuse"):
        return _one(request, row, CorrectionRefused(_("请选“更正”或者“不更正”。")), answer)
    try:
        correcting.decide(request.actor, row.pk, accept=verdict == "accept", answer=answer)
    except CorrectionRefused as error:
        if error.status == 400:
            return _one(request, row, error, answer)
        return refused(request, error.status, what=error.what, mend=error.mend)
    messages.success(request, _("已答复。"), extra_tags="yes")
    return redirect("people:corrections")


@require_POST
@page("people.withdraw_correction")
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Take back one's own."""
    row = get_object_or_404(Correction.objects.filter(proposed_by=request.actor.user_id), pk=pk)
    try:
        correcting.withdraw(request.actor, row.pk)
    except CorrectionRefused as error:
        return refused(request, error.status, what=error.what, mend=error.mend)
    messages.success(request, _("已撤回。"), extra_tags="yes")
    return redirect("people:corrections")


def _described(
    row: Correction, people: dict[int, Person], employers: dict[int, Employer]
) -> dict[str, Any]:
    entity = correcting.ENTITIES.get(row.register)
    fact = entity.facts().get(row.fact) if entity is not None else None
    english = get_language() == "en"
    register = entity.register if entity is not None else None
    return {
        "row": row,
        "register_label": (register.label_en if english else register.label) if register else "",
        "fact_label": (fact.label_en if english else fact.label) if fact else row.fact,
        "value": _value_words(fact, row),
        "person": people.get(row.person_key or 0),
        "employer": employers.get(row.employer_key or 0),
        "state_words": STATES[row.state],
        "state_class": {
            Correction.PROPOSED: "going",
            Correction.ACCEPTED: "yes",
            Correction.REFUSED: "no",
        }.get(row.state, "over"),
    }


def _value_words(fact: Fact | None, row: Correction) -> str:
    from wenye.rules.errors import CaseError
    from wenye.rules.values import encode

    if fact is None:
        return str(row.value)
    try:
        stored = encode(fact, row.value, "")
    except CaseError:
        return str(row.value)
    said = fact_lines.words_en if get_language() == "en" else fact_lines.words
    return said(fact, stored, towns())


def _now(row: Correction) -> fact_lines.FactLine | None:
    entity = correcting.ENTITIES.get(row.register)
    if entity is None:
        return None
    held = fact_lines.one_row(facts(), entity, row.row_key)
    if held is None:
        return None
    lines = fact_lines.lines(facts(), entity, held, towns=towns())
    return next((each for each in lines if each.name == row.fact), None)
