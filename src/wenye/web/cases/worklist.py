"""The worklist: what waits for the role, most urgent first; filters, views, bulk, export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenye.services.accounts.roles import Reach, Role
from wenye.services.audit import record
from wenye.services.cases.bulk import take_all
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case, SavedView
from wenye.services.cases.sheets import worklist_workbook
from wenye.services.cases.types import case_types
from wenye.services.cases.workflows import add_working_days, workflows
from wenye.services.decisions.district import district
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.attachments import as_file
from wenye.web.refusals import refused
from wenye.web.typed import whole

PER_PAGE = 50
#: The most rows that an export holds, and that are approved at once.
EXPORT, BULK = 5000, 50
FILTERS = ("todo", "type", "scheme", "state", "town", "urgency", "q")
_BULK_STEP = {Role.TOWN_REVIEWER: "town_approve", Role.BUREAU_REVIEWER: "bureau_approve"}


def todo(role: Role) -> Q:
    """Cases under way that a role can move on."""
    found = Q(pk__in=[])
    for each in workflows().values():
        states = {
            source
            for move in each.transitions
            if role in move.roles and move.id not in ("withdraw", "save")
            for source in move.sources
            if each.states[source].live
        }
        if states:
            found |= Q(workflow=each.id, state__in=sorted(states))
    return found


def chosen(request: Asked) -> QuerySet[Case]:
    """The cases that the filters leave, most urgent first."""
    asked = request.GET
    found = showing.in_scope(request)
    if asked.get("todo", "1") == "1":
        found = found.filter(todo(request.actor.role))
    for name, column in (("type", "case_type"), ("scheme", "scheme"), ("town", "town")):
        if asked.get(name):
            found = found.filter(**{column: asked[name][:80]})
    if asked.get("state"):
        found = found.filter(state=asked["state"][:20])
    today = timezone.localdate()
    if asked.get("urgency") == "over":
        found = found.filter(due_on__lt=today)
    elif asked.get("urgency") == "soon":
        found = found.filter(due_on__lte=add_working_days(today, 2) or today)
    elif asked.get("urgency") == "none":
        found = found.filter(due_on__isnull=True)
    if asked.get("q"):
        found = found.filter(number__startswith=asked["q"].strip()[:24])
    return found.order_by("urgent_on", "state_since", "id")


@require_GET
@page("cases.worklist")
def worklist(request: Asked) -> HttpResponse:
    """What is to be done."""
    number = request.GET.get("page", "1")
    at = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    first = (at - 1) * PER_PAGE
    # One more than is shown says whether there is a next page: nothing is counted.
    cases = list(chosen(request)[first : first + PER_PAGE + 1])
    more, cases = len(cases) > PER_PAGE, cases[:PER_PAGE]
    people, employers = showing.read_keys(cases)
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=people,
        employers=employers,
        page=request.page.id,
    )
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    asked["todo"] = request.GET.get("todo", "1")
    query = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "rows": _with_bulk(showing.lines(cases), _BULK_STEP.get(request.actor.role, "")),
        "asked": asked,
        "query": query,
        "at": at,
        "more": more,
        "types": [(each.id, showing.label_of(each)) for each in case_types().values()],
        "schemes": _schemes(),
        "states": _states(request.actor.role),
        "towns": [(unit.code, unit.name) for unit in district().organisation.units],
        "whole": request.scope.reach is Reach.DISTRICT,
        "bulk": _BULK_STEP.get(request.actor.role, ""),
        "views": SavedView.objects.filter(user_id=request.actor.user_id),
    }
    template = "cases/worklist_rows.html" if request.htmx else "cases/worklist.html"
    return render(request, template, context)


def _with_bulk(rows: list[dict[str, Any]], step: str) -> list[dict[str, Any]]:
    """Rows that say whether the role may take them on together with others."""
    for row in rows:
        case: Case = row["case"]
        move = workflows()[case.workflow].find(step, case.state) if step else None
        row["bulk"] = move is not None and move.bulk
    return rows


def _schemes() -> list[tuple[str, str]]:
    names = {name for each in case_types().values() for name in each.schemes()}
    return [(name, showing.scheme_title(name)) for name in sorted(names)]


def _states(role: Role) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for each in workflows().values():
        for state in each.seen_by(role):
            found.setdefault(state, showing.label_of(each.states[state]))
    return list(found.items())


@require_POST
@page("cases.bulk")
def bulk(request: Asked) -> HttpResponse:
    """Approve several cases of one scheme, each checked for itself as if it were alone."""
    picked: dict[str, int] = {}
    for choice in request.POST.getlist("pick")[: BULK + 1]:
        number, _colon, version = choice.partition(":")
        if version.isascii() and version.isdigit() and len(version) < 10:
            picked[number[:24]] = int(version)
    if not picked or len(picked) > BULK:
        return refused(
            request,
            400,
            what=_("没有选择办件，或者一次选得太多。"),
            mend=_("一次最多%(most)d件。") % {"most": BULK},
        )
    cases = list(showing.in_scope(request).filter(number__in=list(picked)).order_by("id"))
    try:
        results = take_all(cases, picked, _BULK_STEP[request.actor.role], request.actor)
    except CaseRefused as error:
        return refused(request, error.status, what=error.what, mend=error.mend)
    done = sum(not each.why for each in results)
    for each in results:
        if each.why:
            messages.warning(request, f"{each.number}：{each.why}", extra_tags="unsure")
    if done:
        messages.success(request, _("已通过%(n)d件。") % {"n": done}, extra_tags="yes")
    return redirect("cases:worklist")


@require_GET
@page("cases.export")
def export(request: Asked) -> HttpResponse:
    """The rows that the filters leave, as a workbook: masked as on the page."""
    cases = list(chosen(request)[: EXPORT + 1])
    if len(cases) > EXPORT:
        return refused(
            request,
            400,
            what=_("超过%(most)d件，没有导出。") % {"most": EXPORT},
            mend=_("请用筛选缩小范围。"),
        )
    people, employers = showing.read_keys(cases)
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=people,
        employers=employers,
        page=request.page.id,
        detail={"rows": len(cases)},
    )
    head = [
        *(_("办件编号"), _("事项"), _("补贴项目"), _("姓名或单位"), _("街镇"), _("状态")),
        *(_("期限"), _("剩余"), _("金额（元）"), _("金额说明")),
    ]
    rows: list[list[Any]] = [
        [
            line["number"],
            line["type"],
            line["scheme"],
            line["name"],
            line["town"],
            line["state"],
            line["case"].due_on,
            str(line["urgency"]["words"]),
            None if line["amount_fen"] is None else Decimal(line["amount_fen"]) / 100,
            line["amount_note"],
        ]
        for line in showing.lines(cases)
    ]
    name = f"{_('办件清单')}-{timezone.localdate():%Y%m%d}.xlsx"
    content = worklist_workbook(str(_("办件清单")), [str(each) for each in head], rows)
    return as_file(
        content, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


@require_POST
@page("cases.view")
def view(request: Asked) -> HttpResponse:
    """Keep the filters under a name, or forget one."""
    mine = SavedView.objects.filter(user_id=request.actor.user_id)
    gone = request.POST.get("forget", "")
    if gone:
        mine.filter(pk=whole(gone)).delete()
        return redirect("cases:worklist")
    name = request.POST.get("name", "").strip()[:40]
    query = request.POST.get("query", "")[:400]
    if name and mine.count() < 30:
        SavedView.objects.update_or_create(
            user_id=request.actor.user_id, name=name, defaults={"query": query}
        )
    return redirect(f"{reverse('cases:worklist')}?{query}")
