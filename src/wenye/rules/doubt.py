"""How doubt travels: what rests on another scheme's outcome shares the doubt about its basis."""

from __future__ import annotations

from wenye.rules.expressions import Expr, Quantity, Truth, literal, truth
from wenye.rules.kinds import number
from wenye.rules.law import Rests
from wenye.rules.presence import needs
from wenye.rules.tree import Node


def inherited(tree: Node) -> list[Truth]:
    """Whether a formula rests on a doubtful basis, for each outcome that it rests on.

    An aggregate rests on one where any of its rows does.
    """
    if isinstance(tree, Rests):
        return [_of(tree)]
    if tree.op not in ("count", "total"):
        return [doubt for arg in tree.args for doubt in inherited(arg)]
    row = tree.args[0]
    found: list[Truth] = []
    for doubt in (doubt for part in tree.args[1:] for doubt in inherited(part)):
        if all(below.key != row.key for below in doubt.walk()):
            found.append(doubt)
        else:
            counted = Quantity("count", number(), (row, doubt))
            found.append(counted >= literal(1, number()))
    return found


def _of(rests: Rests) -> Truth:
    """The other scheme holds, on a doubtful basis, for a row that is there."""
    outcome, row, doubtful = rests.args
    asked = [
        Truth("has" if isinstance(item, Expr) else "exists", (item,))
        for item in needs(row).values()
    ]
    return Truth("and", (*asked, truth(outcome), truth(doubtful)))
