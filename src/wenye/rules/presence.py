"""A fact that may be absent is asked for its presence before it is compared.

Otherwise ``~(age >= 60)`` would turn "no date of birth" into "yes". The check walks the formula the
way a reader does: in ``a & b`` each side may rely on what the others ask, in ``a | b`` on their
opposite, in ``where(test, x, y)`` each branch on the test. Every named condition stands by itself.
"""

from __future__ import annotations

from wenye.rules.errors import RuleError
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.sources import Source
from wenye.rules.tree import Node

Tokens = frozenset[int]
_NONE: Tokens = frozenset()
_IMPLIED: dict[tuple[int, bool], Tokens] = {}


def needs(node: Node) -> dict[int, Node]:
    """Facts and optional rows that a value expression reads, to be asked first; by key."""
    found: dict[int, Node] = {}
    if isinstance(node, Source):
        if node.optional and node.op in ("ref", "as_at", "latest"):
            own = node.op != "ref" or _fact(node).may_be_absent
            if own:
                found[node.key] = node
        for arg in node.args:
            found.update(needs(arg))
        return found
    if node.op == "fact":
        fact: Fact = node.attrs[0]
        if fact.may_be_absent:
            found[node.key] = node
    if node.op in ("count", "total"):
        return needs(node.args[0].args[0])
    if node.op == "where":
        return {}  # checked on its own, branch by branch
    for arg in node.args:
        found.update(needs(arg))
    return found


def _fact(source: Source) -> Fact:
    parent = source.args[0]
    assert isinstance(parent, Source)
    return parent.entity.facts()[source.attrs[1]]


def implied(node: Node, value: bool) -> Tokens:
    """Keys of the facts and rows known to be present where ``node`` is ``value``."""
    found = _IMPLIED.get((node.key, value))
    if found is None:
        found = _IMPLIED[node.key, value] = _implied(node, value)
    return found


def _implied(node: Node, value: bool) -> Tokens:
    if node.op == "has":
        fact = node.args[0]
        return frozenset({fact.key, *needs(fact)}) if value else _NONE
    if node.op == "exists":
        return frozenset({node.args[0].key, *needs(node.args[0])}) if value else _NONE
    if node.op == "not":
        return implied(node.args[0], not value)
    if node.op in ("condition", "rests"):
        return implied(node.args[0], value)
    if node.op in ("and", "or"):
        parts = [implied(arg, value) for arg in node.args]
        if (node.op == "and") == value:
            return frozenset().union(*parts)
        return parts[0].intersection(*parts[1:])
    return _NONE


def check(node: Node, place: str, known: Tokens = _NONE) -> None:
    """Refuse ``node`` if it compares something that may be absent without having asked.

    Raises
    ------
    RuleError
        Naming the fact, the place and the mend.
    """
    _Check(place)(node, known)


def unasked(row: Source, *values: Expr) -> list[Node]:
    """Facts and rows that a row and values rely on, and leave to the formula around to ask for."""
    work = _Collect()
    work.there(row, _NONE, row)
    for value in values:
        work(value, _NONE)
    return list(work.found.values())


class _Check:
    """One formula; what many places share is checked once for each that is known there."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._done: set[tuple[int, Tokens]] = set()

    def there(self, row: Source, known: Tokens, node: Node) -> None:
        """The row that ``node`` is about is there, and so are the days by which it is found."""
        self._require(needs(row), known, node)
        self._dates(row, known)

    def __call__(self, node: Node, known: Tokens) -> None:
        if (node.key, known) not in self._done:
            self._done.add((node.key, known))
            self._check(node, known)

    def _check(self, node: Node, known: Tokens) -> None:
        if node.op == "condition":
            return  # checked under its own name
        if node.op == "rests":
            # Its formula was checked with its own scheme, for a row and a day that are there.
            _, row, _, on = node.args
            assert isinstance(row, Source)
            self.there(row, known, node)
            self(on, known)
            return
        if node.op in ("and", "or"):
            value = node.op == "and"
            shares = [implied(arg, value) for arg in node.args]
            for position, arg in enumerate(node.args):
                others = frozenset().union(
                    *(share for other, share in enumerate(shares) if other != position)
                )
                self(arg, known | others)
            return
        if node.op == "not":
            self(node.args[0], known)
            return
        if node.op == "where":
            test, yes, no = node.args
            self(test, known)
            self(yes, known | implied(test, True))
            self(no, known | implied(test, False))
            return
        if node.op == "only_if":
            test, kept = node.args
            self(test, known)
            self(kept, known | implied(test, True))
            return
        if node.op == "has":
            self._require(needs(node.args[0].args[0]), known, node)
            return
        if node.op == "exists":
            source = node.args[0]
            assert isinstance(source, Source)
            missing = {k: n for arg in source.args for k, n in needs(arg).items()}
            self._require(missing, known, node)
            self._dates(source, known)
            return
        if node.op in ("count", "total"):
            row = node.args[0]
            self._require(needs(row.args[0]), known, node)
            test = node.args[1]
            self(test, known)
            if node.op == "total":
                self(node.args[2], known | implied(test, True))
            return
        if isinstance(node, Source):
            self._dates(node, known)
            return
        own = needs(node) if node.op in ("fact", "key") else {}
        self._require(own, known, node)
        for arg in node.args:
            self(arg, known)

    def _dates(self, source: Source, known: Tokens) -> None:
        for arg in source.args:
            if isinstance(arg, Expr):
                self(arg, known)
            elif isinstance(arg, Source):
                self._dates(arg, known)

    def _require(self, found: dict[int, Node], known: Tokens, node: Node) -> None:
        for key, item in found.items():
            if key in known:
                continue
            if isinstance(item, Source):
                what = f"the row {item.path or item.entity.__name__} may not be there"
                mend = "ask first: row.exists & (…)"
            else:
                fact: Fact = item.attrs[0]
                what = f"{fact!r} ({fact.label}) may be absent, and is compared unasked"
                mend = f"ask first: has({fact.entity.__name__}.{fact.name}) & (…)"
            raise RuleError(what, where=f"{self.place} ({node.site})", mend=mend)


class _Collect(_Check):
    """Finds what would be refused."""

    def __init__(self) -> None:
        super().__init__("")
        self.found: dict[int, Node] = {}

    def _require(self, found: dict[int, Node], known: Tokens, node: Node) -> None:
        self.found |= {key: item for key, item in found.items() if key not in known}
