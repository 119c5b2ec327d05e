"""What the documents ask for: measures and what carries them, duties, and values that are open."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from wenye.policy.measure_register import CARRIER_KINDS, PROGRESS_WORDS, STANDING_WORDS, Progress
from wenye.services.decisions.decisive import open_on, value_label
from wenye.services.decisions.district import district
from wenye.web.acting import Asked, page

_CSS = {Progress.CARRIED: "yes", Progress.NOT_YET: "unsure", Progress.NOT_COMPUTABLE: "over"}


@page("policy.measures")
def measures(request: Asked) -> HttpResponse:
    """Article by article, each measure with what carries it or why nothing does."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "progress", "body")}
    here, today = district(), timezone.localdate()
    articles: list[dict[str, Any]] = []
    bodies: set[str] = set()
    counts = dict.fromkeys(Progress, 0)
    for register in here.measures:
        for number, entry in register.articles.items():
            bodies.update(entry.departments)
            rows = []
            for measure in register.of_article(number):
                counts[measure.progress] += 1
                text = f"{measure.id} {measure.label} {' '.join(measure.phrases)}"
                if asked["q"].strip() not in text or asked["progress"] not in (
                    "",
                    measure.progress,
                ):
                    continue
                if asked["body"] and asked["body"] not in entry.departments:
                    continue
                rows.append(
                    {
                        "measure": measure,
                        "css": _CSS[measure.progress],
                        "words": PROGRESS_WORDS[measure.progress],
                        "links": [_link(link.kind, link.id) for link in measure.carried_by],
                    }
                )
            if rows:
                standing = STANDING_WORDS[register.basis(today)]
                articles.append(
                    {"entry": entry, "register": register, "rows": rows, "standing": standing}
                )
    context = {
        "articles": articles,
        "asked": asked,
        "bodies": sorted(bodies),
        "counts": [(PROGRESS_WORDS[name], counts[name], name.value) for name in Progress],
        "whole": sum(counts.values()),
    }
    return render(request, "policy/measures.html", context)


def _link(kind: str, name: str) -> dict[str, Any]:
    """What carries a measure, with its page where it has one."""
    here = district()
    words = CARRIER_KINDS[kind]
    label = label_en = name
    url = ""
    if kind == "scheme" and name in here.scheme_ids:
        scheme = here.scheme(name)
        label, label_en = scheme.title, scheme.title_en or scheme.title
        url = reverse("policy:scheme", args=[name])
    elif kind == "parameter":
        label, label_en = value_label(name)
    elif kind == "duty" and name in here.duties:
        label, label_en = here.duties[name].label, here.duties[name].label_en
        url = f"{reverse('policy:duties')}#{name}"
    return {"kind": words, "label": label, "label_en": label_en, "url": url}


@page("policy.duties")
def duties(request: Asked) -> HttpResponse:
    """Who owes what to whom, by when, as printed."""
    today = timezone.localdate()
    rows = []
    for duty in district().duties.values():
        basis = duty.basis(today)
        words = ("", "") if basis is None else STANDING_WORDS[basis]
        rows.append({"duty": duty, "standing": words})
    return render(request, "policy/duties.html", {"rows": rows})


@page("policy.open_values")
def open_values(request: Asked) -> HttpResponse:
    """What nobody has set, what waits for it, and whom to ask."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "body")}
    values = list(open_on(timezone.localdate()).values())
    bodies = sorted({body for value in values for body in value.ask})
    here = district()
    rows: list[dict[str, Any]] = [
        {
            "value": value,
            "schemes": [here.scheme(name) for name in value.schemes],
        }
        for value in values
        if asked["q"].strip() in f"{value.label} {value.name}"
        and (not asked["body"] or asked["body"] in value.ask)
    ]
    rows.sort(key=lambda row: -len(row["schemes"]))
    context = {
        "rows": rows,
        "asked": asked,
        "bodies": bodies,
        "whole": len(values),
        "may_confirm": request.actor.role.value == "bureau_reviewer",
    }
    return render(request, "policy/open_values.html", context)
