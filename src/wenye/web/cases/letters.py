"""A letter of a case: to read, to print, and as a file."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenye.services.cases.letter_file import document
from wenye.services.cases.models import Letter
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.attachments import as_file
from wenye.web.cases.case_page import log

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _found(request: Asked, number: str, pk: int) -> Letter | None:
    case = showing.found(request, number)
    return None if case is None else case.letters.filter(pk=pk).select_related("case").first()


@require_GET
@page("cases.letter")
def letter(request: Asked, number: str, pk: int) -> HttpResponse:
    """The letter as a page that prints on A4."""
    found = _found(request, number, pk)
    if found is None:
        return showing.missing(request)
    log(request, found.case)
    day = dt.date.fromisoformat(found.content["day"])
    context = {"letter": found, "content": found.content, "case": found.case, "day": day}
    return render(request, "cases/letter.html", context)


@require_GET
@page("cases.letter_file")
def letter_file(request: Asked, number: str, pk: int) -> HttpResponse:
    """The letter as a Word file in the official format."""
    found = _found(request, number, pk)
    if found is None:
        return showing.missing(request)
    log(request, found.case)
    return as_file(document(found.content), f"{found.number}.docx", DOCX)
