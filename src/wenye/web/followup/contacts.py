"""Recording contacts: the quick form, the visit's page, corrections, referrals."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenye.services.audit import record
from wenye.services.followup.contacting import (
    correct,
    draft_of,
    put_aside,
    record_contact,
)
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Followed
from wenye.services.followup.referring import refer
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import blank, choices, told, typed, words_of
from wenye.web.followup.person import followed_or_404, glance
from wenye.web.followup.reading import read
from wenye.web.refusals import refused
from wenye.web.typed import whole


@require_POST
@page("followup.contact")
def contact(request: Asked, key: int) -> HttpResponse:
    """Record a contact from the quick form; what was typed stands again if it is refused."""
    row = _open_row(request, key)
    values = typed(request.POST)
    try:
        record_contact(request.actor, row, told(values))
    except FollowupRefused as error:
        read(request, [row.pk])
        context = glance(request, row, values, f"{error.what}{error.mend}")
        return render(request, "followup/person.html", context, status=400)
    messages.success(request, _("已记下这次联系。"), extra_tags="yes")
    return redirect("followup:person", key)


@page("followup.visit")
def visit(request: Asked, key: int) -> HttpResponse:
    """A visit's form for a telephone's screen; it can be put aside and taken up again."""
    row = _open_row(request, key)
    wrong, status = "", 200
    if request.method == "POST":
        values = typed(request.POST)
        if "aside" in request.POST:
            put_aside(request.actor, row, values)
            messages.success(request, _("已暂存，随时可以接着填。"), extra_tags="yes")
            return redirect("followup:visit", key)
        try:
            record_contact(request.actor, row, told(values))
        except FollowupRefused as error:
            wrong, status = f"{error.what}{error.mend}", 400
        else:
            messages.success(request, _("已记下这次走访。"), extra_tags="yes")
            return redirect("followup:person", key)
        draft = None
    else:
        draft = draft_of(request.actor, row)
        values = blank(str(uuid.uuid4()), method="visit")
        if draft is not None:
            values = {**values, **draft.told}
    read(request, [row.pk])
    context: dict[str, Any] = {
        "row": row,
        "person": row.person,
        "values": values,
        "choices": choices(),
        "wrong": wrong,
        "draft": draft,
        "big": True,
    }
    return render(request, "followup/visit.html", context, status=status)


def _open_row(request: Asked, key: int) -> Followed:
    row = followed_or_404(request, key)
    if not row.open:
        raise Http404
    return row


@page("followup.correct")
def correct_page(request: Asked, number: int) -> HttpResponse:
    """Put a contact right by a further row; the old one stays to be seen."""
    found = (
        Contact.objects.within(request.scope)
        .select_related("person", "worker", "corrected_by")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    wrong, status = "", 200
    values = blank(
        str(uuid.uuid4()),
        method=found.method,
        outcome=found.outcome,
        situation=found.situation,
        needs=list(found.needs),
        accepts=found.accepts,
        refusal=found.refusal,
        place=found.place or "",
        note=found.note or "",
        next_on="" if found.next_on is None else found.next_on.isoformat(),
        **_moment(found),
    )
    reason = ""
    if request.method == "POST":
        values, reason = typed(request.POST), request.POST.get("reason", "")
        try:
            wanted = None if "void" in request.POST else told(values)
            correct(request.actor, found, wanted, reason)
        except FollowupRefused as error:
            wrong, status = f"{error.what}{error.mend}", 400
        else:
            messages.success(request, _("已记下更正，原来的记录仍可查看。"), extra_tags="yes")
            return redirect("followup:person", found.person_id)
    elif hasattr(found, "corrected_by"):
        return refused(
            request,
            409,
            what=_("这条记录已经更正过。"),
            mend=_("请在更正后的记录上再更正。"),
        )
    read(request, [found.person_id])
    context = {
        "words": words_of(found),
        "person": found.person,
        "values": values,
        "reason": reason,
        "choices": choices(),
        "wrong": wrong,
        "big": False,
    }
    return render(request, "followup/correct.html", context, status=status)


def _moment(found: Contact) -> dict[str, str]:
    from django.utils import timezone

    at = timezone.localtime(found.at)
    return {"on": at.date().isoformat(), "time": f"{at:%H:%M}"}


@require_POST
@page("followup.refer")
def refer_page(request: Asked, key: int) -> HttpResponse:
    """Open a case for what the last contact has shown to be needed."""
    row = _open_row(request, key)
    chosen = whole(request.POST.get("contact"))
    found = Contact.objects.standing().filter(person_id=row.pk, reached=True)
    last = found.filter(pk=chosen).first() if chosen else None
    if last is None:
        raise Http404
    try:
        made = refer(
            request.actor, last, request.POST.get("kind", ""), request.POST.get("scheme", "")[:80]
        )
    except FollowupRefused as error:
        messages.error(request, f"{error.what}{error.mend}", extra_tags="no")
    else:
        messages.success(
            request,
            _("已转介，办件编号 %(number)s。") % {"number": made.case_number},
            extra_tags="yes",
        )
    return redirect("followup:person", key)


@require_POST
@page("followup.place")
def place(request: Asked, key: int) -> HttpResponse:
    """Fill in somebody's committee, as the worker knows it."""
    row = _open_row(request, key)
    name = "".join(request.POST.get("committee", "").split())[:40]
    with transaction.atomic():
        Followed.objects.filter(pk=row.pk).update(committee=name)
        record.change(request.actor, "followup.committee", "followed", row.pk, person=row.pk)
    messages.success(request, _("已更新村居。"), extra_tags="yes")
    return redirect("followup:person", key)
