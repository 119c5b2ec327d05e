"""The systems that call the API: made by an administrator, who sees the key this once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.accounts.roles import LABELS, Role
from wenye.services.audit.record import BASES
from wenye.services.decisions.district import district
from wenye.services.portal.clients import SCOPES, ClientError, make_client, renew_key
from wenye.services.portal.clients import stop as stop_client
from wenye.services.portal.models import ApiClient
from wenye.web.acting import Asked, page


@page("api.clients")
def clients(request: Asked) -> HttpResponse:
    """Every client, and a form for a further one."""
    typed: dict[str, Any] = {"name": "", "role": Role.CITIZEN.value, "town": "", "per_minute": "60"}
    typed |= {"scopes": [], "purposes": []}
    error: ClientError | None = None
    if request.method == "POST":
        typed = {
            **{name: request.POST.get(name, "") for name in ("name", "role", "town", "per_minute")},
            **{name: request.POST.getlist(name) for name in ("scopes", "purposes")},
        }
        try:
            made, key = _made(request, typed)
            return _shown(request, made, key)
        except ClientError as refused:
            error = refused
    english = get_language() == "en"
    return render(
        request,
        "api/clients.html",
        {
            "clients": [_row(each) for each in ApiClient.objects.all()],
            "typed": typed,
            "error": error,
            "roles": [(role.value, LABELS[role][english]) for role in ApiClient.ROLES],
            "towns": [(unit.code, unit.name) for unit in district().organisation.units],
            "scopes": [(name, words[english]) for name, words in SCOPES.items()],
            "purposes": [(name.value, words[english]) for name, words in BASES.items()],
        },
        status=400 if error else 200,
    )


def _made(request: Asked, typed: dict[str, Any]) -> tuple[ApiClient, str]:
    if typed["role"] not in list(Role):
        raise ClientError(_("没有这个身份"), where="role", mend=_("从列出的身份里选"))
    role = Role(typed["role"])
    number = typed["per_minute"]
    return make_client(
        request.actor,
        typed["name"].strip()[:80],
        role=role,
        scopes=typed["scopes"],
        purposes=typed["purposes"],
        town=typed["town"][:9] if role is Role.TOWN_REVIEWER else "",
        department=request.actor.department if role is Role.BUREAU_REVIEWER else "",
        per_minute=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0,
    )


def _row(each: ApiClient) -> dict[str, Any]:
    english = get_language() == "en"
    return {
        "client": each,
        "role": LABELS[Role(each.role)][english],
        "scopes": [SCOPES[name][english] for name in each.scopes if name in SCOPES],
        "purposes": [words[english] for name, words in BASES.items() if name in each.purposes],
    }


@page("api.client")
def client(request: Asked, client: int) -> HttpResponse:
    """One client."""
    return _shown(request, get_object_or_404(ApiClient, pk=client))


def _shown(request: Asked, found: ApiClient, key: str = "") -> HttpResponse:
    answer = render(request, "api/client.html", {**_row(found), "key": key})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@page("api.key")
def key(request: Asked, client: int) -> HttpResponse:
    """A new key for a client: the old one is dead at once."""
    found = get_object_or_404(ApiClient, pk=client, stopped_at=None)
    return _shown(request, found, renew_key(request.actor, found))


@require_POST
@page("api.stop")
def stop(request: Asked, client: int) -> HttpResponse:
    """The client is answered no more."""
    found = get_object_or_404(ApiClient, pk=client)
    stop_client(request.actor, found)
    messages.success(request, _("已停用，这个密钥不再有效。"), extra_tags="yes")
    return redirect("api:client", client)
