"""Whose a case is: who gets the support, whom it concerns, and which town reviews it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenye.determination.judging import concerned, payee_of
from wenye.registers.model import Employer, Person
from wenye.registers.schema import KEY
from wenye.rules.facts import Entity
from wenye.rules.scheme import Scheme
from wenye.services.cases.errors import CaseRefused
from wenye.services.decisions.facts import ENTITIES, Facts, facts


@dataclass(frozen=True, slots=True)
class Whose:
    """Surrogate keys, and the town that reviews."""

    person_key: int | None
    employer_key: int | None
    worker_key: int | None
    town: str


def whose(register: str, key: int, scheme: type[Scheme] | None = None) -> Whose:
    """Whose a row is. CaseRefused where there is no such row."""
    tables = facts()
    if register not in ENTITIES:
        raise CaseRefused(
            f"没有登记册“{register}”。", where=register, mend="请从政策页面重新进入。"
        )
    entity = ENTITIES[register]
    found = tables.rows_by(entity, KEY, [key])
    if found.is_empty():
        raise CaseRefused(
            "登记册里找不到这一条。", where=f"{register}:{key}", mend="请核对后重新选择。"
        )
    row = found.row(0, named=True)
    if entity is Person:
        return Whose(key, None, None, _town(tables, Person, key))
    if entity is Employer:
        return Whose(None, key, None, _town(tables, Employer, key))
    people = _references(entity, row, Person)
    employers = _references(entity, row, Employer)
    payee = "" if scheme is None else _payee(scheme)
    if payee in employers or (payee not in people and not people):
        employer = employers.get(payee, next(iter(employers.values()), None))
        worker = next(iter(people.values()), None)
        town = "" if employer is None else _town(tables, Employer, employer)
        return Whose(None, employer, worker, town)
    person = people.get(payee, next(iter(people.values()), None))
    return Whose(person, None, None, "" if person is None else _town(tables, Person, person))


def _payee(scheme: type[Scheme]) -> str:
    """The reference of the subject by which the payee, or whom it concerns, is named."""
    for source in (payee_of(scheme), concerned(scheme)):
        if source.op == "ref" and source.args[0].op == "root":
            return str(source.attrs[1])
    return ""


def _references(entity: type[Entity], row: dict[str, Any], target: type[Entity]) -> dict[str, int]:
    found = {}
    for name, fact in entity.facts().items():
        # Below zero stand the marks of what is absent.
        if fact.kind.name == "key" and fact.target is target and (row[name] or -1) >= 0:
            found[name] = int(row[name])
    return found


def _town(tables: Facts, entity: type[Entity], key: int) -> str:
    rows = tables.rows_by(entity, KEY, [key])
    return "" if rows.is_empty() else str(rows["town"][0] or "")
