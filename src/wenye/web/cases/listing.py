"""One's own cases, and the catalogue of what can be done."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpResponse
from django.shortcuts import render

from wenye.services.accounts.roles import Reach
from wenye.services.audit import record
from wenye.services.cases.types import case_types
from wenye.web.acting import Asked, page
from wenye.web.cases import showing

PER_PAGE = 50


@page("cases.mine")
def mine(request: Asked) -> HttpResponse:
    """The cases of the person, or of the employer, who asks."""
    pages = Paginator(showing.in_scope(request).order_by("-updated_at", "-id"), PER_PAGE)
    try:
        here = pages.page(_number(request.GET.get("page")))
    except EmptyPage:
        here = pages.page(1)
    people, employers = showing.read_keys(here.object_list)
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=people,
        employers=employers,
        page=request.page.id,
    )
    context = {"rows": showing.lines(here.object_list), "here": here}
    return render(request, "cases/mine.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


@page("cases.types")
def types(request: Asked) -> HttpResponse:
    """What can be done here, with who may begin it and what it needs."""
    acting = request.acting
    rows: list[dict[str, Any]] = []
    for each in case_types().values():
        schemes = [{"id": name, "title": showing.scheme_title(name)} for name in each.schemes()]
        mine = acting is not None and acting.role in each.open_by
        rows.append(
            {
                "type": each,
                "label": showing.label_of(each),
                "says": each.says_en if showing.english() else each.says,
                "schemes": schemes,
                "attachments": each.attachments,
                "mine": mine,
                "own": mine and acting is not None and not acting.is_officer,
                "workflow": each.workflow,
            }
        )
    return render(
        request,
        "cases/types.html",
        {"types": rows, "logged_in": acting is not None and request.scope.reach != Reach.PUBLIC},
    )
