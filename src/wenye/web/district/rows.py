"""Who is behind a number of the flow: masked, page by page, each read on record."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenye.determination.patterns import condition_columns
from wenye.determination.reasons import reasons_frame
from wenye.determination.results import Results
from wenye.registers.schema import KEY
from wenye.services.accounts.roles import Reach
from wenye.services.audit import record
from wenye.services.cases.models import Case
from wenye.services.decisions.district import district, town_names
from wenye.services.offers.entitled import Owners
from wenye.services.offers.models import Run
from wenye.services.offers.nightly import registers_of, results_of
from wenye.services.offers.towns import known_town
from wenye.services.people.models import Employer, Person
from wenye.web.acting import Asked, page
from wenye.web.offers.showing import outcome_words, purpose_of, titles
from wenye.web.refusals import refused
from wenye.web.typed import whole

PAGE = 50
_OUTCOMES = ("entitled", "not_entitled", "undetermined")
_CASES: dict[str, tuple[str, ...]] = {
    "applied": (),
    "approved": ("approved", "paying", "handed_over"),
    "refused": ("refused",),
    "paid": ("paid", "closed", "clawback"),
}


@require_safe
@page("district.rows")
def rows(request: Asked) -> HttpResponse:
    """One part of one scheme: subjects of the run, or cases."""
    asked = request.GET
    part, scheme = asked.get("part", ""), asked.get("scheme", "")
    named = titles()
    run = _run(asked.get("run", ""))
    own = request.scope.reach is Reach.TOWN
    town: str | None = request.actor.town if own else asked.get("town") or None
    town = "" if town == "none" else town
    if scheme not in named or part not in (*_OUTCOMES, *_CASES) or run is None:
        return refused(
            request,
            404,
            what=_("没有这份名单。"),
            mend=_("请从“判定到拨付”页面点数字进入。"),
        )
    after = whole(asked.get("after"))
    after = min(after, 2**31 - 1)
    if part in _CASES:
        found = _cases(request, part, scheme, town, after)
    else:
        subjects = _subjects(run, part, scheme, town, after)
        if subjects is None:
            return refused(
                request,
                404,
                what=_("这一天的明细已经不再保留。"),
                mend=_("汇总数仍在；明细只保留最近几次判定。"),
            )
        found = subjects
    people = {row["person_key"] for row in found if row["person_key"] is not None}
    firms = {row["employer_key"] for row in found if row["employer_key"] is not None}
    record.read(
        request.actor,
        purpose_of(request.actor),
        people=sorted(people),
        employers=sorted(firms),
        page=request.page.id,
    )
    _named(found, people, firms)
    more, found = len(found) > PAGE, found[:PAGE]
    query = {"run": run.pk, "scheme": scheme, "part": part}
    if town is not None:
        query["town"] = town or "none"
    context: dict[str, Any] = {
        "run": run,
        "title": named[scheme],
        "part": _part_words(part),
        "rows": found,
        "town_name": town_names().get(town or "", ""),
        "next": urlencode({**query, "after": found[-1]["key"]}) if more else "",
        "back": urlencode({name: query[name] for name in query if name != "part"}),
        "of_cases": part in _CASES,
    }
    return render(request, "district/rows.html", context)


def _run(chosen: str) -> Run | None:
    done = Run.objects.filter(state=Run.COMPLETE).order_by("-on")
    if chosen.isdecimal() and len(chosen) < 19:
        return done.filter(pk=int(chosen)).first()
    return done.first()


def _part_words(part: str) -> str:
    if part in _OUTCOMES:
        return outcome_words(part)
    return {
        "applied": _("已申请"),
        "approved": _("已批准待付"),
        "refused": _("不予批准"),
        "paid": _("已拨付或办结"),
    }[part]


def _cases(
    request: Asked, part: str, scheme: str, town: str | None, after: int
) -> list[dict[str, Any]]:
    found = Case.objects.within(request.scope).filter(scheme=scheme, pk__gt=after)
    found = found.exclude(state__in=("draft", "withdrawn"))
    if _CASES[part]:
        found = found.filter(state__in=_CASES[part])
    if town is not None:
        found = found.filter(town=town)
    return [
        {
            "key": case.pk,
            "person_key": case.person_key,
            "employer_key": case.employer_key,
            "town": town_names().get(case.town, ""),
            "amount": case.amount_fen,
            "reason": "",
            "case": case.number,
        }
        for case in found.order_by("id")[: PAGE + 1]
    ]


def _subjects(
    run: Run, outcome: str, scheme: str, town: str | None, after: int
) -> list[dict[str, Any]] | None:
    results = results_of(run)
    owners = _owners(run.pk, run.facts_digest)
    if results is None or owners is None or scheme not in results.manifest["schemes"]:
        return None
    rows = results.frame(scheme).filter((pl.col("outcome") == outcome) & (pl.col(KEY) > after))
    if town is not None:
        rows = rows.filter(known_town("town") == town)
    here = rows.head(PAGE + 1).collect()
    reasons = _reasons(results, scheme, outcome, here)
    frame = here.select(KEY, "amount", pl.Series("reason", reasons, dtype=pl.String))
    owned = owners.with_owners(results.schemes[scheme], frame)
    names = town_names()
    return [
        {
            "key": row[KEY],
            "person_key": row["person_key"],
            "employer_key": row["employer_key"],
            "town": names.get(row["town"], ""),
            "amount": row["amount"],
            "reason": row["reason"] or "",
            "case": "",
        }
        for row in owned.iter_rows(named=True)
    ]


def _reasons(results: Results, scheme: str, outcome: str, rows: pl.DataFrame) -> list[str]:
    if outcome == "entitled" or rows.is_empty():
        return [""] * rows.height
    names = condition_columns(results.frame(scheme))
    said = _sentences(results.folder, results.manifest["registers"]["digest"], scheme, outcome)
    joined = rows.join(
        said, on=["law", *names], how="left", nulls_equal=True, maintain_order="left"
    )
    return [text or "" for text in joined["reason"].to_list()]


@lru_cache(maxsize=16)
def _sentences(folder: Path, digest: str, scheme: str, outcome: str) -> pl.DataFrame:
    """Every reason of one outcome; the digest keeps a day that was judged again apart."""
    opened = Results.open(folder)
    return reasons_frame(Results(folder, opened.manifest, district()), scheme, outcome)


@lru_cache(maxsize=1)
def _owners(run_id: int, facts_digest: str) -> Owners | None:
    """Whose rows are, on the facts of a run; the digest keeps a day that was judged again apart."""
    registers = registers_of(Run.objects.get(pk=run_id))
    return None if registers is None else Owners(registers)


def _named(rows: list[dict[str, Any]], people: set[int], firms: set[int]) -> None:
    persons = Person.objects.in_bulk(list(people))
    employers = Employer.objects.in_bulk(list(firms))
    for row in rows:
        row["who"] = ""
        if row["person_key"] in persons:
            row["who"] = persons[row["person_key"]].masked_name
        elif row["employer_key"] in employers:
            row["who"] = employers[row["employer_key"]].shown_name
