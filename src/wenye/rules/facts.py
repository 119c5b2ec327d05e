"""Entities and their facts: each defined once, and everything else derived from the definition.

An entity is a class; its facts are attributes::

    class Person(Entity):
        register = Register("people", "人员", "people", supplied_by="公安")
        birth_date = day("出生日期", "date of birth")
        hukou = choice("户籍", "household registration", district="本区", city="本市其他区")
        unemployment = many("Unemployment", by="person")

    class Unemployment(Entity):
        register = Register("unemployment", "失业登记", "registered unemployment", …)
        spell = "started_on", "ended_on"
        person = ref("Person", "人员", "person")

Reading ``Person.birth_date`` gives an expression about the row that a scheme judges;
``Employment.worker.birth_date`` follows a reference; ``Person.unemployment`` is the person's
spells, to be read *as at* a day or aggregated (``wenye.rules.sources``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.kinds import CODE, DAY, KEY, MONTH, TEXT, TRUTH, Kind
from wenye.rules.kinds import money as money_kind
from wenye.rules.kinds import number as number_kind
from wenye.rules.tree import written_at


@dataclass(frozen=True, slots=True)
class Register:
    """The register that an entity's rows come from."""

    name: str
    label: str
    label_en: str
    supplied_by: str = ""
    aliases: tuple[str, ...] = ()


class Fact:
    """One column of a register; see the constructors below for the kinds."""

    name: str
    entity: type[Entity]

    def __init__(
        self,
        label: str,
        label_en: str,
        kind: Kind,
        *,
        may_be_absent: bool = False,
        supplied_by: str = "",
        aliases: tuple[str, ...] = (),
        note: str = "",
        asking: int = 1,
        target: str = "",
    ) -> None:
        self.label = label
        self.label_en = label_en
        self.kind = kind
        self.may_be_absent = may_be_absent
        self._supplied_by = supplied_by
        self.aliases = aliases
        self.note = note
        self.asking = asking
        self._target = target

    def __set_name__(self, owner: type[Entity], name: str) -> None:
        self.name = name
        self.entity = owner

    def __get__(self, row: object, owner: type[Entity]) -> Any:
        from wenye.rules.sources import fact_of, root

        return fact_of(root(owner), self)

    @property
    def supplied_by(self) -> str:
        """The department that supplies the fact: its own, or its register's."""
        return self._supplied_by or self.entity.register.supplied_by

    @property
    def target(self) -> type[Entity]:
        """For a reference: the entity it points to."""
        return entity_named(self.entity, self._target)

    def __repr__(self) -> str:
        return f"{self.entity.__name__}.{self.name}"


@dataclass(slots=True)
class Many:
    """The rows of another register that refer to this row through their fact ``by``."""

    _entity: str
    by: str
    name: str = field(default="", init=False)
    owner: type[Entity] = field(init=False)

    def __set_name__(self, owner: type[Entity], name: str) -> None:
        self.name = name
        self.owner = owner

    def __get__(self, row: object, owner: type[Entity]) -> Any:
        from wenye.rules.sources import Rows, root

        return Rows(root(owner), self)

    @property
    def entity(self) -> type[Entity]:
        return entity_named(self.owner, self._entity)


def entity_named(beside: type[Entity], name: str) -> type[Entity]:
    """The entity called ``name`` in the model that ``beside`` belongs to."""
    home = beside.home or beside.__module__
    model = Entity.models[home]
    if name not in model:
        raise RuleError(f"no entity {name!r}", where=home, mend=did_you_mean(name, model))
    return model[name]


class UnknownFact(RuleError, AttributeError):
    """An entity asked for a fact that it does not have."""


class _Model(type):
    """Makes a misspelt fact an error with a mend."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        entity: Any = cls
        raise UnknownFact(
            f"{cls.__name__} has no fact {name!r}",
            where=written_at(),
            mend=did_you_mean(name, [*entity.facts(), *entity.relations()]),
        )


class Entity(metaclass=_Model):
    """What facts are about. Subclasses are never instantiated: rows live in tables."""

    register: ClassVar[Register]
    #: Names of the first and last day (or month) of a spell; the last may be absent (goes on).
    spell: ClassVar[tuple[str, str] | None] = None
    #: Beside references and codes: the choices that tell spells apart that may overlap.
    apart: ClassVar[tuple[str, ...]] = ()
    #: For an event that is no spell: the fact that dates it, and the later day that closes it.
    dated: ClassVar[str | None] = None
    closes: ClassVar[str | None] = None
    #: The model whose entities may name this one; its module where it names none.
    home: ClassVar[str | None] = None
    models: ClassVar[dict[str, dict[str, type[Entity]]]] = {}

    def __init_subclass__(cls) -> None:
        if "register" in vars(cls):  # else it is a base of a model's entities
            Entity.models.setdefault(cls.home or cls.__module__, {})[cls.__name__] = cls

    @classmethod
    def facts(cls) -> dict[str, Fact]:
        """The facts by name, in order of definition."""
        return {name: item for name, item in vars(cls).items() if isinstance(item, Fact)}

    @classmethod
    def relations(cls) -> dict[str, Many]:
        """The related rows by name."""
        return {name: item for name, item in vars(cls).items() if isinstance(item, Many)}


def day(label: str, label_en: str, **more: Any) -> Fact:
    """A calendar day."""
    return Fact(label, label_en, DAY, **more)


def month(label: str, label_en: str, **more: Any) -> Fact:
    """A calendar month."""
    return Fact(label, label_en, MONTH, **more)


def truth(label: str, label_en: str, **more: Any) -> Fact:
    """Yes or no: known or unknown, never absent."""
    if more.get("may_be_absent"):
        raise RuleError(
            f"{label}: a yes/no fact cannot be absent", mend="make it a choice with a third option"
        )
    return Fact(label, label_en, TRUTH, **more)


def number(label: str, label_en: str, unit: str = "", **more: Any) -> Fact:
    """A whole number of something."""
    return Fact(label, label_en, number_kind(unit), **more)


def money(label: str, label_en: str, flow: str = "once", **more: Any) -> Fact:
    """An amount, in fen: paid ``once`` or ``monthly``."""
    return Fact(label, label_en, money_kind(flow), **more)


def choice(
    label: str,
    label_en: str,
    options: dict[str, str],
    **more: Any,
) -> Fact:
    """One of ``options`` {identifier: Chinese label}."""
    return Fact(label, label_en, Kind("choice", options=tuple(options.items())), **more)


def code(label: str, label_en: str, **more: Any) -> Fact:
    """A short text from an open list (a unit's code, a scheme's name): compared, never ordered."""
    if more.get("may_be_absent"):
        raise RuleError(f"{label}: a code cannot be absent", mend="make it a choice")
    return Fact(label, label_en, CODE, **more)


def text(label: str, label_en: str, **more: Any) -> Fact:
    """A name or number for people to read; rules cannot use it."""
    return Fact(label, label_en, TEXT, **more)


def ref(target: str, label: str, label_en: str, **more: Any) -> Fact:
    """The key of a row of another register."""
    return Fact(label, label_en, KEY, target=target, **more)


def many(entity: str, by: str) -> Any:
    """The rows of ``entity`` whose reference ``by`` points to this row."""
    return Many(entity, by)
