"""The list of hires: an empty workbook out, a filled one in, the wrong rows back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.hires import errors_workbook, read_hires, template
from wenye.services.cases.workflow import perform
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.attachments import as_file
from wenye.web.refusals import refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The most that a list may weigh.
LIMIT = 5 * 1024 * 1024


@require_POST
@page("cases.rows")
def rows(request: Asked, number: str) -> HttpResponse:
    """Read a filled workbook into the draft; it takes the place of an earlier one."""
    case = showing.found(request, number)
    if case is None or showing.type_of(case).rows is None or case.employer_key is None:
        return showing.missing(request)
    file = request.FILES.get("file")
    try:
        if file is None or file.size is None:
            raise CaseRefused(_("没有选择文件。"), mend=_("请先选择填好的名单。"))
        if file.size > LIMIT:
            return refused(request, 413)
        found = read_hires(file.read(), file.name or "", case.employer_key)
        form = {"rows": found.rows, "wrong_head": found.wrong_head, "wrong": found.wrong}
        perform(case, "save", request.actor, data={"form": form})
    except CaseRefused as error:
        return refused(request, error.status, what=error.what, mend=error.mend)
    if found.rows:
        messages.success(request, _("读入%(n)d人。") % {"n": len(found.rows)}, extra_tags="yes")
    if found.wrong:
        messages.warning(
            request,
            _("有%(n)d行要改正，没有读入；请下载错误清单，改好后把全部名单重新上传。")
            % {"n": len(found.wrong)},
            extra_tags="unsure",
        )
    return redirect("cases:case", case.number)


@require_GET
@page("cases.rows_errors")
def rows_errors(request: Asked, number: str) -> HttpResponse:
    """The rows that were not taken, as they came, with what to do."""
    case = showing.found(request, number)
    if case is None or not case.form.get("wrong"):
        return showing.missing(request)
    content = errors_workbook(list(case.form["wrong_head"]), list(case.form["wrong"]))
    return as_file(content, f"{_('需要改正的行')}-{case.number}.xlsx", XLSX)


@require_GET
@page("cases.rows_template")
def rows_template(request: Asked) -> HttpResponse:
    """The empty workbook."""
    return as_file(template(), f"{_('用工备案模板')}.xlsx", XLSX)
