"""What the schemes say of a form whose facts stand in no register yet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wenye.rules.errors import CaseError
from wenye.services.cases.models import Case
from wenye.services.cases.types import case_types
from wenye.services.decisions.deciding import Decided, suppose
from wenye.services.decisions.facts import ENTITIES


def supposed(case: Case) -> list[Decided]:
    """The case type's schemes decided on the form alone; none where it names none."""
    kind = case_types()[case.case_type]
    if kind.supposes is None or kind.registers is None:
        return []
    row: dict[str, Any] = {}
    facts = ENTITIES[kind.registers.register].facts()
    day = timezone.localdate(case.submitted_at or timezone.now())
    for fact, said in kind.registers.values.items():
        if fact not in facts or facts[fact].kind.name == "key":
            continue
        if said == "=submitted":
            row[fact] = day.isoformat()
        elif isinstance(said, str) and said.startswith("="):
            if said[1:] in case.form:
                row[fact] = case.form[said[1:]]
        else:
            row[fact] = said
    found = []
    for scheme in kind.supposes.schemes:
        try:
            found.append(suppose(scheme, {kind.supposes.entity: row}, day))
        except CaseError:
            return []  # what was typed does not make a row yet
    return found
