"""One's own data: what is held, who looked, what one allows and objects to, and a copy of it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from wenye.services.audit import record
from wenye.services.audit.record import BASES, Purpose
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import facts
from wenye.services.people import contact, own_copy, rights
from wenye.services.people.contact import ContactRefused
from wenye.services.people.extra_facts import extra_facts
from wenye.services.people.models import Consent, Person
from wenye.web.acting import Asked, page
from wenye.web.people.namings import scheme_titles
from wenye.web.people.person_views import person_context
from wenye.web.refusals import refused

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What can be consented to, in the first person.
CONSENTS = {
    Consent.PHONE: _lazy("用电话联系我"),
    Consent.MESSAGE: _lazy("用短信或者微信联系我"),
    Consent.EXTRA: _lazy("登记我自愿提供的补充事项"),
}


@require_GET
@page("people.mine")
def mine(request: Asked) -> HttpResponse:
    """The page of one's own data."""
    found = Person.objects.within(request.scope).filter(pk=request.actor.person_key or 0).first()
    if found is None:
        return refused(
            request,
            404,
            what=_("您的账户还没有与登记的人员对应。"),
            mend=_("请带身份证到街镇就业服务窗口，由工作人员核对后对应。"),
        )
    record.read(request.actor, Purpose.OWN, people=[found.pk], page=request.page.id)
    context = person_context(request, found)
    context |= {
        "consents": _consents(found.pk),
        "schemes": _schemes(found.pk),
        "objected": _objected(found.pk),
        "bases": list(BASES.values()),
    }
    return render(request, "people/mine.html", context)


def _consents(person_key: int) -> list[dict[str, Any]]:
    standing = {
        row.subject: row
        for row in Consent.objects.filter(person_key=person_key, withdrawn_at__isnull=True)
    }
    return [
        {"subject": subject, "label": label, "given": standing.get(subject)}
        for subject, label in CONSENTS.items()
        if subject != Consent.EXTRA or extra_facts("people") or subject in standing
    ]


def _schemes(person_key: int) -> list[tuple[str, str]]:
    """Schemes that may still be objected to."""
    standing = rights.objections(person_key)
    if "" in standing:
        return []
    titles = scheme_titles(name for name in district().scheme_ids if name not in standing)
    return sorted(titles.items(), key=lambda item: item[1])


def _objected(person_key: int) -> list[tuple[str, str]]:
    standing = rights.objections(person_key)
    titles = scheme_titles(standing)
    return [(name, titles.get(name, name) if name else _("所有项目")) for name in sorted(standing)]


@require_POST
@page("people.contact")
def contact_details(request: Asked, key: int) -> HttpResponse:
    """Change telephone, account or a consent: one's own, or somebody's at the counter."""
    found = get_object_or_404(Person.objects.within(request.scope), pk=key)
    what = request.POST.get("what", "")
    try:
        if what == "phone":
            contact.set_phone(request.actor, found.pk, request.POST.get("value", ""))
        elif what == "account":
            contact.set_account(request.actor, found.pk, request.POST.get("value", ""))
        else:
            given = request.POST.get("given") == "1"
            contact.consent(request.actor, found.pk, what, given=given)
    except ContactRefused as error:
        return refused(request, 400, what=error.what, mend=error.mend)
    messages.success(request, _("已保存。"), extra_tags="yes")
    return _back(request, found)


@require_POST
@page("people.object")
def objection(request: Asked, key: int) -> HttpResponse:
    """Object to automated decisions, or take the objection back."""
    found = get_object_or_404(Person.objects.within(request.scope), pk=key)
    scheme = request.POST.get("scheme", "")
    if scheme and scheme not in district().scheme_ids:
        return refused(request, 400, what=_("没有这个项目。"))
    if request.POST.get("withdraw") == "1":
        rights.withdraw_objection(request.actor, found.pk, scheme)
        messages.success(request, _("已撤回异议。"), extra_tags="yes")
    else:
        rights.object_to(request.actor, found.pk, scheme, request.POST.get("reason", ""))
        messages.success(
            request, _("已记下：这类事项不再由系统自动判定，由工作人员办理。"), extra_tags="yes"
        )
    return _back(request, found)


def _back(request: Asked, found: Person) -> HttpResponse:
    if request.actor.is_officer:
        return redirect("people:person", key=found.pk)
    return redirect("people:mine")


@require_POST
@page("people.copy")
def copy(request: Asked) -> HttpResponse:
    """A copy of one's own data as a file: a workbook, or JSON for another system."""
    found = get_object_or_404(
        Person.objects.within(request.scope), pk=request.actor.person_key or 0
    )
    form = request.POST.get("form", "xlsx")
    sheets = own_copy.own_copy(found, facts())
    with transaction.atomic():
        record.read(
            request.actor,
            Purpose.OWN,
            people=[found.pk],
            page=request.page.id,
            detail={"full": "copy"},
        )
    if form == "json":
        text = json.dumps(sheets, ensure_ascii=False, indent=1, default=str)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="wenye-copy.json"'
    else:
        answer = HttpResponse(own_copy.workbook(sheets), content_type=WORKBOOK)
        answer["Content-Disposition"] = 'attachment; filename="wenye-copy.xlsx"'
    add_never_cache_headers(answer)
    return answer
