"""Money at a glance, budgets by year and holder, and the ledger itself."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit import record
from wenye.services.decisions.district import district
from wenye.services.money import budgets as funding
from wenye.services.money.errors import MoneyError
from wenye.services.money.funds import funds
from wenye.services.money.models import Account, Batch, FundChange, Instalment, Line
from wenye.web.acting import Asked, page
from wenye.web.money.shown import (
    english,
    fen_typed,
    fund_label,
    further,
    labelled,
    officers,
    scheme_label,
    told,
    town_label,
    whole_typed,
)

#: The most lines of one exported workbook.
MOST_EXPORTED = 50_000


def _year(request: Asked) -> int:
    text = request.GET.get("year", "")
    if text.isascii() and text.isdigit() and 2000 <= int(text[:4]) <= 2100:
        return int(text[:4])
    return timezone.localdate().year


@require_safe
@page("money.overview")
def overview(request: Asked) -> HttpResponse:
    """By fund: appropriated, bound, paid, left; what is in the bank; what stands still."""
    year = _year(request)
    by_fund: dict[str, funding.Use] = {}
    for use in funding.uses(year):
        whole = by_fund.setdefault(use.fund, funding.Use(use.fund, year, "", ""))
        whole.available += use.available
        whole.committed += use.committed
        whole.spent += use.spent
        whole.given_back += use.given_back
    standings = funding.standings()
    rows = [
        {
            "fund": fund_label(name),
            "note": each.note,
            "open": each.open,
            "use": by_fund.get(name, funding.Use(name, year, "", "")),
            "money": standings[name],
        }
        for name, each in funds().funds.items()
    ]
    total = funding.Use("", year, "", "")
    for use in by_fund.values():
        total.available += use.available
        total.committed += use.committed
        total.spent += use.spent
        total.given_back += use.given_back
    states = {name: Instalment.objects.filter(state=name) for name in ("payable", "planned")}
    context = {
        "year": year,
        "years": sorted({year, *funding.years()}, reverse=True),
        "rows": rows,
        "total": total,
        "schemes": [
            {"scheme": scheme_label(scheme), "fund": fund_label(fund), "fen": fen}
            for fund, scheme, fen in funding.spent_by_scheme(year)
        ],
        "payable": states["payable"].count(),
        "stopped": Instalment.objects.filter(state__in=["payable", "planned"])
        .exclude(stopped="")
        .count(),
        "to_approve": Batch.objects.filter(state=Batch.PREPARED).count(),
        "waiting": Batch.objects.filter(state__in=[Batch.SENT, Batch.ANSWERED]).count(),
        "suspense": sum(each.suspense for each in standings.values()),
        "numbers_only": request.scope.reach is Reach.COUNTS,
    }
    return render(request, "money/overview.html", context)


@require_safe
@page("money.budgets")
def budgets(request: Asked) -> HttpResponse:
    """Budgets of the district and the towns by year, fund and head, and proposed changes."""
    year = _year(request)
    changes, next_page = further(request, FundChange.objects.filter(year=year))
    names = officers(user for each in changes for user in (each.made_by, each.decided_by))
    waiting = FundChange.objects.filter(state=FundChange.PROPOSED).order_by("pk")
    context = {
        "year": year,
        "years": sorted({year, *funding.years()}, reverse=True),
        "rows": [
            {
                "use": use,
                "fund": fund_label(use.fund),
                "head": fund_label(use.head),
                "holder": town_label(use.holder),
            }
            for use in funding.uses(year)
        ],
        "changes": [_change(each, names) for each in changes],
        "waiting": [
            {
                **_change(each, officers([each.made_by])),
                "own": each.made_by == request.actor.user_id,
            }
            for each in waiting
        ],
        "next_page": next_page,
        "may_propose": request.actor.role is Role.FINANCE_OFFICER,
        "may_decide": request.actor.role in (Role.FINANCE_OFFICER, Role.BUREAU_HEAD),
        "kinds": labelled(FundChange.KINDS),
        "funds": [
            (name, fund_label(name)) for name, each in funds().funds.items() if not each.open
        ],
        "heads": [(name, fund_label(name)) for name in funds().heads],
        "towns": [(unit.code, unit.name) for unit in district().organisation.units],
    }
    return render(request, "money/budgets.html", context)


def _change(each: FundChange, names: dict[int, str]) -> dict[str, Any]:
    place = 1 if english() else 0
    label, label_en, sign = FundChange.STATES[each.state]
    return {
        "row": each,
        "kind": FundChange.KINDS[each.kind][place],
        "fund": fund_label(each.fund),
        "head": fund_label(each.head) if each.head else "",
        "holder": town_label(each.holder),
        "state": label_en if english() else label,
        "sign": sign,
        "made_by": names.get(each.made_by or 0, ""),
        "decided_by": names.get(each.decided_by or 0, ""),
    }


@require_POST
@page("money.fund_propose")
def propose(request: Asked) -> HttpResponse:
    """Propose a budget, an allotment or money received."""
    given = request.POST
    try:
        change = funding.propose(
            request.actor,
            given.get("kind", ""),
            given.get("fund", ""),
            whole_typed(given.get("year", ""), 2100),
            fen_typed(given.get("amount", "")),
            given.get("document", ""),
            head=given.get("head", ""),
            holder=given.get("holder", ""),
        )
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已提出，等另一人复核后生效。"))
    return redirect(f"/money/budgets/?year={change.year}")


@require_POST
@page("money.fund_decide")
def decide(request: Asked, pk: int) -> HttpResponse:
    """Approve or refuse what somebody else proposed."""
    try:
        change = funding.decide_change(
            request.actor, pk, approve=request.POST.get("decision") == "approve"
        )
    except FundChange.DoesNotExist:
        return told(request, MoneyError(_("没有这一项。")))
    except MoneyError as error:
        return told(request, error)
    messages.success(request, _("已复核。"))
    return redirect(f"/money/budgets/?year={change.year}")


# -- the ledger --------------------------------------------------------------------------------


def _lines(request: Asked) -> Any:
    rows = Line.objects.select_related("posting", "account")
    kind, fund, case = (request.GET.get(name, "") for name in ("kind", "fund", "case"))
    if kind in Account.KINDS:
        rows = rows.filter(account__kind=kind)
    if fund in funds().funds:
        rows = rows.filter(account__fund=fund)
    if case.strip():
        ids = Instalment.objects.filter(case_number=case.strip()[:24]).values("pk")
        rows = rows.filter(instalment_id__in=ids)
    for name, test in (("first", "posting__day__gte"), ("last", "posting__day__lte")):
        text = request.GET.get(name, "")
        try:
            rows = rows.filter(**{test: dt.date.fromisoformat(text)}) if text else rows
        except ValueError:
            continue
    return rows


@require_safe
@page("money.ledger")
def ledger(request: Asked) -> HttpResponse:
    """Every line of every posting; read only."""
    rows, next_page = further(request, _lines(request))
    names = officers(
        user for row in rows for user in (row.posting.made_by, row.posting.approved_by)
    )
    place = 2 if english() else 1
    numbers = dict(
        Instalment.objects.filter(pk__in=[row.instalment_id for row in rows if row.instalment_id])
        .order_by("pk")
        .values_list("pk", "case_number")
    )
    context = {
        "rows": [
            {
                "line": row,
                "account": Account.KINDS[row.account.kind][place],
                "fund": fund_label(row.account.fund),
                "scheme": scheme_label(row.account.scheme) if row.account.scheme else "",
                "case": numbers.get(row.instalment_id or 0, ""),
                "debit": row.amount_fen if row.amount_fen > 0 else None,
                "credit": -row.amount_fen if row.amount_fen < 0 else None,
                "made_by": names.get(row.posting.made_by or 0, ""),
                "approved_by": names.get(row.posting.approved_by or 0, ""),
            }
            for row in rows
        ],
        "next_page": next_page,
        "kinds": [(name, each[place]) for name, each in Account.KINDS.items()],
        "funds": [(name, fund_label(name)) for name in funds().funds],
        "asked": {
            name: request.GET.get(name, "") for name in ("kind", "fund", "case", "first", "last")
        },
        "query": request.GET.urlencode(),
    }
    return render(request, "money/ledger.html", context)


@require_safe
@page("money.ledger_export")
def ledger_export(request: Asked) -> HttpResponse:
    """The lines that the ledger's page shows, as a workbook in which nothing is a formula."""
    import xlsxwriter

    rows = list(_lines(request).order_by("pk")[:MOST_EXPORTED])
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, options)
    sheet = book.add_worksheet("账簿")
    money = book.add_format({"num_format": "#,##0.00"})
    heads = [
        "记账编号",
        "记账日",
        "业务",
        "摘要",
        "账户",
        "资金",
        "年度",
        "归属",
        "补贴项目",
        "借方",
        "贷方",
    ]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
    for at, row in enumerate(rows, start=1):
        each = row.account
        sheet.write_number(at, 0, row.posting_id)
        texts = (
            row.posting.day.isoformat(),
            row.posting.kind,
            row.posting.text,
            Account.KINDS[each.kind][1],
            fund_label(each.fund),
            str(each.year or ""),
            town_label(each.holder),
            each.scheme,
        )
        for column, text in enumerate(texts, start=1):
            sheet.write_string(at, column, text)
        column = 9 if row.amount_fen > 0 else 10
        sheet.write_number(at, column, Decimal(abs(row.amount_fen)) / 100, money)
    sheet.freeze_panes(1, 0)
    book.close()
    record.change(
        request.actor,
        "money.ledger.export",
        "ledger",
        "",
        page="money.ledger_export",
        detail={"rows": len(rows)},
    )
    answer = HttpResponse(
        made.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = 'attachment; filename="ledger.xlsx"'
    return answer
