"""The data-sharing catalogue: which scheme reads which fact, from whom, how fresh, and why.

All of it is read off the expressions that decide and the model that defines the facts, so that a
department is asked for what a rule demonstrably reads and for nothing else. Two scopes are told
apart: what the rules in force on a day read, and what any version reads (a row dated in the past is
judged by the version of its day, whenever it is judged).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from wenye.determination.facts_read import Reading, in_force, reads
from wenye.determination.judging import about
from wenye.policy.district import District
from wenye.registers.columns import columns_of, one_at_a_time
from wenye.registers.model import MODEL, Person
from wenye.rules.facts import Entity, Fact
from wenye.rules.law import Condition, Law, Monthly
from wenye.rules.readable.formula import citations
from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme
from wenye.rules.tree import Node


class Part(StrEnum):
    """The part of a scheme that reads a fact."""

    CONDITION = "condition"
    FORMULA = "formula"
    LAW_DAY = "law_day"
    KEEPS = "keeps"
    AMOUNT = "amount"
    TERM = "term"
    CLAW_BACK = "claw_back"
    WHOM = "whom"


#: What a part is called where it has no name of its own.
PART_WORDS: dict[Part, tuple[str, str]] = {
    Part.CONDITION: ("条件", "condition"),
    Part.FORMULA: ("未命名的条件", "a condition without a name"),
    Part.LAW_DAY: ("适用哪一天的规定", "the day whose law applies"),
    Part.KEEPS: ("继续适用原规定", "who stays under the earlier version"),
    Part.AMOUNT: ("金额", "amount"),
    Part.TERM: ("起止月份", "first and last month"),
    Part.CLAW_BACK: ("追回", "claw-back"),
    Part.WHOM: ("付给谁、同谁不重复、哪个街镇", "who is paid, what must not stack, which town"),
}


@dataclass(slots=True)
class Use:
    """Why: one part of one scheme that reads the fact; ``now`` where it does so on the day."""

    scheme: str
    title: str
    title_en: str
    part: Part
    name: str
    label: str
    label_en: str
    laws: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    basis_en: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    now: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "scheme": self.scheme,
            "title": self.title,
            "title_en": self.title_en,
            "part": self.part.value,
            "name": self.name or None,
            "label": self.label,
            "label_en": self.label_en,
            "on_the_day": self.now,
            "laws": self.laws,
            "basis": self.basis,
            "basis_en": self.basis_en,
            "fresh": [reading.as_json() for reading in self.readings],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact of the registers and who reads it; nobody where ``uses`` is empty."""

    fact: Fact
    uses: tuple[Use, ...]

    @property
    def name(self) -> str:
        """``people.hukou``."""
        return f"{self.fact.entity.register.name}.{self.fact.name}"

    @property
    def now(self) -> bool:
        """Whether rules in force on the day read it."""
        return any(use.now for use in self.uses)

    @property
    def identifies(self) -> bool:
        """Whether a row of its register cannot be filed without it, whoever reads it."""
        entity = self.fact.entity
        required = {column.name for column in columns_of(entity) if column.required}
        return self.fact.name in required | set(one_at_a_time(entity))

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        fact = self.fact
        return {
            "fact": self.name,
            "label": fact.label,
            "label_en": fact.label_en,
            "register": fact.entity.register.label,
            "register_en": fact.entity.register.label_en,
            "supplied_by": fact.supplied_by or None,
            "personal": personal(fact.entity),
            "identifies_the_row": self.identifies,
            "on_the_day": self.now,
            "uses": [use.as_json() for use in self.uses],
        }


@dataclass(frozen=True)
class Catalogue:
    """Every fact of the model, in its order, with what reads it."""

    district: str
    on: dt.date
    entries: tuple[Entry, ...]

    @cached_property
    def read(self) -> tuple[Entry, ...]:
        """Read on the day."""
        return tuple(entry for entry in self.entries if entry.now)

    @cached_property
    def other_versions(self) -> tuple[Entry, ...]:
        """Read by earlier or later versions alone."""
        return tuple(entry for entry in self.entries if entry.uses and not entry.now)

    @cached_property
    def unread(self) -> tuple[Entry, ...]:
        """Read by no version of any scheme: candidates not to collect."""
        return tuple(entry for entry in self.entries if not entry.uses)

    @cached_property
    def unsupplied(self) -> tuple[Entry, ...]:
        """Read by some version, and supplied by no department."""
        return tuple(entry for entry in self.entries if entry.uses and not entry.fact.supplied_by)

    def as_json(self) -> dict[str, Any]:
        """Plain data; the last two lists name facts."""
        return {
            "district": self.district,
            "on": self.on,
            "read": [entry.as_json() for entry in self.read],
            "read_by_other_versions_alone": [entry.as_json() for entry in self.other_versions],
            "read_by_no_scheme": [entry.as_json() for entry in self.unread],
            "supplied_by_nobody": [entry.name for entry in self.unsupplied],
        }


def personal(entity: type[Entity]) -> bool:
    """Whether a row is about a natural person: is one, or refers to one."""
    return entity is Person or any(
        fact.kind.name == "key" and fact.target is Person for fact in entity.facts().values()
    )


def catalogue(district: District, on: dt.date) -> Catalogue:
    """What the district's schemes read, by the rules in force on ``on`` and by any version.

    Raises what loading a scheme raises: RuleError, PolicyError.
    """
    found: dict[str, dict[tuple[str, Part, str], Use]] = {}
    for scheme in district.schemes.values():
        _Reader(scheme, on, found).all()
    return Catalogue(
        district.name,
        on,
        tuple(
            Entry(fact, tuple(found.get(repr(fact), {}).values()))
            for entity in MODEL
            for fact in entity.facts().values()
        ),
    )


class _Reader:
    """What one scheme reads, noted by fact."""

    def __init__(
        self,
        scheme: type[Scheme],
        on: dt.date,
        found: dict[str, dict[tuple[str, Part, str], Use]],
    ) -> None:
        self.scheme = scheme
        self.on = on
        self.found = found
        self.in_force = in_force(scheme, on)

    def all(self) -> None:
        """Note every part, version by version, in reading order."""
        scheme = self.scheme
        for version in scheme.laws:
            self._note(Part.LAW_DAY, [scheme.dated_by], version)
            for item in scheme.conditions_of(version):
                self._condition(item, version)
            self._note(Part.FORMULA, [version.eligible], version, own=scheme.id)
            if version.keeps is not None:
                self._note(Part.KEEPS, [version.keeps], version)
            if version.pays is not None:
                self._note(Part.AMOUNT, [version.pays.amount], version)
            if isinstance(version.pays, Monthly):
                self._note(Part.TERM, [version.pays.first, version.pays.last], version)
            back = scheme.claws_back
            if back is not None:
                trees = [back.when, back.amount]
                self._note(Part.CLAW_BACK, trees, version, back.cites, names=back)
            whom = {name: tree for name, tree in about(scheme).items() if name != "law_day"}
            self._note(Part.WHOM, whom.values(), version)
        stand = {item.name for law in scheme.laws for item in scheme.conditions_of(law)}
        for name, item in scheme.conditions.items():
            if name not in stand:
                # Joined to no law, and worked out for the reasons all the same.
                self._condition(item, None)

    def _condition(self, item: Condition, version: Law | None) -> None:
        cites = item.cited_under(version)
        self._note(Part.CONDITION, [item.test], version, cites, own=self.scheme.id, names=item)

    def _note(
        self,
        part: Part,
        trees: Iterable[Node],
        version: Law | None,
        cites: Any = None,
        *,
        own: str = "",
        names: Any = None,
    ) -> None:
        trees = list(trees)
        if cites is None and version is not None:
            cites = version.basis
        today = set()
        if version is None or version in self.in_force:
            today = {each for tree in trees for each in reads(tree, self.on, own, self.on)}
        for tree in trees:
            for fact, reading in reads(tree, self.on, own):
                use = self._use(fact, part, names)
                use.now = use.now or (fact, reading) in today
                if version is not None:
                    _add(use.laws, version.name)
                for text, text_en in zip(
                    citations(cites, "zh"), citations(cites, "en"), strict=True
                ):
                    _add(use.basis, text)
                    _add(use.basis_en, text_en)
                _add(use.readings, reading)

    def _use(self, fact: Fact, part: Part, names: Any) -> Use:
        name = names.name if isinstance(names, Condition) else ""
        uses = self.found.setdefault(repr(fact), {})
        key = self.scheme.id, part, name
        if key not in uses:
            label, label_en = PART_WORDS[part]
            if isinstance(names, Condition):
                label, label_en = (label_words(names, lang, self.on) for lang in ("zh", "en"))
            elif names is not None:
                label, label_en = f"{label}：{names.label}", f"{label_en}: {names.label_en}"
            title = self.scheme.title
            title_en = self.scheme.title_en or title
            uses[key] = Use(self.scheme.id, title, title_en, part, name, label, label_en)
        return uses[key]


def _add(items: list[Any], item: Any) -> None:
    if item not in items:
        items.append(item)
