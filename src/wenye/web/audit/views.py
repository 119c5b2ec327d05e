"""The log for auditors: looked through, verified, written out; and what may be worth a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenye.services.accounts.models import User
from wenye.services.audit import patterns, record
from wenye.services.audit.exporting import chosen, lines
from wenye.services.audit.models import Entry, Seal, Unsealed
from wenye.services.audit.patterns import Seen
from wenye.services.audit.record import Purpose
from wenye.services.audit.sealing import seal_of
from wenye.services.audit.searching import Wanted, found, verbs
from wenye.services.audit.verifying import behind, is_late, missing_guards, verify
from wenye.web.acting import Asked, page
from wenye.web.audit import wording
from wenye.web.refusals import refused

PER_PAGE = 50
#: Seals that the page verifies; all of them are the command's work.
NEWEST = 50


@require_GET
@page("audit.log")
def log(request: Asked) -> HttpResponse:
    """The newest entries first; whoever is asked for by key is noted as read."""
    asked = {name: request.GET.get(name, "").strip() for name in _ASKED}
    wanted, wrong = _wanted(asked)
    entries: list[Entry] = []
    if not wrong:
        chosen_ = found(wanted)
        before = _whole(asked["before"])
        if before is not None:
            chosen_ = chosen_.filter(id__lt=before)
        entries = list(chosen_[: PER_PAGE + 1])
    if wanted.person_key is not None or wanted.employer_key is not None:
        record.read(
            request.actor,
            Purpose.AUDIT,
            people=[] if wanted.person_key is None else [wanted.person_key],
            employers=[] if wanted.employer_key is None else [wanted.employer_key],
            page=request.page.id,
        )
    more = len(entries) > PER_PAGE
    shown = entries[:PER_PAGE]
    older = {**asked, "before": str(shown[-1].pk)} if more else {}
    context = {
        "rows": wording.rows(shown),
        "asked": asked,
        "wrong": wrong,
        "older": urlencode({k: v for k, v in older.items() if v}),
        "newest": urlencode({k: v for k, v in asked.items() if v and k != "before"}),
        "verbs": verbs(),
        "purposes": wording.purposes(),
    }
    return render(request, "audit/log.html", context)


_ASKED = (
    "user",
    "person",
    "employer",
    "verb",
    "purpose",
    "object_type",
    "object_id",
    "day",
    "before",
)


def _wanted(asked: dict[str, str]) -> tuple[Wanted, list[str]]:
    """What was asked for, and in words what of it cannot be read."""
    wrong: list[str] = []
    user_id = None
    if asked["user"]:
        user = User.objects.filter(username=asked["user"]).first()
        if user is None:
            wrong.append(_("没有这个登录名。"))
        else:
            user_id = user.pk
    day = None
    if asked["day"]:
        try:
            day = dt.date.fromisoformat(asked["day"])
        except ValueError:
            wrong.append(_("日期请写作 2026-10-31。"))
    keys = {}
    for name in ("person", "employer"):
        keys[name] = _whole(asked[name])
        if asked[name] and keys[name] is None:
            wrong.append(_("编号是数字，见人员或单位页面的地址。"))
    return (
        Wanted(
            user_id=user_id,
            person_key=keys["person"],
            employer_key=keys["employer"],
            verb=asked["verb"],
            purpose=asked["purpose"],
            object_type=asked["object_type"],
            object_id=asked["object_id"],
            day=day,
        ),
        wrong,
    )


def _whole(text: str) -> int | None:
    """A key as the databases hold one."""
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    value = int(text)
    return value if value < 2**31 or len(text) > 10 else None


@require_GET
@page("audit.entry")
def entry(request: Asked, pk: int) -> HttpResponse:
    """One entry with its seal, and what else was done to the same thing."""
    one = get_object_or_404(Entry, pk=pk)
    if one.person_key is not None:
        record.read(request.actor, Purpose.AUDIT, people=[one.person_key], page=request.page.id)
    beside: list[Entry] = []
    if one.object_type and one.object_id:
        same = Entry.objects.filter(object_type=one.object_type, object_id=one.object_id)
        beside = list(same.exclude(pk=one.pk).order_by("-id")[:20])
    context = {
        "one": wording.rows([one])[0],
        "seal": seal_of(one.pk),
        "beside": wording.rows(beside),
        "detail": sorted(one.detail.items()) if isinstance(one.detail, dict) else [],
    }
    return render(request, "audit/entry.html", context)


@require_GET
@page("audit.seals")
def seals(request: Asked) -> HttpResponse:
    """Seals, newest first, and how the chain stands."""
    return render(request, "audit/seals.html", _seals(request))


@require_POST
@page("audit.verify")
def verify_newest(request: Asked) -> HttpResponse:
    """Verify the newest seals now; the whole chain is the command's work."""
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    verified = verify(since=max(0, last - NEWEST))
    record.change(request.actor, "audit.verify", "seal", last, detail={"sound": verified.sound})
    return render(request, "audit/seals.html", {**_seals(request), "verified": verified})


def _seals(request: Asked) -> dict[str, Any]:
    before = _whole(request.GET.get("before", ""))
    chosen_ = Seal.objects.order_by("-number")
    if before is not None:
        chosen_ = chosen_.filter(number__lt=before)
    rows = list(chosen_.defer("ranges")[: PER_PAGE + 1])
    return {
        "seals": rows[:PER_PAGE],
        "before": rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else None,
        "waiting": Unsealed.objects.count(),
        "late": is_late(),
        "behind": behind(),
        "guards": missing_guards(),
        "verified": None,
        "newest": NEWEST,
    }


@require_GET
@page("audit.patterns")
def patterns_(request: Asked) -> HttpResponse:
    """Reads at night, of very many people, of relatives; many wrong passwords."""
    today = patterns.today()
    lists = {
        # These two go through weeks of entries: they are looked for again every quarter of an hour.
        "nights": _remembered("nights", lambda: patterns.nights(today)),
        "bulk": _remembered("bulk", lambda: patterns.bulk(today)),
        "relatives": patterns.relatives(today),
        "failures": patterns.failures(today),
    }
    ids = {seen.user_id for each in lists.values() for seen in each if seen.user_id is not None}
    logins = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
    names = wording.users(ids)
    context: dict[str, Any] = {
        name: [
            {
                "seen": seen,
                "user": names.get(seen.user_id, ""),
                "login": logins.get(seen.user_id or 0),
            }
            for seen in each[:PER_PAGE]
        ]
        for name, each in lists.items()
    }
    people = [seen.person_key for seen in lists["relatives"] if seen.person_key is not None]
    if people:
        record.read(request.actor, Purpose.AUDIT, people=people, page=request.page.id)
    context |= {"many": patterns.MANY, "many_failures": patterns.MANY_FAILURES}
    return render(request, "audit/patterns.html", context)


def _remembered(name: str, look: Callable[[], list[Seen]]) -> list[Seen]:
    found: list[Seen] | None = cache.get(f"audit.patterns.{name}")
    if found is None:
        found = look()
        cache.set(f"audit.patterns.{name}", found, 15 * 60)
    return found


@page("audit.export")
def export(request: Asked) -> HttpResponse:
    """The entries of some days as a file, each with its seal's number and digest."""
    if request.method != "POST":
        return render(request, "audit/export.html", {"today": patterns.today()})
    try:
        since = dt.date.fromisoformat(request.POST.get("since", ""))
        until = dt.date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return refused(request, 400, what=_("日期请写作 2026-10-31。"))
    form = "csv" if request.POST.get("form") == "csv" else "jsonl"
    if until < since:
        return refused(request, 400, what=_("止日早于起日。"))
    with transaction.atomic():
        detail = {"from": since.isoformat(), "to": until.isoformat(), "form": form}
        record.change(request.actor, "audit.export", "audit", "", detail=detail)
    answer = StreamingHttpResponse(
        (line.encode() for line in lines(chosen(since, until), form)),
        content_type="text/csv; charset=utf-8" if form == "csv" else "application/jsonl",
    )
    name = f"audit-{since.isoformat()}-{until.isoformat()}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast(HttpResponse, answer)


@require_GET
@page("audit.mine")
def mine(request: Asked) -> HttpResponse:
    """Who looked at my data: the list stands with the other things about one's own person."""
    if request.actor.person_key is None:
        return refused(
            request,
            404,
            what=_("您的账户还没有与登记的人员对应。"),
            mend=_("请带身份证到街镇就业服务窗口，由工作人员核对后对应。"),
        )
    return redirect("people:lookers", request.actor.person_key)
