"""The nightly runs: how far one is, what it changed and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.determination.condition_words import label_under
from wenye.services.decisions.district import district, town_names
from wenye.services.offers.entitled import HELD_BACK
from wenye.services.offers.locking import under_way
from wenye.services.offers.models import Offer, OfferChange, Run, RunChange, RunFlow
from wenye.services.offers.nightly import STAGES
from wenye.web.acting import Asked, page
from wenye.web.offers.showing import mode_words, outcome_words, titles
from wenye.web.refusals import refused


def stage_words(stage: str) -> str:
    """What a stage of a run is called."""
    return {
        "facts": _("写出当日事实"),
        "judging": _("判定"),
        "findings": _("查找差一项和缺的事实"),
        "offers": _("生成和撤回"),
        "changes": _("比较变化"),
        "flow": _("汇总"),
        "complete": _("完成"),
    }.get(stage, "")


def held_words(reason: str) -> str:
    """Why an entitled row was not offered."""
    return {
        "yields": _("另一项或另一行优先"),
        "doubtful": _("依据存疑"),
        "nothing_due": _("本月没有可发放的"),
        "nobody": _("找不到可以告知的人"),
        "case": _("已有办件"),
        "drawing": _("正在享受"),
        "objection": _("本人反对自动决定"),
    }.get(reason, reason)


def cause_words(cause: str) -> str:
    """By what a subject came out otherwise."""
    return {
        "condition": _("条件的答案变了"),
        "law": _("适用的规定换了"),
        "value": _("标准或金额变了"),
        "other_scheme": _("与另一项的先后变了"),
        "new": _("登记册里新出现"),
        "gone": _("登记册里不再有"),
    }.get(cause, cause)


def state_of(run: Run) -> tuple[str, str]:
    """A run's state in words, and its look; one that stopped says so."""
    if run.state == Run.COMPLETE:
        return _("已完成"), "yes"
    if run.state == Run.FAILED:
        return _("没有完成"), "no"
    if under_way():
        return _("进行中"), "going"
    return _("中断，可以接着做"), "unsure"


@require_safe
@page("offers.runs")
def runs(request: Asked) -> HttpResponse:
    """All of them, the latest first."""
    rows = [{"run": run, "state": state_of(run)} for run in Run.objects.order_by("-on")[:100]]
    return render(request, "offers/runs.html", {"rows": rows, "active": under_way()})


@require_safe
@page("offers.run")
def run(request: Asked, pk: int) -> HttpResponse:
    """One run; while it is under way, htmx asks for its progress."""
    found = Run.objects.filter(pk=pk).first()
    if found is None:
        return refused(request, 404)
    words, css = state_of(found)
    going = css == "going"
    context: dict[str, Any] = {
        "run": found,
        "state": words,
        "css": css,
        "going": going,
        "stage": stage_words(found.stage),
        "place": list(STAGES).index(found.stage) + 1 if found.stage in STAGES else 0,
        "stages": len(STAGES) - 1,
        "left": _time_left(found) if going else None,
    }
    if request.htmx:
        return render(request, "offers/run_progress.html", context)
    return render(request, "offers/run.html", {**context, **_told(found)})


def _time_left(found: Run) -> int | None:
    """Minutes that the stage still takes at its pace; None where nothing can be said yet."""
    if not found.done or found.done >= found.total:
        return None
    passed = (timezone.now() - found.started_at).total_seconds()
    if found.attempts > 1:
        return None  # the start lies in an earlier attempt
    return max(1, round(passed * (found.total - found.done) / found.done / 60))


def _told(found: Run) -> dict[str, Any]:
    named, towns = titles(), town_names()
    before = Run.objects.filter(on__lt=found.on, state=Run.COMPLETE).order_by("-on").first()
    changes = (
        RunChange.objects.filter(run=found)
        .order_by()
        .values("scheme", "before", "after", "cause", "condition", "answer")
        .annotate(number=Sum("subjects"))
        .order_by("-number", "scheme")[:200]
    )
    made = (
        Offer.objects.filter(first_run=found)
        .order_by()
        .values("scheme", "mode")
        .annotate(number=Count("id"), fen=Sum("amount_fen"))
        .order_by("-number")
    )
    ended = (
        OfferChange.objects.filter(run=found)
        .order_by()
        .values("offer__scheme", "kind")
        .annotate(number=Count("id"))
        .order_by("-number")
    )
    kinds = {
        OfferChange.CHANGED: _("内容有变"),
        OfferChange.LAPSED: _("失效"),
        OfferChange.OVER: _("权益已结束"),
        OfferChange.APPLIED: _("已自行申请"),
        OfferChange.WITHDRAWN: _("撤回"),
    }
    return {
        "before": before,
        "counts": found.counts,
        "held": [
            (held_words(reason), number)
            for reason in HELD_BACK
            if (number := found.counts.get("held_back", {}).get(reason))
        ],
        "changes": [
            {
                "title": named.get(row["scheme"], row["scheme"]),
                "before": outcome_words(row["before"]),
                "after": outcome_words(row["after"]),
                "cause": cause_words(row["cause"]),
                "condition": condition_label(row["scheme"], row["condition"], found),
                "answer": row["answer"],
                "number": row["number"],
            }
            for row in changes
        ],
        "made": [
            {
                "title": named.get(row["scheme"], row["scheme"]),
                "scheme": row["scheme"],
                "mode": mode_words(row["mode"]),
                "number": row["number"],
                "fen": row["fen"],
            }
            for row in made
        ],
        "ended": [
            {
                "title": named.get(row["offer__scheme"], row["offer__scheme"]),
                "kind": kinds[row["kind"]],
                "number": row["number"],
            }
            for row in ended
        ],
        "has_flow": RunFlow.objects.filter(run=found).exists(),
        "towns": towns,
    }


def condition_label(scheme_id: str, name: str, found: Run) -> str:
    """What a condition is called under the newest version of its scheme."""
    here = district()
    if not name or scheme_id not in here.scheme_ids:
        return name
    scheme = here.scheme(scheme_id)
    if name not in scheme.conditions:
        return name
    return label_under(scheme, scheme.laws[-1], name, found.on)
