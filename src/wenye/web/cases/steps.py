"""Taking a step: the one address to which every form of a case's page is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.accounts.roles import Acting
from wenye.services.cases.deciding import decided_now
from wenye.services.cases.errors import CaseRefused, DecisionDiffers
from wenye.services.cases.forms import read_form
from wenye.services.cases.models import Case
from wenye.services.cases.workflow import perform
from wenye.services.cases.workflows import workflows
from wenye.services.decisions.questions import WrongAnswers, answers_from, merged, questions
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.case_page import context_of
from wenye.web.policy.filling import added_rows
from wenye.web.refusals import refused

#: The most lines of what is missing, and the most characters of one.
LINES, LINE = 30, 200


@require_POST
@page("cases.step")
def step(request: Asked, number: str) -> HttpResponse:
    """Take the step that was asked for, or say why not, with everything typed still there."""
    case = showing.found(request, number)
    if case is None:
        return showing.missing(request)
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and int(version[:9]) == case.version):
        return refused(request, 409)
    transition = request.POST.get("do", "")
    data: dict[str, Any] = {}
    if request.POST.get("step") == "more":
        # Room for further rows: what was typed stays, and nothing is saved yet.
        more = added_rows(request.POST.get("more", "")) + 3
        context = context_of(request, case, typed=request.POST, more=more)
        return render(request, "cases/case.html", context)
    if transition in ("save", "submit") and _is_form(request):
        data, wrong = _filled_in(request, case)
        if wrong:
            context = context_of(request, case, wrong=wrong, typed=request.POST)
            return render(request, "cases/case.html", context, status=400)
    data |= _said(request)
    try:
        perform(case, transition, request.actor, reason=request.POST.get("reason", ""), data=data)
    except DecisionDiffers as error:
        rows = showing.difference_lines(error.rows)
        told = {"what": error.what, "mend": error.mend, "rows": rows}
        case = Case.objects.get(pk=case.pk)
        return render(request, "cases/case.html", context_of(request, case, told=told), status=409)
    except CaseRefused as error:
        if error.status == 400:
            told = {"what": error.what, "mend": error.mend, "rows": []}
            case = Case.objects.get(pk=case.pk)
            context = context_of(request, case, told=told, typed=request.POST)
            return render(request, "cases/case.html", context, status=400)
        return refused(request, error.status, what=error.what, mend=error.mend)
    messages.success(request, _done(case, transition, request.actor), extra_tags="yes")
    if showing.found(request, number) is None:
        # The step has taken it out of what the role sees.
        return redirect("cases:mine" if not request.actor.is_officer else "cases:worklist")
    return redirect("cases:case", case.number)


def _done(case: Case, transition: str, acting: Acting) -> str:
    workflow = workflows()[case.workflow]
    state = showing.label_of(workflow.states[case.state])
    if transition == "save":
        return _("已保存，可以以后接着填。")
    if transition == "submit" and not acting.is_officer:
        return _("已提交，等待审核；办到哪一步、结果怎样，都会写在这一页。")
    return _("%(number)s 已办理，现在是“%(state)s”。") % {"number": case.number, "state": state}


def _is_form(request: Asked) -> bool:
    return request.POST.get("filled") == "1"


def _filled_in(request: Asked, case: Case) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers and fixed fields, joined with what was said before; what is wrong by field."""
    kind = showing.type_of(case)
    form, wrong = read_form(kind, request.POST)
    # A field that was emptied is emptied.
    form = {**{field.name: None for field in kind.form}, **form}
    data: dict[str, Any] = {
        "form": {name: value for name, value in form.items() if name not in wrong},
        "answers": dict(case.answers or {}),
    }
    if kind.decides and case.scheme:
        decided = decided_now(case, with_flips=False)
        asked = questions(decided.scheme, decided.explanation, decided.case)
        try:
            said = answers_from(request.POST, asked, decided.case)
        except WrongAnswers as error:
            said = error.case
            wrong |= error.errors
        data["answers"] = merged(data["answers"], said)
    return data, wrong


def _said(request: Asked) -> dict[str, Any]:
    """What a step asks for beside its reason."""
    said: dict[str, Any] = {}
    missing = [line.strip()[:LINE] for line in request.POST.get("missing", "").splitlines()[:LINES]]
    if any(missing):
        said["missing"] = [line for line in missing if line]
    for name in ("seen", "result", "satisfied", "town"):
        value = request.POST.get(name, "")
        if value and len(value) <= 80:
            said[name] = value
    return said
