"""How doubt travels: what rests on another scheme's outcome shares the doubt about its basis."""

from __future__ import annotations

from wenye.rules.expressions import Expr, Quantity, Truth, compare, truth
from wenye.rules.kinds import number
from wenye.rules.law import Rests
from wenye.rules.presence import needs
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
    return compare("ge", Quantity("count", number(), (row, doubt)), 1)


def _of(rests: Rests) -> Truth:
    """The other scheme holds, on a doubtful basis, for a row that is there."""
    outcome, row, doubtful = rests.args
    asked = [
        Truth("has" if isinstance(item, Expr) else "exists", (item,))
        for item in needs(row).values()
    ]
    return Truth("and", (*asked, truth(outcome), truth(doubtful)))
