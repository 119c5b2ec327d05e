"""How doubt travels: what rests on another scheme's outcome shares the doubt about its basis."""

from __future__ import annotations

from wenye.rules.expressions import Expr, Quantity, Truth, compare, truth
from wenye.rules.kinds import number
from wenye.rules.law import Rests
from wenye.rules.presence import unasked
from wenye.rules.sources import Source
from wenye.rules.tree import Node


def inherited(tree: Node) -> list[Truth]:
    """Whether a formula rests on a doubtful basis, for each outcome that it rests on.

    An aggregate rests on one where any of its rows does.
    """
    return _inherited(tree, set())


def _inherited(tree: Node, seen: set[int]) -> list[Truth]:
    if tree.key in seen:
        return []
    seen.add(tree.key)
    if isinstance(tree, Rests):
        return [_of(tree)]
    found = [doubt for arg in tree.args for doubt in _inherited(arg, seen)]
    if tree.op in ("count", "total"):
        return [_of_any(doubt, tree.args[0]) for doubt in found]
    return found


def _of_any(doubt: Truth, row: Node) -> Truth:
    if all(below.key != row.key for below in doubt.walk()):
        return doubt
    some = compare("ge", Quantity("count", number(), (row, doubt)), 1)
    holder = row.args[0]
    assert isinstance(holder, Source)
    asked = _asked(unasked(holder))
    return Truth("and", (*asked, some)) if asked else some


def _of(rests: Rests) -> Truth:
    """The other scheme holds, on a doubtful basis, for a row and on a day that are there."""
    outcome, row, doubtful, on = rests.args
    assert isinstance(row, Source) and isinstance(on, Expr)
    return Truth("and", (*_asked(unasked(row, on)), truth(outcome), truth(doubtful)))


def _asked(items: list[Node]) -> list[Truth]:
    return [Truth("has" if isinstance(item, Expr) else "exists", (item,)) for item in items]
