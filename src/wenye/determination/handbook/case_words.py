"""The facts of a case in Chinese, by the labels of the registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from wenye.policy.case_tables import UNKNOWN, steps_of
from wenye.rules.case_input import entity_name
from wenye.rules.facts import Entity, Fact, Many

_NONE, _YES, _NO = "无", "是", "否"


def told_case(subject: type[Entity], case: Mapping[str, Any]) -> list[str]:
    """A whole case, one line per row that it holds."""
    return list(_row(subject, case[entity_name(subject)], subject.register.label))


def told_change(subject: type[Entity], path: str, value: Any) -> str:
    """One change of a case: where, and what it becomes."""
    item: Fact | Many | None = None
    entity = subject
    words: list[str] = []
    for step in steps_of(path)[1:]:  # the first names the judged row itself
        if isinstance(step, int):
            words[-1] += f"（第{step + 1}条）"
            continue
        if step == "key":
            words.append("编号")
            continue
        facts = entity.facts()
        item = facts[step] if step in facts else entity.relations()[step]
        if isinstance(item, Many):
            entity = item.entity
            words.append(entity.register.label)
        else:
            words.append(_label(item))
            if item.kind.name == "key":
                entity = item.target
    return f"{'·'.join(words)}：{_value(entity, item, value)}"


def _value(entity: type[Entity], item: Fact | Many | None, value: Any) -> str:
    if value == UNKNOWN:
        return UNKNOWN
    if isinstance(value, list):
        return "；".join(_together(entity, value)) or "没有记录"
    if isinstance(value, Mapping):
        return "，".join(_within(entity, value))
    if isinstance(item, Fact):
        return _fact(item, value)
    return str(value)


def _label(fact: Fact) -> str:
    """A reference is called by what it leads to, not by the number that files hold."""
    return fact.target.register.label if fact.kind.name == "key" else fact.label


def _fact(fact: Fact, value: Any) -> str:
    if value is None:
        return _NONE
    if value is True or value is False:
        return _YES if value else _NO
    if isinstance(value, dt.date):
        return value.isoformat()
    for name, label in fact.kind.options:
        if value == name:
            return label
    if fact.kind.name == "money":
        return f"{value}元"
    return str(value)


def _row(entity: type[Entity], row: Mapping[str, Any], where: str) -> Iterator[str]:
    """A row's own facts on one line, then the rows that it refers to and those about it."""
    own, below = [], []
    facts, relations = entity.facts(), entity.relations()
    for name, value in row.items():
        if name in relations:
            related = relations[name].entity
            lines = _together(related, value) if value else ["没有记录"]
            below += [f"{where}·{related.register.label}：{line}" for line in lines]
        elif name in facts and facts[name].kind.name == "key" and isinstance(value, Mapping):
            below += list(_row(facts[name].target, value, f"{where}·{_label(facts[name])}"))
        elif name in facts:
            own.append(f"{_label(facts[name])} {_fact(facts[name], value)}")
    if own:
        yield f"{where}：{'，'.join(own)}"
    yield from below


def _together(entity: type[Entity], rows: list[Any]) -> list[str]:
    """Related rows, equal ones in a row told once with how many they are."""
    told = ["，".join(_within(entity, row)) for row in rows]
    found = []
    for text, same in groupby(told):
        many = sum(1 for _ in same)
        found.append(f"{text}（共{many}条）" if many > 1 else text)
    return found


def _within(entity: type[Entity], row: Mapping[str, Any]) -> Iterator[str]:
    facts, relations = entity.facts(), entity.relations()
    for name, value in row.items():
        if name in relations:
            related = relations[name].entity
            text = "；".join(_together(related, value)) if value else "没有记录"
            yield f"{related.register.label}（{text}）"
        elif name in facts and isinstance(value, Mapping):
            inner = "，".join(_within(facts[name].target, value))
            yield f"{_label(facts[name])}（{inner or '同一个'}）"
        elif name in facts:
            yield f"{_label(facts[name])} {_fact(facts[name], value)}"
