"""Which facts an expression reads, from which row of a register, as at which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.kinds import MONTH
from wenye.rules.law import Condition, Law, Rests
from wenye.rules.readable.decided import decided
from wenye.rules.readable.wording import words
from wenye.rules.rewrite import Rewriter
from wenye.rules.scheme import Scheme, ends
from wenye.rules.sources import Source
from wenye.rules.tree import Node


class How(StrEnum):
    """Which row of a register a fact is taken from."""

    JUDGED = "judged"
    CURRENT = "current"
    AS_AT = "as_at"
    LATEST = "latest"
    EVERY = "every"


_HOW_WORDS = {
    How.JUDGED: ("判定的这一行，判定日的登记", "the row judged, as held on the day judged"),
    How.CURRENT: ("判定日的登记", "as held on the day judged"),
    How.AS_AT: ("{}所在的一段", "the spell that covers {}"),
    How.LATEST: ("{}及以前最近的一条", "the last row up to {}"),
    How.EVERY: ("每一条", "every row"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How fresh: which row is read, as at which day, and the day to which its register must be
    complete before "no row" means that there is none (empty where no row is looked for)."""

    how: How
    when: str = ""
    when_en: str = ""
    complete_to: str = ""
    complete_to_en: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """In Chinese and English."""
        zh, en = _HOW_WORDS[self.how]
        return zh.format(self.when), en.format(self.when_en)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        zh, en = self.words
        return {
            "how": self.how.value,
            "words": zh,
            "words_en": en,
            "complete_to": self.complete_to or None,
            "complete_to_en": self.complete_to_en or None,
        }


def in_force(scheme: type[Scheme], on: dt.date) -> list[Law]:
    """The version of the day, and earlier ones under which some rows stay."""
    code = calendar.code(on)
    found = []
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        lasts = until is None or code <= until or version.keeps is not None
        if version.since <= code and lasts:
            found.append(version)
    return found


def reads(
    tree: Node, said_on: dt.date, own: str = "", on: dt.date | None = None
) -> Iterator[tuple[Fact, Reading]]:
    """The facts from which a tree's value is worked out, and which row each is taken from.

    ``said_on`` is the day whose values the words show. The named conditions of the scheme ``own``
    are not opened. With ``on``: of other schemes what is in force then, and no branch that the day
    rules out.
    """
    for node in _walk(tree, own, on):
        if node.op == "fact":
            yield node.attrs[0], _reading(node.args[0], said_on)
        elif isinstance(node, Source) and node.op == "ref":
            parent = node.args[0]
            assert isinstance(parent, Source)
            yield parent.entity.facts()[node.attrs[1]], _reading(parent, said_on)
        elif isinstance(node, Source) and node.op != "root":
            reading = _reading(node, said_on)
            for name in _found_by(node):
                yield node.entity.facts()[name], reading


def _reading(source: Node, said_on: dt.date) -> Reading:
    if source.op == "root":
        return Reading(How.JUDGED)
    if source.op == "ref":
        return Reading(How.CURRENT)
    if source.op == "row":
        return Reading(How.EVERY, complete_to="判定日", complete_to_en="the day judged")
    when = source.args[1]
    assert isinstance(when, Expr)
    zh, en = (words(when, lang, said_on) for lang in ("zh", "en"))
    to, to_en = (f"{zh}末", f"the end of {en}") if when.kind == MONTH else (zh, en)
    return Reading(How(source.op), zh, en, to, to_en)


def _found_by(source: Source) -> tuple[str, ...]:
    """The facts by which rows are found: what links them, and their days where one is picked."""
    parent = source.args[0]
    assert isinstance(parent, Source)
    entity = source.entity
    by = parent.entity.relations()[source.attrs[1]].by
    if source.op == "row":
        return (by,)
    if entity.spell is not None:
        return (by, *(entity.spell if source.op == "as_at" else entity.spell[:1]))
    return (by, entity.dated) if entity.dated else (by,)


def _walk(tree: Node, own: str, on: dt.date | None) -> Iterator[Node]:
    """The nodes behind ``reads``. What fills a condition's label decides nothing: left out."""
    seen: set[int] = set()
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.key in seen or (isinstance(node, Condition) and node.owner == own):
            continue
        seen.add(node.key)
        yield node
        args = node.args
        if isinstance(node, Condition):
            args = node.args[:1]
        elif isinstance(node, Rests) and on is not None:
            args = _rests(node, on)
        elif node.op == "where" and on is not None:
            branch = decided(node.args[0], on)
            args = node.args if branch is None else (node.args[0], node.args[1 if branch else 2])
        stack.extend(reversed(args))


def _rests(node: Rests, on: dt.date) -> tuple[Node, ...]:
    """What another scheme's outcome rests on by its rules of the day, for the row asked about."""
    _, row, _, day = node.args
    moved = Rewriter(root=row, on=day)  # type: ignore[arg-type]
    trees: list[Node] = [node.scheme.dated_by]
    for version in in_force(node.scheme, on):
        trees += [version.eligible, *([] if version.keeps is None else [version.keeps])]
    return (row, day, *(moved(tree) for tree in trees))
