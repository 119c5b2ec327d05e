"""One condition away, and which missing fact would settle most: numbers of the latest run."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.services.decisions.district import town_names
from wenye.services.offers import findings
from wenye.services.offers.models import Run
from wenye.web.acting import Asked, page
from wenye.web.district.workbook import workbook
from wenye.web.offers.showing import titles

_SHOWN = 100


def latest_run() -> Run | None:
    """The run that was completed last."""
    return Run.objects.filter(state=Run.COMPLETE).order_by("-on").first()


@require_safe
@page("offers.near_misses")
def near_misses(request: Asked) -> HttpResponse:
    """How many are one condition away, and from which; and what excludes most."""
    run = latest_run()
    held = findings.read(run, findings.NEAR_MISSES) if run is not None else None
    named = titles()
    scheme, town = request.GET.get("scheme", ""), request.GET.get("town", "")
    misses = [
        {**item, "title": named.get(item["scheme"], item["title"])}
        for item in (held or {}).get("near_misses", ())
        if not scheme or item["scheme"] == scheme
    ]
    if town:
        for item in misses:
            item["subjects"] = item["by_town"].get(town, 0)
        misses = sorted(
            (item for item in misses if item["subjects"]), key=lambda item: -item["subjects"]
        )
    obstacles = [
        {**item, "title": named.get(item["scheme"], item["title"])}
        for item in (held or {}).get("obstacles", ())
        if (not scheme or item["scheme"] == scheme) and item["excludes"]
    ]
    if request.GET.get("format") == "xlsx":
        head = [_("项目"), _("差在哪一项"), _("须为"), _("适用规定起"), _("数量")]
        body = [
            [
                item["title"],
                item["label"],
                _("是") if item["needed"] == "yes" else _("否"),
                item["since"],
                item["subjects"],
            ]
            for item in misses
        ]
        return workbook("near-misses", _("只差一项"), head, body)
    context: dict[str, Any] = {
        "run": run,
        "held": held is not None,
        "misses": misses[:_SHOWN],
        "obstacles": obstacles[:_SHOWN],
        "schemes": _schemes(held, "near_misses", named),
        "towns": town_names().items(),
        "scheme": scheme,
        "town": town,
    }
    return render(request, "offers/near_misses.html", context)


@require_safe
@page("offers.questions")
def questions(request: Asked) -> HttpResponse:
    """Which missing fact keeps most people undetermined, and which open value."""
    run = latest_run()
    held = findings.read(run, findings.QUESTIONS) if run is not None else None
    named = titles()
    scheme = request.GET.get("scheme", "")
    facts = [
        {**item, "title": named.get(item["scheme"], item["title"])}
        for item in (held or {}).get("facts", ())
        if not scheme or item["scheme"] == scheme
    ]
    values = [
        {**item, "titles": [named.get(name, name) for name in item["schemes"]]}
        for item in (held or {}).get("open_values", ())
        if not scheme or scheme in item["schemes"]
    ]
    if request.GET.get("format") == "xlsx":
        head = [_("项目"), _("缺的事实"), _("向谁要"), _("牵涉"), _("只缺这一项")]
        body = [
            [item["title"], item["label"], item["asked_of"], item["subjects"], item["alone"]]
            for item in facts
        ]
        return workbook("missing-facts", _("缺的事实"), head, body)
    context: dict[str, Any] = {
        "run": run,
        "held": held is not None,
        "facts": facts[:_SHOWN],
        "values": values[:_SHOWN],
        "undetermined": sum((held or {}).get("undetermined", {}).values()),
        "schemes": _schemes(held, "facts", named),
        "scheme": scheme,
    }
    return render(request, "offers/questions.html", context)


def _schemes(
    held: dict[str, Any] | None, part: str, named: dict[str, str]
) -> list[tuple[str, str]]:
    ids = dict.fromkeys(item["scheme"] for item in (held or {}).get(part, ()))
    return [(name, named.get(name, name)) for name in ids]
