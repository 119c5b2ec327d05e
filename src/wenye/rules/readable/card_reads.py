"""What a scheme reads on a day: its parameters, its facts, and the schemes that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity, Fact
from wenye.rules.law import Rests
from wenye.rules.parameters import Series, Status, Step
from wenye.rules.readable.decided import decided
from wenye.rules.readable.formula import version_on
from wenye.rules.readable.naming import step_on
from wenye.rules.readable.phrases import phrase
from wenye.rules.readable.printed import Lang, mark, value_words
from wenye.rules.readable.wording import words
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.tree import Node

Data = dict[str, Any]


def pair(name: str, tell: Callable[[Lang], Any]) -> Data:
    """The key ``name`` in Chinese and ``name_en`` in English."""
    return {name: tell("zh"), f"{name}_en": tell("en")}


def iso(day_code: int | None) -> str | None:
    """A day code as an ISO date."""
    return None if day_code is None else calendar.date(day_code).isoformat()


def schemes_named(scheme: type[Scheme]) -> set[str]:
    """Ids of the other schemes that a card of ``scheme`` names, and would like titles for."""
    named = set(scheme.excludes)
    trees: list[Node] = [scheme.outcome]
    trees += [tree for tree in (scheme.amount, scheme.first, scheme.last) if tree is not None]
    if scheme.claws_back is not None:
        trees += [scheme.claws_back.when, scheme.claws_back.amount]
    for tree in trees:
        for node in tree.walk():
            read = node.args[0] if node.op == "isin" else None
            if read is not None and read.op == "fact" and read.attrs[0].name == "scheme":
                named.update(node.attrs[0])
    return named - {scheme.id}


def nodes_read(trees: Iterable[Node], on: dt.date) -> Iterator[Node]:
    """Everything read on the day ``on``: of other schemes the version then in force.

    Branches that the day rules out are left out.
    """
    seen: set[int] = set()
    stack = list(trees)[::-1]
    while stack:
        node = stack.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        yield node
        if isinstance(node, Rests):
            version = version_on(node.scheme, on)
            theirs = [node.scheme.dated_by] + ([version.eligible] if version else [])
            stack.extend(theirs[::-1])
            continue
        branch = decided(node.args[0], on) if node.op == "where" else None
        # What the day has ruled out is not read: its open values keep nobody waiting.
        args = node.args if branch is None else (node.args[0], node.args[1 if branch else 2])
        stack.extend(args[::-1])


def parameters_read(trees: Iterable[Node], on: dt.date, law_day: Node) -> list[Data]:
    """The parameters that ``trees`` read, by name: value on the day, status, source, all steps."""
    found: dict[str, Data] = {}
    for node in nodes_read(trees, on):
        if node.op != "param":
            continue
        series: Series = node.attrs[1]
        step, day = step_on(node, on)
        entry = found.setdefault(series.name, _parameter(series, step, day))
        if node.args:
            for key, lang in _LOOKED_UP:
                text = _looked_up(node.args[0], law_day, lang, on)
                if text not in entry[key]:
                    entry[key].append(text)
    return [found[name] for name in sorted(found)]


_LOOKED_UP: tuple[tuple[str, Lang], ...] = (("looked_up_on", "zh"), ("looked_up_on_en", "en"))


def _looked_up(day: Node, law_day: Node, lang: Lang, on: dt.date) -> str:
    if day.key == law_day.key and day.op != "on":
        return phrase("law", lang)
    assert isinstance(day, Expr)
    return words(day, lang, on)


def _parameter(series: Series, step: Step, day: dt.date) -> Data:
    following = [each.since for each in series.steps if each.since > calendar.code(day)]
    return {
        "name": series.name,
        "label": series.label,
        "label_en": series.label_en or series.label,
        **_step(series, step),
        "until": iso(calendar.add_days(min(following), -1) if following else None),
        "looked_up_on": [],
        "looked_up_on_en": [],
        "steps": [_step(series, each) for each in series.steps],
    }


def _step(series: Series, step: Step) -> Data:
    def value(lang: Lang) -> str:
        if step.value is None:
            return mark(Status.OPEN, lang)
        return value_words(step.value, series.kind, lang)

    return {
        "since": iso(step.since or None),
        **pair("value", value),
        "status": step.status.value,
        **pair("mark", lambda lang: mark(step.status, lang)),
        "payable": step.status.payable,
        "source": step.reference,
    }


def register_labels(entity: type[Entity]) -> Data:
    """What a register is called."""
    return {"label": entity.register.label, "label_en": entity.register.label_en}


def facts_read(trees: Iterable[Node], on: dt.date) -> list[Data]:
    """The facts that ``trees`` read, by register, with who supplies them."""
    found: dict[type[Entity], set[str]] = {}
    for node in nodes_read(trees, on):
        if node.op == "fact":
            fact: Fact = node.attrs[0]
            found.setdefault(fact.entity, set()).add(fact.name)
        elif isinstance(node, Source) and node.op in ("as_at", "latest"):
            found.setdefault(node.entity, set()).update(_dates(node))
    return [
        {
            "register": entity.register.name,
            **register_labels(entity),
            "facts": [
                {
                    "name": fact.name,
                    "label": fact.label,
                    "label_en": fact.label_en,
                    "supplied_by": fact.supplied_by,
                    "may_be_absent": fact.may_be_absent,
                }
                for fact in entity.facts().values()
                if fact.name in names
            ],
        }
        for entity, names in found.items()
    ]


def _dates(source: Source) -> tuple[str, ...]:
    """The facts by which a row is picked: both ends of a spell, or what dates an event."""
    entity = source.entity
    if entity.spell is not None:
        return entity.spell if source.op == "as_at" else entity.spell[:1]
    return (entity.dated,) if entity.dated else ()
