"""Confirming values with four eyes: state value and source, see what it would change, sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.policy.units import worded
from wenye.rules.parameters import Status
from wenye.services.decisions.confirming import (
    ValueRefused,
    effect,
    propose,
    sign,
    tried,
    withdraw,
)
from wenye.services.decisions.decisive import readers, value_label
from wenye.services.decisions.district import district
from wenye.services.decisions.models import ProposedValue
from wenye.web.acting import Asked, page
from wenye.web.refusals import refused


def _label(name: str) -> dict[str, str]:
    label, label_en = value_label(name)
    return {"label": label, "label_en": label_en}


@page("policy.values")
def values(request: Asked) -> HttpResponse:
    """What waits for a signature, what was signed, and what wants confirming."""
    today = timezone.localdate()
    asked = request.GET.get("q", "")[:60].strip()
    proposals = list(ProposedValue.objects.all()[:200])
    waiting = []
    for name, parameter in district().details.items():
        value = parameter.at(today)
        if value.status not in (Status.SOURCED, Status.OPEN):
            continue
        if asked and asked not in f"{parameter.label}{name}":
            continue
        shown = value.value is not None
        waiting.append(
            {
                "name": name,
                "label": parameter.label,
                "label_en": parameter.label_en,
                "since": None if value.since == dt.date.min else value.since,
                "value": worded(parameter.unit, value.value) if value.value is not None else "",
                "basis": value.basis,
                "open": not shown,
                "schemes": len(readers(name)),
            }
        )
    waiting.sort(key=lambda row: (bool(row["open"]), -int(str(row["schemes"]))))
    context = {
        "proposed": [_told(p) for p in proposals if p.state == ProposedValue.PROPOSED],
        "signed": [_told(p) for p in proposals if p.state == ProposedValue.SIGNED],
        "waiting": waiting,
        "asked": asked,
        "may_propose": request.actor.role.value == "bureau_reviewer",
    }
    return render(request, "policy/values.html", context)


def _told(proposal: ProposedValue) -> dict[str, Any]:
    return {"proposal": proposal, **_label(proposal.parameter)}


@page("policy.propose_value")
def propose_value(request: Asked) -> HttpResponse:
    """State a value, the day from which it holds, and where that is written."""
    name = (request.POST.get("parameter") or request.GET.get("parameter") or "")[:120]
    parameter = district().details.get(name)
    if parameter is None:
        raise Http404
    today = timezone.localdate()
    now = parameter.at(today)
    first = "" if now.since == dt.date.min else now.since.isoformat()
    shown = "" if now.value is None else _plain(parameter, now.value)
    typed = {
        "since": request.POST.get("since", request.GET.get("since", first))[:20],
        "value": request.POST.get("value", shown)[:40],
        "source": request.POST.get("source", "")[:400],
        "note": request.POST.get("note", "")[:400],
    }
    wrong = mend = ""
    status = 200
    if request.method == "POST":
        try:
            since = dt.date.fromisoformat(typed["since"].strip())
        except ValueError:
            wrong, status = _("起始日请写成 2026-01-01 这样。"), 400
        else:
            try:
                made = propose(
                    request.actor, name, since, typed["value"], typed["source"], typed["note"]
                )
            except ValueRefused as error:
                wrong, mend, status = error.what, error.mend, error.status
            else:
                messages.success(request, _("已提出，等另一位审核员复核。"), extra_tags="yes")
                return redirect("policy:value", pk=made.pk)
    context = {
        "parameter": parameter,
        "typed": typed,
        "wrong": wrong,
        "mend": mend,
        "days": [
            {
                "since": each.since,
                "value": "" if each.value is None else worded(parameter.unit, each.value),
                "basis": each.basis,
                "status": each.status.value,
            }
            for each in parameter.values
        ],
        "undated": [worded(parameter.unit, item.value) for item in parameter.undated],
        "truth": parameter.unit.name == "yes_no",
    }
    return render(request, "policy/propose_value.html", context, status=status)


def _plain(parameter: Any, value: Any) -> str:
    """A value as it is written into the field."""
    text = str(worded(parameter.unit, value))
    for ending in ("元/月", "元", "%", "个月", "周岁", "个工作日", "年", "日", "人"):
        if text.endswith(ending):
            return text.removesuffix(ending).replace(",", "")
    return text


@page("policy.value")
def value(request: Asked, pk: int) -> HttpResponse:
    """One proposal: what it says, and (asked for) what it would change in numbers."""
    proposal = ProposedValue.objects.filter(pk=pk).first()
    if proposal is None:
        raise Http404
    pending = proposal.state == ProposedValue.PROPOSED
    effects, problem = None, ""
    if pending:
        try:
            if "effect" in request.GET:
                effects = effect(proposal)
            else:
                tried(proposal)
        except ValueRefused as error:
            problem = error.what
    mine = proposal.proposed_by == request.actor.user_id
    context = {
        **_told(proposal),
        "parameter": district().details.get(proposal.parameter),
        "schemes": readers(proposal.parameter),
        "effects": effects,
        "problem": problem,
        "may_sign": pending and not mine and request.actor.role.value in _SIGN,
        "may_withdraw": pending and mine,
        "mine": mine,
    }
    return render(request, "policy/value.html", context)


_SIGN = ("bureau_reviewer", "administrator")


@require_POST
@page("policy.sign_value")
def sign_value(request: Asked, pk: int) -> HttpResponse:
    """The second signature, or the first officer's withdrawal."""
    try:
        if request.POST.get("do") == "withdraw":
            proposal = ProposedValue.objects.filter(
                pk=pk, proposed_by=request.actor.user_id
            ).first()
            if proposal is None:
                raise Http404
            withdraw(request.actor, pk)
            messages.success(request, _("已撤回。"), extra_tags="yes")
        else:
            sign(request.actor, pk)
            messages.success(request, _("已复核，从现在起按这个值判定。"), extra_tags="yes")
    except ProposedValue.DoesNotExist:
        raise Http404 from None
    except ValueRefused as error:
        return refused(request, error.status, what=error.what, mend=error.mend)
    return redirect("policy:value", pk=pk)
