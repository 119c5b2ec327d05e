"""Money to be given back: claims, plans, receipts, and who is behind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit import record
from wenye.services.money import recoveries as asking
from wenye.services.money.errors import MoneyError
from wenye.services.money.models import Instalment, Recovery
from wenye.services.money.payees import payees
from wenye.web.acting import Asked, page
from wenye.web.money.shown import (
    english,
    fen_typed,
    further,
    labelled,
    officers,
    scheme_label,
    told,
    whole_typed,
)
from wenye.web.refusals import refused


def _row(each: Recovery, late: dict[int, asking.Overdue]) -> dict[str, Any]:
    label, label_en, sign = Recovery.STATES[each.state]
    return {
        "recovery": each,
        "scheme": scheme_label(each.instalment.scheme),
        "cause": asking.CAUSES.get(each.cause, (each.cause, each.cause))[1 if english() else 0],
        "state": label_en if english() else label,
        "sign": sign,
        "late": late.get(each.pk),
    }


@require_safe
@page("money.recoveries")
def recoveries(request: Asked) -> HttpResponse:
    """All claims, those behind marked; numbers alone for whoever may see no person."""
    totals = (
        Recovery.objects.values("state")
        .annotate(count=Count("pk"), fen=Sum("amount_fen"), came=Sum("received_fen"))
        .order_by("state")
    )
    place = 1 if english() else 0
    counts_only = request.scope.reach is Reach.COUNTS
    rows: list[Recovery] = []
    next_page = ""
    today = timezone.localdate()
    opened = Recovery.objects.filter(state=Recovery.OPEN).prefetch_related("parts").order_by("pk")
    late = asking.behind(opened, today)
    if not counts_only:
        chosen = Recovery.objects.within(request.scope).select_related("instalment")
        state = request.GET.get("state", "")
        if state in Recovery.STATES:
            chosen = chosen.filter(state=state)
        if request.GET.get("late") == "1":
            chosen = chosen.filter(pk__in=list(late))
        rows, next_page = further(request, chosen)
        _read(request, rows)
    known = payees((each.payee_register, each.payee_key) for each in rows)
    context = {
        "totals": [{"label": Recovery.STATES[row["state"]][place], **row} for row in totals],
        "late_count": len(late),
        "late_fen": sum(each.fen for each in late.values()),
        "rows": [
            {**_row(each, late), "payee": known.get((each.payee_register, each.payee_key))}
            for each in rows
        ],
        "clawback": [] if counts_only else _to_claim(request),
        "next_page": next_page,
        "counts_only": counts_only,
        "states": labelled(Recovery.STATES),
        "causes": labelled(asking.CAUSES),
        "asked": {name: request.GET.get(name, "") for name in ("state", "late")},
        "may_propose": request.actor.role in (Role.FINANCE_OFFICER, Role.BUREAU_REVIEWER),
    }
    return render(request, "money/recoveries.html", context)


def _to_claim(request: Asked) -> list[Instalment]:
    """Payments of cases that are being clawed back and of which nothing is claimed yet."""
    from wenye.services.cases.models import Case

    ids = Case.objects.filter(state="clawback", part="pay").order_by("pk").values("pk")
    return list(
        Instalment.objects.within(request.scope)
        .filter(case_id__in=ids, state=Instalment.PAID, recoveries__isnull=True)
        .order_by("pk")[:50]
    )


def _read(request: Asked, rows: list[Recovery]) -> None:
    record.read(
        request.actor,
        record.Purpose.AUDIT if request.actor.role is Role.AUDITOR else record.Purpose.PAYMENT,
        people=sorted({row.person_key for row in rows if row.person_key is not None}),
        page=request.page.id,
    )


@require_POST
@page("money.recovery_propose")
def propose(request: Asked) -> HttpResponse:
    """Claim money back of one payment."""
    given = request.POST
    try:
        pk = _instalment(request, given.get("case", ""), given.get("month", ""))
        made = asking.propose(
            request.actor,
            pk,
            fen_typed(given.get("amount", "")),
            given.get("cause", ""),
            given.get("reason", ""),
        )
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已提出追回，等另一人复核。"))
    return redirect("money:recovery", pk=made.pk)


def _instalment(request: Asked, case: str, month: str) -> int:
    plain = month.strip().replace("-", "")
    rows = Instalment.objects.within(request.scope).filter(case_number=case.strip()[:24])
    rows = rows.filter(month=whole_typed(plain, 999999) if plain else Instalment.ONCE)
    found = rows.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        raise MoneyError(
            _("没有这一笔支付。"), mend=_("请核对办件编号和月份，一次性补贴不填月份。")
        )
    return int(found)


def _found(request: Asked, pk: int) -> Recovery | None:
    return Recovery.objects.within(request.scope).select_related("instalment").filter(pk=pk).first()


@require_safe
@page("money.recovery")
def recovery(request: Asked, pk: int) -> HttpResponse:
    """One claim: what is owed, the plan, what came."""
    found = _found(request, pk)
    if found is None:
        return refused(request, 404)
    _read(request, [found])
    parts = list(found.parts.all())
    receipts = list(found.receipts.all())
    names = officers([found.made_by, found.decided_by, *(each.made_by for each in receipts)])
    finance = request.actor.role is Role.FINANCE_OFFICER
    context = {
        **_row(found, asking.behind([found], timezone.localdate())),
        "row": found.instalment,
        "payee": payees([(found.payee_register, found.payee_key)]).get(
            (found.payee_register, found.payee_key)
        ),
        "parts": parts,
        "receipts": [{"r": each, "by": names.get(each.made_by or 0, "")} for each in receipts],
        "made_by": names.get(found.made_by or 0, ""),
        "decided_by": names.get(found.decided_by or 0, ""),
        "own": found.made_by == request.actor.user_id,
        "may_decide": finance and found.state == Recovery.PROPOSED,
        "may_receive": finance and found.state == Recovery.OPEN,
    }
    return render(request, "money/recovery.html", context)


@require_POST
@page("money.recovery_decide")
def decide(request: Asked, pk: int) -> HttpResponse:
    """Confirm or drop somebody else's claim."""
    if _found(request, pk) is None:
        return refused(request, 404)
    try:
        asking.decide(request.actor, pk, confirm=request.POST.get("decision") == "confirm")
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已复核。"))
    return redirect("money:recovery", pk=pk)


@require_POST
@page("money.recovery_plan")
def plan(request: Asked, pk: int) -> HttpResponse:
    """Put what is left into equal parts, a month apart, from a day on."""
    found = _found(request, pk)
    if found is None:
        return refused(request, 404)
    try:
        count = whole_typed(request.POST.get("count", ""), 60)
        first = _day(request.POST.get("first", ""))
        if not count:
            raise MoneyError(_("请分成1到60期。"))
        each, rest = divmod(found.left_fen, count)
        parts = [(_months_on(first, at), each + (1 if at < rest else 0)) for at in range(count)]
        asking.agree_plan(request.actor, pk, parts)
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("分期已记下。"))
    return redirect("money:recovery", pk=pk)


@require_POST
@page("money.recovery_receive")
def receive(request: Asked, pk: int) -> HttpResponse:
    """Book money that came back."""
    if _found(request, pk) is None:
        return refused(request, 404)
    given = request.POST
    try:
        asking.receive(
            request.actor,
            pk,
            fen_typed(given.get("amount", "")),
            _day(given.get("day", "")),
            given.get("serial", ""),
        )
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("到账已登记。"))
    return redirect("money:recovery", pk=pk)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise MoneyError(_("日期请写成 2026-10-31 的样子。"), where=text[:20]) from None


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))
