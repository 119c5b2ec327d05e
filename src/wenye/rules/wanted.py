"""What of which row an expression reads, found before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterable

from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.sources import Source
from wenye.rules.tree import Node

AGGREGATES = ("count", "total")


class Wanted:
    """The columns of each source that expressions read, of rows that stand in one frame.

    ``inside`` are the keys of the row sources that stand in the frame as plain columns.
    """

    def __init__(self, inside: frozenset[int] = frozenset()) -> None:
        self.inside = inside
        self._wanted: dict[int, set[str]] = {}
        self._noted: set[int] = set()
        self._free: dict[int, frozenset[int]] = {}

    def note(self, expressions: Iterable[Node]) -> None:
        """Record which columns of which source will be asked for, before anything is looked up."""
        for expr in expressions:
            self._note(expr)

    def of(self, source: Source) -> list[str]:
        """The columns of a source that were noted."""
        return sorted(self._wanted.get(source.key, ()))

    def _note(self, node: Node) -> None:
        if node.op == "row" or node.key in self._noted:
            return
        self._noted.add(node.key)
        if node.op in AGGREGATES:
            row = node.args[0]
            parent = row.args[0]
            assert isinstance(parent, Source)
            self._want(parent, "key")
            self._note(parent)
            for part in node.args[1:]:
                for leaf in self.outer(part, row.key):
                    if isinstance(leaf, Source):
                        self._want(leaf, "key")
                    self._note(leaf)
            return
        if isinstance(node, Source):
            self._note_source(node)
        elif node.op == "fact":
            source = node.args[0]
            assert isinstance(source, Source)
            fact: Fact = node.attrs[0]
            self._want(source, fact.name)
        elif node.op == "key":
            source = node.args[0]
            assert isinstance(source, Source)
            if source.op != "ref":
                self._want(source, "key")
        for arg in node.args:
            self._note(arg)

    def _note_source(self, source: Source) -> None:
        if source.op == "ref":
            parent = source.args[0]
            assert isinstance(parent, Source)
            self._want(parent, source.attrs[1])
        elif source.op in ("as_at", "latest"):
            parent = source.args[0]
            assert isinstance(parent, Source)
            self._want(parent, "key")
            self._want(source, "key")

    def _want(self, source: Source, name: str) -> None:
        self._wanted.setdefault(source.key, set()).add(name)

    def rows_in(self, node: Node) -> frozenset[int]:
        """Keys of the aggregates' rows that a node depends on."""
        found = self._free.get(node.key)
        if found is None:
            found = frozenset[int]().union(*(self.rows_in(arg) for arg in node.args))
            if node.op == "row":
                found |= {node.key}
            elif node.op in AGGREGATES:
                found -= {node.args[0].key}
            self._free[node.key] = found
        return found

    def outer(self, node: Node, row: int) -> list[Node]:
        """The largest parts of an aggregate's formula that this frame can compute for its rows.

        A source among them stands for its key: rows inside the formula hang on it.
        """
        if node.key == row or node.op == "const":
            return []
        rows = self.rows_in(node)
        if row not in rows and rows <= self.inside:
            return [node]
        return [leaf for arg in node.args for leaf in self.outer(arg, row)]

    def is_of_rows_alone(self, part: Expr, row: Source) -> bool:
        """Whether a part of an aggregate's test turns on its rows, and on nothing around them."""
        if self.rows_in(part) != {row.key}:
            return False
        leaves = self.outer(part, row.key)
        return not any(isinstance(leaf, Source) or needs_columns(leaf) for leaf in leaves)


def needs_columns(node: Node) -> bool:
    """Whether a node needs a column at all, or is made of constants and the day alone."""
    return any(below.op in ("fact", "exists", "has", "key", *AGGREGATES) for below in node.walk())


def conjuncts(test: Node) -> list[Expr]:
    """The parts of a test that must all hold."""
    if test.op in ("and", "condition", "named"):
        parts = test.args if test.op == "and" else test.args[:1]
        return [item for part in parts for item in conjuncts(part)]
    return [test] if isinstance(test, Expr) else []
