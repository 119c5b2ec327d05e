"""What stands before every call: whose key it is, how often it calls, and whether it called before.

The work of a call with an idempotency key and the keeping of its answer are one transaction: a call
that dies half-way has done nothing, and one that is repeated is answered from what was kept.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import Acting, Role
from wenye.services.portal import clients, keeping
from wenye.services.portal.models import ApiClient
from wenye.web.acting import Asked
from wenye.web.api.problems import Problem, problem

View = Callable[..., HttpResponse]
#: The most that a call may weigh.
MOST_BYTES = 1_000_000
REFERENCE_HEADER = "Person-Reference"
REFERENCE_SALT = "wenye.api.person"
#: How long the reference to a citizen serves, in seconds.
REFERENCE_AGE = 15 * 60


class Called(Asked):
    """A call as operations see it."""

    client: ApiClient
    #: The citizen in whose name a client of the kind ``citizen`` calls.
    on_behalf: int | None


def guarded(view: View, *, open_to_all: bool = False) -> View:
    """The view behind key, rate and idempotency. ``open_to_all`` verifies its callers itself."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _weighed(request)
            if open_to_all:
                return view(request, *args, **kwargs)
            return _called(cast(Called, request), view, args, kwargs)
        except Problem as refused:
            return refused.answer()

    opened.operation = True  # type: ignore[attr-defined]  # told apart from pages
    return opened


def _weighed(request: HttpRequest) -> None:
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        raise Problem(400, where="Content-Length") from None
    if length > MOST_BYTES:
        raise Problem(413, where="Content-Length")
    try:
        size = len(request.body)
    except (RawPostDataException, OSError):
        raise Problem(400) from None
    if size > MOST_BYTES:
        raise Problem(413)


def _called(request: Called, view: View, args: Any, kwargs: Any) -> HttpResponse:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    client = clients.known(key.strip()) if scheme.casefold() == "bearer" else None
    if client is None:
        raise Problem(401, where="Authorization", headers={"WWW-Authenticate": "Bearer"})
    left = clients.spend(client)
    wait = str(60 - int(time.time()) % 60)
    rate = {
        "RateLimit-Limit": str(client.per_minute),
        "RateLimit-Remaining": str(max(left, 0)),
        "RateLimit-Reset": wait,
    }
    if left < 0:
        raise Problem(429, headers={**rate, "Retry-After": wait})
    request.client = client
    request.on_behalf = None
    request.acting = request.actor = client.acting()
    once = request.headers.get("Idempotency-Key", "")
    if request.method == "POST" and once:
        answer = _once(request, client, once, lambda: view(request, *args, **kwargs))
    else:
        answer = view(request, *args, **kwargs)
    if answer.status_code == 405:
        answer = problem(405, where=request.method or "", headers={"Allow": answer["Allow"]})
    for name, value in rate.items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    return answer


def _once(
    request: Called, client: ApiClient, key: str, work: Callable[[], HttpResponse]
) -> HttpResponse:
    if len(key) > 200 or not key.isprintable():
        raise Problem(400, _("幂等键太长，或含有不可见字符。"), where="Idempotency-Key")
    # The same key for another citizen is another call.
    whose = request.headers.get(REFERENCE_HEADER, "")
    asked = keeping.digest(
        request.method or "", f"{request.get_full_path()}\n{_person(whose)}", request.body
    )
    with transaction.atomic():
        try:
            kept = keeping.reserve(client, key, asked)
        except keeping.AnotherCall:
            return problem(
                409,
                _("这个幂等键已用于另一个请求。"),
                where="Idempotency-Key",
                mend=_("同一请求重发时内容须一字不差；新的请求请换新键。"),
            )
        if kept.status:
            answer = HttpResponse(
                kept.body, status=kept.status, content_type=kept.content_type or None
            )
            answer["Idempotency-Replayed"] = "true"
            return answer
        answer = work()
        if answer.status_code >= 400:
            # Nothing was done: the same key may be used again for the call put right.
            transaction.set_rollback(True)
            return answer
        kept.status = answer.status_code
        kept.content_type = answer.get("Content-Type", "")
        kept.body = answer.content.decode()
        kept.save(update_fields=["status", "content_type", "body"])
        return answer


def opens(
    page_id: str, scope: str | None = None, *, once: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An operation's row of the access table, and the function that the client must have for it.

    ``once``: it changes something, and is refused without an idempotency key.
    """
    row = page_named(page_id)

    def declared(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def opened(request: Called, *args: Any, **kwargs: Any) -> Any:
            client = request.client
            if scope is not None and scope not in client.scopes:
                raise Problem(403, where=scope)
            request.acting = request.actor = acting = _in_whose_name(request, client)
            request.page = row
            request.scope = scope_of(acting, row)
            if request.scope.reach is None:
                raise Problem(403, where=page_id)
            if once and not request.headers.get("Idempotency-Key"):
                raise Problem(
                    400,
                    _("没有写幂等键。"),
                    where="Idempotency-Key",
                    mend=_("每个新请求写一个新的 Idempotency-Key；重发时用原来的。"),
                )
            return operation(request, *args, **kwargs)

        opened.page_id = page_id  # type: ignore[attr-defined]
        # Annotations are text here, and mean what they mean in the operation's own module.
        opened.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
        return opened

    return declared


def _in_whose_name(request: Called, client: ApiClient) -> Acting:
    if client.role != Role.CITIZEN:
        return client.acting()
    given = request.headers.get(REFERENCE_HEADER, "")
    if given:
        request.on_behalf = _person(given, client)
        if request.on_behalf is None:
            raise Problem(
                403,
                _("本人凭据无效或已过期。"),
                where=REFERENCE_HEADER,
                mend=_("请重新换取凭据。"),
            )
    return client.acting(request.on_behalf)


def reference(client: ApiClient, person_key: int) -> str:
    """A short-lived reference to a citizen, of use to this client alone."""
    return signing.dumps([client.pk, person_key], salt=REFERENCE_SALT)


def _person(given: str, client: ApiClient | None = None) -> int | None:
    try:
        owner, key = signing.loads(
            given, salt=REFERENCE_SALT, max_age=REFERENCE_AGE if client else None
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(key) if client is None or owner == client.pk else None
