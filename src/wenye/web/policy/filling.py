"""Questions as a form shows them: with what was written, what was wrong, and room for more rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wenye.services.decisions.asked import MOST, Question
from wenye.services.decisions.fields import Field
from wenye.services.decisions.questions import with_more_rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what is wrong about it."""

    field: Field
    wrong: str = ""

    @property
    def id(self) -> str:
        """Its id on the page."""
        return "f-" + "".join(c if c.isalnum() else "-" for c in self.field.name)

    @property
    def as_list(self) -> bool:
        """Whether there are too many options to be laid out."""
        return len(self.field.options) > 6


@dataclass(frozen=True, slots=True)
class Form:
    """A question on a page."""

    question: Question
    fields: tuple[Shown, ...]
    rows: tuple[tuple[Shown, ...], ...]
    have: str
    wrong: str

    @property
    def may_have_more(self) -> bool:
        """Whether the list takes more rows."""
        return len(self.rows) < MOST


def shown(
    questions: Iterable[Question],
    data: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    more: int = 0,
) -> list[Form]:
    """The questions, with what was written before where there was something."""
    typed, wrong = data or {}, errors or {}

    def one(field: Field) -> Shown:
        value = str(typed.get(field.name, field.value) or "")[:200]
        return Shown(replace(field, value=value), wrong.get(field.name, ""))

    found = []
    for each in questions:
        question = with_more_rows(each, more) if each.kind == "rows" and more else each
        have = str(typed.get(question.have, "yes" if question.known_rows else ""))
        found.append(
            Form(
                question,
                tuple(map(one, question.fields)),
                tuple(tuple(map(one, row)) for row in question.rows),
                have,
                wrong.get(question.have, ""),
            )
        )
    return found


def added_rows(text: str) -> int:
    """How many further rows a form has asked for."""
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 4 else 0
