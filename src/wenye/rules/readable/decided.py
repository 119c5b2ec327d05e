"""What the day alone decides, whatever the case: which branch of a conditional a card tells."""

from __future__ import annotations

import datetime as dt

from wenye.rules import calendar
from wenye.rules.readable.naming import step_on
from wenye.rules.tree import Node

_DAYS = {
    "month_of": lambda day: day >> 6,
    "first_day": calendar.first_day,
    "last_day": calendar.last_day,
}


def decided(test: Node, on: dt.date) -> bool | None:
    """Whether ``test`` holds on the day of determination ``on``; None where a case decides it.

    Only days, constants and values that may be paid on are looked at.
    """
    if test.op == "not":
        inner = decided(test.args[0], on)
        return None if inner is None else not inner
    if test.op in ("and", "or"):
        decisive = test.op == "or"
        answers = [decided(arg, on) for arg in test.args]
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive
    if test.op in ("ge", "gt", "le", "lt", "eq", "ne"):
        a, b = (_value(arg, on) for arg in test.args)
        if a is None or b is None:
            return None
        return {
            "ge": a >= b,
            "gt": a > b,
            "le": a <= b,
            "lt": a < b,
            "eq": a == b,
            "ne": a != b,
        }[test.op]
    return None


def _value(node: Node, on: dt.date) -> int | None:
    if node.op == "on":
        return calendar.code(on)
    if node.op == "const" and isinstance(node.attrs[0], int):
        return node.attrs[0]
    if node.op == "param" and all(_value(day, on) is not None for day in node.args):
        step, _ = step_on(node, on)
        return step.value if step.status.payable else None
    if node.op in _DAYS:
        day = _value(node.args[0], on)
        return None if day is None else _DAYS[node.op](day)
    return None
