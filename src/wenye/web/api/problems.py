"""What the API says when it refuses: ``application/problem+json`` (RFC 9457).

``title`` and ``detail`` are the standard's names for what happened and what to do; ``what``,
``where``, ``mend`` and ``saved`` are this service's, as its pages say them. ``number`` finds the
entry in the log.
"""

from __future__ import annotations

import json
import logging
import secrets
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"
_log = logging.getLogger("wenye.web.api")


class Problem(Exception):
    """A call that is refused."""

    def __init__(
        self,
        status: int,
        what: str = "",
        *,
        where: str = "",
        mend: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.status = status
        self.what = what or _words(status)[0]
        self.where = where
        self.mend = mend or _words(status)[1]
        self.headers = headers or {}
        super().__init__(self.what)

    def answer(self) -> HttpResponse:
        """The refusal as an answer."""
        return problem(
            self.status, self.what, where=self.where, mend=self.mend, headers=self.headers
        )


def problem(
    status: int,
    what: str = "",
    *,
    where: str = "",
    mend: str = "",
    headers: dict[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """A refusal; nothing was saved."""
    words = _words(status)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": what or words[0],
        "status": status,
        "detail": mend or words[1],
        "what": what or words[0],
        "where": where,
        "mend": mend or words[1],
        "saved": _("没有保存任何内容。"),
        "number": secrets.token_hex(4),
    }
    if errors:
        body["errors"] = errors
    _log.info("refused", extra={"status": status, "number": body["number"]})
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)
    for name, value in (headers or {}).items():
        answer[name] = value
    return answer


def _words(status: int) -> tuple[str, str]:
    table = {
        400: (_("请求无法读取。"), _("请按接口文档检查请求的格式。")),
        401: (_("没有有效的接口密钥。"), _("在 Authorization 里写 Bearer 和密钥。")),
        403: (_("这个密钥没有此项权限。"), _("请联系管理员开通所需的功能。")),
        404: (_("找不到，或者不在这个密钥的查看范围内。"), _("请检查编号。")),
        405: (_("这个地址不接受此种方法。"), _("请按接口文档选用方法。")),
        409: (_("这件事的状态已经变了。"), _("请重新查询后再试。")),
        413: (_("请求太大。"), _("请拆分后重试。")),
        415: (_("请求的格式不对。"), _("请用 application/json。")),
        422: (_("请求里的内容不对。"), _("请按 errors 里所列改正。")),
        429: (_("调用太频繁。"), _("请按 Retry-After 等待后重试。")),
        500: (_("程序出错了，刚才的操作没有保存。"), _("请把编号告诉管理员。")),
        503: (_("暂时不能办理。"), _("请稍后重试。")),
    }
    return table.get(status, (HTTPStatus(status).phrase, ""))
