"""The expression tree in which schemes are written.

Operators build nodes; nothing is evaluated when a scheme loads. Every node carries its kind, the
place in the scheme file where it was written, and a structural key by which executors share equal
sub-expressions. Mixing kinds is refused here, while the file and line are still at hand.

The operations (``op``) and their arguments:

=============================  ==================================================================
const(value) · param           a literal; a dated parameter, on the day given (else the law's)
on · law · pay_month           day of determination; day that picks the law; month being paid
fact(source) · has(fact)       a fact of a row; whether it is present
exists(source)                 whether an optional row (a spell as at a date) is there
and · or · not                 Kleene logic
ge gt le lt eq ne · isin       comparisons
add sub mul floordiv min max   exact arithmetic
only_if(test, value)           the value where the test is yes, else nothing
where(test, yes, no)           conditional; agreeing branches decide even when the test is unknown
to_fen                         rounding to whole fen
reached · within               calendar periods (a, n, b); ``attrs`` = unit
add_months add_days whole_months month_of first_day last_day year_of
count total                    aggregates over related rows (source, where[, value])
named(value)                   a named value
condition · rests              a named expression; another scheme's outcome
=============================  ==================================================================
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from wenye.rules import calendar
from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.kinds import DAY, MONTH, TRUTH, Kind, money, number, rate
from wenye.rules.tree import Node, written_at

if TYPE_CHECKING:
    from wenye.rules.parameters import Series


class Expr(Node):
    """A node with a value."""

    __slots__ = ("kind",)

    def __init__(
        self,
        op: str,
        kind: Kind,
        args: tuple[Node, ...] = (),
        attrs: tuple[Any, ...] = (),
    ) -> None:
        super().__init__(op, args, attrs, kind)
        self.kind = kind

    def rebuilt(self, args: tuple[Node, ...]) -> Node:
        return make(self.op, self.kind, args, self.attrs)  # type: ignore[no-any-return]

    # Comparisons live here so that a wrong meeting is refused with both kinds named.
    def __ge__(self, other: Any) -> Truth:
        return compare("ge", self, other)

    def __gt__(self, other: Any) -> Truth:
        return compare("gt", self, other)

    def __le__(self, other: Any) -> Truth:
        return compare("le", self, other)

    def __lt__(self, other: Any) -> Truth:
        return compare("lt", self, other)

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return compare("eq", self, other)

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return compare("ne", self, other)

    __hash__ = object.__hash__

    def __and__(self, other: Any) -> Truth:
        return self._not_a_truth("&")

    __or__ = __ror__ = __rand__ = __and__

    def __invert__(self) -> Truth:
        return self._not_a_truth("~")

    def __add__(self, other: Any) -> Expr:
        return self._no_arithmetic("+", other)

    def __sub__(self, other: Any) -> Expr:
        return self._no_arithmetic("-", other)

    def __mul__(self, other: Any) -> Expr:
        return self._no_arithmetic("*", other)

    def __floordiv__(self, other: Any) -> Expr:
        return self._no_arithmetic("//", other)

    __radd__ = __rsub__ = __rmul__ = __add__

    def _not_a_truth(self, sign: str) -> NoReturn:
        raise RuleError(
            f"{sign} joins yes/no expressions, and this is a {self.kind}",
            where=written_at(),
            mend="compare it first, in brackets: (x >= y) & …",
        )

    def _no_arithmetic(self, sign: str, other: Any) -> NoReturn:
        theirs = other.kind if isinstance(other, Expr) else type(other).__name__
        mend = ""
        if self.kind == DAY and sign in "+-":
            mend = "say add_months(day, n) or add_days(day, n)"
        raise RuleError(
            f"{self.kind} {sign} {theirs} has no meaning", where=written_at(), mend=mend
        )


class Truth(Expr):
    """yes, no or unknown."""

    __slots__ = ()

    def __init__(self, op: str, args: tuple[Node, ...] = (), attrs: tuple[Any, ...] = ()) -> None:
        super().__init__(op, TRUTH, args, attrs)

    def __and__(self, other: Any) -> Truth:
        return _join("and", self, other)

    def __or__(self, other: Any) -> Truth:
        return _join("or", self, other)

    def __rand__(self, other: Any) -> Truth:
        return _join("and", truth(other), self)

    def __ror__(self, other: Any) -> Truth:
        return _join("or", truth(other), self)

    def __invert__(self) -> Truth:
        return Truth("not", (self,))


class Quantity(Expr):
    """A number, an amount of money or a rate: exact scaled integers."""

    __slots__ = ()

    def __add__(self, other: Any) -> Quantity:
        return _sum("add", self, other)

    def __radd__(self, other: Any) -> Quantity:
        return _sum("add", literal(other, self.kind), self)

    def __sub__(self, other: Any) -> Quantity:
        return _sum("sub", self, other)

    def __rsub__(self, other: Any) -> Quantity:
        return _sum("sub", literal(other, self.kind), self)

    def __mul__(self, other: Any) -> Quantity:
        return _product(self, other)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Quantity:
        """Whole parts, towards minus infinity; the divisor is a positive number."""
        divisor = literal(other, number(scale=self.kind.scale))
        if self.kind.name != "number" or divisor.kind.name != "number" or self.kind.scale:
            self._no_arithmetic("//", other)
        if divisor.op == "const" and divisor.attrs[0] <= 0:
            raise RuleError("divides by a number that is not positive", where=written_at())
        return Quantity("floordiv", self.kind, (self, divisor))


class Day(Expr):
    """A calendar day."""

    __slots__ = ()


class Month(Expr):
    """A calendar month."""

    __slots__ = ()

    def __add__(self, other: Any) -> Month:
        return Month("add", MONTH, (self, _months_number(other)))

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, Month):
            return Quantity("sub", number("month"), (self, other))
        return Month("sub", MONTH, (self, _months_number(other)))


class Choice(Expr):
    """One of a closed list of options."""

    __slots__ = ()

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return self.among(other)

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return ~self.among(other)

    __hash__ = object.__hash__

    def among(self, *options: Any) -> Truth:
        """Whether the fact is one of ``options`` (identifiers of the choice)."""
        known = [name for name, _ in self.kind.options]
        positions = []
        for option in options:
            if option not in known:
                raise RuleError(
                    f"{option!r} is not an option of this choice",
                    where=written_at(),
                    mend=did_you_mean(str(option), known),
                )
            positions.append(known.index(option))
        return Truth("isin", (self,), (tuple(sorted(positions)),))


class Code(Expr):
    """A short text from an open list, such as a unit's code."""

    __slots__ = ()

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return self.among(other)

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return ~self.among(other)

    __hash__ = object.__hash__

    def among(self, *codes: Any) -> Truth:
        """Whether the fact is one of ``codes``."""
        for one in codes:
            if not isinstance(one, str):
                raise RuleError(f"{one!r} is not a code", where=written_at(), mend='a "text"')
        return Truth("isin", (self,), (tuple(sorted(codes)),))


_CLASSES: dict[str, type[Expr]] = {
    "number": Quantity,
    "money": Quantity,
    "rate": Quantity,
    "day": Day,
    "month": Month,
    "choice": Choice,
    "code": Code,
}


#: Marks a number or day that stands in a scheme's text; a district's schemes may hold none.
WRITTEN = "written"


def make(op: str, kind: Kind, args: tuple[Node, ...] = (), attrs: tuple[Any, ...] = ()) -> Any:
    """A node of the class that belongs to ``kind``."""
    if kind == TRUTH:
        return Truth(op, args, attrs)
    return _CLASSES.get(kind.name, Expr)(op, kind, args, attrs)


def literal(value: Any, like: Kind) -> Any:
    """``value`` as an expression: itself, or a constant of the kind it meets."""
    if isinstance(value, Expr):
        return value
    if isinstance(value, bool) and like == TRUTH:
        return Truth("const", (), (value,))
    if isinstance(value, dt.date) and like == DAY:
        return Day("const", DAY, (), (calendar.code(value), WRITTEN))
    if isinstance(value, int) and not isinstance(value, bool) and like.name == "number":
        mark = () if -1 <= value <= 1 else (WRITTEN,)
        attrs = (value * 10**like.scale, *mark)
        return Quantity("const", number(like.unit, like.scale), (), attrs)
    if isinstance(value, int) and value == 0 and like.name == "money":
        return Quantity("const", like, (), (0,))
    if isinstance(value, Decimal) and like.name == "rate":
        exponent = value.as_tuple().exponent
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
        return Quantity("const", rate(digits), (), (int(value.scaleb(digits)), WRITTEN))
    mend = "amounts, thresholds and days are parameters: P.name"
    if like == TRUTH:
        mend = "put brackets round each comparison: (a == b) & (c >= d)"
    raise RuleError(
        f"{value!r} ({type(value).__name__}) meets a {like}", where=written_at(), mend=mend
    )


def truth(value: Any) -> Truth:
    """``value`` as a yes/no expression, or a refusal."""
    expr = literal(value, TRUTH)
    if not isinstance(expr, Truth):
        expr._not_a_truth("a condition")
    return expr  # type: ignore[no-any-return]


def rescaled(expr: Expr, scale: int) -> Expr:
    """The same quantity with a finer decimal scale."""
    if expr.kind.scale == scale:
        return expr
    factor = 10 ** (scale - expr.kind.scale)
    if expr.op == "const":
        return make("const", expr.kind.scaled(scale), (), (expr.attrs[0] * factor, *expr.attrs[1:]))  # type: ignore[no-any-return]
    by = Quantity("const", number(), (), (factor,))
    return make("mul", expr.kind.scaled(scale), (expr, by))  # type: ignore[no-any-return]


def aligned(a: Expr, b: Expr) -> tuple[Expr, Expr]:
    """Two quantities on one decimal scale."""
    scale = max(a.kind.scale, b.kind.scale)
    return rescaled(a, scale), rescaled(b, scale)


def _join(op: str, a: Truth, b: Any) -> Truth:
    other = truth(b)
    parts: list[Node] = []
    for side in (a, other):  # flatten: a & b & c is one conjunction of three
        parts.extend(side.args if side.op == op else (side,))
    return Truth(op, tuple(parts))


def require_same_kind(a: Expr, b: Expr, doing: str) -> None:
    """Refuse a meeting of two kinds, naming both and the mend."""
    mine, theirs = a.kind, b.kind
    if mine.name == theirs.name:
        plain = "const" in (a.op, b.op) and mine.name == "number"
        if mine.unit == theirs.unit or plain or not (mine.unit and theirs.unit):
            return
    mends = {
        frozenset({"day", "month"}): "month_of(day), first_day(month) or last_day(month)",
    }
    mend = mends.get(frozenset({mine.name, theirs.name}), "")
    if mine.name == theirs.name == "money":
        mend = "a monthly amount times a number of months is money paid once"
    elif mine.name == theirs.name == "number" and "month" in (mine.unit, theirs.unit):
        mend = "years * 12 is a number of months: months_in(years)"
    raise RuleError(f"{doing} {mine} and {theirs}", where=written_at(), mend=mend)


def compare(op: str, a: Expr, other: Any) -> Truth:
    """``a op other`` for two values of one kind."""
    b = literal(other, a.kind)
    require_same_kind(a, b, "compares")
    if a.kind.name in ("choice", "text", "truth") or (
        a.kind.name == "key" and op not in ("eq", "ne")
    ):
        raise RuleError(f"cannot compare a {a.kind} this way", where=written_at())
    a, b = aligned(a, b)
    return Truth(op, (a, b))


def _sum(op: str, a: Expr, other: Any) -> Quantity:
    b = literal(other, a.kind)
    require_same_kind(a, b, "adds" if op == "add" else "subtracts")
    unit = a.kind.unit or b.kind.unit
    a, b = aligned(a, b)
    return Quantity(op, Kind(a.kind.name, unit, a.kind.scale), (a, b))


def _product(a: Quantity, other: Any) -> Quantity:
    b = literal(other, number())
    names = {a.kind.name, b.kind.name}
    scale = a.kind.scale + b.kind.scale
    kind: Kind | None = None
    if names == {"number"}:
        kind = number(a.kind.unit or b.kind.unit, scale)
    elif names == {"rate"}:
        kind = rate(scale)
    elif names == {"rate", "number"}:
        kind = number(a.kind.unit or b.kind.unit, scale)
    elif "money" in names and names != {"money"}:
        cash, factor = (a, b) if a.kind.name == "money" else (b, a)
        flow = cash.kind.unit
        if factor.kind.unit == "month" and flow == "monthly":
            flow = "once"
        kind = money(flow, scale)
    if kind is None:
        raise RuleError(f"multiplies {a.kind} by {b.kind}", where=written_at())
    return Quantity("mul", kind, (a, b))


def _months_number(value: Any) -> Expr:
    expr = literal(value, number("month"))
    if expr.kind.name != "number" or expr.kind.unit not in ("month", "") or expr.kind.scale:
        raise RuleError(
            f"a month moves by a number of months, not by a {expr.kind}",
            where=written_at(),
            mend="months_in(years) turns years into months",
        )
    return expr  # type: ignore[no-any-return]


#: The day of determination (``--on``).
ON = Day("on", DAY)
#: The day that picks the version of the law; a scheme's ``dated_by``.
LAW = Day("law", DAY)
#: The month being paid, inside ``monthly(...)``.
PAY_MONTH = Month("pay_month", MONTH)


def parameter(series: Series, at: Expr | None = None) -> Any:
    """A dated parameter, looked up on the law's day unless ``at`` names another."""
    return make("param", series.kind, (at,) if at is not None else (), (series.name, series))
