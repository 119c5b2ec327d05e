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
        values = {}
        for fact, said in declared.values.items():
            known, value = _value(taking, said, row)
            if known:
                values[fact] = value
        _add(taking, declared.register, values, number)


def _value(taking: Taking, said: Any, row: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether a declared value is known, and what it is.

    It is itself, or ``=field`` of the form, ``=today``, ``=submitted``, ``=person``, ``=employer``.
    A field that was left empty stays unknown.
    """
    if not isinstance(said, str) or not said.startswith("="):
        return True, said
    name = said[1:]
    case = taking.case
    submitted = case.submitted_at or taking.now
    special: dict[str, Any] = {
        "today": timezone.localdate(taking.now).isoformat(),
        "submitted": timezone.localdate(submitted).isoformat(),
        "person": case.person_key,
        "employer": case.employer_key,
    }
    if name in special:
        return True, special[name]
    return name in row, row.get(name)


def end_rows(taking: Taking) -> None:
    """The rows of the case's own end today."""
    today = timezone.localdate(taking.now).isoformat()
    for row in Addition.objects.select_for_update().filter(
        case_id=taking.case.pk, withdrawn_at__isnull=True
    ):
        spell = ENTITIES[row.register].spell
        if spell is None:
            continue
        row.values = {**row.values, spell[1]: today}
        row.save(update_fields=["values"])
        _noted(taking, "registers.end", row)


def withdraw(taking: Taking) -> None:
    """The rows of the case's own count no more."""
    for row in Addition.objects.select_for_update().filter(
        case_id=taking.case.pk, withdrawn_at__isnull=True
    ):
        row.withdrawn_at = taking.now
        row.save(update_fields=["withdrawn_at"])
        _noted(taking, "registers.withdraw", row)


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
    _noted(taking, "registers.add", made)


def _noted(taking: Taking, verb: str, row: Addition) -> None:
    record.change(
        taking.acting,
        verb,
        row.register,
        row.row_key,
        person=row.person_key,
        employer=row.employer_key,
        detail={"case": taking.case.number},
    )
