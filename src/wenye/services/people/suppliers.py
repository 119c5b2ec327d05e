"""Which department of the district answers for a fact: who supplies it, or who passes it on.

``suppliers.yaml`` in the district's folder maps the suppliers that the registers' model names to
departments of ``organisation.yaml``. A supplier outside the district (the police, an agency of the
city) is asked by the department that passes its data on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from wenye.policy.exact_yaml import read_yaml
from wenye.rules.facts import Fact
from wenye.services.people.extra_facts import district_folder

FILE = "suppliers.yaml"


@dataclass(frozen=True, slots=True)
class Suppliers:
    """The departments by supplier, and the one that passes on what the others supply."""

    departments: dict[str, str]
    passed_on_by: str


def suppliers() -> Suppliers:
    """As the district's folder says; empty where it says nothing."""
    return _read(district_folder(str(settings.DISTRICT)) / FILE)


@lru_cache(maxsize=4)
def _read(path: Path) -> Suppliers:
    if not path.is_file():
        return Suppliers({}, "")
    file = read_yaml(path)
    file.only("departments", "passed_on_by", "note")
    block = file.block("departments")
    return Suppliers({name: block.text(name) for name in block}, file.text("passed_on_by"))


def department_of(fact: Fact) -> str:
    """The department that has to say whether the fact is wrong."""
    known = suppliers()
    for name in re.split(r"[、，,]", fact.supplied_by):
        if name.strip() in known.departments:
            return known.departments[name.strip()]
    return known.passed_on_by or fact.supplied_by[:60]
