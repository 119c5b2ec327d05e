"""Accepted corrections in the columns of people and employers, so that lists and scopes agree."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from wenye.registers.model import Employer as EmployerEntity
from wenye.registers.model import Person as PersonEntity
from wenye.rules.facts import Fact
from wenye.services.people.generate import columns
from wenye.services.people.models import Correction, Employer, Person

_ENTITIES: dict[str, Any] = {"people": PersonEntity, "employers": EmployerEntity}
_MODELS: dict[str, Any] = {"people": Person, "employers": Employer}


def put_in(register: str, correction: Correction | None = None) -> None:
    """Put one accepted correction into its row's column; all of the register's, if none is named.

    Other registers than people and employers have no columns: nothing is done.
    """
    if register not in _MODELS:
        return
    facts = columns(_ENTITIES[register])
    chosen = [correction] if correction is not None else _accepted(register)
    for each in chosen:
        fact = facts.get(each.fact)
        if fact is None:
            continue
        row = _MODELS[register].objects.filter(pk=each.row_key)
        row.update(**_column(fact, each.value))


def _accepted(register: str) -> list[Correction]:
    return list(
        Correction.objects.accepted().filter(register=register).order_by("decided_at", "pk")
    )


def _column(fact: Fact, value: Any) -> dict[str, Any]:
    """Column names and values for a value as a case has it."""
    if value is None or value == "n/a":
        state = "a" if value is None else "n"
        return {fact.name: None, f"{fact.name}_state": state} if fact.may_be_absent else {}
    made: Any = value
    if fact.kind.name == "day":
        made = dt.date.fromisoformat(str(value))
    elif fact.kind.name == "month":
        made = dt.date.fromisoformat(f"{value}-01")
    elif fact.kind.name == "money":
        made = int(Decimal(str(value)) * 100)
    return {fact.name: made, f"{fact.name}_state": "k"} if fact.may_be_absent else {fact.name: made}
