"""Cases as they are written: an empty one with every fact a scheme reads, or one out of a row."""

from __future__ import annotations

from typing import Any

from wenye.rules.case_input import entity_name
from wenye.rules.decide import outputs
from wenye.rules.facts import Entity, Fact
from wenye.rules.held import Held, Row
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.tree import Node
from wenye.rules.values import decode


def case_template(scheme: type[Scheme]) -> dict[str, Any]:
    """The case with its label, form and whether there may be none in each fact's place.

    To be filled in or deleted: a fact left out is unknown. A list holds one row as a pattern.
    """
    return {entity_name(scheme.subject): _reads(scheme).filled()}


def case_of(scheme: type[Scheme], row: Row) -> dict[str, Any]:
    """A row of the registers as a case: what the scheme reads of it, unknown facts left out."""
    return {entity_name(scheme.subject): _reads(scheme).told(row)}


def _reads(scheme: type[Scheme]) -> _Reads:
    tree = _Reads(scheme.subject)
    for expr in (*outputs(scheme).values(), scheme.dated_by):
        for node in expr.walk():
            tree.add(node)
    return tree


class _Reads:
    """What is read of one row."""

    def __init__(self, entity: type[Entity]) -> None:
        self.entity = entity
        self.facts: set[str] = set()
        self.inner: dict[str, _Reads] = {}
        #: Whether the row is compared with another: the two must be known to be the same.
        self.compared = False

    def add(self, node: Node) -> None:
        """Note a fact, or a row that is asked about."""
        if node.op == "fact":
            self._at(node.args[0]).facts.add(node.attrs[0].name)
        elif node.op == "key":
            self._at(node.args[0]).compared = True
        elif isinstance(node, Source):
            self._at(node)

    def _at(self, source: Node) -> _Reads:
        assert isinstance(source, Source)
        if source.op == "root":
            return self
        parent = self._at(source.args[0])
        found = parent.inner.setdefault(source.attrs[1], _Reads(source.entity))
        if source.op != "ref":
            # A spell without its days could not be read as at a day.
            entity = source.entity
            found.facts |= set(entity.spell or ()) | ({entity.dated} if entity.dated else set())
        return found

    def filled(self) -> dict[str, Any]:
        """The row, in the order in which its entity defines the facts."""
        row: dict[str, Any] = (
            {"key": "〔编号：同一人或同一单位写同一个数〕"} if self.compared else {}
        )
        for name, fact in self.entity.facts().items():
            if name in self.inner:
                row[name] = self.inner[name].filled()
            elif name in self.facts:
                row[name] = described(fact)
        for name in self.entity.relations():
            if name in self.inner:
                row[name] = [self.inner[name].filled()]
        return row

    def told(self, row: Row) -> dict[str, Any]:
        """The values that a row holds of what is read; what is not known is left out."""
        case: dict[str, Any] = {"key": row["key"]} if self.compared and row.get("key") else {}
        for name, fact in self.entity.facts().items():
            value = row.get(name)
            if value is None or (name not in self.facts and name not in self.inner):
                continue
            if name not in self.inner:
                case[name] = decode(fact.kind, value)
            else:
                case[name] = None if value is False else self.inner[name].told(value)
        for name in self.entity.relations():
            if name in self.inner and isinstance(row.get(name), Held):
                case[name] = [self.inner[name].told(each) for each in row[name].rows]
        return case


_EXAMPLES = {
    "truth": "true / false",
    "day": "2026-10-31",
    "month": "2026-10",
    "money": "1234.56",
    "number": "整数",
    "code": "代码",
}


def described(fact: Fact) -> str:
    """What to write for a fact: ``〔出生日期：2026-10-31〕``."""
    if fact.kind.name == "choice":
        form = " / ".join(f"{name}（{label}）" for name, label in fact.kind.options)
    else:
        form = _EXAMPLES.get(fact.kind.name, fact.kind.name)
    absent = "；没有则写 null" if fact.may_be_absent else ""
    return f"〔{fact.label}：{form}{absent}〕"
