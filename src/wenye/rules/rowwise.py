"""The row-wise half of the batch executor: closed expressions as Polars expressions.

Works on a frame in which every fact, spell and aggregate already stands in a column
(``rules.gather`` puts them there); needs no joins, so the same expressions run on any slice of the
frame, in any order, on any machine. Constants are folded before Polars sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import polars as pl

from wenye.rules import calendar, day_columns
from wenye.rules.columns import (
    Pair,
    Ready,
    Side,
    aggregate_column,
    column,
    dtype_of,
    literal,
)
from wenye.rules.expressions import Expr, Month
from wenye.rules.facts import Fact
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.tree import Node


def _wide(side: Any) -> Any:
    """Room for products: 64 bits."""
    return side.cast(pl.Int64) if isinstance(side, pl.Expr) else side


class RowWise:
    """Compiles expressions for one day of determination; equal nodes are compiled once."""

    def __init__(
        self,
        on: int,
        parameters: Mapping[str, Series] | None = None,
        ready: Ready | None = None,
    ) -> None:
        self.on = on
        self.parameters = parameters or {}
        #: Nodes already standing in a column, by key.
        self.ready = dict(ready or {})
        self._done: dict[int, Pair] = {}

    def __call__(self, expr: Expr) -> pl.Expr:
        """``expr`` as a column expression; an interval that has not closed on a value is null."""
        return literal(self.closed(expr), dtype_of(expr))

    def closed(self, node: Node) -> Side:
        """The value of a node; an interval that has not closed on one value is unknown."""
        low, high = self.pair(node)
        if low is high:
            return low
        low, high = literal(low, pl.Int64), literal(high, pl.Int64)
        return pl.when(low == high).then(low)

    def pair(self, node: Node) -> Pair:
        """Both ends of a compiled value; the very same object where it is exact."""
        done = self._done.get(node.key)
        if done is None:
            names = self.ready.get(node.key)
            if names is not None:
                low = pl.col(names[0])
                done = (low, low if names[0] == names[1] else pl.col(names[1]))
            else:
                method: Callable[[Any], Pair | Side] = getattr(self, f"_{node.op}")
                made = method(node)
                done = made if isinstance(made, tuple) else (made, made)
            self._done[node.key] = done
        return done

    def one(self, node: Node) -> Side:
        """The value of an exact node."""
        return self.pair(node)[0]

    # -- leaves ---------------------------------------------------------------------------------

    def _fact(self, node: Node) -> Side:
        source = node.args[0]
        assert isinstance(source, Source)
        fact: Fact = node.attrs[0]
        return pl.col(column(source, fact.name))

    def _has(self, node: Node) -> Side:
        fact = node.args[0]
        assert isinstance(fact, Expr)
        value = self.one(fact)
        assert isinstance(value, pl.Expr)
        if not fact.kind.bits or fact.kind.name == "code":
            return self._exists(fact)
        return value > calendar.NOT_APPLICABLE[fact.kind.bits]

    def _exists(self, node: Node) -> Side:
        source = node.args[0]
        assert isinstance(source, Source)
        if source.op in ("root", "row"):
            return True
        if source.op == "ref":
            parent = source.args[0]
            assert isinstance(parent, Source)
            return pl.col(column(parent, source.attrs[1])) > calendar.NOT_APPLICABLE[32]
        return pl.col(column(source, "exists"))

    def _key(self, node: Node) -> Side:
        source = node.args[0]
        assert isinstance(source, Source)
        if source.op == "ref":
            parent = source.args[0]
            assert isinstance(parent, Source)
            key = pl.col(column(parent, source.attrs[1]))
            return pl.when(key > calendar.NOT_APPLICABLE[32]).then(key)
        return pl.col(column(source, "key"))

    def _const(self, node: Node) -> Side:
        value: int | bool = node.attrs[0]
        return value

    def _on(self, node: Node) -> Side:
        return self.on

    def _pay_month(self, node: Node) -> Side:
        return self.on >> 6

    def _param(self, node: Node) -> Side:
        name, series = node.attrs
        series = self.parameters.get(name, series)
        at = self.closed(node.args[0])
        if at is None:
            return None
        if not isinstance(at, pl.Expr):
            return series.at(at).value  # type: ignore[no-any-return]
        assert isinstance(node, Expr)
        dtype = dtype_of(node)
        result = pl.lit(None, dtype=dtype)
        for step in series.steps:
            result = (
                pl.when(at >= step.since).then(pl.lit(step.value, dtype=dtype)).otherwise(result)
            )
        return pl.when(at.is_not_null()).then(result)

    def _count(self, node: Node) -> Pair:
        return pl.col(aggregate_column(node, "low")), pl.col(aggregate_column(node, "high"))

    _total = _count

    # -- logic ----------------------------------------------------------------------------------

    def _condition(self, node: Node) -> Side:
        return self.one(node.args[0])

    _rests = _condition

    def _named(self, node: Node) -> Pair:
        return self.pair(node.args[0])

    def _joined(self, node: Node, decisive: bool) -> Side:
        columns: list[pl.Expr] = []
        unknown = False
        for arg in node.args:
            side = self.one(arg)
            if isinstance(side, pl.Expr):
                columns.append(side)
            elif side is None:
                unknown = True
            elif side is decisive:
                return decisive
        if unknown:
            columns.append(pl.lit(None, dtype=pl.Boolean))
        if not columns:
            return not decisive
        if len(columns) == 1:
            return columns[0] if not unknown else None
        return reduce((lambda a, b: a | b) if decisive else (lambda a, b: a & b), columns)

    def _and(self, node: Node) -> Side:
        return self._joined(node, False)

    def _or(self, node: Node) -> Side:
        return self._joined(node, True)

    def _not(self, node: Node) -> Side:
        side = self.one(node.args[0])
        if isinstance(side, pl.Expr):
            return ~side
        return None if side is None else not side

    def _isin(self, node: Node) -> Side:
        value = self.one(node.args[0])
        if not isinstance(value, pl.Expr):
            return None if value is None else value in node.attrs[0]
        wanted = node.attrs[0]
        if not wanted:
            return pl.when(value.is_not_null()).then(False)
        found: pl.Expr = reduce(lambda a, b: a | b, [value == one for one in wanted])
        return found

    def _compare(self, node: Node) -> Side:
        (al, ah), (bl, bh) = (self.pair(arg) for arg in node.args)
        op = node.op
        if al is ah and bl is bh:
            return _compared(op, al, bl)
        if op in ("eq", "ne"):
            apart = _or(_yes("lt", ah, bl), _yes("lt", bh, al))
            one = _and(_and(_yes("eq", al, ah), _yes("eq", bl, bh)), _yes("eq", al, bl))
            same = pl.when(one).then(True).when(apart).then(False)
            return same if op == "eq" else ~same
        if op in ("le", "lt"):
            al, ah, bl, bh = bl, bh, al, ah
            op = {"le": "ge", "lt": "gt"}[op]
        yes, possible = _yes(op, al, bh), _compared(op, ah, bl)
        no = ~literal(possible, pl.Boolean)
        return pl.when(yes).then(True).when(no).then(False)

    _ge = _gt = _le = _lt = _eq = _ne = _compare

    def _where(self, node: Node) -> Pair | Side:
        test = self.one(node.args[0])
        yes, no = self.pair(node.args[1]), self.pair(node.args[2])
        if test is True:
            return yes
        if test is False:
            return no
        expr = node.args[1]
        assert isinstance(expr, Expr)
        dtype = dtype_of(expr)
        if expr.kind.name == "truth":
            a, b, t = (literal(side, pl.Boolean) for side in (yes[0], no[0], test))
            return (t & a) | (~t & b) | (a & b)
        t = literal(test, pl.Boolean)
        if yes[0] is yes[1] and no[0] is no[1]:
            if isinstance(yes[0], int) and isinstance(no[0], int):
                # Two constants: arithmetic is several times faster than branches.
                return t.cast(dtype) * (yes[0] - no[0]) + no[0] if yes[0] != no[0] else yes[0]
            a, b = literal(yes[0], dtype), literal(no[0], dtype)
            chosen = pl.when(t).then(a).when(~t).then(b)
            some, others = self._constants(node.args[1]), self._constants(node.args[2])
            if some and others and some.isdisjoint(others):
                return chosen  # the branches cannot agree
            return chosen.when(a == b).then(a)
        ends: list[pl.Expr] = []
        for place, down in ((0, True), (1, False)):
            a, b = literal(yes[place], pl.Int64), literal(no[place], pl.Int64)
            nearer, farther = ((a <= b), (b < a)) if down else ((a >= b), (b > a))
            hull = pl.when(nearer).then(a).when(farther).then(b)
            ends.append(pl.when(t).then(a).when(~t).then(b).otherwise(hull))
        return ends[0], ends[1]

    def _constants(self, node: Node) -> frozenset[int]:
        """The constants that a choice among constants may take; nothing where it may be another."""
        if node.op == "named":
            return self._constants(node.args[0])
        if node.op == "where":
            parts = [self._constants(arg) for arg in node.args[1:]]
            return frozenset().union(*parts) if all(parts) else frozenset()
        side = self.one(node) if node.op in ("const", "param") else None
        return frozenset({side}) if isinstance(side, int) else frozenset()

    def _only_if(self, node: Node) -> Side:
        test, value = node.args
        assert isinstance(test, Expr) and isinstance(value, Expr)
        return pl.when(self(test)).then(self(value))

    # -- arithmetic -----------------------------------------------------------------------------

    def _map(self, node: Node, rises: tuple[int, ...], op: Callable[..., Side]) -> Pair | Side:
        pairs = [self.pair(arg) for arg in node.args]
        if all(low is high for low, high in pairs):
            return _strict(op, *(low for low, _ in pairs))
        low = [pair[1] if rise < 0 else pair[0] for pair, rise in zip(pairs, rises, strict=True)]
        high = [pair[0] if rise < 0 else pair[1] for pair, rise in zip(pairs, rises, strict=True)]
        return _strict(op, *low), _strict(op, *high)

    def _add(self, node: Node) -> Pair | Side:
        whole = day_columns.month if isinstance(node, Month) else _plain
        return self._map(node, (1, 1), lambda a, b: whole(_wide(a) + _wide(b)))

    def _sub(self, node: Node) -> Pair | Side:
        whole = day_columns.month if isinstance(node, Month) else _plain
        return self._map(node, (1, -1), lambda a, b: whole(_wide(a) - _wide(b)))

    def _mul(self, node: Node) -> Pair | Side:
        (al, ah), (bl, bh) = (self.pair(arg) for arg in node.args)
        if al is ah:
            al, ah, bl, bh = bl, bh, al, ah
        if al is ah:
            return _strict(_times, al, bl)
        if bl is not bh:
            return _product(al, ah, bl, bh)
        if not isinstance(bl, pl.Expr):
            low, high = (al, ah) if bl is None or bl >= 0 else (ah, al)
            return _strict(_times, low, bl), _strict(_times, high, bl)
        down = bl < 0
        low, high = literal(al, pl.Int64), literal(ah, pl.Int64)
        return (
            pl.when(down).then(high).otherwise(low) * _wide(bl),
            pl.when(down).then(low).otherwise(high) * _wide(bl),
        )

    def _floordiv(self, node: Node) -> Pair | Side:
        low, high = self.pair(node.args[0])
        divisor = self.closed(node.args[1])

        def divide(a: Any, b: Any) -> Side:
            if isinstance(b, pl.Expr):
                return pl.when(b > 0).then(a // b)
            return a // b if b > 0 else None

        if low is high:
            return _strict(divide, low, divisor)
        return _strict(divide, low, divisor), _strict(divide, high, divisor)

    def _to_fen(self, node: Node) -> Pair | Side:
        half, scale = node.attrs
        unit = 10**scale
        more = unit // 2 if half == "up" else 0
        return self._map(node, (1,), lambda a: (a + more) // unit)

    def _extreme(self, node: Node) -> Pair | Side:
        (al, ah), (bl, bh) = (self.pair(arg) for arg in node.args)
        down = node.op == "min"

        def pick(a: Side, b: Side, loose: bool) -> Side:
            if not isinstance(a, pl.Expr) and not isinstance(b, pl.Expr):
                if a is None or b is None:
                    return (b if a is None else a) if loose else None
                return min(a, b) if down else max(a, b)
            if isinstance(b, pl.Expr) and isinstance(a, int):
                a, b = b, a
            if isinstance(a, pl.Expr) and isinstance(b, int) and not loose:
                return a.clip(upper_bound=b) if down else a.clip(lower_bound=b)
            x, y = literal(a, pl.Int64), literal(b, pl.Int64)
            if loose:
                return pl.min_horizontal(x, y) if down else pl.max_horizontal(x, y)
            if a is None or b is None:
                return None
            first = (x <= y) if down else (x >= y)
            return pl.when(first).then(x).when(~first).then(y)

        if al is ah and bl is bh:
            return pick(al, bl, False)
        return pick(al, bl, not down), pick(ah, bh, down)

    _min = _max = _extreme

    # -- days -----------------------------------------------------------------------------------

    def _period(self, node: Node) -> Side:
        (al, ah), (nl, nh), (bl, bh) = (self.pair(arg) for arg in node.args)
        unit = node.attrs[0]
        op = node.op
        test = day_columns.PERIODS[op, unit]
        if al is ah and nl is nh and bl is bh:
            return _strict(test, al, nl, bl)
        hard = (ah, nh, bl) if op == "reached" else (al, nl, bh)
        easy = (al, nl, bh) if op == "reached" else (ah, nh, bl)
        yes = literal(_strict(test, *hard), pl.Boolean)
        possible = literal(_strict(test, *easy), pl.Boolean)
        return pl.when(yes).then(True).when(~possible).then(False)

    _reached = _within = _period

    def _add_months(self, node: Node) -> Pair | Side:
        return self._map(node, (1, 1), day_columns.add_months)

    def _add_days(self, node: Node) -> Pair | Side:
        return self._map(node, (1, 1), day_columns.add_days)

    def _whole_months(self, node: Node) -> Pair | Side:
        return self._map(node, (-1, 1), day_columns.whole_months)

    def _month_of(self, node: Node) -> Pair | Side:
        return self._map(node, (1,), lambda a: a // calendar.MONTH)

    def _year_of(self, node: Node) -> Pair | Side:
        return self._map(node, (1,), lambda a: a // (12 * calendar.MONTH))

    def _first_day(self, node: Node) -> Pair | Side:
        return self._map(node, (1,), lambda a: a * calendar.MONTH + 2)

    def _last_day(self, node: Node) -> Pair | Side:
        return self._map(node, (1,), day_columns.last_day)


def _plain(side: Any) -> Any:
    return side


def _times(a: Any, b: Any) -> Any:
    return _wide(a) * _wide(b)


def _product(*ends: Side) -> Pair:
    """Two intervals multiplied: ``(low, high, low, high)``."""
    a, top_a, b, top_b = (literal(end, pl.Int64).cast(pl.Int64) for end in ends)
    corners = (a * b, a * top_b, top_a * b, top_a * top_b)
    positive = ((a >= 0) & (b >= 0)).fill_null(False)
    bounded = pl.all_horizontal(corner.is_not_null() for corner in corners)
    low = pl.when(positive).then(corners[0]).when(bounded).then(pl.min_horizontal(corners))
    high = pl.when(positive).then(corners[3]).when(bounded).then(pl.max_horizontal(corners))
    return low, high


def _strict(op: Callable[..., Side], *sides: Side) -> Side:
    """``op``, unknown where a constant argument is."""
    return None if any(side is None for side in sides) else op(*sides)


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
}


def _compared(op: str, a: Side, b: Side) -> Side:
    result: Side = _strict(_COMPARE[op], a, b)
    return result


def _yes(op: str, a: Side, b: Side) -> pl.Expr:
    """Whether the comparison surely holds: false where an end is unbounded."""
    return literal(_compared(op, a, b), pl.Boolean).fill_null(False)


def _or(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return a | b


def _and(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return a & b
