"""What a condition is called in results: its label, filled in for the whole span of a law."""

from __future__ import annotations

import datetime as dt

from wenye.rules import calendar
from wenye.rules.law import Condition, Law
from wenye.rules.parameters import Series
from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme, ends


def label_under(scheme: type[Scheme], law: Law, name: str, on: dt.date) -> str:
    """The condition's label under a version of the law, up to the day ``on``.

    Rows under one version may have been judged by different values of it; where a value in the
    label changed meanwhile, both stand: ``登记失业满6个月／登记失业满3个月``.
    """
    condition = scheme.conditions[name]
    until = ends(scheme, scheme.laws.index(law))
    last = calendar.code(on) if until is None else min(until, calendar.code(on))
    days = [law.since, *_changes(condition, law.since, last)]
    labels = (label_words(condition, "zh", calendar.date(day)) for day in days)
    return "／".join(dict.fromkeys(labels))


def _changes(condition: Condition, since: int, last: int) -> list[int]:
    """Days within the span on which a value in the label changes."""
    found: set[int] = set()
    for expr in condition.values.values():
        for node in expr.walk():
            if node.op == "param":
                series: Series = node.attrs[1]
                found |= {step.since for step in series.steps if since < step.since <= last}
    return sorted(found)
