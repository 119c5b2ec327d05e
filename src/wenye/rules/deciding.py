"""What can change an outcome at all, and what turns one case's outcome.

A formula is looked at as a function of its parts, each of which may be yes or no: a part that
changes nothing, whatever the others are, stands in the formula for nothing. The truth table of all
parts is one long integer, a bit for every way in which they can stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenye.rules.law import Condition, Law
from wenye.rules.scheme import Scheme
from wenye.rules.tree import Node

#: Parts beyond which a table would be too long (2**20 bits are 128 KiB).
MOST_PARTS = 20
_JOINS = ("and", "or", "not", "where")


def idle_conditions(scheme: type[Scheme]) -> list[tuple[Law, Condition]]:
    """The conditions of each version that can never change its outcome."""
    found = []
    for version in scheme.laws:
        idle = {node.key for node in _idle(version.eligible)}
        found += [(version, item) for item in scheme.conditions_of(version) if item.key in idle]
    return found


def idle_parts(condition: Condition) -> list[Node]:
    """The comparisons within a condition that can never change its answer."""
    return _idle(condition.test)


def _idle(formula: Node) -> list[Node]:
    parts = _parts(formula)
    if len(parts) > MOST_PARTS:
        return []
    rows = 1 << len(parts)
    every = (1 << rows) - 1
    columns = {key: _column(place, rows) for place, key in enumerate(parts)}
    table = _table(formula, columns, every)
    idle = []
    for place, (key, node) in enumerate(parts.items()):
        flipped = (table >> (1 << place)) ^ table  # where the part is no, against where it is yes
        if not flipped & ~columns[key] & every:
            idle.append(node)
    return idle


def _parts(formula: Node) -> dict[int, Node]:
    """What the formula joins, by structural key."""
    found: dict[int, Node] = {}
    stack = [formula]
    while stack:
        node = stack.pop()
        if node.op in _JOINS:
            stack.extend(reversed(node.args))
        elif node.op != "const":
            found.setdefault(node.key, node)
    return found


def _column(place: int, rows: int) -> int:
    """The rows of the table in which the part at ``place`` is yes."""
    width = 1 << place
    column, filled = ((1 << width) - 1) << width, 2 * width
    while filled < rows:
        column |= column << filled
        filled *= 2
    return column


def _table(node: Node, columns: Mapping[int, int], every: int) -> int:
    if node.op == "const":
        return every if node.attrs[0] else 0
    if node.op not in _JOINS:
        return columns[node.key]
    parts = [_table(arg, columns, every) for arg in node.args]
    if node.op == "not":
        return every & ~parts[0]
    if node.op == "where":
        test, yes, no = parts
        return (test & yes) | (every & ~test & no)
    result = parts[0]
    for part in parts[1:]:
        result = result & part if node.op == "and" else result | part
    return result


def turns_on(tree: Mapping[str, Any], name: str) -> bool:
    """Whether an explained outcome turns on a condition, everything else being as it is.

    ``tree`` is the ``tree`` of an explanation.
    """
    return valued(tree, {name: "yes"}) != valued(tree, {name: "no"})


def valued(tree: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    """An explanation's formula with other answers put in: ``yes``, ``no`` or ``unknown``."""
    op = tree["op"]
    if op == "condition":
        return answers.get(tree["name"], str(tree["value"]))
    if op in ("test", "rests"):
        return str(tree["value"])
    parts = [valued(part, answers) for part in tree["of"]]
    if op == "not":
        return {"yes": "no", "no": "yes"}.get(parts[0], "unknown")
    if op == "where":
        test, yes, no = parts
        if test == "unknown":
            return yes if yes == no else "unknown"
        return yes if test == "yes" else no
    decisive, other = ("no", "yes") if op == "and" else ("yes", "no")
    if decisive in parts:
        return decisive
    return "unknown" if "unknown" in parts else other
