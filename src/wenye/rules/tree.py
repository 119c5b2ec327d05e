"""The bare tree: an operation over others, hash-consed, that remembers where it was written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from typing import Any, ClassVar, NoReturn

from wenye.rules.errors import RuleError
from wenye.rules.kinds import Kind

_RULES = __name__.rpartition(".")[0]


def written_at() -> str:
    """``file:line`` of the nearest caller outside the rule language."""
    frame: Any = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_RULES):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame is not None else ""


class Node:
    """One operation: ``op`` over ``args``, with static ``attrs``; hash-consed by ``key``."""

    __slots__ = ("args", "attrs", "key", "op", "site")
    _keys: ClassVar[dict[tuple[Any, ...], int]] = {}
    _next: ClassVar[Iterator[int]] = count()

    def __init__(
        self,
        op: str,
        args: tuple[Node, ...] = (),
        attrs: tuple[Any, ...] = (),
        kind: Kind | None = None,
    ) -> None:
        self.op = op
        self.args = args
        self.attrs = attrs
        self.site = written_at()
        shape = (op, tuple(arg.key for arg in args), attrs, kind)
        #: Equal trees have equal keys, within one process and whichever thread builds them.
        self.key: int = Node._keys.setdefault(shape, next(Node._next))

    def __bool__(self) -> NoReturn:
        raise RuleError(
            "an expression has no truth value while a scheme loads",
            where=written_at(),
            mend="write & for and, | for or, ~ for not, and put brackets round each comparison "
            "(a chained comparison like a <= x <= b hides an `and`)",
        )

    __hash__ = object.__hash__

    def rebuilt(self, args: tuple[Node, ...]) -> Node:
        """The same operation over other arguments."""
        return Node(self.op, args, self.attrs)

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, each structural key once."""
        seen: set[int] = set()
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if node.key in seen:
                continue
            seen.add(node.key)
            yield node
            stack.extend(reversed(node.args))


def depends_on_day(node: Node) -> bool:
    """Whether anything in a tree moves with the day of determination."""
    return any(below.op == "on" for below in node.walk())
