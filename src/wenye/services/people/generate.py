"""Core models generated from the registers' model: ``python -m wenye.services.people.generate``.

Every fact of a person and an employer becomes a column of an abstract model. Null says that the
fact is unknown (an empty text, for a code: a code is never empty). Where a fact may be absent, a
second column keeps apart what a null cannot: known, absent, not applicable, unknown.
"""

from __future__ import annotations

from pathlib import Path

from wenye.registers.model import Employer, Person
from wenye.rules.facts import Entity, Fact

TARGET = Path(__file__).with_name("core_models.py")

_HEAD = '''"""Core facts of people and employers as columns, generated from ``registers.model``.

``python -m wenye.services.people.generate`` writes this file; a test fails when it is old.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

#: How a fact stands that may be absent.
STATES: list[tuple[str, str]] = [
    ("k", "已知"),
    ("a", "无"),
    ("n", "不适用"),
    ("u", "未提供"),
]
'''


def columns(entity: type[Entity]) -> dict[str, Fact]:
    """The facts that are columns: every one but references, which are rows elsewhere."""
    return {name: fact for name, fact in entity.facts().items() if fact.kind.name != "key"}


def source() -> str:
    """The text of ``core_models.py``."""
    parts = [_HEAD, model_of(Person, "PersonFacts"), model_of(Employer, "EmployerFacts")]
    return "\n\n".join(parts)


def model_of(entity: type[Entity], name: str) -> str:
    """An abstract model of one entity's facts."""
    facts = columns(entity)
    lines = [
        f"class {name}(models.Model):",
        f'    """{entity.register.label}：登记册中的核心事项。"""',
        "",
    ]
    for fact_name, fact in facts.items():
        lines += _column(fact_name, fact)
    lines += ["", "    #: The facts in order of the register."]
    lines += ["    FACTS: ClassVar[list[str]] = ["]
    lines += [f'        "{fact_name}",' for fact_name in facts]
    lines += ["    ]", "", "    class Meta:", "        abstract = True", ""]
    return "\n".join(lines)


def _column(name: str, fact: Fact) -> list[str]:
    made = _call(name, _field(fact), fact.label, _options(fact))
    if fact.may_be_absent:
        state = ["max_length=1", "choices=STATES", 'default="u"']
        made += _call(f"{name}_state", "CharField", f"{fact.label}：是否已知", state)
    return made


def _call(name: str, field: str, label: str, options: list[str]) -> list[str]:
    one = f'    {name} = models.{field}("{label}", {", ".join(options)})'
    if "\n" not in one and _width(one) <= 100:
        return [one]
    inner = f'        "{label}", {", ".join(options)}'
    if "\n" not in inner and _width(inner) <= 100:
        return [f"    {name} = models.{field}(", inner, "    )"]
    return [
        f"    {name} = models.{field}(",
        f'        "{label}",',
        *(f"        {option}," for option in options),
        "    )",
    ]


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _field(fact: Fact) -> str:
    return {
        "truth": "BooleanField",
        "choice": "CharField",
        "code": "CharField",
        "text": "TextField",
        "number": "IntegerField",
        "money": "BigIntegerField",
        "day": "DateField",
        "month": "DateField",
    }[fact.kind.name]


def _options(fact: Fact) -> list[str]:
    if fact.kind.name == "code":
        return ["max_length=60", "blank=True", 'default=""']
    if fact.kind.name == "choice":
        longest = max(len(identifier) for identifier, _ in fact.kind.options)
        pairs = [f'    ("{identifier}", "{label}"),' for identifier, label in fact.kind.options]
        choices = "\n        ".join(["choices=[", *pairs, "]"])
        return [f"max_length={max(20, longest)}", "null=True", "blank=True", choices]
    return ["null=True", "blank=True"]


def write() -> Path:
    """Write the file anew."""
    TARGET.write_text(source(), encoding="utf-8")
    return TARGET


if __name__ == "__main__":
    print(write())
