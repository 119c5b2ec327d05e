"""What a formula's value was read from: the facts and the dated values behind it, as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.decide import series_read
from wenye.rules.ends import Ends, ends_zh
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.held import Row
from wenye.rules.parameters import Series, Status
from wenye.rules.readable.naming import register_label
from wenye.rules.readable.printed import value_words
from wenye.rules.settle import observable
from wenye.rules.sources import Source
from wenye.rules.tree import Node
from wenye.rules.values import decode, state, words_zh


class Reading:
    """Trees of a scheme compiled so that everything they read can be shown.

    ``root`` is what the row is called in a case; ``further`` are expressions shown by a name.
    """

    def __init__(
        self,
        root: str,
        trees: Iterable[Node],
        further: Mapping[str, Expr],
        parameters: Mapping[str, Series],
    ) -> None:
        self.root = root
        self.parameters = parameters
        shown = dict(further)
        ranged: dict[str, Expr] = {}
        for tree in trees:
            for node in tree.walk():
                if isinstance(node, Expr) and observable(node):
                    shown[str(node.key)] = node
                    if node.op in ("count", "total", "named"):
                        ranged[str(node.key)] = node
                    if node.op == "param":
                        for day in node.args:
                            assert isinstance(day, Expr)
                            shown[str(day.key)] = day
        self._values = CaseProgram(shown, parameters)
        self._ends = Ends(ranged.values(), parameters)

    def __call__(self, row: Row, on: int) -> dict[str, Any]:
        """Values by node key; ``ends`` holds those that are known as a range alone."""
        return {**self._values(row, on, on >> 6), "ends": self._ends(row, on)}

    def parameters_of(
        self, trees: Iterable[Node], values: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """The dated values that the trees looked up, by name and day."""
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for tree in trees:
            for node, within in read(tree, values):
                if node.op != "param" or not node.args:
                    continue
                name = node.attrs[0]
                day = values.get(str(node.args[0].key))
                if day is None or (name, day) in found:
                    continue
                series = series_read([node], self.parameters)[name]
                step = series.at(day)
                value = step.value
                found[name, day] = {
                    "name": name,
                    "label": series.label,
                    "day": calendar.date(day).isoformat(),
                    "value": None if value is None else decode(series.kind, value),
                    "text": "未定" if value is None else value_words(value, series.kind, "zh"),
                    "status": Status(step.status).value,
                    "reference": step.reference,
                    "within": within,
                }
        return [found[key] for key in sorted(found)]

    def facts(self, tree: Node, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        inside: dict[str, str] = {}
        for node, within in read(tree, values):
            name = str(node.key)
            if name not in values:
                continue
            inside[name] = within
            if node.op == "fact":
                source = node.args[0]
                assert isinstance(source, Source)
                fact: Fact = node.attrs[0]
                found[name] = {
                    "name": self.path(source, fact.name),
                    "label": fact.label,
                    "value": decode(fact.kind, values[name]),
                    "state": state(fact.kind, values[name]),
                    "text": words_zh(fact.kind, values[name]),
                }
            elif node.op == "exists":
                source = node.args[0]
                assert isinstance(source, Source)
                found[name] = {
                    "name": self.path(source, ""),
                    "label": source.entity.register.label,
                    "value": values[name],
                    "state": {True: "known", False: "absent", None: "unknown"}[values[name]],
                    "text": {True: "有", False: "无", None: "未提供"}[values[name]],
                }
            elif node.op in ("eq", "ne") and node.args[0].op == "key":
                one, other = (arg.args[0] for arg in node.args)
                assert isinstance(one, Source) and isinstance(other, Source)
                same = values[name]
                found[name] = {
                    "name": f"same({self.path(one, '')}, {self.path(other, '')})",
                    "label": "与".join(register_label(each, "zh") for each in (one, other))
                    + "是同一个",
                    "value": same,
                    "state": "unknown" if same is None else "known",
                    "text": {True: "是", False: "否", None: "未提供"}[same],
                }
            elif node.op == "named":
                assert isinstance(node, Expr)
                found[name] = {
                    "name": node.attrs[1],
                    "label": node.attrs[0],
                    "value": decode(node.kind, values[name]),
                    "state": state(node.kind, values[name]),
                    "text": _quantity_zh(node, values),
                }
            elif node.op in ("count", "total"):
                row = node.args[0]
                assert isinstance(row, Source) and isinstance(node, Expr)
                found[name] = {
                    "name": f"{node.op}({self.path(row, '')})",
                    "label": row.entity.register.label,
                    "value": decode(node.kind, values[name]),
                    "state": "unknown" if values[name] is None else "known",
                    "text": _quantity_zh(node, values),
                }
        return [{**item, "within": inside[name]} for name, item in found.items()]

    def path(self, source: Node, name: str) -> str:
        assert isinstance(source, Source)
        return ".".join(part for part in (self.root, source.path, name) if part)


def _quantity_zh(node: Expr, values: Mapping[str, Any]) -> str:
    """An aggregate, or what rests on one, in words; as a range where no more is known."""
    value = values[str(node.key)]
    between = values["ends"].get(node.key)
    if value is not None or between is None:
        return words_zh(node.kind, value)
    low, high = between
    return ends_zh(node.kind, low, high, None if node.op == "named" else 0)


def taken(node: Node, values: Mapping[str, Any]) -> tuple[Node, ...]:
    """A node's arguments, less the branch that a known test leaves aside."""
    test = values.get(str(node.args[0].key)) if node.op == "where" else None
    if test is None:
        return node.args
    return node.args[0], node.args[1 if test else 2]


def read(tree: Node, values: Mapping[str, Any]) -> Iterator[tuple[Node, str]]:
    """Everything that a tree's value was read from, each node once.

    With each goes the label of the named quantity inside which alone it stands, or nothing.
    """
    seen: set[int] = set()
    outside: list[Node] = [tree]
    inside: list[tuple[Node, str]] = []
    while outside or inside:
        node, within = (outside.pop(), "") if outside else inside.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        yield node, within
        below = list(reversed(taken(node, values)))
        if node.op == "named" or within:
            label = within or str(node.attrs[0])
            inside[:0] = [(part, label) for part in below]
        else:
            outside.extend(below)
