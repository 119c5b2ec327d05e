"""Long values get a name of their own (〔日期1〕) and are explained once, below.

A date of retirement takes half a page; told again in every condition that uses it, nobody would
read any. A value that its scheme names keeps that name; others are named for their kind and a
number, and nothing else: no meaning is made up.
"""

from __future__ import annotations

from collections.abc import Callable

from wenye.rules.expressions import Expr
from wenye.rules.readable.printed import Lang
from wenye.rules.tree import Node

#: A wording longer than this many characters is explained apart.
LONG = 48

_KINDS = {
    "day": ("日期", "day"),
    "month": ("月份", "month"),
    "money": ("金额", "amount"),
    "rate": ("比例", "rate"),
}


class Glossary:
    """The values that a text explains apart, in the order in which they were met."""

    def __init__(self) -> None:
        self.entries: list[Expr] = []
        self._names: dict[int, tuple[str, str]] = {}
        self._short: set[int] = set()

    def __contains__(self, node: Node) -> bool:
        return node.key in self._names or node.key in self._short

    def weigh(self, node: Expr, wording: Callable[[], str]) -> None:
        """Give the value a name if it has one in the scheme, or takes long to tell."""
        if node.op == "named":
            self._names[node.key] = (f"〔{node.attrs[0]}〕", f"[{node.attrs[1]}]")
            self.entries.append(node)
            return
        if len(wording()) <= LONG:
            self._short.add(node.key)
            return
        zh, en = _KINDS.get(node.kind.name, ("数", "number"))
        number = 1 + sum(name.startswith(f"〔{zh}") for name, _ in self._names.values())
        self._names[node.key] = (f"〔{zh}{number}〕", f"[{en} {number}]")
        self.entries.append(node)

    def name(self, node: Node, lang: Lang) -> str:
        """The value's name; nothing where it has none."""
        return self._names.get(node.key, ("", ""))[lang == "en"]
