"""Rows that approved cases add to the registers: what was decided counts as a fact from then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from wenye.registers.model import Employer, Person
from wenye.rules.errors import CaseError
from wenye.rules.values import encode
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.taking import Taking
from wenye.services.decisions.facts import ENTITIES
from wenye.services.people.models import Addition


def register(taking: Taking) -> None:
    """Add the row, or the rows of a list, that the case type declares."""
    declared = taking.case_type.registers
    if declared is None:
        return
    listed = taking.case.form.get("rows")
    rows: list[Mapping[str, Any]] = listed if isinstance(listed, list) else [taking.case.form]
    for number, row in enumerate(rows, 1):
        values = {
            fact: _value(taking, fact, said, row) for fact, said in declared.values.items()
        }
        _add(taking, declared.register, values, number)


def _value(taking: Taking, fact: str, said: Any, row: Mapping[str, Any]) -> Any:
    """A declared value: itself, or ``=field`` of the form, ``=today``, ``=person``, ``=employer``."""
    if not isinstance(said, str) or not said.startswith("="):
        return said
    name = said[1:]
    case = taking.case
    special: dict[str, Any] = {
        "today": timezone.localdate(taking.now).isoformat(),
        "person": case.person_key,
        "employer": case.employer_key,
    }
    if name in special:
        return special[name]
    return row.get(name)


def _add(taking: Taking, register_name: str, values: dict[str, Any], number: int) -> None:
    entity = ENTITIES[register_name]
    facts = entity.facts()
    for name, value in values.items():
        fact = facts[name]
        if fact.kind.name == "key" and isinstance(value, int):
            continue
        try:
            encode(fact, value, f"{register_name}.{name}")
        except CaseError as error:
            raise CaseRefused(
                f"第{number}条的“{fact.label}”不能登记。",
                where=f"{register_name}.{name}",
                mend=str(error),
            ) from error

    def key(of: type[Any]) -> int | None:
        for name, value in values.items():
            if facts[name].kind.name == "key" and facts[name].target is of and value is not None:
                return int(value)
        return None

    made = Addition.objects.create(
        register=register_name,
        values=values,
        person_key=key(Person),
        employer_key=key(Employer),
        case_id=taking.case.pk,
        made_by=taking.acting.user_id if taking.acting else None,
    )
    taking.kept.setdefault("additions", []).append(made.pk)
    record.change(
        taking.acting,
        "registers.add",
        register_name,
        made.row_key,
        person=made.person_key,
        employer=made.employer_key,
        detail={"case": taking.case.number},
    )
