"""Documents of a case: added while it is filled in, given out as files that no browser runs."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenye.services.audit import record
from wenye.services.cases.attaching import attach as keep
from wenye.services.cases.attaching import content_of, remove
from wenye.services.cases.errors import CaseRefused
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.refusals import refused
from wenye.web.typed import whole


@require_POST
@page("cases.attach")
def attach(request: Asked, number: str) -> HttpResponse:
    """Add a file, or take one off."""
    case = showing.found(request, number)
    if case is None:
        return showing.missing(request)
    try:
        gone = request.POST.get("remove", "")
        if gone:
            held = case.attachments.filter(removed_at__isnull=True)
            row = held.filter(pk=whole(gone)).first()
            if row is None:
                return showing.missing(request)
            remove(row, request.actor)
            messages.success(request, _("已撤下。"), extra_tags="yes")
            return redirect("cases:case", case.number)
        file = request.FILES.get("file")
        if file is None or file.size is None:
            raise CaseRefused(_("没有选择文件。"), mend=_("请先选择要上传的文件。"))
        # Its size is known before any of it is read into memory.
        from django.conf import settings

        if file.size > settings.UPLOAD_LIMIT:
            return refused(request, 413)
        keep(case, request.POST.get("kind", ""), file.name or "", file.read(), request.actor)
    except CaseRefused as error:
        return refused(request, error.status, what=error.what, mend=error.mend)
    except OSError:
        return refused(
            request,
            500,
            what=_("服务器存不下这份文件。"),
            mend=_("办件和已有材料都在；请稍后再传，并告诉管理员磁盘可能已满。"),
        )
    messages.success(request, _("已上传。"), extra_tags="yes")
    return redirect("cases:case", case.number)


@require_GET
@page("cases.attachment")
def attachment(request: Asked, number: str, pk: int) -> HttpResponse:
    """The file, to be saved and not shown."""
    case = showing.found(request, number)
    row = None if case is None else case.attachments.filter(pk=pk).first()
    if case is None or row is None or row.removed_at is not None:
        return showing.missing(request)
    try:
        content = content_of(row)
    except CaseRefused as error:
        return refused(request, 500, what=error.what, mend=error.mend)
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=[case.person_key] if case.person_key is not None else [],
        employers=[case.employer_key] if case.employer_key is not None else [],
        page=request.page.id,
        detail={"case": case.number, "attachment": row.pk},
    )
    return as_file(content, row.name, row.content_type)


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that browsers save and do not open or guess at."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
