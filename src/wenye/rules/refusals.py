"""What is refused as a scheme is made: by name, with the place and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from wenye.rules import presence
from wenye.rules.errors import RuleError
from wenye.rules.expressions import WRITTEN, Expr
from wenye.rules.facts import Entity
from wenye.rules.kinds import DAY
from wenye.rules.law import Condition, Law, Monthly, Once, Pays, Rests
from wenye.rules.sources import Source
from wenye.rules.tree import Node

if TYPE_CHECKING:
    from wenye.rules.scheme import Scheme


def check_words(cls: type[Scheme], words: frozenset[str]) -> None:
    """Refuse a declaration that looks like a misspelt word of the language."""
    subject: Any = vars(cls)["subject"]
    if not isinstance(subject, type) or not issubclass(subject, Entity):
        raise RuleError(
            f"subject = {subject!r} is no entity", mend="subject = Person, Employer, Employment, …"
        )
    for name, item in vars(cls).items():
        if name.startswith("_") or name in words or isinstance(item, Condition | Law):
            continue
        near = get_close_matches(name, words - {"conditions", "laws"}, n=1, cutoff=0.8)
        if near:
            raise RuleError(
                f"{name} is no word of the language", mend=f"{near[0]} = …, or another name"
            )


def _check_numbers(cls: type[Scheme], trees: Iterable[Node]) -> None:
    """Refuse a number or a day in a district's scheme: it has no source and no status there."""
    if not cls.__module__.startswith("wenye_district_"):
        return
    for tree in trees:
        for node in tree.walk():
            if node.op == "const" and WRITTEN in node.attrs:
                raise RuleError(
                    "a number or a day stands in the scheme itself",
                    where=node.site,
                    mend="make it a parameter, with its day and source: P.name",
                )


def check_conditions(cls: type[Scheme], laws: list[Law]) -> None:
    """Refuse conditions and laws that compare, read, pay or say what they must not."""
    day = cls.dated_by
    if not isinstance(day, Expr) or day.kind != DAY:
        raise RuleError("dated_by is not a day", mend="dated_by = Employment.started_on, or ON")
    presence.check(day, "dated_by")
    used: set[str] = set()
    for version in laws:
        _check_named(cls, version.eligible, version.name)
        presence.check(version.eligible, version.name)
        used |= {c.name for c in cls.conditions_of(version)}
        if version.keeps is not None:
            presence.check(version.keeps, f"{version.name} keeps")
        known = presence.implied(version.eligible, True)
        for expr in _pay_parts(version.pays):
            presence.check(expr, f"{version.name} pays", known)
    for name, item in cls.conditions.items():
        _check_named(cls, item.test, f"condition {name}")
        presence.check(item.test, f"condition {name} ({item.label})")
        for label in (item.label, item.label_en):
            _check_label(name, label, item)
        if name not in used and not any(
            isinstance(node, Condition) and node.name == name
            for other in cls.conditions.values()
            if other is not item
            for node in other.test.walk()
        ):
            raise RuleError(
                f"condition {name} ({item.label}) is used by no law",
                where=item.site,
                mend="join it to a law's formula, or delete it",
            )
    if cls.claws_back is not None:
        when, amount = cls.claws_back.when, cls.claws_back.amount
        presence.check(when, "claws_back")
        presence.check(amount, "claws_back amount", presence.implied(when, True))
    _check_reads(cls, laws)
    flows = {type(version.pays) for version in laws if version.pays is not None}
    if len(flows) > 1:
        raise RuleError("pays once under one law and monthly under another", mend="two schemes")


def _check_named(cls: type[Scheme], tree: Node, place: str) -> None:
    """Refuse a condition that is none of the scheme's own: no reason could speak of it."""
    seen: set[int] = set()
    stack = [tree]
    while stack:
        node = stack.pop()
        # By identity: a condition that is equal, but another scheme's, is none of this one's.
        if isinstance(node, Rests) or id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, Condition):
            stack.extend(reversed(node.args))
        elif cls.conditions.get(node.name) is not node:
            raise RuleError(
                f"the condition {node.label!r} has no name in this scheme",
                where=f"{place} ({node.site})",
                mend="give it one: attribute = condition(…); "
                "or rest on another scheme with holds(…)",
            )


def _check_label(name: str, label: str, item: Condition) -> None:
    try:
        label.format(**dict.fromkeys(item.values, ""))
    except KeyError as missing:
        raise RuleError(
            f"the label of {name} names {missing}",
            where=item.site,
            mend=f"condition(…, {missing.args[0]}=P.…)",
        ) from None
    except (IndexError, ValueError):
        raise RuleError(
            f"the label of {name} cannot be filled: {label}",
            where=item.site,
            mend="{name} for a value; {{ and }} for brackets",
        ) from None


def _check_reads(cls: type[Scheme], laws: list[Law]) -> None:
    """Refuse a formula that starts from another entity, or reads the month being paid too early."""
    once_known: list[Node] = [cls.dated_by, *cls.conditions.values()]
    once_known += [
        source for source in (cls.payee, cls.once_per, cls.concerns) if source is not None
    ]
    by_month: list[Node] = []
    for version in laws:
        once_known += [version.eligible, *([] if version.keeps is None else [version.keeps])]
        if isinstance(version.pays, Monthly):
            by_month.append(version.pays.amount)
            once_known += [version.pays.first, version.pays.last]
        elif version.pays is not None:
            once_known.append(version.pays.amount)
    if cls.claws_back is not None:
        once_known += [cls.claws_back.when, cls.claws_back.amount]
    _check_numbers(cls, (*once_known, *by_month))
    for tree in (*once_known, *by_month):
        for node in tree.walk():
            if isinstance(node, Source) and node.op == "root" and node.entity is not cls.subject:
                raise RuleError(
                    f"reads {node.entity.__name__}, but judges {cls.subject.__name__}",
                    where=node.site,
                    mend=f"start from {cls.subject.__name__}, and follow its references",
                )
    for tree in once_known:
        for node in tree.walk():
            if node.op == "pay_month":
                raise RuleError(
                    "PAY_MONTH outside monthly(…)",
                    where=node.site,
                    mend="month_of(ON) is the month of determination",
                )


def _pay_parts(pays: Pays | None) -> list[Expr]:
    if pays is None:
        return []
    return [pays.amount] if isinstance(pays, Once) else [pays.amount, pays.first, pays.last]
