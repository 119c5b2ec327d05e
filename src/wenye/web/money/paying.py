"""What is owed, and the batches in which it is paid."""

from __future__ import annotations

from collections import Counter
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
from wenye.services.decisions.district import district
from wenye.services.money import batches as paying
from wenye.services.money.budgets import standings
from wenye.services.money.errors import MoneyError
from wenye.services.money.funds import funds
from wenye.services.money.instalments import commit_all
from wenye.services.money.models import Batch, BatchLine, Instalment
from wenye.services.money.payees import payees
from wenye.services.money.posting import yuan_text
from wenye.services.money.recoveries import owed_by
from wenye.services.money.return_file import ANSWERS
from wenye.web.acting import Asked, page
from wenye.web.money.shown import (
    english,
    fund_label,
    further,
    labelled,
    officers,
    scheme_label,
    told,
    town_label,
    whole_typed,
)
from wenye.web.refusals import refused

#: States that the worklist offers, in the order of the work.
LISTED = ("payable", "planned", "committed", "batched", "paid", "cancelled")


def _chosen(request: Asked, given: Any) -> Any:
    rows = Instalment.objects.within(request.scope)
    state = given.get("state", "payable")
    rows = rows.filter(state=state if state in LISTED else "payable")
    fund, scheme, town = (given.get(name, "") for name in ("fund", "scheme", "town"))
    if fund in funds().funds:
        rows = rows.filter(fund=fund)
    if scheme in funds().schemes:
        rows = rows.filter(scheme=scheme)
    if town:
        rows = rows.filter(town=town[:9])
    if given.get("stopped") == "1":
        rows = rows.exclude(stopped="")
    if given.get("case", "").strip():
        rows = rows.filter(case_number=given["case"].strip()[:24])
    return rows


@require_safe
@page("money.payable")
def payable(request: Asked) -> HttpResponse:
    """The worklist: pick payments, see the sum, prepare a batch."""
    chosen = _chosen(request, request.GET)
    rows, next_page = further(request, chosen)
    whole = chosen.aggregate(count=Count("pk"), fen=Sum("amount_fen"))
    known = payees((row.payee_register, row.payee_key) for row in rows)
    owed = owed_by((row.payee_register, row.payee_key) for row in rows)
    _read(request, rows)
    place = 1 if english() else 0
    context = {
        "rows": [
            {
                "row": row,
                "scheme": scheme_label(row.scheme),
                "fund": fund_label(row.fund),
                "town": town_label(row.town),
                "payee": known.get((row.payee_register, row.payee_key)),
                "owed": owed.get((row.payee_register, row.payee_key)),
            }
            for row in rows
        ],
        "whole": whole,
        "next_page": next_page,
        "states": [(name, Instalment.STATES[name][place]) for name in LISTED],
        "funds": [(name, fund_label(name)) for name in funds().funds],
        "schemes": [(name, scheme_label(name)) for name in funds().schemes],
        "towns": [(unit.code, unit.name) for unit in district().organisation.units],
        "asked": {
            name: request.GET.get(name, "")
            for name in ("state", "fund", "scheme", "town", "stopped", "case")
        },
        "may_prepare": request.actor.role is Role.FINANCE_OFFICER
        and request.GET.get("state", "payable") in ("", "payable"),
        "may_commit": request.actor.role is Role.FINANCE_OFFICER,
        "most": paying.MOST,
    }
    return render(request, "money/payable.html", context)


def _read(request: Asked, rows: list[Instalment]) -> None:
    record.read(
        request.actor,
        record.Purpose.AUDIT if request.actor.role is Role.AUDITOR else record.Purpose.PAYMENT,
        people=sorted({row.person_key for row in rows if row.person_key is not None}),
        page=request.page.id,
    )


@require_POST
@page("money.commit")
def commit(request: Asked) -> HttpResponse:
    """Plan approved cases, bind budgets, and let due months fall due."""
    try:
        done = commit_all(timezone.localdate(), request.actor)
    except MoneyError as error:
        return told(request, error)
    messages.success(
        request,
        _("新列入%(planned)s笔，已安排预算%(committed)s笔，转为应付%(due)s笔。")
        % {"planned": done.planned, "committed": done.committed, "due": done.due},
    )
    for why, count in sorted(done.stopped.items()):
        messages.warning(request, f"{why}（{count}）")
    return redirect("money:payable")


@require_POST
@page("money.prepare")
def prepare(request: Asked) -> HttpResponse:
    """First what will happen, in numbers; then, confirmed, the batch."""
    try:
        picked = [whole_typed(text, 2**62) for text in request.POST.getlist("pick")]
    except MoneyError as error:
        return told(request, error)
    rows = Instalment.objects.within(request.scope).payable()
    if request.POST.get("all") == "1":
        rows = _chosen(request, request.POST).filter(state=Instalment.PAYABLE)
    else:
        rows = rows.filter(pk__in=picked[: paying.MOST + 1])
    chosen = list(rows.order_by("pk")[: paying.MOST])
    if request.POST.get("confirm") == "1":
        try:
            done = paying.prepare(request.actor, [row.pk for row in chosen], timezone.localdate())
        except MoneyError as error:
            return told(request, error)
        return _prepared(request, done)
    if not chosen:
        return refused(request, 400, what=_("没有选中任何一笔。"), mend=_("请先勾选要支付的笔数。"))
    money = standings()
    by_fund: dict[str, Counter[str]] = {}
    for row in chosen:
        tally = by_fund.setdefault(row.fund, Counter())
        tally["count"] += 1
        tally["fen"] += row.amount_fen or 0
    owed = owed_by((row.payee_register, row.payee_key) for row in chosen)
    context = {
        "rows": [
            {
                "fund": fund_label(fund),
                "count": tally["count"],
                "fen": tally["fen"],
                "free": money[fund].free,
                "left": money[fund].free - tally["fen"],
            }
            for fund, tally in sorted(by_fund.items())
        ],
        "picked": [row.pk for row in chosen],
        "count": len(chosen),
        "fen": sum(row.amount_fen or 0 for row in chosen),
        "owing": len(owed),
        "owed": sum(owed.values()),
    }
    return render(request, "money/prepare.html", context)


def _prepared(request: Asked, done: paying.Prepared) -> HttpResponse:
    for batch in done.batches:
        messages.success(
            request,
            _("批次 %(number)s 已编制：%(count)s 笔，%(yuan)s 元，等另一人复核。")
            % {
                "number": batch.number,
                "count": batch.count,
                "yuan": yuan_text(batch.total_fen),
            },
        )
    for why, count in sorted(Counter(why for _row, why in done.stopped).items()):
        messages.warning(request, _("%(count)s 笔没有列入：%(why)s") % {"count": count, "why": why})
    if len(done.batches) == 1:
        return redirect("money:batch", pk=done.batches[0].pk)
    return redirect("money:batches" if done.batches else "money:payable")


# -- batches -------------------------------------------------------------------------------


def _batch_row(each: Batch) -> dict[str, Any]:
    label, label_en, sign = Batch.STATES[each.state]
    return {
        "batch": each,
        "fund": fund_label(each.fund),
        "state": label_en if english() else label,
        "sign": sign,
    }


@require_safe
@page("money.batches")
def batches(request: Asked) -> HttpResponse:
    """All batches, the latest first."""
    rows = Batch.objects.all()
    state = request.GET.get("state", "")
    if state in Batch.STATES:
        rows = rows.filter(state=state)
    found, next_page = further(request, rows)
    names = officers(user for each in found for user in (each.made_by, each.approved_by))
    context = {
        "rows": [
            {
                **_batch_row(each),
                "made_by": names.get(each.made_by or 0, ""),
                "approved_by": names.get(each.approved_by or 0, ""),
            }
            for each in found
        ],
        "next_page": next_page,
        "states": labelled(Batch.STATES),
        "asked": {"state": state},
    }
    return render(request, "money/batches.html", context)


@require_safe
@page("money.batch")
def batch(request: Asked, pk: int) -> HttpResponse:
    """One batch: control totals, who had a hand in it, what may be done, and its payments."""
    found = Batch.objects.filter(pk=pk).first()
    if found is None:
        return refused(request, 404)
    counts_only = request.scope.reach is Reach.COUNTS
    lines: list[BatchLine] = []
    next_page = ""
    if not counts_only:
        lines, next_page = further(request, found.lines.select_related("instalment"), rising=True)
        _read(request, [line.instalment for line in lines])
    known = payees((line.instalment.payee_register, line.instalment.payee_key) for line in lines)
    by_scheme = (
        found.lines.exclude(state=BatchLine.DROPPED)
        .values("instalment__scheme")
        .annotate(count=Count("pk"), fen=Sum("amount_fen"))
        .order_by("instalment__scheme")
    )
    by_state = (
        found.lines.values("state")
        .annotate(count=Count("pk"), fen=Sum("amount_fen"))
        .order_by("state")
    )
    names = officers([found.made_by, found.approved_by, found.sent_by])
    role, user = request.actor.role, request.actor.user_id
    money = standings()[found.fund]
    place = 1 if english() else 0
    context = {
        **_batch_row(found),
        "made_by": names.get(found.made_by or 0, ""),
        "approved_by": names.get(found.approved_by or 0, ""),
        "sent_by": names.get(found.sent_by or 0, ""),
        "schemes": [
            {"scheme": scheme_label(row["instalment__scheme"]), **row} for row in by_scheme
        ],
        "answers": [{"label": BatchLine.STATES[row["state"]][place], **row} for row in by_state],
        "lines": [
            {
                "line": line,
                "scheme": scheme_label(line.instalment.scheme),
                "payee": known.get((line.instalment.payee_register, line.instalment.payee_key)),
                "state": BatchLine.STATES[line.state][place],
                "sign": BatchLine.STATES[line.state][2],
                "answer": ANSWERS[line.answer][place] if line.answer in ANSWERS else line.answer,
            }
            for line in lines
        ],
        "counts_only": counts_only,
        "next_page": next_page,
        "free": money.free,
        "left": money.free - found.total_fen,
        "own": found.made_by == user,
        "may_approve": found.state == Batch.PREPARED
        and role in (Role.FINANCE_OFFICER, Role.BUREAU_HEAD),
        "may_send": found.state in (Batch.APPROVED, Batch.SENT, Batch.ANSWERED)
        and role is Role.FINANCE_OFFICER,
        "may_discard": found.state in (Batch.PREPARED, Batch.APPROVED)
        and role is Role.FINANCE_OFFICER,
        "may_drop": found.state == Batch.PREPARED and role is Role.FINANCE_OFFICER,
    }
    return render(request, "money/batch.html", context)


@require_POST
@page("money.approve")
def approve(request: Asked, pk: int) -> HttpResponse:
    """The second person approves."""
    try:
        done = paying.approve(request.actor, pk, timezone.localdate())
    except Batch.DoesNotExist:
        return refused(request, 404)
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("批次 %(number)s 已复核，可以送银行。") % {"number": done.number})
    return redirect("money:batch", pk=done.pk)


@require_POST
@page("money.send")
def send(request: Asked, pk: int) -> HttpResponse:
    """The bank's file; the first time the batch becomes sent."""
    try:
        done, content = paying.send(request.actor, pk)
    except Batch.DoesNotExist:
        return refused(request, 404)
    except MoneyError as error:
        return told(request, error)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{done.number}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@page("money.discard")
def discard(request: Asked, pk: int) -> HttpResponse:
    """Give the batch up before it is sent."""
    try:
        done = paying.discard(
            request.actor, pk, request.POST.get("reason", ""), timezone.localdate()
        )
    except Batch.DoesNotExist:
        return refused(request, 404)
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("批次已作废，各笔回到待支付。"))
    return redirect("money:batch", pk=done.pk)


@require_POST
@page("money.drop")
def drop(request: Asked, pk: int) -> HttpResponse:
    """Take one payment out of a batch that nobody has approved yet."""
    try:
        done = paying.drop(request.actor, pk, request.POST.get("reason", ""), timezone.localdate())
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已剔除一笔，控制数已重算。"))
    return redirect("money:batch", pk=done.pk)
