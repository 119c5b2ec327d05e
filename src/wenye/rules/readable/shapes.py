"""Recognises in a tree what the language's constructors wrote, to tell it as it was said."""

from __future__ import annotations

from dataclasses import dataclass

from wenye.rules.errors import RuleError
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.history import amount_paid, drawing, months_drawn, paid_before
from wenye.rules.law import Rests
from wenye.rules.sources import Source
from wenye.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Past:
    """``what`` was asked of whose awards: ``paid before``, ``drawing``, ``months drawn``, …"""

    what: str
    of: Source
    schemes: tuple[str, ...]
    month: Expr | None = None


def past(node: Node) -> Past | None:
    """The question of history that ``node`` asks; None where it asks none.

    Nothing is guessed: the expression is built anew and must be equal in every part.
    """
    inner = node.args[0] if node.op == "ge" else node
    if inner.op not in ("count", "total"):
        return None
    row = inner.args[0]
    if not isinstance(row, Source) or row.op != "row" or row.attrs[1] != "awards":
        return None
    of = row.args[0]
    assert isinstance(of, Source)
    schemes: tuple[str, ...] = ()
    months: dict[str, Expr] = {}
    for part in inner.args[1].walk():
        read = part.args[0] if part.args else part
        if read.op != "fact" or read.args[0].key != row.key:
            continue
        fact: Fact = read.attrs[0]
        if part.op == "isin" and fact.name == "scheme":
            schemes = part.attrs[0]
        elif part.op in ("lt", "le") and fact.name == "first_month":
            assert isinstance(part.args[1], Expr)
            months[part.op] = part.args[1]
    if not schemes:
        return None
    try:
        asked = [
            (Past("paid before", of, schemes), paid_before(of, *schemes)),
            (Past("amount paid", of, schemes), amount_paid(of, *schemes)),
        ]
        if "le" in months:
            month = months["le"]
            found = Past("drawing", of, schemes, month)
            asked.append((found, drawing(of, *schemes, month=month)))
        if "lt" in months:
            before = months["lt"]
            found = Past("months drawn", of, schemes, before)
            asked.append((found, months_drawn(of, *schemes, before=before)))
    except RuleError:
        return None  # awards of another shape: told like any other rows
    return next((what for what, built in asked if built.key == node.key), None)


def unscaled(node: Node) -> Node:
    """A value without the changes of decimal scale and of years into months around it."""
    while node.op == "mul":
        a, b = node.args
        assert isinstance(node, Expr) and isinstance(a, Expr) and isinstance(b, Expr)
        finer = node.kind.scale > a.kind.scale + b.kind.scale
        to_months = a.kind.unit in ("year", "age") and node.kind.unit == "month"
        if not finer and not to_months:
            return node
        node = a
    return node


def share_asked(some: Node, ratio: Node) -> tuple[Node, Node, Node] | None:
    """(part, whole, least share) where the two are what ``share_at_least`` wrote."""
    if some.op != "ge" or ratio.op != "ge" or ratio.args[1].op != "mul":
        return None
    whole, one = some.args
    by, least = ratio.args[1].args
    same = one.op == "const" and one.attrs[0] == 1 and by.key == whole.key
    rate = isinstance(least, Expr) and least.kind.name == "rate"
    return (unscaled(ratio.args[0]), whole, least) if same and rate else None


def judged(node: Rests) -> tuple[Node | None, Node | None]:
    """The row and the day for which the other scheme is asked, found beside its own tree."""
    target: Node | None = None
    day: Node | None = None
    seen: set[int] = set()
    pairs: list[tuple[Node, Node]] = [(node.scheme.outcome, node.args[0])]
    while pairs and (target is None or day is None):
        theirs, here = pairs.pop()
        if theirs.key in seen:
            continue
        seen.add(theirs.key)
        if theirs.op == "root":
            target = here
        elif theirs.op == "on":
            day = here
        elif len(theirs.args) == len(here.args):
            pairs.extend(zip(theirs.args, here.args, strict=True))
    return target, day
