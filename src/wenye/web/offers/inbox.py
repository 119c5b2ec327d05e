"""What somebody, or their employer, may have: the in-site inbox."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.offers.models import Offer
from wenye.web.acting import Asked, page
from wenye.web.offers.showing import lines, read_keys

#: An employer of many may have one offer for each of its staff.
_MOST = 200


@require_safe
@page("offers.inbox")
def inbox(request: Asked) -> HttpResponse:
    """Offers that wait, notes, and what became of earlier ones."""
    mine = Offer.objects.within(request.scope).order_by("-id")
    waiting = list(mine.unanswered()[:_MOST])
    notes = list(mine.filter(live=True, mode=Offer.INFORMATION)[:50])
    shown = {row.pk for row in (*waiting, *notes)}
    past = [row for row in mine[:_MOST] if row.pk not in shown][:50]
    people, firms = read_keys((*waiting, *notes, *past))
    record.read(request.actor, Purpose.OWN, people=people, employers=firms, page=request.page.id)
    context = {
        "waiting": lines(waiting),
        "notes": lines(notes),
        "past": lines(past),
        "more": len(waiting) == _MOST,
    }
    return render(request, "offers/inbox.html", context)
