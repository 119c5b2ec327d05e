"""How long a login lasts, and that a password given by somebody else is changed first."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

#: The session's keys: when it began, and when it was last used (kept to the minute).
BEGAN, USED = "wenye.began", "wenye.used"


def begin(sender: Any, request: HttpRequest | None, **_: Any) -> None:
    """Note when a login began; it is saved with the login itself."""
    if request is not None:
        request.session[BEGAN] = request.session[USED] = int(time.time())


class SessionLimits:
    """Ends a login that was not used for a while, or that has lasted a working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, session = int(time.time()), request.session
        used, began = session.get(USED), session.get(BEGAN)
        if used is not None and now - used > settings.IDLE_SECONDS:
            return _ended(request, _("很久没有操作，已为您退出；没有提交的内容没有保存。"))
        if began is not None and now - began > settings.SESSION_COOKIE_AGE:
            return _ended(request, _("登录已满一个工作日，请重新登录。"))
        if began is None:
            begin(None, request)
        elif used is None or now - used >= 60:
            session[USED] = now
        if request.user.must_change_password and not _allowed(request):
            return redirect("accounts:password")
        return self.get_response(request)


def _ended(request: HttpRequest, why: str) -> HttpResponse:
    logout(request)
    messages.warning(request, why, extra_tags="unsure")
    if request.method != "GET" or request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        # htmx follows this as if it had been a link; without it the login page is shown.
        if request.headers.get("HX-Request"):
            answer["HX-Redirect"] = reverse(settings.LOGIN_URL)
            return answer
        return redirect(settings.LOGIN_URL)
    return redirect(f"{reverse(settings.LOGIN_URL)}?next={quote(request.path)}")


def _allowed(request: HttpRequest) -> bool:
    """What can be done before the password is changed."""
    open_to_all = ("accounts:password", "accounts:logout", "letters", "language", "health")
    return request.path in {reverse(name) for name in open_to_all}
