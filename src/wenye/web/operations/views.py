"""How the service is: a word for everybody, the details for who looks after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from wenye.services.operations.health import State, checks, is_well
from wenye.web.acting import Asked, page


@never_cache
def health_json(request: HttpRequest) -> HttpResponse:
    """For a program that watches: ``{"ok": true}``, or 503 and ``{"ok": false}``; nothing else."""
    well = is_well()
    return JsonResponse({"ok": well}, status=200 if well else 503)


@never_cache
@page("operations.health")
def health(request: Asked) -> HttpResponse:
    """Well or not: nothing else is told to everybody."""
    return render(request, "operations/health.html", {"well": is_well()})


@never_cache
@page("operations.state")
def state(request: Asked) -> HttpResponse:
    """Every check, with what was found and how to mend it."""
    found = checks()
    context = {
        "well": all(check.state is not State.FAILED for check in found),
        "warned": any(check.state is State.WARNING for check in found),
        "checks": found,
    }
    return render(request, "operations/state.html", context)
