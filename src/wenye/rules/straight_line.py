"""Writing the straight-line function of the case executor, one line per sub-expression."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from wenye.rules import calendar, held
from wenye.rules.expressions import Expr, Month
from wenye.rules.facts import Fact
from wenye.rules.lines import Lines, Scope, Value, nullable, unless_none, where_known
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.tree import Node


def _step_function(series: Series) -> Callable[[int | None], int | None]:
    starts = [step.since for step in series.steps]
    values = [None, *(step.value for step in series.steps)]

    def look_up(day: int | None) -> int | None:
        return None if day is None else values[bisect_right(starts, day)]

    return look_up


_GLOBALS: dict[str, Any] = {
    "_as_at": held.as_at,
    "_latest": held.latest,
    "_product": held.product,
    "_scaled": held.scaled,
    "_last_day": calendar.last_day,
    "_add_days": held.add_days,
    "_add_months": held.add_months,
    "_month": held.month,
    "_reached_day": held.reached_days,
    "_within_day": held.within_days,
    "_reached_working_day": held.reached_working,
    "_within_working_day": held.within_working,
}

_COMPARE = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "==", "ne": "!="}

#: Value operations: template over their arguments' names, and for each argument whether the result
#: rises (+1) or falls (-1) with it, so that intervals pass through.
_VALUES: dict[str, tuple[str, tuple[int, ...]]] = {
    "add": ("{0} + {1}", (1, 1)),
    "sub": ("{0} - {1}", (1, -1)),
    "mul": ("{0} * {1}", (1, 1)),
    "floordiv": ("{0} // {1} if {1} > 0 else None", (1, 1)),
    "add_months": ("_add_months({0}, {1})", (1, 1)),
    "add_days": ("_add_days({0}, {1})", (1, 1)),
    "month_of": ("{0} >> 6", (1,)),
    "whole_months": ("(({1} | 63 if {1} & 1 else {1}) - ({0} & -2)) >> 6", (-1, 1)),
    "year_of": ("{0} // 768", (1,)),
    "first_day": ("{0} * 64 + 2", (1,)),
    "last_day": ("_last_day({0})", (1,)),
}


#: Operations without a value for some known arguments: a divisor of 0, a day outside the calendar.
_MAY_FAIL = ("floordiv", "add_days", "add_months")
#: The same of months: those that lie so many months on or back.
_MOVED = ("add", "sub")


class Writer(Lines):
    """Writes the operations; ``globals`` is what the function needs around it."""

    def __init__(self, parameters: Mapping[str, Series]) -> None:
        super().__init__()
        self.parameters = parameters
        self.globals: dict[str, Any] = dict(_GLOBALS)

    def _write(self, node: Node) -> Value:
        if isinstance(node, Source):
            return self._source(node)
        op = node.op
        if op in _VALUES:
            return self._arithmetic(node)
        if op in _COMPARE:
            return self._compare(node)
        method: Callable[[Node], Value] = getattr(self, f"_{op}")
        return method(node)

    def _source(self, source: Source) -> Value:
        op = source.op
        if op == "root":
            return Value("row", "row", True)
        if op == "row":
            return self._scope.done[source.key]
        parent = self.value(source.args[0])
        assert isinstance(source.args[0], Source)
        name = source.attrs[1]
        rows = self._member(parent, name)
        if op == "ref":
            return rows
        when = self.closed(source.args[1])
        entity = source.entity
        when_kind = source.entity.facts()[
            entity.spell[0] if entity.spell else (entity.dated or "")
        ].kind
        unit = calendar.MONTH if when_kind.name == "month" else 1
        if op == "as_at":
            assert entity.spell is not None
            first, last = entity.spell
            absent = calendar.ABSENT[entity.facts()[last].kind.bits]
            call = f"_as_at({rows.low}, {when}, {first!r}, {last!r}, {absent}, {unit})"
        else:
            first = entity.spell[0] if entity.spell else (entity.dated or "")
            call = f"_latest({rows.low}, {when}, {first!r}, {unit})"
        return self.assign(call)

    def _member(self, parent: Value, name: str) -> Value:
        if parent.known:
            return self.assign(f"{parent.low}.get({name!r})")
        # An empty row is there, and nothing is known of it.
        there = parent.low
        return self.assign(
            f"{there}.get({name!r}) if {there} else False if {there} is False else None"
        )

    def _fact(self, node: Node) -> Value:
        fact: Fact = node.attrs[0]
        source = node.args[0]
        assert isinstance(source, Source)
        parent = self.value(source)
        if parent.known:
            return self.assign(f"{parent.low}.get({fact.name!r})")
        absent = calendar.ABSENT[fact.kind.bits] if fact.kind.bits else None
        if fact.kind.name == "code":
            absent = None
        return self.assign(
            f"{parent.low}.get({fact.name!r}) if {parent.low} "
            f"else {absent} if {parent.low} is False else None"
        )

    def _has(self, node: Node) -> Value:
        fact = node.args[0]
        assert isinstance(fact, Expr)
        value = self.value(fact)
        if not fact.kind.bits or fact.kind.name == "code":
            return self._exists(fact)
        least = calendar.NOT_APPLICABLE[fact.kind.bits]
        return self.assign(self.guarded(f"{{0}} > {least}", value))

    def _exists(self, node: Node) -> Value:
        source = self.value(node.args[0])
        if source.known:
            return Value("True", "True", True)
        return self.assign(f"None if {source.low} is None else {source.low} is not False")

    def _key(self, node: Node) -> Value:
        source = self.value(node.args[0])
        return self.assign(f"{source.low}.get('key') if {source.low} else None")

    def _const(self, node: Node) -> Value:
        text = repr(node.attrs[0])
        return Value(text, text, node.attrs[0] is not None)

    def _on(self, node: Node) -> Value:
        return Value("on", "on", True)

    def _pay_month(self, node: Node) -> Value:
        return Value("pay_month", "pay_month")

    def _param(self, node: Node) -> Value:
        name, series = node.attrs
        series = self.parameters.get(name, series)
        at = node.args[0]
        if at.op == "const":
            text = repr(series.at(at.attrs[0]).value)
            return Value(text, text, text != "None")
        day = self.closed(at)
        function = f"p{len(self.globals)}"
        self.globals[function] = _step_function(series)
        return self.assign(f"{function}({day})")

    def _condition(self, node: Node) -> Value:
        return self.value(node.args[0])

    _rests = _named = _condition

    def _and(self, node: Node) -> Value:
        names = [self.value(arg).low for arg in node.args]
        no = " or ".join(f"{n} is False" for n in names)
        unknown = " or ".join(f"{n} is None" for n in names)
        return self.assign(f"False if {no} else None if {unknown} else True")

    def _or(self, node: Node) -> Value:
        names = [self.value(arg).low for arg in node.args]
        unknown = " or ".join(f"{n} is None" for n in names)
        return self.assign(f"True if {' or '.join(names)} else None if {unknown} else False")

    def _not(self, node: Node) -> Value:
        return self.assign(self.guarded("not {0}", self.value(node.args[0])))

    def _isin(self, node: Node) -> Value:
        return self.assign(self.guarded(f"{{0}} in {node.attrs[0]!r}", self.value(node.args[0])))

    def _compare(self, node: Node) -> Value:
        a, b = (self.value(arg) for arg in node.args)
        sign = _COMPARE[node.op]
        if a.exact and b.exact:
            return self.assign(self.guarded(f"{{0}} {sign} {{1}}", a, b))
        if node.op in ("eq", "ne"):
            same, other = ("True", "False") if node.op == "eq" else ("False", "True")
            apart = self._apart(a, b)
            one = where_known(f"{a.low} == {a.high} == {b.low} == {b.high}", a.low, b.low)
            return self.assign(f"{other} if {apart} else {same} if {one} else None")
        if node.op in ("le", "lt"):
            a, b, sign = b, a, {"<=": ">=", "<": ">"}[sign]
        yes = where_known(f"{a.low} {sign} {b.high}", a.low, b.high)
        no = where_known(f"not {a.high} {sign} {b.low}", a.high, b.low)
        return self.assign(f"True if {yes} else False if {no} else None")

    @staticmethod
    def _apart(a: Value, b: Value) -> str:
        below = where_known(f"{a.high} < {b.low}", a.high, b.low)
        above = where_known(f"{b.high} < {a.low}", b.high, a.low)
        return f"({below} or {above})"

    def _arithmetic(self, node: Node) -> Value:
        template, rises = _VALUES[node.op]
        moved = isinstance(node, Month) and node.op in _MOVED
        if moved:
            template = f"_month({template})"
        args = [self.value(arg) for arg in node.args]
        if all(arg.exact for arg in args):
            return self.assign(
                self.guarded(template, *args),
                all(a.known for a in args) and not moved and node.op not in _MAY_FAIL,
            )
        if node.op == "mul":
            return self._product(*args)
        if node.op == "floordiv":
            divisor = self.closed(node.args[1])
            args[1] = Value(divisor, divisor)
        ends = []
        for down in (False, True):
            picked = [
                (arg.high if (rise < 0) != down else arg.low)
                for arg, rise in zip(args, rises, strict=True)
            ]
            ends.append(self.assign(unless_none(f"({template.format(*picked)})", *picked)).low)
        return Value(ends[0], ends[1])

    def _product(self, a: Value, b: Value) -> Value:
        if a.exact:
            a, b = b, a
        call = f"_product({a.low}, {a.high}, {b.low}, {b.high})"
        if b.exact:
            call = f"_scaled({a.low}, {a.high}, {b.low})"
        low, high = self.fresh(), self.fresh()
        self._scope.write(f"{low}, {high} = {call}")
        return Value(low, high)

    def _extreme(self, node: Node) -> Value:
        a, b = (self.value(arg) for arg in node.args)
        function = node.op
        if a.exact and b.exact:
            return self.assign(self.guarded(f"{function}({{0}}, {{1}})", a, b))
        # The least of two is bounded above by either known bound, and below only by both.
        loose, tight = ("high", "low") if function == "min" else ("low", "high")
        ends = {}
        for side in (loose, tight):
            x, y = getattr(a, side), getattr(b, side)
            both = f"{function}({x}, {y})"
            if side == loose:
                ends[side] = self.assign(
                    " else ".join(
                        [
                            *(
                                f"{other} if {one} is None"
                                for one, other in ((x, y), (y, x))
                                if nullable([one])
                            ),
                            both,
                        ]
                    )
                ).low
            else:
                ends[side] = self.assign(unless_none(both, x, y)).low
        return Value(ends["low"], ends["high"])

    _min = _extreme
    _max = _extreme

    def _only_if(self, node: Node) -> Value:
        test, value = (self.value(arg) for arg in node.args)
        return self.assign(f"{self._closed(value)} if {test.low} else None")

    def _where(self, node: Node) -> Value:
        test, yes, no = (self.value(arg) for arg in node.args)
        if yes.exact and no.exact:
            same = f"({yes.low} if {yes.low} == {no.low} else None)"
            return self.assign(
                f"{yes.low} if {test.low} else {same} if {test.low} is None else {no.low}"
            )
        ends = []
        for side, function in (("low", "min"), ("high", "max")):
            x, y = getattr(yes, side), getattr(no, side)
            hull = unless_none(f"{function}({x}, {y})", x, y)
            ends.append(
                self.assign(f"{x} if {test.low} else {hull} if {test.low} is None else {y}").low
            )
        return Value(ends[0], ends[1])

    def _to_fen(self, node: Node) -> Value:
        half, scale = node.attrs
        unit = 10**scale
        template = f"({{0}} + {unit // 2}) // {unit}" if half == "up" else f"{{0}} // {unit}"
        value = self.value(node.args[0])
        low = self.assign(self.guarded(template, Value(value.low, value.low)))
        if value.exact:
            return low
        return Value(
            low.low, self.assign(self.guarded(template, Value(value.high, value.high))).low
        )

    def _reached(self, node: Node) -> Value:
        a, n, b = (self.value(arg) for arg in node.args)
        unit = node.attrs[0]
        reached = node.op == "reached"
        if unit != "month":
            template = f"_{node.op}_{unit}({{0}}, {{1}}, {{2}})"
        elif reached:
            template = "({2} | 63 if {2} & 1 else {2}) >= ({0} & -2) + 64 * {1}"
        else:
            template = "({2} & -2) <= ({0} & -2) + 64 * {1}"
        if a.exact and n.exact and b.exact:
            return self.assign(self.guarded(template, a, n, b))
        # Sure where it holds at the end least in its favour, no where it fails at the other.
        hard = (a.high, n.high, b.low) if reached else (a.low, n.low, b.high)
        easy = (a.low, n.low, b.high) if reached else (a.high, n.high, b.low)

        def test(names: tuple[str, ...], verdict: bool) -> str:
            return where_known(f"({template.format(*names)}) is {verdict}", *names)

        return self.assign(
            f"True if {test(hard, True)} else False if {test(easy, False)} else None"
        )

    _within = _reached

    def _count(self, node: Node) -> Value:
        row, test = node.args[0], node.args[1]
        assert isinstance(row, Source)
        parent = self.value(row.args[0])
        rows = self._member(parent, row.attrs[1])
        low, high, each = self.fresh(), self.fresh(), self.fresh()
        outer = self._scope
        loop = Scope(outer, row.key)
        loop.done[row.key] = Value(each, each, True)
        self._scope = loop
        counted = self.value(test).low
        if node.op == "count":
            loop.write(f"if {counted}: {low} += 1; {high} += 1")
            loop.write(f"elif {counted} is None: {high} += 1")
        else:
            amount = self.value(node.args[2])
            loop.write(f"if {counted} is not False:")
            sure = where_known(counted, amount.low)
            loop.write(f"    if {sure}: {low} += {amount.low}")
            most = unless_none(f"{high} + {amount.high}", high, amount.high)
            loop.write(f"    {high} = {most}")
        self._scope = outer
        outer.write(f"{low} = {high} = 0")
        outer.write(f"if {rows.low}:")
        outer.write(f"    for {each} in {rows.low}.rows:")
        deeper = [f"    {line}" for line in loop.lines]
        outer.lines.extend(deeper)
        outer.write(f"    if {rows.low}.complete_to < on: {high} = None")
        outer.write(f"elif {rows.low} is None: {high} = None")
        return Value(low, high)

    _total = _count
