"""Lines of a straight-line function being written: names, scopes, and what None means.

A value that may be an interval (an aggregate, and what is computed from one) is written as two
names, its low and high end; None as an end means unbounded, and None as an exact value unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenye.rules.expressions import Expr
from wenye.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Value:
    """Names of the two ends of a compiled value; one name where it is exact."""

    low: str
    high: str
    known: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high


class Scope:
    """Lines being written: the function's body, or the body of a loop over ``row``."""

    def __init__(self, parent: Scope | None, row: int | None) -> None:
        self.parent = parent
        self.row = row
        self.depth: int = parent.depth + 1 if parent else 1
        self.lines: list[str] = []
        self.done: dict[int, Value] = {}

    def write(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)


def nullable(names: Iterable[str]) -> list[str]:
    """``names`` without the whole numbers among them, which need no asking."""
    return [name for name in names if not name.lstrip("-").isdigit()]


def where_known(test: str, *names: str) -> str:
    """``test``, false while one of ``names`` is None."""
    return " and ".join([*(f"{name} is not None" for name in nullable(names)), test])


def unless_none(value: str, *names: str) -> str:
    """``value``, None while one of ``names`` is None."""
    asked = " or ".join(f"{name} is None" for name in nullable(names))
    return f"(None if {asked} else {value})" if asked else f"({value})"


class Lines:
    """The body of one function, written in the order in which values are asked for.

    A subclass says how each operation is written (``_write``).
    """

    def __init__(self) -> None:
        self.body = Scope(None, None)
        self._rows: dict[int, frozenset[int]] = {}
        self._names = 0
        self._scope = self.body

    def _write(self, node: Node) -> Value:
        raise AssertionError(f"no way to write {node.op}")

    def result(self, expr: Expr) -> str:
        return self._closed(self.value(expr))

    @staticmethod
    def _closed(value: Value) -> str:
        if value.exact:
            return value.low
        return f"({value.low} if {value.low} == {value.high} else None)"

    def closed(self, node: Node) -> str:
        """Name of an exact value: None where an interval has not closed on one."""
        value = self.value(node)
        return value.low if value.exact else self.assign(self._closed(value)).low

    def fresh(self) -> str:
        self._names += 1
        return f"v{self._names}"

    def rows_in(self, node: Node) -> frozenset[int]:
        """Keys of the loops' rows that a node depends on."""
        found = self._rows.get(node.key)
        if found is None:
            found = frozenset[int]().union(*(self.rows_in(arg) for arg in node.args))
            if node.op == "row":
                found |= {node.key}
            elif node.op in ("count", "total"):
                found -= {node.args[0].key}
            self._rows[node.key] = found
        return found

    def value(self, node: Node) -> Value:
        """The names that hold a node's value, written into the outermost scope it can live in."""
        needed = self.rows_in(node)
        scope = self._scope
        while scope.parent is not None and scope.row not in needed:
            scope = scope.parent
        at: Scope | None = scope
        while at is not None:
            if node.key in at.done:
                return at.done[node.key]
            at = at.parent
        inner, self._scope = self._scope, scope
        value = self._write(node)
        self._scope = inner
        scope.done[node.key] = value
        return value

    def assign(self, expression: str, known: bool = False) -> Value:
        name = self.fresh()
        self._scope.write(f"{name} = {expression}")
        return Value(name, name, known)

    def guarded(self, template: str, *args: Value | str) -> str:
        """``template`` over exact arguments, None where one of them is."""
        names = [arg if isinstance(arg, str) else arg.low for arg in args]
        nullable = [arg.low for arg in args if isinstance(arg, Value) and not arg.known]
        text = template.format(*names)
        if not nullable:
            return text
        return f"None if {' or '.join(f'{n} is None' for n in nullable)} else ({text})"
