"""The columns of a register's file: its facts, and for people and employers who they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from wenye.registers.model import Employer, Person
from wenye.rules.facts import Entity
from wenye.rules.kinds import TEXT, Kind

NUMBER = "number"  # the identity number or credit code that names the row itself
NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file; ``required`` ones must be there and filled in on every row."""

    name: str
    label: str
    label_en: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    may_be_absent: bool = False
    required: bool = False
    needed_in_header: bool = False
    fact: Any = None  # the Fact, or None for who the row is


_PERSON_NUMBERS = ("身份证号", "身份证号码", "公民身份号码", "社会保障号码", "aac147", "aac002")
_CODES = ("信用代码", "统一信用代码", "社会信用代码", "aab998")

#: Who a row is: kept in the identity file only.
IDENTITY_COLUMNS: dict[type[Entity], tuple[Column, ...]] = {
    Person: (
        Column(NUMBER, "证件号码", "identity number", TEXT, _PERSON_NUMBERS, required=True),
        Column(NAME, "姓名", "name", TEXT, ("aac003",)),
    ),
    Employer: (
        Column(NUMBER, "统一社会信用代码", "credit code", TEXT, _CODES, required=True),
        Column(NAME, "单位名称", "employer name", TEXT, ("用人单位名称", "名称", "aab004")),
    ),
}


@cache
def columns_of(entity: type[Entity]) -> tuple[Column, ...]:
    """The columns of an entity's file, in the order of its template."""
    dated = entity.spell[0] if entity.spell else entity.dated
    last = entity.spell[1] if entity.spell else None
    columns = list(IDENTITY_COLUMNS.get(entity, ()))
    for name, fact in entity.facts().items():
        reference = fact.kind.name == "key" and not fact.may_be_absent
        required = (
            reference or name == dated or (fact.kind.name == "code" and name in _names(entity))
        )
        columns.append(
            Column(
                name,
                fact.label,
                fact.label_en,
                fact.kind,
                fact.aliases,
                fact.may_be_absent,
                required,
                required or (name == last and not fact.may_be_absent),
                fact,
            )
        )
    return tuple(columns)


def _names(entity: type[Entity]) -> tuple[str, ...]:
    """Code facts that say which spell a row is (a certification's category, an award's scheme)."""
    if entity.spell is None:
        return ()
    return tuple(name for name, fact in entity.facts().items() if fact.kind.name == "code")


def one_at_a_time(entity: type[Entity]) -> list[str]:
    """Facts within which an entity's spells may not overlap.

    They are the references that every row has (all references where every one may be absent), and
    the codes: one spell at a time per person; per person and employer for employment; per person
    and category for certifications; per person, employer and scheme for awards.
    """
    facts = entity.facts()
    references = [name for name, fact in facts.items() if fact.kind.name == "key"]
    always = [name for name in references if not facts[name].may_be_absent]
    return (always or references) + list(_names(entity))
