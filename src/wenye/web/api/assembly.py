"""The API put together: its operations, its refusals, and how its answers are written."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

import wenye
from wenye.rules.errors import CaseError
from wenye.services.decisions.facts import NoFacts
from wenye.web.api import cases, citizens, offers, policy
from wenye.web.api.guard import guarded
from wenye.web.api.problems import Problem, problem

_log = logging.getLogger("wenye.web.api")


class Plain(JSONRenderer):
    """JSON with Chinese as it is written."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}  # noqa: RUF012


class ClientKey(HttpBearer):
    """Says in the document how calls are made; the key has been checked by ``guarded``."""

    openapi_description = "接口密钥 / the client's key"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The client that ``guarded`` has found."""
        return getattr(request, "client", None)


api = NinjaAPI(
    title="稳业接口 Wenye API",
    version=wenye.__version__,
    description=(
        "判定、解释、政策待遇和办件。每次调用带密钥（Authorization: Bearer …）；"
        "会改变数据的请求带 Idempotency-Key。\n\n"
        "Decisions with reasons, offers and cases. Every call carries its client's key; calls that"
        " change something carry an Idempotency-Key."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=ClientKey(),
    renderer=Plain(),
)
api.add_router("", policy.router)
api.add_router("", citizens.router)
api.add_router("", offers.router)
api.add_router("", cases.router)


@api.exception_handler(Problem)
def _refused(request: HttpRequest, error: Problem) -> HttpResponse:
    return error.answer()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [
        {
            # The first step says only that it stood in the body, the second what the code calls it.
            "where": ".".join(str(step) for step in each["loc"][1:] if step != "asked")
            or str(each["loc"][0]),
            "what": str(each["msg"]),
        }
        for each in error.errors
    ]
    return problem(422, where=wrong[0]["where"] if wrong else "", errors=wrong)


@api.exception_handler(CaseError)
def _case(request: HttpRequest, error: CaseError) -> HttpResponse:
    return problem(422, error.what, where=error.where, mend=error.mend)


@api.exception_handler(NoFacts)
def _no_facts(request: HttpRequest, error: NoFacts) -> HttpResponse:
    return problem(503, error.what, mend=error.mend)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, (RequestDataTooBig,)):
        return problem(413)
    if isinstance(error, (MultiPartParserError, UnicodeDecodeError)):
        return problem(400)
    if isinstance(error, RecursionError):
        return problem(422, _("嵌套过深。"))
    what, status = getattr(error, "what", ""), getattr(error, "status", 0)
    if what and 400 <= status < 500:
        # A domain's own refusal, in its own words.
        return problem(
            status, what, where=getattr(error, "where", ""), mend=getattr(error, "mend", "")
        )
    answer = problem(500)
    number = json.loads(answer.content)["number"]
    _log.error("failed", exc_info=error, extra={"number": number, "status": 500})
    return answer


def operations() -> list[URLPattern]:
    """Every operation's address, guarded."""
    found = []
    for pattern in api.urls[0]:
        assert isinstance(pattern, URLPattern)
        if pattern.name == "api-root":
            continue
        pattern.callback = guarded(pattern.callback)
        found.append(pattern)
    return found
