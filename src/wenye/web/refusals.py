"""Refusals in plain words: what happened, whether anything was saved, what to do, a number."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_log = logging.getLogger("wenye.web")


def refused(
    request: HttpRequest, status: int, *, what: str = "", saved: str = "", mend: str = ""
) -> HttpResponse:
    """A page that says no: 400, 403, 404, 409, 413, 429 or 500, each with its own words."""
    # The number under which the log has this request; of one that never got there, a new one.
    number = getattr(request, "number", None) or secrets.token_hex(4)
    words = _words(status)
    _log.info("refused", extra={"status": status, "number": number, "method": request.method})
    context = {
        "status": status,
        "what": what or words[0],
        "saved": saved or words[1],
        "mend": mend or words[2],
        "number": number,
    }
    return render(request, "refused.html", context, status=status)


def _words(status: int) -> tuple[str, str, str]:
    nothing = _("没有保存任何内容。")
    table = {
        400: (_("填写的内容无法读取。"), nothing, _("请返回上一页检查后重试。")),
        403: (
            _("您的岗位不能打开这个页面。"),
            nothing,
            _("如工作需要，请联系本单位管理员调整岗位。"),
        ),
        404: (
            _("找不到这个页面，或者它不在您的查看范围内。"),
            nothing,
            _("请检查地址，或从首页重新进入。"),
        ),
        409: (_("这件事刚被别人办理过。"), nothing, _("请刷新页面，看看现在的状态。")),
        413: (_("上传的文件太大。"), nothing, _("请压缩或拆分后重试。")),
        429: (_("操作太频繁。"), nothing, _("请稍等一分钟再试。")),
        507: (
            _("服务器的磁盘已满，暂时不能保存。"),
            _("刚才的操作没有保存，原有内容没有变化。"),
            _("请告诉管理员腾出空间，之后重新提交。"),
        ),
        500: (
            _("程序出错了，这不是您的问题。"),
            _("刚才的操作没有保存。"),
            _("请稍后重试；仍不行，请把下面的编号告诉管理员。"),
        ),
    }
    return table.get(status, table[400])


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old."""
    return refused(
        request,
        403,
        what=_("这张表单已经失效。"),
        mend=_("请返回上一页，刷新后重新提交。"),
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return refused(request, 404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return refused(request, 403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return refused(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: what is rendered must not itself depend on what failed."""
    from wenye.web.full_disk import is_full

    return refused(request, 507 if is_full(sys.exc_info()[1]) else 500)
