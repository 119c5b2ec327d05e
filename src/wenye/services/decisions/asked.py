"""What a question is: a single field or the rows of a list, why it is asked and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenye.services.decisions.fields import Field

#: Rows that a list offers, and the most that it takes.
SLOTS, MOST = 1, 24


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition that reads what is asked, and where it is written."""

    label: str
    label_en: str
    citation: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a single field, or the rows of a list."""

    #: As ``explanation["missing"]`` has it, and the place in the case.
    path: str
    name: str
    label: str
    label_en: str
    #: Whose or which row it is about; empty where that goes without saying.
    about: str
    about_en: str
    #: ``rows``, or the kind of the one field.
    kind: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Field, ...], ...]
    #: Rows of the list that are known already.
    known_rows: int
    help: str
    help_en: str
    why: tuple[Reason, ...]
    supplied_by: str
    seen_by: tuple[str, str]

    @property
    def field(self) -> Field:
        """The one field of a question that is no list."""
        return self.fields[0]

    @property
    def have(self) -> str:
        """The name under which a list is told to be empty or unknown."""
        return f"{self.name}.have"


class WrongAnswers(ValueError):
    """Answers that cannot be read: ``errors`` by field name in words, ``case`` of the good ones."""

    def __init__(self, errors: dict[str, str], case: dict[str, Any]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = errors
        self.case = case
