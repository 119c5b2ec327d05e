"""Giving people to case workers, in bulk, within one's own town."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.followup.assigning import assign, loads, reassign
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Followed
from wenye.services.followup.worklists import reasons
from wenye.web.acting import Asked, page
from wenye.web.followup.reading import PER_PAGE, read
from wenye.web.typed import whole


@page("followup.assign")
def assign_page(request: Asked) -> HttpResponse:
    """The town's people with their workers; picked ones change hands, or all loose ones at once."""
    if request.method == "POST":
        return _assigned(request)
    today = timezone.localdate()
    of = request.GET.get("of", "")
    rows = Followed.objects.now().within(request.scope).select_related("person", "worker")
    if of == "nobody":
        rows = rows.filter(worker__isnull=True)
    elif whole(of):
        rows = rows.filter(worker_id=whole(of))
    number = whole(request.GET.get("page"), 1)
    start = (min(max(number, 1), 2_000) - 1) * PER_PAGE
    found = list(rows.order_by("urgency", "person_id")[start : start + PER_PAGE + 1])
    read(request, [row.pk for row in found[:PER_PAGE]])
    staff = loads(today, request.actor.town)
    context = {
        "rows": [{"row": row, "reasons": reasons(row, today)} for row in found[:PER_PAGE]],
        "staff": [{"user": user, "count": count} for user, count in staff],
        "loose": Followed.objects.now().within(request.scope).filter(worker__isnull=True).count(),
        "of": of,
        "next": number + 1 if len(found) > PER_PAGE else None,
    }
    return render(request, "followup/assign.html", context)


def _assigned(request: Asked) -> HttpResponse:
    back = reverse("followup:assign")
    if "all" in request.POST:
        told = assign(town=request.actor.town, acting=request.actor)
        messages.success(
            request,
            _("指派了 %(given)d 人，移交 %(moved)d 人，仍无人跟踪 %(nobody)d 人。")
            % {"given": told.changed, "moved": told.handed_over, "nobody": told.nobody},
            extra_tags="yes",
        )
        return redirect(back)
    picked = [key for each in request.POST.getlist("person") if (key := whole(each))]
    reached = Followed.objects.now().within(request.scope).filter(pk__in=picked)
    worker = request.POST.get("worker", "")
    try:
        if not whole(worker):
            raise FollowupRefused(_("没有选援助员。"), mend=_("请选一位援助员。"))
        count = reassign(request.actor, reached.values_list("pk", flat=True), whole(worker))
    except FollowupRefused as error:
        messages.error(request, f"{error.what}{error.mend}", extra_tags="no")
    else:
        messages.success(request, _("已移交 %(count)d 人。") % {"count": count}, extra_tags="yes")
    return redirect(back)
