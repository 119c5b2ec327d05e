"""Finding people and employers. What was typed travels in the request's body, in no address."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from wenye.services.audit import record
from wenye.services.audit.record import BASES, Purpose
from wenye.services.people import search
from wenye.services.people.models import Employer, Person
from wenye.web.acting import Asked, page
from wenye.web.people.namings import towns

#: Rows of one page of results.
PAGE = 50
#: What an officer may search for; the first is chosen at first.
PURPOSES = (Purpose.COUNTER, Purpose.SERVICE, Purpose.REVIEW, Purpose.FOLLOW_UP, Purpose.AUDIT)


@require_http_methods(["GET", "POST"])
@page("people.search")
def find(request: Asked) -> HttpResponse:
    """The form, and what it finds."""
    text = request.POST.get("text", "").strip()[:80]
    whom = "employers" if request.POST.get("whom") == "employers" else "people"
    purpose = _purpose(request.POST.get("purpose", ""))
    context: dict[str, Any] = {
        "text": text,
        "whom": whom,
        "purpose": purpose.value,
        "purposes": purpose_choices(PURPOSES),
        "searched": request.method == "POST" and bool(text),
    }
    if context["searched"]:
        context |= _found(request, text, whom, purpose)
    return render(request, "people/search.html", context)


def _found(request: Asked, text: str, whom: str, purpose: Purpose) -> dict[str, Any]:
    place = _place(request.POST.get("after", ""))
    rows: list[Any]
    if whom == "employers":
        rows = list(search.after(search.find_employers(text, request.scope), place)[: PAGE + 1])
    else:
        people = search.find(text, request.scope).defer("phone", "account", "extra")
        rows = list(search.after(people, place)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    keys = [row.pk for row in rows]
    with transaction.atomic():
        record.change(
            request.actor,
            "search",
            whom,
            "",
            purpose=purpose,
            page=request.page.id,
            detail={"by": "number" if search.is_number(text) else "name", "found": len(keys)},
        )
        if whom == "people":
            record.read(request.actor, purpose, people=keys, page=request.page.id)
    names = towns()
    last: Person | Employer | None = rows[-1] if rows and more else None
    return {
        "rows": [(row, names.get(row.town, row.town)) for row in rows],
        "after": f"{bytes(last.name_order).hex()}:{last.pk}" if last is not None else "",
        "paged": place is not None,
    }


def purpose_choices(purposes: tuple[Purpose, ...]) -> list[tuple[str, str]]:
    """Purposes with their labels in the page's language."""
    english = get_language() == "en"
    return [(each.value, BASES[each][english]) for each in purposes]


def _purpose(text: str) -> Purpose:
    return next((each for each in PURPOSES if each.value == text), PURPOSES[0])


def _place(text: str) -> tuple[bytes, int] | None:
    order, _, key = text.partition(":")
    try:
        return bytes.fromhex(order), int(key)
    except ValueError:
        return None
