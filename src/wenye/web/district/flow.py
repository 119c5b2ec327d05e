"""From judged to paid: the run's flow by scheme and town, each number down to masked people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import Reach
from wenye.services.decisions.district import town_names
from wenye.services.offers.models import Run
from wenye.web.acting import Asked, page
from wenye.web.district import counting
from wenye.web.district.counting import Numbers
from wenye.web.district.picture import Bar, Part, picture
from wenye.web.district.workbook import workbook
from wenye.web.offers.showing import titles

_COLUMNS = (
    *("judged", "entitled", "undetermined", "not_entitled"),
    *("offered", "unheard", "applied", "approved", "paid"),
)


def column_words() -> dict[str, str]:
    """What the table's columns are called."""
    return {
        "judged": _("判定"),
        "entitled": _("符合"),
        "undetermined": _("待定"),
        "not_entitled": _("不符合"),
        "offered": _("已提供"),
        "unheard": _("未知晓"),
        "applied": _("已申请"),
        "approved": _("已批准待付"),
        "paid": _("已拨付"),
    }


@require_safe
@page("district.flow")
def flow(request: Asked) -> HttpResponse:
    """The picture, and its numbers as tables."""
    asked = request.GET
    runs = Run.objects.filter(state=Run.COMPLETE).order_by("-on")
    chosen = asked.get("run", "")
    run = runs.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    run = run or runs.first()
    names, named = town_names(), titles()
    scheme = asked.get("scheme", "") if asked.get("scheme", "") in named else ""
    own = request.scope.reach is Reach.TOWN
    town: str | None = request.actor.town if own else asked.get("town") or None
    if town == "none":
        town = ""
    if run is None:
        return render(request, "district/flow.html", {"run": None})
    found = counting.numbers(run, scheme=scheme, town=town)
    down = _Down(request, run, scheme, town)
    of_schemes, of_towns = counting.by(0, found), counting.by(1, found)
    whole = counting.total(found.values())
    words = column_words()
    schemes = [
        (named.get(name, name), down.cells(name, town, one))
        for name, one in sorted(of_schemes.items(), key=lambda item: -item[1].entitled)
    ]
    towns = [
        (names.get(code, code) or _("街镇未提供"), down.cells(scheme, code, of_towns[code]))
        for code in (*names, *(code for code in of_towns if code not in names))
        if code in of_towns
    ]
    if asked.get("format") == "xlsx":
        body = [
            [named.get(name, name), names.get(code, code), *(getattr(one, c) for c in _COLUMNS)]
            for (name, code), one in sorted(found.items())
        ]
        head = [_("项目"), _("街镇"), *(words[c] for c in _COLUMNS)]
        return workbook("flow", _("判定到拨付"), head, body)
    context: dict[str, Any] = {
        "run": run,
        "runs": list(runs[:30]),
        "picture": picture(_bars(whole, down), _("从判定到拨付")),
        "columns": [words[c] for c in _COLUMNS],
        "schemes": schemes,
        "towns": towns,
        "total": [getattr(whole, c) for c in _COLUMNS],
        "scheme": scheme,
        "town": "none" if town == "" else town,
        "all_schemes": list(named.items()),
        "all_towns": [] if own else list(names.items()),
        "town_name": names.get(town or "", ""),
        "query": urlencode(
            {"run": run.pk, "scheme": scheme, "town": "none" if town == "" else town or ""}
        ),
    }
    return render(request, "district/flow.html", context)


class _Down:
    """Where a number leads, for those who may see who is behind it."""

    def __init__(self, request: Asked, run: Run, scheme: str, town: str | None) -> None:
        self.run, self.scheme, self.town = run, scheme, town
        self.to_rows = scope_of(request.acting, page_named("district.rows")).reach is not None
        self.to_offers = scope_of(request.acting, page_named("offers.worklist")).reach is not None

    def href(self, part: str, scheme: str, town: str | None) -> str:
        """The address behind a number; empty where there is none."""
        where = {} if town is None else {"town": town or "none"}
        of = {"scheme": scheme} if scheme else {}
        if part in ("offered", "unheard", "heard", "declined"):
            if not self.to_offers:
                return ""
            state = {"unheard": "made", "offered": "all"}.get(part, part)
            return f"{reverse('offers:worklist')}?{urlencode({**of, **where, 'state': state})}"
        if not self.to_rows or not scheme or part == "judged":
            return ""
        asked = {"run": self.run.pk, **of, **where, "part": part}
        return f"{reverse('district:rows')}?{urlencode(asked)}"

    def here(self, part: str) -> str:
        """As ``href``, for what the page is narrowed to."""
        return self.href(part, self.scheme, self.town)

    def cells(self, scheme: str, town: str | None, one: Numbers) -> list[tuple[int, str]]:
        """A line of the table: number and address."""
        return [
            (number, self.href(name, scheme, town) if number else "")
            for name in _COLUMNS
            for number in [getattr(one, name)]
        ]


def _bars(one: Numbers, down: _Down) -> list[Bar]:
    """The stages of the picture."""
    waiting = max(one.applied - one.approved - one.refused - one.paid, 0)
    return [
        Bar(
            _("判定"),
            (
                Part(_("符合"), one.entitled, "yes", down.here("entitled"), opens=True),
                Part(_("待定"), one.undetermined, "unsure", down.here("undetermined")),
                Part(_("不符合"), one.not_entitled, "no", down.here("not_entitled")),
            ),
        ),
        Bar(
            _("符合"),
            (
                Part(
                    _("可以提供"),
                    max(one.entitled - one.held_back - one.not_told, 0),
                    "going",
                    down.here("offered"),
                    opens=True,
                ),
                Part(_("暂未提供"), one.held_back, "unsure"),
                Part(_("不主动提供的项目"), one.not_told, "no"),
            ),
        ),
        Bar(
            _("已提供"),
            (
                Part(_("已申请或确认"), one.taken_up, "yes", opens=True),
                Part(_("已知晓"), one.heard, "going", down.here("heard")),
                Part(_("未知晓"), one.unheard, "unsure", down.here("unheard")),
                Part(_("不需要"), one.declined, "no", down.here("declined")),
            ),
        ),
        Bar(
            _("全部申请"),
            (
                Part(_("已拨付或办结"), one.paid, "yes", down.here("paid")),
                Part(_("已批准待付"), one.approved, "going", down.here("approved")),
                Part(_("审核中"), waiting, "unsure", down.here("applied")),
                Part(_("不予批准"), one.refused, "no", down.here("refused")),
            ),
        ),
    ]
