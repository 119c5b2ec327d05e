"""One line of the log for every request, and the number that an error's page shows."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from wenye.web.full_disk import is_full, refuse_full_disk
from wenye.web.logs import page_of

_log = logging.getLogger("wenye.requests")


class RequestLog:
    """Gives each request its number, and tells page, status, time, and queries when it is done.

    Neither addresses nor what was asked for stand in the line: both may name somebody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(4)  # type: ignore[attr-defined]
        begun, counted = time.perf_counter(), Counted()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            return response
        extra: dict[str, Any] = {
            "page": page_of(request),
            "method": request.method,
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
            "queries": counted.queries,
        }
        acting = getattr(request, "acting", None)
        if acting is not None:
            extra["user"] = acting.user_id
        if response.status_code >= 400:
            extra["number"] = request.number  # type: ignore[attr-defined]
        _log.log(_level(response.status_code), "request", extra=extra)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A full disk is told as such; nothing that the view began was kept."""
        if not is_full(error):
            return None
        _log.error("disk full", exc_info=error, extra={"number": getattr(request, "number", "")})
        return refuse_full_disk(request)


class Counted:
    """Counts the queries that pass through it."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)


def _level(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO
