"""The bureau head's page: three minutes, numbers only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.policy.district import District
from wenye.policy.open_values import OpenValue, open_values
from wenye.services.cases.deciding import deciding_day
from wenye.services.decisions.district import district, town_names
from wenye.services.decisions.facts import NoFacts
from wenye.services.followup import coverage
from wenye.services.money import budgets
from wenye.services.money.funds import funds
from wenye.services.offers import findings
from wenye.services.offers.models import Run
from wenye.web.acting import Asked, page
from wenye.web.district import counting
from wenye.web.district.charts import bars
from wenye.web.district.workbook import workbook
from wenye.web.offers.showing import titles

#: Open values that are seen at once; the others are a click away.
_FIRST = 10


@require_safe
@page("district.head")
def head(request: Asked) -> HttpResponse:
    """Money by fund, overdue by town, entitled but silent, open values with whom to ask."""
    try:
        day = deciding_day()
    except NoFacts:
        return render(request, "district/head.html", {"day": None})
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "money": _money,
        "overdue": lambda: _overdue(timezone.localdate()),
        "silent": _silent,
        "open": lambda: _open(day),
    }
    wanted = request.GET.get("format", "")
    if wanted in parts:
        return _exported(wanted, parts[wanted]())
    run = Run.objects.filter(state=Run.COMPLETE).order_by("-on").first()
    context: dict[str, Any] = {"day": day, "run": run}
    for name, made in parts.items():
        context[name] = made()
    context["totals"] = _totals(context, run)
    return render(request, "district/head.html", context)


def _totals(context: dict[str, Any], run: Run | None) -> list[tuple[str, Any, str]]:
    """The figures above everything: words, number, and whether it is money."""
    silent, overdue = context["silent"]["rows"], context["overdue"]["rows"]
    found = [
        (_("已拨付"), sum(row["spent"] for row in context["money"]["rows"]), "yuan"),
        (_("逾期未联系"), sum(row["overdue"] for row in overdue), "count"),
        (_("符合而没有答复"), sum(row["number"] for row in silent), "count"),
        (_("还没有定的标准"), len(context["open"]["rows"]), "count"),
    ]
    if run is not None:
        found.insert(0, (_("符合（项目×对象）"), run.counts.get("entitled", 0), "count"))
    return found


def _money() -> dict[str, Any]:
    """By fund: planned, bound, spent; what the bank holds."""
    english = get_language() == "en"
    known = funds().funds
    sums: dict[str, dict[str, int]] = {}
    years = budgets.years()
    for year in years[:1]:
        for use in budgets.uses(year):
            of = sums.setdefault(use.fund, dict.fromkeys(("plan", "committed", "spent"), 0))
            of["plan"] += use.plan
            of["committed"] += use.committed
            of["spent"] += use.spent
    standing = budgets.standings()
    rows: list[dict[str, Any]] = []
    for name, fund in known.items():
        of = sums.get(name, dict.fromkeys(("plan", "committed", "spent"), 0))
        held = standing.get(name)
        rows.append(
            {
                "name": (fund.label_en or fund.label) if english else fund.label,
                "open": fund.open,
                **of,
                "bank": 0 if held is None else held.bank,
                "payable": 0 if held is None else held.payable,
            }
        )
    spent, bound, free = _("已支出"), _("已承诺"), _("余额")
    drawn = [
        (row["name"], part, number / 1_000_000)
        for row in rows
        if row["plan"]
        for part, number in (
            (spent, row["spent"]),
            (bound, row["committed"]),
            (free, max(row["plan"] - row["spent"] - row["committed"], 0)),
        )
    ]
    chart = bars(drawn, title=_("各项资金"), axis=_("万元"), parts=(spent, bound, free))
    return {"rows": rows, "chart": chart, "year": years[0] if years else None}


def _overdue(day: dt.date) -> dict[str, Any]:
    """By town: followed, nobody's, overdue."""
    rows: list[dict[str, Any]] = [
        {
            "name": line.name,
            **{name: line.numbers[name] for name in ("followed", "nobody", "overdue")},
        }
        for line in coverage.by_town(day)
    ]
    drawn = [(row["name"], _("逾期"), row["overdue"]) for row in rows if row["overdue"]]
    chart = bars(
        sorted(drawn, key=lambda row: -row[2]),
        title=_("各街镇逾期未联系"),
        axis=_("人"),
        parts=(_("逾期"),),
    )
    return {"rows": rows, "chart": chart}


def _silent() -> dict[str, Any]:
    """By town: offers that wait for an answer."""
    names = town_names()
    heard, unheard = _("已知晓"), _("未知晓")
    rows = [
        {
            **row,
            "name": names.get(row["town"], row["town"]) or _("街镇未提供"),
            "fen": row["fen"] or 0,
        }
        for row in counting.silent_by_town()
    ]
    drawn = [
        (row["name"], part, number)
        for row in rows
        for part, number in (
            (heard, row["number"] - row["unheard"]),
            (unheard, row["unheard"]),
        )
    ]
    chart = bars(drawn, title=_("符合而没有答复"), axis=_("项"), parts=(heard, unheard))
    return {"rows": rows, "chart": chart}


def _open(day: dt.date) -> dict[str, Any]:
    """Values that nobody has set, whom to ask, and how many wait for each."""
    here = district()
    named, english = titles(), get_language() == "en"
    run = Run.objects.filter(state=Run.COMPLETE).order_by("-on").first()
    held = (findings.read(run, findings.QUESTIONS) if run is not None else None) or {}
    waiting = {item["parameter"]: item for item in held.get("open_values", ())}
    rows = []
    for value in _open_values(here, day):
        counted = waiting.get(value.name, {})
        rows.append(
            {
                "label": (value.label_en or value.label) if english else value.label,
                "ask": "、".join(value.ask),
                "reason": value.reason,
                "schemes": "、".join(named.get(name, name) for name in value.schemes),
                "number": len(value.schemes),
                "outcomes": counted.get("outcomes", 0),
                "amounts": counted.get("amounts", 0),
            }
        )
    rows.sort(key=lambda row: -row["outcomes"] - row["amounts"])
    return {"rows": rows, "first": rows[:_FIRST], "rest": rows[_FIRST:]}


@lru_cache(maxsize=2)
def _open_values(here: District, day: dt.date) -> list[OpenValue]:
    """A district is loaded anew when a value of it is confirmed."""
    return open_values(here, here.schemes, day)


def _exported(part: str, found: dict[str, Any]) -> HttpResponse:
    heads: dict[str, tuple[str, list[tuple[str, str]], tuple[int, ...]]] = {
        "money": (
            _("各项资金"),
            [
                ("name", _("资金")),
                ("plan", _("安排（元）")),
                ("committed", _("已承诺（元）")),
                ("spent", _("已支出（元）")),
                ("bank", _("银行余额（元）")),
                ("payable", _("应付未付（元）")),
            ],
            (1, 2, 3, 4, 5),
        ),
        "overdue": (
            _("逾期未联系"),
            [
                ("name", _("街镇")),
                ("followed", _("跟踪中")),
                ("nobody", _("没人跟踪")),
                ("overdue", _("逾期")),
            ],
            (),
        ),
        "silent": (
            _("符合而没有答复"),
            [
                ("name", _("街镇")),
                ("number", _("没有答复")),
                ("unheard", _("未知晓")),
                ("fen", _("可发放（元）")),
            ],
            (3,),
        ),
        "open": (
            _("还没有定的标准"),
            [
                ("label", _("标准")),
                ("ask", _("问谁")),
                ("schemes", _("项目")),
                ("outcomes", _("结论待定")),
                ("amounts", _("金额待定")),
                ("reason", _("原因")),
            ],
            (),
        ),
    }
    sheet, columns, fen = heads[part]
    body = [[row[name] for name, _label in columns] for row in found["rows"]]
    return workbook(part, sheet, [label for _name, label in columns], body, fen=fen)
