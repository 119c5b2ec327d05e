"""All schemes, found by whom they are for and who runs them; and one with its rule card."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from wenye.determination.handbook.case_words import told_case, told_change
from wenye.determination.judging import concerned, payee_of
from wenye.policy.case_tables import read_case_table
from wenye.registers.model import Employer, Person
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.readable.card import card_json
from wenye.rules.readable.card_phrases import OPERATED_BY, OUR_PART
from wenye.rules.readable.formula import version_on
from wenye.rules.readable.printed import Lang
from wenye.rules.scheme import Scheme
from wenye.services.decisions.decisive import open_on, responsible
from wenye.services.decisions.district import district, explainer
from wenye.web.acting import Asked, page
from wenye.web.policy.cards import Card, card_of
from wenye.web.policy.pictures import diagram_in_page, law_line_in_page
from wenye.web.policy.reasoning import OUTCOME_CLASSES, fen, outcome_words

#: Cases of a table that a page shows; the rest stand in the handbook.
MOST_CASES = 40


def language() -> Lang:
    """The page's language, as pictures and cards name it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


@page("policy.schemes")
def schemes(request: Asked) -> HttpResponse:
    """The list, filtered by plain controls."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "who", "by", "part", "body")}
    rows = [row for row in _rows(timezone.localdate()) if _matches(row, asked)]
    context = {
        "rows": rows,
        "asked": asked,
        "operators": OPERATED_BY.items(),
        "parts": OUR_PART.items(),
        "bodies": sorted({body for row in _rows(timezone.localdate()) for body in row["bodies"]}),
    }
    return render(request, "policy/schemes.html", context)


def _rows(day: dt.date) -> list[dict[str, Any]]:
    return _rows_of(district().parameters_digest, district().rules_digest, day)


@lru_cache(maxsize=4)
def _rows_of(parameters: str, rules: str, day: dt.date) -> list[dict[str, Any]]:
    found = []
    waiting = {name for item in open_on(day).values() for name in item.schemes}
    for scheme in district().schemes.values():
        version = version_on(scheme, day)
        found.append(
            {
                "id": scheme.id,
                "title": scheme.title,
                "title_en": scheme.title_en or scheme.title,
                "who": _who(scheme),
                "register": scheme.subject.register,
                "by": scheme.operated_by,
                "by_words": OPERATED_BY[scheme.operated_by],
                "part": scheme.our_part,
                "part_words": OUR_PART[scheme.our_part],
                "basis": "" if version is None else version.basis.text,
                "bodies": [body for body, _cited, _leads in responsible(scheme.id)],
                "flow": scheme.flow(),
                "open": scheme.id in waiting,
            }
        )
    return found


def _who(scheme: type[Scheme]) -> tuple[str, ...]:
    entities = {scheme.subject, payee_of(scheme).entity, concerned(scheme).entity}
    entities |= {fact.target for fact in scheme.subject.facts().values() if fact.kind.name == "key"}
    return tuple(
        name for name, entity in (("person", Person), ("employer", Employer)) if entity in entities
    )


def _matches(row: dict[str, Any], asked: dict[str, str]) -> bool:
    words = asked["q"].strip().lower()
    text = " ".join((row["title"], row["title_en"].lower(), row["basis"], row["id"]))
    return (
        all(word in text for word in words.split())
        and (not asked["who"] or asked["who"] in row["who"])
        and (not asked["by"] or asked["by"] == row["by"])
        and (not asked["part"] or asked["part"] == row["part"])
        and (not asked["body"] or asked["body"] in row["bodies"])
    )


@page("policy.scheme")
def scheme(request: Asked, scheme_id: str) -> HttpResponse:
    """One scheme: the card to take home first, then how it is decided, its values and its cases."""
    here = district()
    if scheme_id not in here.scheme_ids:
        raise Http404
    on, lang = timezone.localdate(), language()
    found = here.scheme(scheme_id)
    context = {
        "scheme": found,
        "card": _card(here.parameters_digest, scheme_id, on, lang),
        "diagram": diagram_in_page(scheme_id, lang, on),
        "law_line": law_line_in_page(scheme_id, lang),
        "values": _values(scheme_id, on),
        "bodies": responsible(scheme_id),
        "table": _cases(here.parameters_digest, scheme_id, lang),
        "on": on,
        "officer": request.acting is not None and request.acting.is_officer,
        "operated_by": OPERATED_BY[found.operated_by],
        "our_part": OUR_PART[found.our_part],
    }
    return render(request, "policy/scheme.html", context)


@lru_cache(maxsize=256)
def _card(digest: str, scheme_id: str, on: dt.date, lang: Lang) -> Card:
    here = district()
    titles = here.titles((*here.scheme_ids, *here.awards))
    return card_of(card_json(here.scheme(scheme_id), on, titles=titles), lang)


def _values(scheme_id: str, on: dt.date) -> list[dict[str, Any]]:
    """The values that it reads, how far each is certain, and whom to ask for what is not."""
    here = district()
    card = card_json(here.scheme(scheme_id), on)
    waiting = open_on(on)
    found = []
    for each in card["parameters"]:
        told = here.describe(each["name"], on)
        certain = told.status.value in ("quoted", "confirmed")
        found.append(
            {
                "told": told,
                "css": "yes" if certain else "unsure",
                "ask": waiting[each["name"]].ask if each["name"] in waiting else (),
                "certain": certain,
            }
        )
    return found


@lru_cache(maxsize=128)
def _cases(digest: str, scheme_id: str, lang: Lang) -> dict[str, Any] | None:
    here = district()
    file = here.cases / f"{scheme_id}.yaml"
    if not file.is_file():
        return None
    table = read_case_table(file)
    subject = here.scheme(scheme_id).subject
    lines = []
    written = [row for row in table.rows if not row.assumed and not row.left_out]
    for row in written[:MOST_CASES]:
        case, day = read_case(subject, row.case), calendar.code(row.on)
        told = explainer(scheme_id).explain(case, day, with_flips=False)
        changes = [told_change(subject, path, value) for path, value in row.changes.items()]
        lines.append(
            {
                "text": row.text,
                "on": row.on,
                "changes": changes,
                "css": OUTCOME_CLASSES[told["outcome"]],
                "answer": outcome_words(told["outcome"]),
                "amount_fen": fen(told["amount"]),
            }
        )
    return {
        "base": told_case(subject, table.base),
        "rows": lines,
        "whole": len(written),
        "on": table.on,
        "note": table.note,
    }
