"""One offer: what, how much, why, and what a click does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Role
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.sentences import spoken
from wenye.services.offers import confirming
from wenye.services.offers.errors import OfferRefused
from wenye.services.offers.models import Notification, Offer
from wenye.services.offers.modes import offer_rules
from wenye.web.acting import Asked, page
from wenye.web.offers.showing import (
    channel_words,
    delivery_words,
    failure_words,
    lines,
    purpose_of,
    why_lines,
)
from wenye.web.policy.reasoning import Reasons, reasoning
from wenye.web.refusals import refused


def _found(request: Asked, pk: int) -> Offer | None:
    return Offer.objects.within(request.scope).filter(pk=pk).first()


@require_safe
@page("offers.offer")
def offer(request: Asked, pk: int) -> HttpResponse:
    """The page; opened by the one whose it is, the offer counts as heard of."""
    row = _found(request, pk)
    if row is None:
        return refused(request, 404)
    acting = request.actor
    record.read(
        acting,
        purpose_of(acting),
        people=[key for key in (row.person_key, row.worker_key) if key is not None],
        employers=[] if row.employer_key is None else [row.employer_key],
        page=request.page.id,
    )
    if not acting.is_officer and request.method == "GET":
        row = confirming.hear(row, acting)
    return render(request, "offers/offer.html", _context(request, row))


def _context(request: Asked, row: Offer) -> dict[str, Any]:
    acting = request.actor
    flips = "flips" in request.GET
    decided = confirming.decided_now(row, with_flips=flips)
    told = Notification.objects.filter(offer=row).order_by("id")
    answers = acting.role in (Role.CITIZEN, Role.EMPLOYER_CLERK, Role.CASE_WORKER)
    stands = decided is not None and decided.outcome == "entitled"
    return {
        "line": lines([row])[0],
        "offer": row,
        "decided": decided,
        "tree": None if decided is None else _tree(decided, flips),
        "may_flip": decided is not None and not flips,
        "sentence": "" if decided is None else spoken(decided),
        "receipt": "" if decided is None else confirming.receipt_of(decided),
        "one_click": row.waits and confirming.one_click(row, decided),
        "stands": stands,
        "may_answer": answers and row.waits,
        "may_reconsider": answers and row.live and row.state == Offer.DECLINED,
        "may_withdraw": acting.role is Role.BUREAU_REVIEWER and row.waits,
        "of_officer": acting.is_officer,
        "codes": list(confirming.DECLINE_CODES.items()),
        "decline_words": confirming.DECLINE_CODES.get(row.decline_code, ""),
        "why": why_lines(row.why),
        "told": [
            {
                "channel": channel_words(each.channel),
                "state": delivery_words(each.state),
                "at": each.changed_at,
                "failure": failure_words(each.failure),
            }
            for each in told
        ],
        "case": Case.objects.filter(number=row.case_number).first() if row.case_number else None,
        "rule_note": offer_rules().of(row.scheme).note,
    }


def _tree(decided: Decided, flips: bool) -> Reasons:
    """The reasoning; what time alone would change is told only where it was reckoned."""
    tree = reasoning(decided)
    told = decided.explanation
    if not flips and not told["flips"] and not told["doubt_begins"]:
        tree.changes = [*tree.changes[:-1], str(_("时间推移会不会改变结果，还没有算。"))]
    return tree


@require_POST
@page("offers.answer")
def answer(request: Asked, pk: int) -> HttpResponse:
    """Yes, no, an application, or to think again."""
    row = _found(request, pk)
    if row is None:
        return refused(request, 404)
    acting, what = request.actor, request.POST.get("answer", "")
    try:
        if what == "confirm":
            row = confirming.confirm(row, acting, seen=request.POST.get("receipt", ""))
            messages.success(
                request,
                _("已确认，办件编号 %(number)s，由街镇审核。") % {"number": row.case_number},
                extra_tags="yes",
            )
        elif what == "apply":
            case = confirming.apply(row, acting)
            return redirect("cases:case", case.number)
        elif what == "decline":
            confirming.decline(
                row, acting, request.POST.get("code", ""), request.POST.get("words", "")
            )
            messages.success(request, _("已记下，不再提醒您这一项。"), extra_tags="yes")
        elif what == "reconsider":
            confirming.reconsider(row, acting)
        else:
            return refused(request, 400)
    except (OfferRefused, CaseRefused) as refusal:
        return refused(request, refusal.status, what=refusal.what, mend=refusal.mend)
    return redirect("offers:offer", pk)


@require_POST
@page("offers.withdraw")
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """An officer takes an offer back, with the reason."""
    row = _found(request, pk)
    if row is None:
        return refused(request, 404)
    try:
        confirming.withdraw(row, request.actor, request.POST.get("reason", ""))
    except OfferRefused as refusal:
        return refused(request, refusal.status, what=refusal.what, mend=refusal.mend)
    messages.success(request, _("已撤回。"), extra_tags="yes")
    return redirect("offers:offer", pk)
