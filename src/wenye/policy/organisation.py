"""A district's units and departments, as its ``organisation.yaml`` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.rules.errors import did_you_mean

UNIT_KINDS = {"street": "街道", "town": "镇", "managed_area": "管理区"}


@dataclass(frozen=True, slots=True)
class Place:
    """A street, town or managed area: nine digits, a name, and other names in use."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A body that documents name; ``collective`` where the words stand for several bodies."""

    name: str
    full_name: str
    articles: tuple[int, ...] = ()
    collective: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units (streets, towns, managed areas) and departments of a district."""

    units: tuple[Place, ...]
    departments: tuple[Department, ...]
    source: str = ""
    note: str = ""

    def unit(self, code_or_name: str) -> Place:
        """The unit with this code, name or other name; ``PolicyError`` with the nearest names."""
        text = code_or_name.strip()
        for place in self.units:
            if text in (place.code, place.name, *place.aliases):
                return place
        names = [place.name for place in self.units]
        raise PolicyError(f"no unit {code_or_name!r}", mend=did_you_mean(text, names))


def read_organisation(path: Path) -> Organisation:
    """The organisation, with double codes and names refused."""
    file = read_yaml(path)
    file.only("source", "note", "units", "departments")
    taken: dict[str, str] = {}
    units = tuple(_place(block, taken) for block in file.blocks("units"))
    if not units and file.get("units") is None:
        raise file.refuse(
            "no units", "units", "units:  - {code: …, name: …, kind: town}; none yet:  units: []"
        )
    departments = tuple(_department(block) for block in file.blocks("departments"))
    names = [department.name for department in departments]
    for name in names:
        if names.count(name) > 1:
            raise file.refuse(f"department {name} stands twice", "departments")
    return Organisation(units, departments, file.text("source", ""), file.text("note", ""))


def _place(block: Block, taken: dict[str, str]) -> Place:
    block.only("code", "name", "kind", "aliases")
    place = Place(
        block.text("code"), block.text("name"), block.text("kind"), block.texts("aliases")
    )
    if not (place.code.isascii() and place.code.isdigit() and len(place.code) == 9):
        raise block.refuse(f"{place.code} is not a code of nine digits", "code")
    if place.kind not in UNIT_KINDS:
        raise block.refuse(
            f"no kind of unit {place.kind}", "kind", did_you_mean(place.kind, UNIT_KINDS)
        )
    for text in (place.code, place.name, *place.aliases):
        if text in taken:
            raise block.refuse(f"{text} already stands for {taken[text]}")
        taken[text] = place.name
    return place


def _department(block: Block) -> Department:
    block.only("name", "full_name", "articles", "collective", "note")
    articles = block.get("articles") or []
    if not isinstance(articles, list) or not all(isinstance(item, int) for item in articles):
        raise block.refuse("articles is not a list of numbers", "articles", "articles: [1, 7]")
    collective = block.flag("collective")
    return Department(
        name=block.text("name"),
        full_name=block.text("full_name", "" if collective else block.text("name")),
        articles=tuple(articles),
        collective=collective,
        note=block.text("note", ""),
    )
