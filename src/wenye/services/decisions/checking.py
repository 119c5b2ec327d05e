"""All schemes at once for what somebody has told: what they have, may have, what to ask next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.district import explainer
from wenye.services.decisions.fields import Field
from wenye.services.decisions.places import Place, at, place_name, steps
from wenye.services.decisions.questions import Question, questions
from wenye.services.decisions.telling import Judged, Telling, judged

#: Questions on one screen.
SCREEN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One decision of the check, with what it still asks, named by places in what was told."""

    id: str
    decided: Decided
    asked: tuple[Question, ...]
    #: Which of several rows it is about, from 1; 0 where there is but one.
    number: int = 0


def check(
    telling: Telling, on: dt.date | None = None, only: Container[str] | None = None
) -> list[Found]:
    """Every scheme (or those of the ids in ``only``) decided on what was told.

    CaseError where that makes no case.
    """
    day = on or timezone.localdate()
    code = calendar.code(day)
    found = []
    for each in judged(telling):
        if only is not None and each.id not in only:
            continue
        case = each.case(telling.case)
        row = read_case(each.scheme.subject, case)
        told = explainer(each.scheme.id).explain(row, code, with_flips=False)
        decided = Decided(each.scheme, each.scheme.subject.register.name, None, day, told, case)
        asked = renamed(questions(each.scheme, told, case), each.told_at)
        found.append(Found(each.id, decided, asked, _which(telling, each)))
    return found


def decide_one(telling: Telling, name: str, on: dt.date | None = None) -> Decided | None:
    """One decision of the check again, with the days on which it changes."""
    day = on or timezone.localdate()
    for each in judged(telling):
        if each.id == name:
            case = each.case(telling.case)
            told = explainer(each.scheme.id).explain(
                read_case(each.scheme.subject, case), calendar.code(day)
            )
            register = each.scheme.subject.register.name
            return Decided(each.scheme, register, None, day, told, case)
    return None


def _which(telling: Telling, each: Judged) -> int:
    rows = at(telling.case, each.place[:-1]) if each.ref else None
    return each.number + 1 if isinstance(rows, list) and len(rows) > 1 else 0


def renamed(asked: Iterable[Question], told_at: Callable[[Place], Place]) -> tuple[Question, ...]:
    """Questions named by their places in what was told."""

    def name(text: str) -> str:
        return place_name(told_at(steps(text)))

    def field(each: Field) -> Field:
        return replace(each, name=name(each.name))

    def own(question: Question) -> bool:
        """One’s own facts go without saying whose they are."""
        place = told_at(steps(question.name))
        return place[0] == "self" and not any(isinstance(step, int) for step in place)

    return tuple(
        replace(
            question,
            about="" if own(question) else question.about,
            about_en="" if own(question) else question.about_en,
            name=name(question.name),
            fields=tuple(map(field, question.fields)),
            rows=tuple(tuple(map(field, row)) for row in question.rows),
        )
        for question in asked
    )


def next_questions(found: Iterable[Found], unknown: Iterable[str] = ()) -> list[Question]:
    """The next screen: what settles most first, cheapest of those that settle as much.

    A list stands alone; with a single fact go others of the same row.
    """
    skipped = set(unknown)
    weight: dict[str, float] = {}
    by_name: dict[str, Question] = {}
    for each in found:
        names = {question.name for question in each.asked}
        if not names or names & skipped:
            continue  # a part of it is not known: the rest would not settle it
        for question in each.asked:
            weight[question.name] = weight.get(question.name, 0.0) + 1.0 / len(names)
            by_name[question.name] = joined(by_name.get(question.name), question)
    if not by_name:
        return []
    order = sorted(by_name, key=lambda name: (-weight[name], by_name[name].kind == "rows", name))
    first = by_name[order[0]]
    if first.kind == "rows":
        return [first]
    row = steps(first.name)[:-1]
    beside = [
        by_name[name] for name in order if by_name[name].kind != "rows" and steps(name)[:-1] == row
    ]
    return beside[:SCREEN]


def asked_again(found: Iterable[Found], names: Iterable[str]) -> list[Question]:
    """The questions of those names, as a screen asked them."""
    by_name: dict[str, Question] = {}
    for each in found:
        for question in each.asked:
            by_name[question.name] = joined(by_name.get(question.name), question)
    return [by_name[name] for name in names if name in by_name]


def joined(one: Question | None, other: Question) -> Question:
    """A question that several schemes ask: with the reasons of all, and all that rows must say."""
    if one is None:
        return other
    why = tuple(dict.fromkeys([*one.why, *other.why]))
    rows = tuple(
        tuple({field.name: field for field in (*ours, *theirs)}.values())
        for ours, theirs in zip(one.rows, other.rows, strict=False)
    )
    fields = one.fields
    if fields and other.fields and fields[0].kind in ("code", "choice"):
        options = tuple(dict.fromkeys([*fields[0].options, *other.fields[0].options]))
        fields = (replace(fields[0], options=options),)
    return replace(one, why=why, rows=rows, fields=fields)


def forgotten(case: dict[str, Any], names: Iterable[str]) -> None:
    """Take answers back out of what was told."""
    for name in names:
        place = steps(name)
        inside = at(case, place[:-1])
        last = place[-1]
        if isinstance(inside, dict) and isinstance(last, str):
            inside.pop(last, None)
