"""Where a fact is read: the judged row, one it refers to, a spell as at a day, each related row."""

from __future__ import annotations

from typing import Any

from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.expressions import Expr, Truth, make
from wenye.rules.facts import Entity, Fact, Many
from wenye.rules.kinds import DAY, MONTH
from wenye.rules.tree import Node, written_at


class Source(Node):
    """A row, known only by the path that leads to it.

    ``op`` is ``root`` (the judged row), ``ref`` (follows a reference), ``as_at`` (the spell that
    covers a day, the last begun where several do), ``latest`` (the last row dated on or before a
    day) or ``row`` (each row of an aggregate). A source is *optional* where there may be no row.
    """

    __slots__ = ("entity", "optional")

    def __init__(
        self,
        op: str,
        entity: type[Entity],
        args: tuple[Node, ...] = (),
        attrs: tuple[Any, ...] = (),
        *,
        optional: bool = False,
    ) -> None:
        super().__init__(op, args, (entity, *attrs))
        self.entity = entity
        self.optional = optional

    def rebuilt(self, args: tuple[Node, ...]) -> Node:
        parent = args[0]
        optional = self.optional or (isinstance(parent, Source) and parent.optional)
        return Source(self.op, self.entity, args, self.attrs[1:], optional=optional)

    def __getattr__(self, name: str) -> Any:
        facts, relations = self.entity.facts(), self.entity.relations()
        if name in facts:
            return fact_of(self, facts[name])
        if name in relations:
            return Rows(self, relations[name])
        if name.startswith("__"):
            raise AttributeError(name)
        raise RuleError(
            f"{self.entity.__name__} has no fact {name!r}",
            where=written_at(),
            mend=did_you_mean(name, [*facts, *relations]),
        )

    @property
    def exists(self) -> Truth:
        """Whether the row is there: no only where the register is complete to that day."""
        return Truth("exists", (self,))

    @property
    def path(self) -> str:
        """Readable path, as used in cases and explanations: ``worker.unemployment``."""
        if self.op == "root":
            return ""
        parent = self.args[0]
        assert isinstance(parent, Source)
        step = str(self.attrs[1])
        return f"{parent.path}.{step}" if parent.path else step


class Rows:
    """The rows of a relation; reading a fact gives that fact of *each* row, for aggregates."""

    def __init__(self, source: Source, relation: Many) -> None:
        self.source = source
        self.relation = relation

    def each(self) -> Source:
        """Each row, inside ``count``, ``total`` and ``any_of``."""
        return Source("row", self.relation.entity, (self.source,), (self.relation.name,))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.each(), name)

    def as_at(self, when: Expr) -> Source:
        """The spell that covers ``when``; where several do, the one begun last."""
        entity = self.relation.entity
        if entity.spell is None:
            raise RuleError(
                f"{entity.__name__} has no spells", where=written_at(), mend="use .latest(day)"
            )
        return self._pick("as_at", when, entity.spell[0])

    def latest(self, when: Expr) -> Source:
        """The last row begun (or dated) on or before ``when``."""
        entity = self.relation.entity
        dated = entity.spell[0] if entity.spell else entity.dated
        if dated is None:
            raise RuleError(f"{entity.__name__} rows have no date", where=written_at())
        return self._pick("latest", when, dated)

    def _pick(self, op: str, when: Expr, dated: str) -> Source:
        entity = self.relation.entity
        kind = entity.facts()[dated].kind
        if when.kind != kind or kind not in (DAY, MONTH):
            raise RuleError(
                f"{entity.__name__} is dated by {kind}s, and is asked as at a {when.kind}",
                where=written_at(),
                mend="month_of(day) or first_day(month)",
            )
        return Source(op, entity, (self.source, when), (self.relation.name,), optional=True)


def root(entity: type[Entity]) -> Source:
    """The row that a scheme judges."""
    return Source("root", entity)


def fact_of(source: Source, fact: Fact) -> Any:
    """The fact of the row: an expression, or for a reference the row referred to."""
    if fact.kind.name == "key":
        optional = fact.may_be_absent or source.optional
        return Source("ref", fact.target, (source,), (fact.name,), optional=optional)
    if fact.kind.name == "text":
        raise RuleError(
            f"{fact!r} is a text for people to read", where=written_at(), mend="use a choice"
        )
    return make("fact", fact.kind, (source,), (fact,))


def has(value: Any) -> Truth:
    """Whether a fact (or an optional row) is present: asked before it is compared."""
    if isinstance(value, Source):
        return value.exists
    if not isinstance(value, Expr) or value.op != "fact":
        raise RuleError(
            "has() asks for the presence of a fact", where=written_at(), mend="has(Person.fact)"
        )
    return Truth("has", (value,))


def key_of(source: Source) -> Expr:
    """The row's key, to be compared with another row's."""
    from wenye.rules.kinds import KEY

    return Expr("key", KEY, (source,))
