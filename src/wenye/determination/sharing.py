"""What several schemes of one subject work out alike, worked out once.

Two supports for the same hiring ask for the same day of retirement, the same months drawn. Such
parts are put into columns beside what was gathered; a scheme that meets one takes the column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from wenye.rules.columns import Pair, Ready
from wenye.rules.decide import outputs
from wenye.rules.expressions import Expr
from wenye.rules.parameters import Series
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.stages import Staged
from wenye.rules.tree import Node

#: Steps from which on a part is worth a column.
_LEAST = 4
#: Read from a column as it is.
_READ = ("fact", "has", "exists", "key", "count", "total", "const", "on", "pay_month", "param")


@dataclass(frozen=True, slots=True)
class Shared:
    """Parts that stand in columns, by the key of their node."""

    parts: Mapping[int, Expr] = field(default_factory=dict)
    ready: Ready = field(default_factory=dict)


def with_shared(
    schemes: Sequence[type[Scheme]],
    gathered: pl.LazyFrame,
    on: int,
    parameters: Mapping[str, Series],
) -> tuple[pl.LazyFrame, Shared]:
    """The frame with a column (or two, of an interval) for each part that schemes share."""
    parts = {node.key: node for node in _shared(schemes)}
    rowwise = Staged(on, parameters)
    columns: list[pl.Expr] = []
    ready: dict[int, tuple[str, str]] = {}
    for key, node in parts.items():
        pair: Pair = rowwise.pair(node)
        names = [
            _name(key, end) if isinstance(side, pl.Expr) else "" for end, side in enumerate(pair)
        ]
        if not all(names):
            continue  # a constant needs no column
        if pair[0] is pair[1]:
            names[1] = names[0]
        ready[key] = names[0], names[1]
        for name, side in dict(zip(names, pair, strict=True)).items():
            assert isinstance(side, pl.Expr)
            columns.append(side.alias(name))
    if not columns:
        return gathered, Shared()
    stages = rowwise.names
    frame = rowwise.laid(gathered).with_columns(columns).drop(stages)
    return frame, Shared({key: parts[key] for key in ready}, ready)


def _name(key: int, end: int) -> str:
    return f"q{key}.{end}"


def _shared(schemes: Sequence[type[Scheme]]) -> list[Expr]:
    """The largest parts that at least two of the schemes have in common."""
    trees = [list(outputs(scheme).values()) for scheme in schemes]
    uses: Counter[int] = Counter()
    for tree in trees:
        uses.update({node.key for node in _row_wise(tree, frozenset())})
    common = frozenset(key for key, many in uses.items() if many > 1)
    found: dict[int, Expr] = {}
    for tree in trees:
        for node in _row_wise(tree, common):
            if node.key in common and isinstance(node, Expr) and _is_worth(node):
                found[node.key] = node
    return list(found.values())


def _row_wise(exprs: Sequence[Node], ends: frozenset[int]) -> Iterator[Node]:
    """The nodes that are worked out row by row, each once; those below ``ends`` are left out."""
    seen: set[int] = set()
    stack: list[Node] = list(exprs)
    while stack:
        node = stack.pop()
        if node.key in seen or isinstance(node, Source) or node.op in _READ:
            continue
        seen.add(node.key)
        yield node
        if node.key not in ends or not (isinstance(node, Expr) and _is_worth(node)):
            stack.extend(node.args)


def _is_worth(node: Node) -> bool:
    """Whether working a part out takes more than reading a column."""
    return len(list(islice(_row_wise([node], frozenset()), _LEAST))) == _LEAST
