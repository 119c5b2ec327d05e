"""Rebuilding a tree with something bound: the law's day, the day of determination, another row."""

from __future__ import annotations

from typing import Any, TypeVar

from wenye.rules.expressions import Day, Expr, make
from wenye.rules.sources import Source
from wenye.rules.tree import Node

N = TypeVar("N", bound=Node)


class Rewriter:
    """Replaces ``root`` (the judged row), ``on`` and ``law`` in a tree, and dates its parameters.

    A parameter without a day of its own is looked up on ``parameters_on``, or on the law's day.
    """

    def __init__(
        self,
        *,
        root: Source | None = None,
        on: Day | None = None,
        law: Any = None,
        parameters_on: Any = None,
    ) -> None:
        self._root = root
        self._on = on
        self._law = law
        self._dates = parameters_on if parameters_on is not None else law
        self._done: dict[int, Node] = {}

    def __call__(self, node: N) -> N:
        done = self._done.get(node.key)
        if done is None:
            done = self._done[node.key] = self._rebuild(node)
        return done  # type: ignore[return-value]

    def _rebuild(self, node: Node) -> Node:
        if node.op == "root":
            return self._root if self._root is not None else node
        if node.op == "on":
            return self._on if self._on is not None else node
        if node.op == "law":
            return self._law if self._law is not None else node
        if node.op == "param" and not node.args and self._dates is not None:
            assert isinstance(node, Expr)
            return make("param", node.kind, (self._dates,), node.attrs)  # type: ignore[no-any-return]
        if not node.args:
            return node
        args = tuple(self(arg) for arg in node.args)
        # A condition is always copied: what is named later must not rename it here.
        same = all(new is old for new, old in zip(args, node.args, strict=True))
        if same and node.op != "condition":
            return node
        return node.rebuilt(args)
