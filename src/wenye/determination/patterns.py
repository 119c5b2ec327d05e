"""The distinct answers that a scheme's conditions took, and the formula read over them again.

A scheme with ten conditions takes a few dozen patterns however many people it judges: questions
about reasons are answered on those, and joined to the rows where they must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from wenye.determination.results import Results
from wenye.rules import calendar
from wenye.rules.law import Condition, Law
from wenye.rules.readable.formula import AllOf, AnyOf, Formula, Not, Opened, formula
from wenye.rules.scheme import Scheme, ends

Answers = Mapping[str, bool | None]


class Versions:
    """The formulas of a scheme's versions, down to named conditions.

    What stands in a formula without a name left no column in the results and counts as unknown: a
    claim made here is one that the named conditions prove alone.
    """

    def __init__(self, scheme: type[Scheme]) -> None:
        self.scheme = scheme
        self.laws: dict[str, Law] = {version.name: version for version in scheme.laws}
        self.formulas: dict[str, Formula] = {
            version.name: formula(version.eligible, calendar.date(version.since), scheme.id)
            for version in scheme.laws
        }
        self._asked = {name: _asked(tree, scheme.id) for name, tree in self.formulas.items()}

    def holds(self, law: str, answers: Answers) -> bool | None:
        """Whether the version holds where its conditions have these answers."""
        return self._asked[law](answers)

    def leaves(self, law: str) -> list[str]:
        """Names of the conditions on which the version turns, in reading order."""
        return list(dict.fromkeys(part.name for part in self._parts(self.formulas[law])))

    def _parts(self, tree: Formula) -> Iterator[Condition]:
        if isinstance(tree, AllOf | AnyOf):
            for part in tree.parts:
                yield from self._parts(part)
        elif isinstance(tree, Not):
            yield from self._parts(tree.part)
        elif tree.condition is not None and tree.condition.owner == self.scheme.id:
            yield tree.condition

    def last_day(self, law: str) -> int | None:
        """The version's last day (a day code); None where no end is known."""
        return ends(self.scheme, self.scheme.laws.index(self.laws[law]))


def _asked(tree: Formula, own: str) -> Callable[[Answers], bool | None]:
    """``readable.formula.settled`` of the scheme's own answers, made ready for many of them."""
    if isinstance(tree, Not):
        part = _asked(tree.part, own)
        return lambda answers: None if (value := part(answers)) is None else not value
    if isinstance(tree, AllOf | AnyOf):
        return _joined([_asked(part, own) for part in tree.parts], isinstance(tree, AnyOf))
    condition = tree.condition
    name = condition.name if condition is not None and condition.owner == own else ""
    inner = tree.inner if isinstance(tree, Opened) else None
    below = _asked(inner, own) if inner is not None else None

    def leaf(answers: Answers) -> bool | None:
        if name in answers:
            return answers[name]
        return below(answers) if below is not None else None

    return leaf


def _joined(
    tests: list[Callable[[Answers], bool | None]], decisive: bool
) -> Callable[[Answers], bool | None]:
    def joined(answers: Answers) -> bool | None:
        unknown = False
        for test in tests:
            value = test(answers)
            if value is decisive:
                return decisive
            unknown = unknown or value is None
        return None if unknown else not decisive

    return joined


@dataclass(frozen=True)
class Pattern:
    """One combination of answers: the version of the law, and each condition by name."""

    law: str | None
    answers: dict[str, bool | None]
    outcome: str
    subjects: int
    by_town: dict[str | None, int]

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells the pattern from others."""
        return (self.law, self.outcome, *self.answers.values())


def condition_columns(frame: pl.LazyFrame) -> list[str]:
    """The columns of a frame of decisions that hold conditions."""
    return [name for name in frame.collect_schema().names() if name.startswith("c.")]


def patterns(results: Results, scheme: str, outcome: str | None = None) -> list[Pattern]:
    """The patterns of a scheme's rows (of one outcome, where one is named), the largest first."""
    frame = results.frame(scheme)
    names = condition_columns(frame)
    if outcome is not None:
        frame = frame.filter(pl.col("outcome") == outcome)
    counted = (
        frame.group_by("law", "outcome", *names, "town")
        .agg(pl.len().cast(pl.Int64).alias("subjects"))
        .collect()
    )
    found = [
        Pattern(
            law=law,
            answers={name[2:]: value for name, value in zip(names, answers, strict=True)},
            outcome=how,
            subjects=sum(subjects),
            by_town=dict(sorted(zip(towns, subjects, strict=True), key=lambda item: item[0] or "")),
        )
        for law, how, *answers, towns, subjects in counted.group_by("law", "outcome", *names)
        .agg("town", "subjects")
        .iter_rows()
    ]
    return sorted(found, key=lambda item: (-item.subjects, repr(item.key)))
