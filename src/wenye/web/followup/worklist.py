"""Whom to contact next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Reach, Role
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Followed
from wenye.services.followup.worklists import FILTERS, plan_round, reasons
from wenye.services.followup.worklists import worklist as rows_of
from wenye.web.acting import Asked, page
from wenye.web.followup.forms import as_day, label
from wenye.web.followup.reading import PER_PAGE, monthly_basis, read, town_choices
from wenye.web.typed import whole


def filter_words() -> dict[str, str]:
    """The filters of the worklist in words."""
    return {
        "all": _("全部"),
        "overdue": _("逾期"),
        "week": _("七天内到期"),
        "never": _("从未联系"),
        "certified": _("就业困难"),
        "benefit": _("失业保险金快到期"),
        "needs": _("有未办需求"),
        "today": _("今天走访"),
    }


@page("followup.worklist")
def worklist(request: Asked) -> HttpResponse:
    """The people followed, the most urgent first; picked ones go on a day's round."""
    if request.method == "POST":
        return _planned(request)
    today = timezone.localdate()
    which = request.GET.get("which", "all")
    which = which if which in FILTERS else "all"
    town = request.GET.get("town", "")
    committee = request.GET.get("committee", "")[:40]
    found = rows_of(request.scope, today, which, town, committee)
    after = request.GET.get("after", "")
    urgency, _dot, key = after.partition(".")
    if after.isascii() and urgency.isdigit() and key.isdigit() and len(after) < 24:
        found = found.filter(
            Q(urgency__gt=int(urgency)) | Q(urgency=int(urgency), person_id__gt=int(key))
        )
    rows = list(found[: PER_PAGE + 1])
    more = len(rows) > PER_PAGE
    rows = rows[:PER_PAGE]
    read(request, [row.pk for row in rows])
    names, needs = town_names(), content().needs
    words = filter_words()
    context: dict[str, Any] = {
        "rows": [
            {
                "row": row,
                "url": reverse("followup:person", args=[row.pk]),
                "town": names.get(row.town, row.town),
                "reasons": reasons(row, today),
                "needs": [label(needs[need]) for need in row.needs if need in needs],
            }
            for row in rows
        ],
        "which": which,
        "filters": [{"id": name, "label": words[name]} for name in _shown(request)],
        "town": town,
        "towns": town_choices(request),
        "committee": committee,
        "committees": _committees(request),
        "next": f"{rows[-1].urgency}.{rows[-1].pk}" if more else "",
        "first": not after,
        "counts": _counts(request, today),
        "basis": monthly_basis(today),
        "today": today,
        "may_plan": request.actor.role is Role.CASE_WORKER,
        "of_many": request.scope.reach is not Reach.CASELOAD,
        "query": "&".join(
            f"{name}={value}"
            for name, value in (("which", which), ("town", town), ("committee", committee))
            if value and value != "all"
        ),
    }
    return render(request, "followup/worklist.html", context)


def _shown(request: Asked) -> list[str]:
    names = list(FILTERS)
    return names if request.actor.role is Role.CASE_WORKER else names[:-1]


def _counts(request: Asked, today: Any) -> dict[str, int] | None:
    """How many there are; a whole district's are on the page of the towns."""
    if request.scope.reach is Reach.DISTRICT:
        return None
    return (
        Followed.objects.now()
        .within(request.scope)
        .aggregate(
            all=Count("pk"),
            overdue=Count("pk", filter=Q(law_due__lt=today, part_month=False)),
            never=Count("pk", filter=Q(contacts=0)),
            met=Count(
                "pk",
                filter=Q(unemployed_since__isnull=False, last_counted_on__gte=today.replace(day=1)),
            ),
        )
    )


def _committees(request: Asked) -> list[str]:
    if request.scope.reach is Reach.DISTRICT:
        return []
    found = Followed.objects.now().within(request.scope).exclude(committee="")
    return list(found.order_by("committee").values_list("committee", flat=True).distinct()[:60])


def _planned(request: Asked) -> HttpResponse:
    picked = [key for each in request.POST.getlist("person") if (key := whole(each))]
    today = timezone.localdate()
    if request.actor.role is not Role.CASE_WORKER:
        messages.error(request, _("只有援助员能安排自己的走访。"), extra_tags="no")
        return redirect("followup:worklist")
    try:
        day = as_day(request.POST.get("on", ""), _("走访日期")) or today
        count = plan_round(request.actor, picked, day, today)
    except FollowupRefused as error:
        messages.error(request, f"{error.what}{error.mend}", extra_tags="no")
        return redirect("followup:worklist")
    messages.success(
        request,
        _("%(day)s 的走访现在有 %(count)d 人。") % {"day": day.isoformat(), "count": count},
        extra_tags="yes",
    )
    return redirect(f"{reverse('followup:round')}?on={day.isoformat()}")
