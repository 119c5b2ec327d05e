"""Samples of payments looked at afterwards, what was found, and the error rate that follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit import record
from wenye.services.money import sampling as drawing
from wenye.services.money.errors import MoneyError
from wenye.services.money.models import Sample, SampledPayment
from wenye.services.money.payees import payees
from wenye.web.acting import Asked, page
from wenye.web.money.shown import (
    fen_typed,
    further,
    officers,
    scheme_label,
    told,
    whole_typed,
)
from wenye.web.refusals import refused


@require_safe
@page("money.sampling")
def samples(request: Asked) -> HttpResponse:
    """Every sample so far; the auditor draws a new one."""
    chosen: Any = Sample.objects.annotate(
        looked=Count("payments", filter=Q(payments__error_fen__isnull=False))
    )
    found, next_page = further(request, chosen)
    names = officers(each.made_by for each in found)
    today = timezone.localdate()
    context = {
        "rows": [
            {"sample": each, "looked": each.looked, "made_by": names.get(each.made_by or 0, "")}
            for each in found
        ],
        "next_page": next_page,
        "may_take": request.actor.role is Role.AUDITOR,
        "first": today.replace(day=1).isoformat(),
        "last": today.isoformat(),
    }
    return render(request, "money/samples.html", context)


@require_POST
@page("money.sample_take")
def take(request: Asked) -> HttpResponse:
    """Draw a sample."""
    given = request.POST
    try:
        first, last = (_day(given.get(name, "")) for name in ("first", "last"))
        seed = given.get("seed", "").strip()
        made = drawing.take_sample(
            request.actor,
            first,
            last,
            whole_typed(given.get("size", ""), 5000),
            whole_typed(seed) if seed else None,
        )
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已抽取 %(size)s 笔。") % {"size": made.size})
    return redirect("money:sample", pk=made.pk)


@require_safe
@page("money.sample")
def sample(request: Asked, pk: int) -> HttpResponse:
    """One sample: how it was drawn, what was found, and the estimate once all was looked at."""
    found = Sample.objects.filter(pk=pk).first()
    if found is None:
        return refused(request, 404)
    counts_only = request.scope.reach is Reach.COUNTS
    rows: list[SampledPayment] = []
    next_page = ""
    if not counts_only:
        rows, next_page = further(request, found.payments.select_related("instalment"), rising=True)
        record.read(
            request.actor,
            record.Purpose.AUDIT,
            people=sorted(
                {r.instalment.person_key for r in rows if r.instalment.person_key is not None}
            ),
            page=request.page.id,
        )
    known = payees((r.instalment.payee_register, r.instalment.payee_key) for r in rows)
    result, left = drawing.estimates(found)
    context = {
        "sample": found,
        "made_by": officers([found.made_by]).get(found.made_by or 0, ""),
        "strata": [
            {"scheme": scheme_label(name), **each} for name, each in sorted(found.strata.items())
        ],
        "rows": [
            {
                "row": each,
                "scheme": scheme_label(each.stratum),
                "payee": known.get((each.instalment.payee_register, each.instalment.payee_key)),
                "probability": f"{each.probability:.2%}",
            }
            for each in rows
        ],
        "next_page": next_page,
        "left": left,
        "estimate": None
        if result is None
        else [
            {
                "what": what,
                "share": f"{each.share:.2%}",
                "low": f"{each.low:.2%}",
                "high": f"{each.high:.2%}",
            }
            for what, each in (
                (_("有差错的笔数"), result.by_number),
                (_("差错金额"), result.by_money),
            )
        ],
        "error_fen": None if result is None else round(result.error_fen),
        "net_fen": None if result is None else round(result.net_fen),
        "may_find": request.actor.role in (Role.AUDITOR, Role.BUREAU_REVIEWER),
        "counts_only": counts_only,
    }
    return render(request, "money/sample.html", context)


@require_POST
@page("money.sample_find")
def find(request: Asked, pk: int) -> HttpResponse:
    """Record what was found about one payment."""
    try:
        done = drawing.find(
            request.actor,
            pk,
            fen_typed(request.POST.get("error", "") or "0"),
            request.POST.get("finding", ""),
        )
    except SampledPayment.DoesNotExist:
        return refused(request, 404)
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("核查结果已登记。"))
    return redirect("money:sample", pk=done.sample_id)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise MoneyError(_("日期请写成 2026-10-31 的样子。"), where=text[:20]) from None
