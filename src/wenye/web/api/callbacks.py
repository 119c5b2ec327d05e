"""Where the municipal portal calls back. Its signature is its key: it has no client of its own."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse

from wenye.services.cases.errors import CaseRefused
from wenye.services.portal.callbacks import CallbackRefused, receive, verify
from wenye.web.api.problems import problem


def portal(request: HttpRequest) -> HttpResponse:
    """A message of the portal: verified, done once, acknowledged."""
    if request.method != "POST":
        return problem(405, headers={"Allow": "POST"})
    headers = request.headers
    message_id = headers.get("X-Portal-Id", "")
    try:
        verify(
            headers.get("X-Portal-Timestamp", ""),
            message_id,
            headers.get("X-Portal-Signature", ""),
            request.body,
        )
        message = json.loads(request.body)
        if not isinstance(message, dict):
            return problem(422)
        return JsonResponse(receive(message_id, request.body, message))
    except (CallbackRefused, CaseRefused) as refused:
        return problem(refused.status, refused.what, where=refused.where, mend=refused.mend)
    except (ValueError, RecursionError):
        return problem(400)
