"""A law's formula as people follow it: all of, any of, not, and named steps.

The tree of expressions goes down to single comparisons. This one, for cards and pictures, ends at
named conditions; it opens one only where that rests on other conditions or on another scheme.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.law import Condition, Law, Rests
from wenye.rules.readable.naming import Titles
from wenye.rules.readable.printed import Lang
from wenye.rules.readable.shapes import judged
from wenye.rules.readable.wording import Wording, label_words
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Step:
    """One condition: a named one, or (unnamed) a bare expression."""

    test: Expr
    owner: str

    @property
    def condition(self) -> Condition | None:
        """The named condition; None where the scheme's author gave no name."""
        return self.test if isinstance(self.test, Condition) else None

    @property
    def name(self) -> str:
        """The name by which values are given: ``owner.name``; nothing for a bare expression."""
        return f"{self.condition.owner}.{self.condition.name}" if self.condition is not None else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A condition that consists of others: its own, or another scheme's on the same day.

    ``inner`` is None where the other scheme has no version in force on that day.
    """

    condition: Condition | None
    rests: Rests | None
    inner: Formula | None

    @property
    def name(self) -> str:
        """The name by which values are given; nothing for an unnamed one."""
        return f"{self.condition.owner}.{self.condition.name}" if self.condition is not None else ""


Formula = AllOf | AnyOf | Not | Step | Opened


def version_on(scheme: type[Scheme], day: dt.date) -> Law | None:
    """The version in force on ``day``; None before the first, after the last and in between."""
    code = calendar.code(day)
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        if version.since <= code and (until is None or code <= until):
            return version
    return None


def formula(tree: Expr, on: dt.date, owner: str = "") -> Formula:
    """The formula of an expression; other schemes as they stand on the day ``on``."""
    if tree.op in ("and", "or"):
        parts = tuple(formula(_expr(arg), on, owner) for arg in tree.args)
        return AllOf(parts) if tree.op == "and" else AnyOf(parts)
    if tree.op == "not":
        return Not(formula(_expr(tree.args[0]), on, owner))
    if isinstance(tree, Condition):
        if isinstance(tree.test, Rests):
            return Opened(tree, tree.test, _inner(tree.test, on))
        if _composite(tree.test):
            return Opened(tree, None, formula(tree.test, on, owner))
    if isinstance(tree, Rests):
        return Opened(None, tree, _inner(tree, on))
    return Step(tree, owner)


def _expr(node: Node) -> Expr:
    assert isinstance(node, Expr)
    return node


def _inner(rests: Rests, on: dt.date) -> Formula | None:
    version = version_on(rests.scheme, on)
    return None if version is None else formula(version.eligible, on, rests.scheme.id)


def _composite(tree: Node) -> bool:
    """Whether and, or, not lead to a named condition or another scheme."""
    if isinstance(tree, Condition | Rests):
        return True
    return tree.op in ("and", "or", "not") and any(_composite(arg) for arg in tree.args)


def steps(tree: Formula) -> Iterator[Step | Opened]:
    """The conditions of a formula in reading order, opened ones before what they consist of."""
    if isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from steps(part)
    elif isinstance(tree, Not):
        yield from steps(tree.part)
    else:
        yield tree
        if isinstance(tree, Opened) and tree.inner is not None:
            yield from steps(tree.inner)


def forbidden(tree: Formula, negated: bool = False) -> set[str]:
    """Names of the conditions that must not hold: those under an odd number of nots."""
    if isinstance(tree, AllOf | AnyOf):
        return {name for part in tree.parts for name in forbidden(part, negated)}
    if isinstance(tree, Not):
        return forbidden(tree.part, not negated)
    return {tree.name} if negated and tree.name else set()


def caption(part: Step | Opened, lang: Lang, on: dt.date, titles: Titles | None = None) -> str:
    """What a step is called: its label, the other scheme's title, or the expression in words."""
    if part.condition is not None:
        return label_words(part.condition, lang, on)
    if isinstance(part, Opened):
        assert part.rests is not None
        other = part.rests.scheme
        return (other.title_en if lang == "en" else "") or other.title
    return Wording(lang, on, titles=titles, own=part.owner)(part.test)


def rested_on(rests: Rests, lang: Lang, on: dt.date) -> tuple[str, str]:
    """For whom the other scheme is asked and on which day, in words; nothing where it is the same.

    The day of determination needs no saying either.
    """
    target, day = judged(rests)
    wording = Wording(lang, on)
    whom = wording(target) if target is not None else ""
    return whom, wording(day) if day is not None and day.op != "on" else ""


def citations(cites: Any, lang: Lang) -> tuple[str, ...]:
    """The texts of a citation, or of several."""
    if cites is None:
        return ()
    if isinstance(cites, list | tuple):
        return tuple(text for each in cites for text in citations(each, lang))
    text = getattr(cites, "text_en", "") if lang == "en" else ""
    return (text or cites.text,)


def settled(tree: Formula, values: Mapping[str, bool | None]) -> bool | None:
    """Whether the formula holds where conditions have these values, by Kleene's logic.

    ``values`` are by ``scheme.condition``; a condition that has none there is settled by what it
    consists of, and is unknown where it consists of nothing.
    """
    if isinstance(tree, Not):
        part = settled(tree.part, values)
        return None if part is None else not part
    if isinstance(tree, AllOf | AnyOf):
        decisive = isinstance(tree, AnyOf)
        answers = [settled(part, values) for part in tree.parts]
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive
    if tree.name in values:
        return values[tree.name]
    if isinstance(tree, Opened) and tree.inner is not None:
        return settled(tree.inner, values)
    return None
