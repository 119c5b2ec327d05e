"""The description of the API as a page, and as an OpenAPI document. Both without a network."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from wenye.web.acting import Asked, page
from wenye.web.api.document import described, document


@page("api.docs")
def docs(request: Asked) -> HttpResponse:
    """What can be called, with what, and what is answered."""
    groups: dict[str, list[object]] = {}
    for each in described():
        groups.setdefault(each["group"], []).append(each)
    return render(request, "api/docs.html", {"groups": groups})


@page("api.openapi")
def openapi(request: Asked) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
