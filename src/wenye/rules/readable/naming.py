"""What a row is called, and which value a parameter has on the day that is spoken of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from wenye.rules import calendar
from wenye.rules.kinds import KEY
from wenye.rules.parameters import Series, Step
from wenye.rules.readable.printed import Lang
from wenye.rules.sources import Source
from wenye.rules.tree import Node

#: Scheme id → (Chinese title, English title), for schemes that are named by their id.
Titles = Mapping[str, tuple[str, str]]


def register_label(source: Source, lang: Lang) -> str:
    """What a row is called.

    A reference's English label is the role that it plays; its Chinese one is a column's header
    (证件号码), and so the register's label stands in, unless two references lead to that register.
    """
    register = source.entity.register
    if source.op == "ref":
        parent = source.args[0]
        assert isinstance(parent, Source)
        facts = parent.entity.facts()
        alike = [f for f in facts.values() if f.kind == KEY and f.target is source.entity]
        if lang == "en" or len(alike) > 1:
            fact = facts[source.attrs[1]]
            return fact.label if lang == "zh" else fact.label_en
    return register.label if lang == "zh" else register.label_en


def step_on(param: Node, on: dt.date) -> tuple[Step, dt.date]:
    """The step of a parameter node for ``on``, or for the fixed day that it is looked up on."""
    series: Series = param.attrs[1]
    fixed = param.args[0] if param.args and param.args[0].op == "const" else None
    day = calendar.date(fixed.attrs[0]) if fixed is not None else on
    return series.at(calendar.code(day)), day
