"""The named functions of the language over values: choosing, bounding, rounding."""

from __future__ import annotations

from typing import Any, TypeVar

from wenye.rules.errors import RuleError
from wenye.rules.expressions import (
    Expr,
    Quantity,
    aligned,
    literal,
    make,
    require_same_kind,
    truth,
)
from wenye.rules.kinds import Kind, money, number
from wenye.rules.tree import written_at

E = TypeVar("E", bound=Expr)


def where(test: Any, yes: E, no: Any) -> E:
    """``yes`` where the test holds, else ``no``; the common value where the test is unknown."""
    condition = truth(test)
    other = literal(no, yes.kind)
    require_same_kind(yes, other, "chooses between")
    a, b = aligned(yes, other)
    return make("where", a.kind, (condition, a, b))  # type: ignore[no-any-return]


def quantity(label: str, value: E, *, en: str = "") -> E:
    """Name a value (a day, an amount): explanations and cards speak of it by the name."""
    return make("named", value.kind, (value,), (label, en or label))  # type: ignore[no-any-return]


def only_if(test: Any, value: E) -> E:
    """``value`` where the test is yes; unknown elsewhere (an amount of those entitled)."""
    return make("only_if", value.kind, (truth(test), value))  # type: ignore[no-any-return]


def least(a: E, b: Any) -> E:
    """The smaller (earlier) of two values of one kind."""
    return _extreme("min", a, b)


def greatest(a: E, b: Any) -> E:
    """The larger (later) of two values of one kind."""
    return _extreme("max", a, b)


def _extreme(op: str, a: E, b: Any) -> E:
    other = literal(b, a.kind)
    require_same_kind(a, other, "takes the least or greatest of")
    left, right = aligned(a, other)
    kind = left.kind
    if kind.name == "number" and not kind.unit:
        kind = Kind("number", right.kind.unit, kind.scale)
    return make(op, kind, (left, right))  # type: ignore[no-any-return]


def to_fen(amount: Quantity, half: str = "up") -> Quantity:
    """Round an exact amount to whole fen: ``half`` up, or ``down`` to cut the fraction off."""
    if amount.kind.name != "money":
        raise RuleError(f"rounds a {amount.kind} to fen", where=written_at())
    if half not in ("up", "down"):
        raise RuleError(f"no rounding called {half!r}", where=written_at(), mend="up or down")
    if not amount.kind.scale:
        return amount
    return Quantity("to_fen", money(amount.kind.unit), (amount,), (half, amount.kind.scale))


#: The months of a calendar year.
MONTHS_OF_A_YEAR = Quantity("const", number("month"), (), (12,))


def months_in(years: Quantity) -> Quantity:
    """A number of years as a number of months."""
    if years.kind.unit not in ("year", "age"):
        raise RuleError(f"turns a {years.kind} into months", where=written_at())
    return Quantity(
        "mul", number("month", years.kind.scale), (years, Quantity("const", number(), (), (12,)))
    )
