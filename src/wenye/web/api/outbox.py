"""What is told to the municipal portal, and what it did not take."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.portal.adapter import portal
from wenye.services.portal.models import Outgoing
from wenye.services.portal.outbox import again
from wenye.web.acting import Asked, page
from wenye.web.refusals import refused

SHOWN = 100


@page("api.outbox")
def outbox(request: Asked) -> HttpResponse:
    """Messages by state, the newest first."""
    state = request.GET.get("state", "")
    rows = Outgoing.objects.order_by("-pk")
    if state in dict(Outgoing.STATES):
        rows = rows.filter(state=state)
    context = {
        "rows": rows[:SHOWN],
        "state": state,
        "states": Outgoing.STATES,
        "waiting": Outgoing.objects.filter(state=Outgoing.WAITING).count(),
        "given_up": Outgoing.objects.filter(state=Outgoing.GIVEN_UP).count(),
        "connected": portal() is not None,
    }
    return render(request, "api/outbox.html", context)


@require_POST
@page("api.resend")
def resend(request: Asked, message: int) -> HttpResponse:
    """Send once more what was given up."""
    if not again(request.actor, get_object_or_404(Outgoing, pk=message)):
        return refused(request, 409)
    messages.success(request, _("已重新排队，稍后发送。"), extra_tags="yes")
    return redirect("api:outbox")
