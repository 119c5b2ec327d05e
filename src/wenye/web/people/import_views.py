"""Deliveries of bureau files: upload, look at what would happen, put in force, undo."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenye.registers.reasons import REASONS
from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Role
from wenye.services.audit import record
from wenye.services.people.adopting import AdoptionRefused
from wenye.services.people.importing import receiving, working
from wenye.services.people.importing.receiving import UploadRefused
from wenye.services.people.models import Import, Snapshot
from wenye.web.acting import Asked, page
from wenye.web.refusals import refused
from wenye.web.typed import whole

PAGE = 50
STATES = {
    Import.RECEIVED: (_lazy("已上传"), "going"),
    Import.READING: (_lazy("正在读入"), "going"),
    Import.READY: (_lazy("待确认"), "going"),
    Import.REFUSED: (_lazy("不能读入"), "no"),
    Import.ADOPTING: (_lazy("正在投入使用"), "going"),
    Import.ADOPTED: (_lazy("已投入使用"), "yes"),
    Import.DISCARDED: (_lazy("已放弃"), "over"),
    Import.UNDONE: (_lazy("已撤销"), "over"),
}


@require_GET
@page("people.imports")
def imports(request: Asked) -> HttpResponse:
    """What is in force, and every delivery, the newest first."""
    before = whole(request.GET.get("before"))
    chosen = Import.objects.order_by("-pk")
    if before:
        chosen = chosen.filter(pk__lt=before)
    found = list(chosen[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    return render(
        request,
        "people/imports.html",
        {
            "rows": [(row, *STATES[row.state]) for row in found],
            "before": found[-1].pk if more else None,
            "in_force": Snapshot.objects.in_force(),
            "may_work": request.actor.role is Role.ADMINISTRATOR,
        },
    )


@require_http_methods(["GET", "POST"])
@page("people.import_upload")
def upload(request: Asked) -> HttpResponse:
    """Take files in, and read them beside the registers: nothing is in force yet."""
    problem: UploadRefused | None = None
    as_of = request.POST.get("as_of", timezone.localdate().isoformat())
    if request.method == "POST":
        try:
            made = working.upload(request.actor, request.FILES.getlist("files"), _day(as_of))
        except UploadRefused as error:
            problem = error
        except OSError:
            return refused(
                request,
                500,
                what=_("磁盘写不下这些文件。"),
                saved=_("没有保存任何内容。"),
                mend=_("请管理员腾出空间后再上传。"),
            )
        else:
            working.begin(made, "read", request.actor)
            return redirect("people:import", pk=made.pk)
    context = {
        "problem": problem,
        "as_of": as_of,
        "limit": receiving.PACKED_LIMIT >> 20,
        "files_limit": receiving.FILES_LIMIT,
    }
    return render(request, "people/import_upload.html", context, status=400 if problem else 200)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UploadRefused(_("请填数据日期。"), mend=_("例如 2026-10-31。")) from None


@require_GET
@page("people.import")
def delivery(request: Asked, pk: int) -> HttpResponse:
    """One delivery: how far the work is, or what it brought and what came back."""
    row = get_object_or_404(Import.objects.select_related("snapshot", "base"), pk=pk)
    stage, done, total = working.progress(row)
    busy = row.busy
    template = "people/import_progress.html" if request.htmx and busy else "people/import.html"
    user = User.objects.filter(pk=row.made_by or 0).values_list("name", flat=True).first()
    answer = render(
        request,
        template,
        {
            "row": row,
            "busy": busy,
            "state_words": STATES[row.state][0],
            "state_class": STATES[row.state][1],
            "stage": stage,
            "done": done,
            "total": total,
            "user": user or "",
            "reasons": _reasons(row),
            "workbook": working.rejected_workbook(row) is not None,
            "is_in_force": row.snapshot is not None and row.snapshot.state == Snapshot.IN_FORCE,
            "may_work": request.actor.role is Role.ADMINISTRATOR,
            "can_discard": request.actor.role is Role.ADMINISTRATOR
            and not busy
            and row.state in (Import.RECEIVED, Import.READY, Import.REFUSED),
        },
    )
    if request.htmx and not busy:
        answer["HX-Refresh"] = "true"
    return answer


def _reasons(row: Import) -> list[dict[str, Any]]:
    """Why rows came back: register, reason, how often, what to do."""
    return [
        {"label": part["label"], "reason": REASONS[fault][0], "mend": REASONS[fault][1], "count": n}
        for part in row.report.get("registers", ())
        for fault, n in sorted(part["reasons"].items(), key=lambda item: -item[1])
        if fault in REASONS
    ]


@require_POST
@page("people.import_rejected")
def rejected(request: Asked, pk: int) -> HttpResponse:
    """The workbook of rows that came back, as their senders expect it."""
    row = get_object_or_404(Import, pk=pk)
    path = working.rejected_workbook(row)
    if path is None:
        return refused(request, 404, what=_("这一批没有退回的行。"))
    record.change(request.actor, "import.rejected_read", "import", row.pk, page=request.page.id)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"退回的行-{row.as_of.isoformat()}.xlsx"
    )
    answer["Cache-Control"] = "no-store, private"
    return cast(HttpResponse, answer)  # a stream is answered like any other


@require_POST
@page("people.import_adopt")
def adopt(request: Asked, pk: int) -> HttpResponse:
    """Put a delivery in force, or read it once more."""
    row = get_object_or_404(Import, pk=pk)
    step = "read" if request.POST.get("step") == "read" else "adopt"
    if step == "adopt" and row.report.get("lost") and request.POST.get("lose") != "1":
        return refused(
            request,
            400,
            what=_("这一批少了现在有的登记册，需要先确认。"),
            mend=_("请返回，勾选“我知道这些登记册之后情况未知”，或者补齐后重新上传。"),
        )
    try:
        working.begin(row, step, request.actor)
    except AdoptionRefused as error:
        return refused(request, 409, what=error.what, mend=error.mend)
    return redirect("people:import", pk=row.pk)


@require_POST
@page("people.import_discard")
def discard(request: Asked, pk: int) -> HttpResponse:
    """Throw a delivery away before it is in force."""
    row = get_object_or_404(Import, pk=pk)
    try:
        working.discard(row.pk, request.actor)
    except AdoptionRefused as error:
        return refused(request, 409, what=error.what, mend=error.mend)
    messages.success(request, _("已放弃，文件已删除。"), extra_tags="yes")
    return redirect("people:imports")


@require_POST
@page("people.import_undo")
def undo(request: Asked, pk: int) -> HttpResponse:
    """Take a whole delivery out of force again."""
    row = get_object_or_404(Import, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        again = working.undo(row.pk, request.actor, reason)
    except AdoptionRefused as error:
        status = 409 if reason.strip() else 400
        return refused(request, status, what=error.what, mend=error.mend)
    messages.success(
        request,
        _("已撤销，现在使用%(day)s的数据。") % {"day": again.as_of.isoformat()},
        extra_tags="yes",
    )
    return redirect("people:import", pk=row.pk)
