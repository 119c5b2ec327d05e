"""What a scheme reads of a row's lists, and which rows it compares: so that one answer suffices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from wenye.rules.case_input import entity_name
from wenye.rules.decide import outputs
from wenye.rules.facts import Fact
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.tree import Node

_PICKED = ("row", "as_at", "latest")


@dataclass(slots=True)
class Needed:
    """By path, the judged row's name first."""

    #: List of rows → what is asked of each at once. The rest is asked where it matters.
    rows: dict[str, list[str]] = field(default_factory=dict)
    #: References to rows that are compared with others: it must be told which is which.
    same: set[str] = field(default_factory=set)
    #: Codes → those that the scheme knows.
    codes: dict[str, list[str]] = field(default_factory=dict)


def needed(scheme: type[Scheme]) -> Needed:
    """What answers about a scheme's lists and codes have to say."""
    key: Any = scheme
    return _needed(key)


@lru_cache(maxsize=256)
def _needed(scheme: Any) -> Needed:
    found = Needed()
    root = entity_name(scheme.subject)
    for expr in (*outputs(scheme).values(), scheme.dated_by):
        for node in expr.walk():
            _note(found, root, node)
    return found


def _note(found: Needed, root: str, node: Node) -> None:
    if isinstance(node, Source):
        if node.op in _PICKED:
            asked = found.rows.setdefault(_path(root, node), [])
            entity = node.entity
            _add(asked, [*(entity.spell or ()), *((entity.dated,) if entity.dated else ())])
        return
    if node.op == "fact":
        source, fact = node.args[0], node.attrs[0]
        assert isinstance(source, Source) and isinstance(fact, Fact)
        _add_to_row(found, root, source, fact.name)
    elif node.op == "key":
        source = node.args[0]
        assert isinstance(source, Source)
        if source.op == "ref":
            found.same.add(_path(root, source))
            parent = source.args[0]
            assert isinstance(parent, Source)
            _add_to_row(found, root, parent, str(source.attrs[1]))
    elif node.op == "isin" and node.args[0].op == "fact":
        source, fact = node.args[0].args[0], node.args[0].attrs[0]
        assert isinstance(source, Source) and isinstance(fact, Fact)
        if fact.kind.name == "code":
            _add(found.codes.setdefault(f"{_path(root, source)}.{fact.name}", []), node.attrs[0])


def _path(root: str, source: Source) -> str:
    return f"{root}.{source.path}" if source.path else root


def _add(names: list[str], further: Iterable[str]) -> None:
    names.extend(name for name in further if name not in names)


def _add_to_row(found: Needed, root: str, source: Source, name: str) -> None:
    """A fact that every row of an aggregate is asked for; of a picked row it is asked later."""
    steps = [name]
    while source.op == "ref":
        steps.insert(0, str(source.attrs[1]))
        parent = source.args[0]
        assert isinstance(parent, Source)
        source = parent
    if source.op == "row":
        _add(found.rows.setdefault(_path(root, source), []), [".".join(steps)])
