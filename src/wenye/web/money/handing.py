"""Cases that another body pays: handed over, and answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Role
from wenye.services.audit import record
from wenye.services.decisions.district import district
from wenye.services.money import handover as handing
from wenye.services.money.errors import MoneyError
from wenye.services.money.models import HandOver, HandOverRow
from wenye.web.acting import Asked, page
from wenye.web.money.shown import english, further, officers, scheme_label, told
from wenye.web.refusals import refused


def _operator(name: str) -> str:
    return handing.OPERATORS.get(name, (name, name))[1 if english() else 0]


@require_safe
@page("money.handover")
def handover(request: Asked) -> HttpResponse:
    """What waits to be handed over, by scheme, and every file so far."""
    chosen: Any = HandOver.objects.annotate(
        open=Count("cases", filter=Q(cases__state=HandOverRow.WAITING))
    )
    found, next_page = further(request, chosen)
    names = officers(each.made_by for each in found)
    here = district()
    context = {
        "waiting": [
            {
                "scheme": scheme,
                "label": scheme_label(scheme),
                "operator": _operator(str(here.scheme(scheme).operated_by)),
                "count": count,
            }
            for scheme, count in handing.waiting().items()
        ],
        "rows": [
            {
                "file": each,
                "scheme": scheme_label(each.scheme),
                "operator": _operator(each.operator),
                "open": each.open,
                "made_by": names.get(each.made_by or 0, ""),
            }
            for each in found
        ],
        "next_page": next_page,
        "may_hand": request.actor.role is Role.FINANCE_OFFICER,
    }
    return render(request, "money/handover.html", context)


@require_POST
@page("money.hand_over")
def hand_over(request: Asked) -> HttpResponse:
    """Hand every waiting case of a scheme over."""
    try:
        done = handing.hand_over(
            request.actor, request.POST.get("scheme", ""), timezone.localdate()
        )
    except MoneyError as error:
        return told(request, error)
    for number, why in done.stopped[:20]:
        messages.warning(request, f"{number}：{why}")
    if done.file is None:
        messages.info(request, _("没有可以移交的办件。"))
        return redirect("money:handover")
    messages.success(
        request,
        _("移交文件 %(number)s 已生成，共 %(rows)s 件。")
        % {"number": done.file.number, "rows": done.file.rows},
    )
    return redirect("money:handover_file", pk=done.file.pk)


@page("money.handover_file")
def handover_file(request: Asked, pk: int) -> HttpResponse:
    """One file: its cases and what came of them; the file itself by POST."""
    file = HandOver.objects.filter(pk=pk).first()
    if file is None:
        return refused(request, 404)
    if request.method == "POST":
        if request.actor.role is not Role.FINANCE_OFFICER:
            return refused(request, 403)
        handing.download(request.actor, pk)
        answer = HttpResponse(file.content, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{file.number}.csv"'
        answer["Cache-Control"] = "no-store"
        return answer
    rows, next_page = further(
        request, HandOverRow.objects.within(request.scope).filter(file=file), rising=True
    )
    record.read(
        request.actor,
        record.Purpose.AUDIT if request.actor.role is Role.AUDITOR else record.Purpose.PAYMENT,
        people=sorted({row.person_key for row in rows if row.person_key is not None}),
        page=request.page.id,
    )
    place = 1 if english() else 0
    context = {
        "file": file,
        "scheme": scheme_label(file.scheme),
        "operator": _operator(file.operator),
        "made_by": officers([file.made_by]).get(file.made_by or 0, ""),
        "rows": [
            {
                "row": each,
                "state": HandOverRow.STATES[each.state][place],
                "sign": HandOverRow.STATES[each.state][2],
            }
            for each in rows
        ],
        "next_page": next_page,
        "may_hand": request.actor.role is Role.FINANCE_OFFICER,
    }
    return render(request, "money/handover_file.html", context)


@require_POST
@page("money.handover_answers")
def answers(request: Asked) -> HttpResponse:
    """Take the operating body's answers in."""
    upload = request.FILES.get("file")
    if upload is None:
        return refused(request, 400, what=_("没有选择文件。"), mend=_("请选择反馈文件。"))
    if upload.size is None or upload.size > handing.LARGEST:
        return refused(request, 413)
    try:
        found = handing.take_answers(request.actor, upload.read())
    except MoneyError as error:
        return told(request, error)
    place = 1 if english() else 0
    context = {
        "rows": [
            {
                "row": each,
                "outcome": handing.OUTCOMES[each.outcome][place],
                "right": each.outcome in ("accepted", "refused", "again"),
            }
            for each in found
        ]
    }
    return render(request, "money/handover_answers.html", context)
