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
    bounds = bounds_of(entity)
    columns = list(IDENTITY_COLUMNS.get(entity, ()))
    for name, fact in entity.facts().items():
        reference = fact.kind.name == "key" and not fact.may_be_absent
        required = (
            reference or name in bounds or (fact.kind.name == "code" and name in _names(entity))
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
                fact,
            )
        )
    return tuple(columns)


def bounds_of(entity: type[Entity]) -> tuple[str, ...]:
    """The facts that say when a row was, and so are known on every row.

    They are the ends of a spell, but for a last day that may be absent, and the day of an event: a
    row without them can neither be looked up as at a day nor counted as there or not there.
    """
    facts = entity.facts()
    names = entity.spell or ((entity.dated,) if entity.dated else ())
    return tuple(name for name in names if not facts[name].may_be_absent)


def _names(entity: type[Entity]) -> tuple[str, ...]:
    """Facts that say which spell a row is (an award's scheme, the kind of an assistance)."""
    if entity.spell is None:
        return ()
    codes = (name for name, fact in entity.facts().items() if fact.kind.name == "code")
    return (*codes, *entity.apart)


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
