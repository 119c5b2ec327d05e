"""Undetermined says why: which facts would settle the case, and which open parameters block it.

``missing`` is the smallest set of unknown facts for which some answers would settle the outcome,
cheapest to ask first. The formula is walked as Kleene's logic allows: a conjunction is settled by
making one side no, or every side yes. A part that stands in several places comes out the same in
each, so what only chooses between two branches is never taken to settle both. Facts that only open
parameters stand behind are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wenye.rules.case import CaseProgram
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.held import Held, Row
from wenye.rules.kinds import TRUTH
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.tree import Node

#: Ways kept at each step; a formula whose alternatives exceed it is settled nearly, not exactly.
_WIDTH = 256

#: Answers kept per scheme.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact to be asked: its place in the case, its label, and how dear the question is."""

    path: str
    label: str
    label_en: str
    cost: int


#: A way to settle a formula: parts that come out yes (``2 * part``) or no (``2 * part + 1``).
Way = frozenset[int]
Ways = tuple[Way, ...]
_FREE: Ways = (frozenset(),)

#: Comparisons that are the opposite of another one.
_OPPOSITE = {"lt": "ge", "le": "gt", "ne": "eq"}


class Settler:
    """Finds what would settle one scheme's outcome; compiled once per scheme.

    Cases of which the same is known (the truth of each part, and which facts are unknown) have the
    same answer, which is kept.
    """

    def __init__(self, outcome: Expr, parameters: Mapping[str, Series] | None = None) -> None:
        self.outcome = outcome
        nodes = [node for node in outcome.walk() if isinstance(node, Expr) and observable(node)]
        self._keys = tuple(node.key for node in nodes)
        self._truths = tuple(node.kind == TRUTH for node in nodes)
        self._decide = CaseProgram({str(node.key): node for node in nodes}, parameters).decide
        self._picked = [
            node
            for node in outcome.walk()
            if isinstance(node, Source)
            and (node.op in ("as_at", "latest") or (node.op == "row" and _outermost(node)))
        ]
        self._answers: dict[tuple[Any, ...], tuple[list[Ask], list[str]]] = {}

    def __call__(self, row: Row, on: int) -> tuple[list[Ask], list[str]]:
        """``(missing, blocked_by)`` for an undetermined case."""
        values = self._decide(row, on)
        held = tuple(_held_state(row, on, source) for source in self._picked)
        sign = (
            *(v if told else v is None for v, told in zip(values, self._truths, strict=True)),
            *held,
        )
        answer = self._answers.get(sign)
        if answer is None:
            answer = self._answer(dict(zip(self._keys, values, strict=True)), held)
            if len(self._answers) < _KEPT:
                self._answers[sign] = answer
        return answer

    def _answer(
        self, values: Mapping[int, Any], held: tuple[tuple[str, ...] | None, ...]
    ) -> tuple[list[Ask], list[str]]:
        known = {source.key: what for source, what in zip(self._picked, held, strict=True)}
        work = _Settling(values, known)
        best: tuple[int, int, list[str]] | None = None
        for want in (True, False):
            for way in work.force(self.outcome, want):
                names = sorted(work.facts(way), key=lambda path: (work.asks[path].cost, path))
                rank = (len(names), sum(work.asks[path].cost for path in names), names)
                if best is None or rank < best:
                    best = rank
        missing = [work.asks[path] for path in best[2]] if best else []
        return missing, sorted(work.blocking(self.outcome))


def _held_state(row: Row, on: int, source: Source) -> tuple[str, ...] | None:
    """Of a source's relation: its unknown dates, or None where its rows are not all known.

    For the rows of an aggregate there are no dates to ask about.
    """
    place: Any = row
    for step in source.path.split("."):
        if not isinstance(place, Mapping):
            return None
        place = place.get(step)
    if not isinstance(place, Held):
        return None
    if source.op == "row":
        return () if place.complete_to >= on else None
    if not (place.rows or place.complete_to >= on):
        return None
    entity = source.entity
    dates = entity.spell or (entity.dated or "",)
    return tuple(name for name in dates if any(item.get(name) is None for item in place.rows))


def _outermost(row: Source) -> bool:
    """Whether the rows of an aggregate are those of a row outside every other aggregate."""
    return not _rows_in(row.args[0])


def observable(node: Node) -> bool:
    """Whether a node has a value of its own outside any aggregate's loop."""
    return isinstance(node, Expr) and not _rows_in(node)


#: Loops' rows on which a node depends, by its key.
_ROWS: dict[int, frozenset[int]] = {}


def _rows_in(node: Node) -> frozenset[int]:
    found = _ROWS.get(node.key)
    if found is None:
        found = frozenset[int]().union(*(_rows_in(arg) for arg in node.args))
        if node.op == "row":
            found |= {node.key}
        elif node.op in ("count", "total"):
            found -= {node.args[0].key}
        _ROWS[node.key] = found
    return found


class _Settling:
    def __init__(
        self, values: Mapping[int, Any], held: Mapping[int, tuple[str, ...] | None]
    ) -> None:
        self.values = values
        self.held = held
        self.asks: dict[str, Ask] = {}
        self._done: dict[tuple[int, bool], Ways] = {}
        self._parts: dict[tuple[Any, ...], int] = {}
        self._asked: list[frozenset[str]] = []
        self._unknown: dict[int, frozenset[str]] = {}
        self._open: dict[int, frozenset[str]] = {}
        self._blocking: dict[int, frozenset[str]] = {}

    def facts(self, way: Way) -> frozenset[str]:
        """Paths of the facts to be asked for a way to come about."""
        return frozenset[str]().union(*(self._asked[part >> 1] for part in way))

    def force(self, node: Node, want: bool) -> Ways:
        """The ways in which answers can make ``node`` be ``want``, those of few facts first."""
        place = (node.key, want)
        found = self._done.get(place)
        if found is None:
            found = self._done[place] = self._force(node, want)
        return found

    def _force(self, node: Node, want: bool) -> Ways:
        value = self.values.get(node.key)
        if value is not None:
            return _FREE if value is want else ()
        if node.op in ("condition", "rests"):
            return self.force(node.args[0], want)
        if node.op == "not":
            return self.force(node.args[0], not want)
        if node.op in ("and", "or"):
            parts = [self.force(arg, want) for arg in node.args]
            return self._all(parts) if (node.op == "and") == want else self._any(parts)
        if node.op == "where":
            test, yes, no = node.args
            return self._any(
                [
                    self._all([self.force(test, True), self.force(yes, want)]),
                    self._all([self.force(test, False), self.force(no, want)]),
                    self._all([self.force(yes, want), self.force(no, want)]),
                ]
            )
        if self._open_parameters(node):
            return ()
        unknown = self.unknown(node)
        return (frozenset({self._part(node, want, unknown)}),) if unknown else ()

    def _part(self, node: Node, want: bool, unknown: frozenset[str]) -> int:
        op = _OPPOSITE.get(node.op, node.op)
        shape = (op, *(arg.key for arg in node.args), node.attrs)
        number = self._parts.setdefault(shape, len(self._parts))
        if number == len(self._asked):
            self._asked.append(unknown)
        return 2 * number + (want is not (op == node.op))

    def _any(self, parts: Iterable[Ways]) -> Ways:
        return self._fewest([way for part in parts for way in part])

    def _all(self, parts: Iterable[Ways]) -> Ways:
        joined = _FREE
        for part in parts:
            joined = self._fewest(
                [a | b for a in joined for b in part if not any(each ^ 1 in b for each in a)]
            )
        return joined

    def _fewest(self, ways: Iterable[Way]) -> Ways:
        """Without ways that only add to another, those of the fewest facts first."""
        asked = {way: sorted(self.facts(way)) for way in ways}
        kept: list[Way] = []
        for way in sorted(asked, key=lambda each: (len(asked[each]), asked[each], sorted(each))):
            if not any(smaller <= way for smaller in kept):
                kept.append(way)
            if len(kept) >= _WIDTH:
                break
        return tuple(kept)

    def unknown(self, node: Node) -> frozenset[str]:
        """Paths of the unknown facts that a value reads."""
        found = self._unknown.get(node.key)
        if found is None:
            found = self._unknown[node.key] = frozenset(self._find_unknown(node))
        return found

    def _find_unknown(self, node: Node) -> set[str]:
        found: set[str] = set()
        if self.values.get(node.key) is not None:
            return found
        if node.op in ("count", "total"):
            found |= self._unknown_rows(node)
        elif node.op == "where" and self.values.get(node.args[0].key) is not None:
            found |= self.unknown(node.args[1 if self.values[node.args[0].key] else 2])
        elif node.op == "fact":
            source = node.args[0]
            assert isinstance(source, Source)
            if self.values.get(node.key) is None:
                found |= self._unknown_fact(source, node.attrs[0])
            found |= self._unknown_dates(source)
        elif node.op in ("exists", "key"):
            source = node.args[0]
            assert isinstance(source, Source)
            if self.values.get(node.key) is None:
                found |= self._unknown_source(source)
            found |= self._unknown_dates(source)
        else:
            for arg in node.args:
                found |= self.unknown(arg)
        return found

    def _ask(self, path: str, label: str, label_en: str, cost: int) -> set[str]:
        self.asks[path] = Ask(path, label, label_en, cost)
        return {path}

    def _unknown_fact(self, source: Source, fact: Fact) -> set[str]:
        behind = self._unknown_rows_before(source)
        if behind is not None:
            return behind
        path = f"{source.path}.{fact.name}" if source.path else fact.name
        return self._ask(path, fact.label, fact.label_en, fact.asking)

    def _unknown_rows_before(self, source: Source) -> set[str] | None:
        """What hides the row at ``source``: rows not held, or held without their dates."""
        if source.op not in ("ref", "as_at", "latest"):
            return None
        parent = source.args[0]
        assert isinstance(parent, Source)
        behind = self._unknown_rows_before(parent)
        if behind is not None or source.op == "ref":
            return behind
        register = source.entity.register
        undated = self.held[source.key]
        if undated is None:
            return self._ask(source.path, register.label, register.label_en, 2)
        facts = source.entity.facts()
        asked = [
            self._ask(f"{source.path}.{name}", facts[name].label, facts[name].label_en, 1)
            for name in undated
        ]
        if asked:
            return set().union(*asked)
        # The rows are all dated: which of them it is depends on the day alone.
        return set() if self.values.get(source.args[1].key) is None else None

    def _unknown_source(self, source: Source) -> set[str]:
        behind = self._unknown_rows_before(source)
        if behind is not None:
            return behind
        if source.op == "ref":
            parent = source.args[0]
            assert isinstance(parent, Source)
            fact = parent.entity.facts()[source.attrs[1]]
            return self._ask(source.path, fact.label, fact.label_en, fact.asking)
        if source.op in ("as_at", "latest"):
            register = source.entity.register
            return self._ask(source.path, register.label, register.label_en, 2)
        return set()

    def _unknown_dates(self, source: Source) -> set[str]:
        found: set[str] = set()
        for arg in source.args:
            if isinstance(arg, Source):
                found |= self._unknown_dates(arg)
            elif self.values.get(arg.key) is None:
                found |= self.unknown(arg)
        return found

    def _unknown_rows(self, node: Node) -> set[str]:
        """The rows to be asked about: an aggregate's own, or those of another one within it.

        Where its own rows are all there, and those of an aggregate within are not, the latter are
        what is unknown.
        """
        row = node.args[0]
        assert isinstance(row, Source)
        if self.held.get(row.key) is not None:
            within = {
                below.args[0].key: below
                for arg in node.args[1:]
                for below in arg.walk()
                if below.op in ("count", "total") and self.held.get(below.args[0].key, ()) is None
            }
            if within:
                return set().union(*(self._unknown_rows(below) for below in within.values()))
        register = row.entity.register
        return self._ask(row.path, register.label, register.label_en, 3)

    def _open_parameters(self, node: Node) -> frozenset[str]:
        """Open parameters on which a value turns; not those of a branch that is not taken."""
        found = self._open.get(node.key)
        if found is None:
            found = self._open[node.key] = self._find_open(node)
        return found

    def _find_open(self, node: Node) -> frozenset[str]:
        if self.values.get(node.key) is not None:
            return frozenset()
        if node.op == "param":
            dated = not node.args or self.values.get(node.args[0].key) is not None
            return frozenset(node.attrs[:1]) if dated else self._open_parameters(node.args[0])
        return frozenset[str]().union(*(self._open_parameters(arg) for arg in self._taken(node)))

    def _taken(self, node: Node) -> tuple[Node, ...]:
        """The arguments of a node, less the branch that a known test leaves aside."""
        args = node.args
        if node.op == "where" and self.values.get(args[0].key) is not None:
            return args[1:2] if self.values[args[0].key] else args[2:]
        return args

    def blocking(self, node: Node) -> frozenset[str]:
        """Open parameters on which the unknown part of the formula turns."""
        found = self._blocking.get(node.key)
        if found is None:
            found = self._blocking[node.key] = self._find_blocking(node)
        return found

    def _find_blocking(self, node: Node) -> frozenset[str]:
        if self.values.get(node.key) is not None:
            return frozenset()
        if (
            isinstance(node, Expr)
            and node.kind == TRUTH
            and node.op in ("and", "or", "not", "where", "condition", "rests")
        ):
            parts: Iterable[Node] = (
                node.args[:1] if node.op in ("condition", "rests") else self._taken(node)
            )
            return frozenset[str]().union(*(self.blocking(arg) for arg in parts))
        return self._open_parameters(node)
