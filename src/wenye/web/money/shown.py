"""What pages about money share: labels, names of officers, amounts typed in, pages of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.accounts.models import User
from wenye.services.decisions.district import district
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.funds import funds
from wenye.web.acting import Asked
from wenye.web.refusals import refused

ROWS = 50
_AMOUNT = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?\Z")
M = TypeVar("M", bound=models.Model)


def english() -> bool:
    """Whether the page is in English."""
    return get_language() == "en"


def fund_label(fund: str) -> str:
    """A fund's name in the page's language."""
    known = {**funds().funds, **funds().heads}.get(fund)
    return fund if known is None else known.label_en if english() else known.label


def scheme_label(scheme: str) -> str:
    """A scheme's title in the page's language."""
    here = district()
    if scheme not in here.scheme_ids:
        return scheme
    found = here.scheme(scheme)
    return str(found.title_en if english() else found.title)


def town_label(code: str) -> str:
    """A street's or town's name; the district where there is none."""
    for unit in district().organisation.units:
        if unit.code == code:
            return str(unit.name)
    return code or str(_("全区"))


def labelled(pairs: dict[str, Any]) -> list[tuple[str, str]]:
    """Choices for a select: (value, label) from value → (label, English label, …)."""
    return [(name, each[1] if english() else each[0]) for name, each in pairs.items()]


def officers(ids: Iterable[int | None]) -> dict[int, str]:
    """User → name."""
    wanted = {each for each in ids if each is not None}
    return dict(User.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name"))


def fen_typed(text: str) -> int:
    """Yuan as somebody types them, in whole fen; MoneyError in words."""
    plain = text.strip().replace(",", "").replace("，", "").removeprefix("¥").removeprefix("￥")
    if _AMOUNT.match(plain) is None:
        raise MoneyError(_("金额请写成 1234.56 的样子。"), where=text[:40])
    yuan, _dot, rest = plain.partition(".")
    fen = int(yuan.lstrip("-") or "0") * 100 + int((rest + "00")[:2])
    return -fen if plain.startswith("-") else fen


def whole_typed(text: str, most: int = 2**31 - 1) -> int:
    """A whole number that somebody typed."""
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > 10 or int(plain) > most:
        raise MoneyError(_("请填一个整数。"), where=text[:40])
    return int(plain)


def further(
    request: HttpRequest, rows: QuerySet[M], *, rising: bool = False
) -> tuple[list[M], str]:
    """A page of rows, the latest first, and the address of the next one (empty: there is none)."""
    after = request.GET.get("after", "")
    chosen = rows.order_by("pk" if rising else "-pk")
    if after.isascii() and after.isdigit() and len(after) < 16:
        chosen = chosen.filter(**{"pk__gt" if rising else "pk__lt": int(after)})
    found = list(chosen[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    query = request.GET.copy()
    query["after"] = str(found[ROWS - 1].pk)
    return found[:ROWS], f"?{query.urlencode()}"


def told(request: Asked, error: MoneyError) -> HttpResponse:
    """A refusal of the money service as a page."""
    status = (
        409 if isinstance(error, TooLate) else 403 if isinstance(error, SecondPersonNeeded) else 400
    )
    what = f"{error.what}（{error.where}）" if error.where else error.what
    return refused(request, status, what=what, mend=error.mend)
