"""What a row is called, and which value a parameter has on the day that is spoken of."""

from __future__ import annotations

import datetime as dt

from wenye.rules import calendar
from wenye.rules.parameters import Series, Step
from wenye.rules.printed import Lang
from wenye.rules.sources import Source
from wenye.rules.tree import Node


def register_label(source: Source, lang: Lang) -> str:
    """What a row is called: the reference's role in English, the register's label in Chinese."""
    register = source.entity.register
    if lang == "zh":
        return register.label
    if source.op == "ref":
        parent = source.args[0]
        assert isinstance(parent, Source)
        return parent.entity.facts()[source.attrs[1]].label_en
    return register.label_en


def step_on(param: Node, on: dt.date) -> tuple[Step, dt.date]:
    """The step of a parameter node for ``on``, or for the fixed day that it is looked up on."""
    series: Series = param.attrs[1]
    fixed = param.args[0] if param.args and param.args[0].op == "const" else None
    day = calendar.date(fixed.attrs[0]) if fixed is not None else on
    return series.at(calendar.code(day)), day
