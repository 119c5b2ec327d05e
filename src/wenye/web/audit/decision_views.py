"""Decisions on which something rests, and deciding one again from its receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.whose import whose
from wenye.services.decisions.deciding import Decided, differences
from wenye.services.decisions.district import district
from wenye.services.decisions.models import UsedDecision
from wenye.web.acting import Asked, page
from wenye.web.audit import wording
from wenye.web.people.namings import scheme_titles
from wenye.web.policy.reasoning import reasoning

PER_PAGE = 50


@require_GET
@page("audit.decisions")
def decisions(request: Asked) -> HttpResponse:
    """Used decisions, newest first, by scheme and use."""
    asked = {name: request.GET.get(name, "") for name in ("scheme", "used_for", "receipt")}
    before = request.GET.get("before", "")
    # The sealed columns are not needed for a list, and opening them costs most.
    chosen = UsedDecision.objects.order_by("-pk").defer("case", "explanation")
    chosen = chosen.filter(**{name: value for name, value in asked.items() if value})
    if before.isascii() and before.isdigit() and len(before) < 19:
        chosen = chosen.filter(pk__lt=int(before))
    rows = list(chosen[: PER_PAGE + 1])
    more = len(rows) > PER_PAGE
    titles = _titles()
    names = wording.users(row.user_id for row in rows)
    older = {**asked, "before": str(rows[PER_PAGE - 1].pk)} if more else {}
    context = {
        "rows": [
            {"used": row, "title": titles.get(row.scheme, row.scheme), "user": names[row.user_id]}
            for row in rows[:PER_PAGE]
        ],
        "asked": asked,
        "titles": sorted(titles.items(), key=lambda item: item[1]),
        "uses": USES,
        "older": urlencode({k: v for k, v in older.items() if v}),
    }
    return render(request, "audit/decisions.html", context)


#: What decisions are used for, in both languages.
USES = {
    "offer": ("推送", "offer"),
    "approval": ("批准", "approval"),
    "payment": ("拨付", "payment"),
}


@require_GET
@page("audit.decision")
def decision(request: Asked, pk: int) -> HttpResponse:
    """One used decision with its receipt and reasons."""
    return _shown(request, get_object_or_404(UsedDecision, pk=pk), None)


@require_POST
@page("audit.decide_again")
def decide_again(request: Asked, pk: int) -> HttpResponse:
    """Decide it again from its receipt, and tell what comes out differently."""
    used = get_object_or_404(UsedDecision, pk=pk)
    differing = differences(used)
    record.change(request.actor, "decision.replay", "decision", pk, detail={"same": not differing})
    return _shown(request, used, differing)


def _shown(request: Asked, used: UsedDecision, differing: list[str] | None) -> HttpResponse:
    people, employers = _concerned(used)
    record.read(
        request.actor, Purpose.AUDIT, people=people, employers=employers, page=request.page.id
    )
    if not people and not employers:
        record.change(request.actor, "decision.read", "decision", used.pk, page=request.page.id)
    decided = Decided(
        district().scheme(used.scheme),
        used.register,
        used.subject_key,
        used.on,
        used.explanation,
        used.case,
        used.facts_digest,
    )
    context: dict[str, Any] = {
        "used": used,
        "title": _titles().get(used.scheme, used.scheme),
        "use": USES.get(used.used_for, (used.used_for, used.used_for)),
        "user": wording.users([used.user_id])[used.user_id],
        "tree": reasoning(decided),
        "differing": differing,
    }
    return render(request, "audit/decision.html", context)


def _concerned(used: UsedDecision) -> tuple[list[int], list[int]]:
    """Whom the decision tells of, so that they find in the log that it was read."""
    try:
        owner = whose(used.register, used.subject_key, district().scheme(used.scheme))
    except CaseRefused:  # the row is no longer on the registers in force
        held = {"people": [used.subject_key]}
        firms = {"employers": [used.subject_key]}
        return held.get(used.register, []), firms.get(used.register, [])
    people = [key for key in (owner.person_key, owner.worker_key) if key is not None]
    return people, [] if owner.employer_key is None else [owner.employer_key]


def _titles() -> dict[str, str]:
    return scheme_titles(district().scheme_ids)
