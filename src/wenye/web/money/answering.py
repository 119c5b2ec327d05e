"""The bank's answers, money in suspense, and the reconciliation of everything with everything."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Role
from wenye.services.audit import record
from wenye.services.money import returns as answers
from wenye.services.money.errors import MoneyError
from wenye.services.money.models import Batch, Instalment, ReturnFile, ReturnRow
from wenye.services.money.reconciling import chains, differences
from wenye.services.money.return_file import ANSWERS, LARGEST
from wenye.web.acting import Asked, page
from wenye.web.money.shown import (
    english,
    fund_label,
    further,
    officers,
    scheme_label,
    told,
)
from wenye.web.refusals import refused


@page("money.returns")
def returns(request: Asked) -> HttpResponse:
    """Files of answers; a finance officer takes a new one in."""
    if request.method == "POST":
        return _taken(request)
    found, next_page = further(request, ReturnFile.objects.select_related("batch"))
    names = officers(each.made_by for each in found)
    waiting = (
        Batch.objects.filter(state__in=[Batch.SENT, Batch.ANSWERED])
        .annotate(open=Count("lines", filter=Q(lines__state="waiting")))
        .order_by("pk")
    )
    in_suspense = ReturnRow.objects.filter(suspense_fen__gt=0, cleared_by__isnull=True)
    context = {
        "rows": [{"file": each, "made_by": names.get(each.made_by or 0, "")} for each in found],
        "next_page": next_page,
        "waiting": [
            {"batch": each, "fund": fund_label(each.fund), "open": each.open}
            for each in waiting[:100]
        ],
        "suspense": [
            {
                "row": each,
                "outcome": ReturnRow.OUTCOMES[each.outcome][1 if english() else 0],
                "own": each.proposed_by == request.actor.user_id,
            }
            for each in in_suspense.select_related("file").order_by("pk")[:100]
        ],
        "may_take": request.actor.role is Role.FINANCE_OFFICER,
    }
    return render(request, "money/returns.html", context)


def _taken(request: Asked) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return refused(request, 400, what=_("没有选择文件。"), mend=_("请选择银行给出的回单文件。"))
    if upload.size is None or upload.size > LARGEST:
        return refused(request, 413)
    try:
        file, new = answers.take(request.actor, upload.name or "", upload.read())
    except MoneyError as error:
        return told(request, error)
    if new:
        messages.success(
            request,
            _("已登记 %(rows)s 行：核对上 %(matched)s 行，有问题 %(wrong)s 行。")
            % {"rows": file.rows, "matched": file.matched, "wrong": file.wrong},
        )
    else:
        messages.info(request, _("这份回单此前已经登记过，没有再记一次。"))
    return redirect("money:return_file", pk=file.pk)


@require_safe
@page("money.return_file")
def return_file(request: Asked, pk: int) -> HttpResponse:
    """One file, row by row, those with something wrong first."""
    file = ReturnFile.objects.select_related("batch").filter(pk=pk).first()
    if file is None:
        return refused(request, 404)
    rows = file.answers.select_related("line__instalment")
    if request.GET.get("wrong") == "1":
        rows = rows.exclude(outcome__in=ReturnRow.RIGHT)
    found, next_page = further(request, rows, rising=True)
    place = 1 if english() else 0
    tallies = file.answers.values("outcome").annotate(count=Count("pk")).order_by("outcome")
    context = {
        "file": file,
        "made_by": officers([file.made_by]).get(file.made_by or 0, ""),
        "tallies": [
            {
                "label": ReturnRow.OUTCOMES[row["outcome"]][place],
                "right": row["outcome"] in ReturnRow.RIGHT,
                "count": row["count"],
            }
            for row in tallies
        ],
        "rows": [
            {
                "row": each,
                "outcome": ReturnRow.OUTCOMES[each.outcome][place],
                "right": each.outcome in ReturnRow.RIGHT,
                "answer": ANSWERS[each.answer][place] if each.answer in ANSWERS else each.answer,
                "case": each.line.instalment.case_number if each.line else "",
            }
            for each in found
        ],
        "next_page": next_page,
        "wrong_only": request.GET.get("wrong") == "1",
    }
    return render(request, "money/return_file.html", context)


@require_POST
@page("money.suspense")
def suspense(request: Asked, pk: int) -> HttpResponse:
    """Say how money in suspense was cleared, or confirm what somebody else said."""
    try:
        if request.POST.get("step") == "confirm":
            answers.clear(request.actor, pk)
            messages.success(request, _("待查款项已处理。"))
        else:
            answers.propose_clearing(request.actor, pk, request.POST.get("how", ""))
            messages.success(request, _("已提出，等另一人复核。"))
    except ReturnRow.DoesNotExist:
        return refused(request, 404)
    except MoneyError as error:
        return told(request, error)
    return redirect("money:returns")


@require_safe
@page("money.reconcile")
def reconcile(request: Asked) -> HttpResponse:
    """Each payment at its five places; differences of the whole ledger above."""
    rows = Instalment.objects.within(request.scope).exclude(
        state__in=[Instalment.PLANNED, Instalment.CANCELLED]
    )
    case = request.GET.get("case", "").strip()
    batch = request.GET.get("batch", "").strip()
    if case:
        rows = rows.filter(case_number=case[:24])
    if batch:
        rows = rows.filter(lines__batch__number=batch[:24]).distinct()
    found, next_page = further(request, rows.select_related("decision"))
    record.read(
        request.actor,
        record.Purpose.AUDIT if request.actor.role is Role.AUDITOR else record.Purpose.PAYMENT,
        people=sorted({row.person_key for row in found if row.person_key is not None}),
        page=request.page.id,
    )
    place = 1 if english() else 0
    context = {
        "differences": differences() if "after" not in request.GET else [],
        "rows": [
            {
                "chain": each,
                "row": each.instalment,
                "scheme": scheme_label(each.instalment.scheme),
                "state": Instalment.STATES[each.instalment.state][place],
            }
            for each in chains(found)
        ],
        "next_page": next_page,
        "asked": {"case": case, "batch": batch},
    }
    return render(request, "money/reconcile.html", context)
