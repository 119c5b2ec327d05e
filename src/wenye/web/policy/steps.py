"""One step of a check: what was answered, what comes next. All is kept in the form alone."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from wenye.rules.case_input import entity_name
from wenye.services.decisions.asked import Question, WrongAnswers
from wenye.services.decisions.checking import (
    SCREEN,
    Found,
    asked_again,
    forgotten,
    next_questions,
)
from wenye.services.decisions.places import at, holds, put, steps
from wenye.services.decisions.questions import answers_from, merged, with_more_rows
from wenye.services.decisions.telling import MOST_ROWS, Telling, row_place, subject_entities
from wenye.web.policy.filling import Form, added_rows, shown

#: Decides every scheme for what was told, or only those of some ids.
Check = Callable[[Telling, Container[str] | None], list[Found]]


@dataclass(slots=True)
class Screen:
    """What the page shows after a step."""

    telling: Telling
    found: list[Found]
    forms: list[Form]
    more: int = 0
    wrong: bool = False

    @property
    def names(self) -> str:
        """What is asked, as the form carries it."""
        return " ".join(form.question.name for form in self.forms)

    @property
    def by(self) -> str:
        """The decisions that ask it: they alone are needed to read the answers."""
        names = {form.question.name for form in self.forms}
        return " ".join(e.id for e in self.found if any(q.name in names for q in e.asked))


def stepped(data: QueryDict, telling: Telling, check: Check) -> Screen:
    """Take the step that a form asks for. CaseError where what was told makes no case."""
    step = data.get("step", "")
    if step == "back":
        _back(telling)
    elif step.startswith("add:"):
        _row_added(telling, step.removeprefix("add:"))
    more = added_rows(data.get("more", ""))
    asked = _asked(data, telling, check) if step in ("more", "skip", "next") else []
    if step == "more":
        more += 3
        return Screen(telling, check(telling, None), shown(asked, data, more=more), more)
    if step == "skip":
        _passed(telling, [question.name for question in asked], {})
    elif step == "next" and asked:
        roomy = [with_more_rows(q, more) if q.kind == "rows" else q for q in asked]
        try:
            answers = answers_from(data, roomy, telling.case)
        except WrongAnswers as error:
            forms = shown(asked, data, error.errors, more)
            return Screen(telling, check(telling, None), forms, more, True)
        _passed(telling, [question.name for question in asked], answers)
    found = check(telling, None)
    return Screen(telling, found, shown(next_questions(found, telling.unknown)))


def _asked(data: QueryDict, telling: Telling, check: Check) -> list[Question]:
    """What the screen asked; what it would ask now where the form does not say."""
    by = set(data.get("by", "").split())
    if by:
        asked = asked_again(check(telling, by), data.get("names", "").split()[:SCREEN])
        if asked:
            return asked
    return next_questions(check(telling, None), telling.unknown)


def _passed(telling: Telling, names: list[str], answers: dict[str, Any]) -> None:
    telling.case = merged(telling.case, answers)
    telling.trail.append(names)
    telling.unknown += [name for name in names if not holds(answers, steps(name))]


def _back(telling: Telling) -> None:
    if telling.trail:
        names = telling.trail.pop()
        telling.unknown = [name for name in telling.unknown if name not in names]
        forgotten(telling.case, names)


def _row_added(telling: Telling, name: str) -> None:
    """Another row of a kind: a second job, a second training."""
    for entity in subject_entities(telling.who):
        if entity_name(entity) == name:
            place = row_place(telling.who, entity)
            rows = at(telling.case, place)
            if not isinstance(rows, list):
                put(telling.case, place, [{}])
            elif len(rows) < MOST_ROWS:
                rows.append({})


def progress(found: list[Found], asked: list[Question]) -> tuple[int, int]:
    """Schemes settled, and schemes in all."""
    settled = sum(each.decided.outcome != "undetermined" or not each.asked for each in found)
    return settled, len(found)
