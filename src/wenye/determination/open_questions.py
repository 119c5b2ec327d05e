"""Which missing fact would settle most people, and which open value blocks most.

Read from what the run found of each undetermined subject: the smallest set of facts that may settle
it (``missing``), and the open values that stand in its way (``blocked_by``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from wenye.determination.results import Results
from wenye.policy.district import District


@dataclass(frozen=True, slots=True)
class Question:
    """Facts which together may settle ``subjects`` of a scheme; ``blocked_by`` goes with them."""

    scheme: str
    title: str
    missing: tuple[str, ...]
    labels: tuple[str, ...]
    blocked_by: tuple[str, ...]
    subjects: int
    example: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that is missing: of how many subjects, and of how many it is the only one."""

    scheme: str
    title: str
    path: str
    label: str
    asked_of: str
    subjects: int
    alone: int


@dataclass(frozen=True, slots=True)
class OpenValue:
    """An open parameter: of how many it keeps the outcome open, and of how many the amount."""

    name: str
    label: str
    schemes: tuple[str, ...]
    outcomes: int
    amounts: int
    reason: str


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Everything that keeps subjects undetermined, each list the largest first."""

    undetermined: dict[str, int]
    questions: list[Question]
    facts: list[Fact]
    values: list[OpenValue]

    def as_json(self) -> dict[str, Any]:
        """Plain data, as ``wenye unknowns --json`` prints it."""
        return {
            "undetermined": self.undetermined,
            "facts": [
                {
                    "scheme": item.scheme,
                    "title": item.title,
                    "fact": item.path,
                    "label": item.label,
                    "asked_of": item.asked_of,
                    "subjects": item.subjects,
                    "alone": item.alone,
                }
                for item in self.facts
            ],
            "open_values": [
                {
                    "parameter": item.name,
                    "label": item.label,
                    "schemes": list(item.schemes),
                    "outcomes": item.outcomes,
                    "amounts": item.amounts,
                    "reason": item.reason,
                }
                for item in self.values
            ],
            "sets": [
                {
                    "scheme": item.scheme,
                    "missing": list(item.missing),
                    "labels": list(item.labels),
                    "blocked_by": list(item.blocked_by),
                    "subjects": item.subjects,
                    "example": item.example,
                }
                for item in self.questions
            ],
        }


def open_questions(results: Results, schemes: Iterable[str] | None = None) -> OpenQuestions:
    """The open questions of the schemes named (all where none is)."""
    chosen = results.chosen(schemes)
    titles = {name: entry["title"] for name, entry in results.manifest["schemes"].items()}
    questions = [
        Question(
            scheme, titles[scheme], tuple(missing), tuple(labels), tuple(blocked), subjects, example
        )
        for scheme, _, missing, labels, blocked, subjects, example in results.unknowns.iter_rows()
        if scheme in chosen
    ]
    questions.sort(key=lambda item: (-item.subjects, item.scheme, item.example))
    return OpenQuestions(
        {name: results.manifest["schemes"][name]["undetermined"] for name in chosen},
        questions,
        _facts(results, questions),
        _values(results, questions, chosen),
    )


def _facts(results: Results, questions: list[Question]) -> list[Fact]:
    counts: dict[tuple[str, str], list[Any]] = {}
    for item in questions:
        for path, label in zip(item.missing, item.labels, strict=False):
            entry = counts.setdefault((item.scheme, path), [item.title, label, 0, 0])
            entry[2] += item.subjects
            entry[3] += item.subjects if len(item.missing) == 1 else 0
    found = [
        Fact(scheme, title, path, label, _supplier(results, scheme, path), subjects, alone)
        for (scheme, path), (title, label, subjects, alone) in counts.items()
    ]
    return sorted(found, key=lambda item: (-item.subjects, item.scheme, item.path))


def _supplier(results: Results, scheme: str, path: str) -> str:
    """The department that supplies the fact at the path, or the register that the path ends in."""
    entity = results.schemes[scheme].subject
    asked = entity.register.supplied_by
    for step in path.split("."):
        facts, relations = entity.facts(), entity.relations()
        if step in relations:
            entity = relations[step].entity
            asked = entity.register.supplied_by
        elif step in facts:
            asked = facts[step].supplied_by
            if facts[step].kind.name == "key":
                entity = facts[step].target
    return asked


def _values(results: Results, questions: list[Question], chosen: list[str]) -> list[OpenValue]:
    outcomes: dict[str, int] = {}
    amounts: dict[str, int] = {}
    schemes: dict[str, list[str]] = {}
    for item in questions:
        for name in item.blocked_by:
            outcomes[name] = outcomes.get(name, 0) + item.subjects
            schemes.setdefault(name, []).append(item.scheme)
    for scheme in chosen:
        open_rows = results.manifest["schemes"][scheme]["open_amounts"]
        if open_rows:
            for name in _open_in_amount(results, scheme):
                amounts[name] = amounts.get(name, 0) + open_rows
                schemes.setdefault(name, []).append(scheme)
    found = [
        OpenValue(
            name,
            _label(results.district, name),
            tuple(dict.fromkeys(who)),
            outcomes.get(name, 0),
            amounts.get(name, 0),
            open_reason(results.district, name, results),
        )
        for name, who in schemes.items()
    ]
    return sorted(found, key=lambda item: (-item.outcomes - item.amounts, item.name))


def _label(district: District, name: str) -> str:
    """A parameter's label; a condition that is to be decided is called by its own words."""
    return district.parameters[name].label if name in district.parameters else name


def _open_in_amount(results: Results, scheme: str) -> list[str]:
    """The parameters of the amount that are open on some day on which a granted row reads them."""
    definition = results.schemes[scheme]
    days = (
        results.frame(scheme)
        .filter(pl.col("granted") & (pl.col("amount_status") == "open"))
        .select(pl.col("law_day").drop_nulls().unique())
        .collect()["law_day"]
        .to_list()
    )
    from wenye.rules import calendar

    when = {calendar.code(day) for day in days} | {results.day, (results.day >> 6) * 64 + 2}
    found = []
    for part in (definition.amount, definition.first, definition.last):
        for node in part.walk() if part is not None else ():
            if node.op == "param":
                series = results.district.parameters.get(node.attrs[0], node.attrs[1])
                if any(series.at(day).value is None for day in when):
                    found.append(node.attrs[0])
    return list(dict.fromkeys(found))


def open_reason(district: District, name: str, results: Results) -> str:
    """Why a parameter is open: the reason of its latest open value up to the day of the run."""
    if name not in district.details:
        return "项目文件里还没有写成条件 / not written as a condition yet"
    dated = [
        value
        for value in district.detail(name).values
        if value.value is None and value.since <= results.on
    ]
    return dated[-1].basis if dated else district.detail(name).at(results.on).basis
