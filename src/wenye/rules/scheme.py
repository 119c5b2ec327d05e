"""A scheme: who is judged, by which conditions, under which law, and what is paid.

A scheme is a class that reads like its article::

    class HiringSubsidy(Scheme):
        \"\"\"Paid once to a city employer for taking someone out of long unemployment.\"\"\"

        title, title_en = "一次性吸纳就业补贴", "one-off hiring subsidy"
        operated_by, our_part = "city", "pre-check and hand over"
        subject = Employment
        payee = Employment.employer
        once_per = Employment.worker
        dated_by = Employment.started_on

        city_employer = condition("本市用人单位", Employment.employer.in_city, en="city employer")
        …
        law_2020 = law(
            cite("jiading-2020-6", 7, "一次性吸纳就业补贴"),
            eligible=city_employer & (long_unemployed | city_graduate),
            pays=once(P.amount_per_hire),
        )

Everything is checked when the class is made; a mistake is a ``RuleError`` that names the scheme,
the condition and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

from wenye.rules import calendar, refusals
from wenye.rules.doubt import inherited
from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.expressions import (
    LAW,
    ON,
    PAY_MONTH,
    Day,
    Quantity,
    Truth,
    literal,
    make,
)
from wenye.rules.facts import Entity
from wenye.rules.functions import where
from wenye.rules.history import paid_before
from wenye.rules.kinds import DAY, TRUTH, number
from wenye.rules.law import ClawBack, Condition, Law, Monthly, Once, Pays, Rests
from wenye.rules.periods import first_day
from wenye.rules.rewrite import Rewriter
from wenye.rules.sources import Source, root
from wenye.rules.tree import written_at

#: ``law_index`` of a row that lies after the day of determination; -1 where no law was in force.
AHEAD = -2

OPERATORS = ("district", "city", "tax", "bank", "fund", "other")
PARTS = ("pay", "pre-check and hand over", "inform")


def holds(scheme: type[Scheme], of: Any = None, on: Day = ON) -> Rests:
    """Whether another scheme holds for the row ``of`` (a reference), judged as at ``on``."""
    target = of if of is not None else root(scheme.subject)
    if not isinstance(target, Source) or target.entity is not scheme.subject:
        raise RuleError(
            f"{scheme.id} judges {scheme.subject.__name__}",
            where=written_at(),
            mend=f"holds({scheme.__name__}, of=…) with a path to a {scheme.subject.__name__}",
        )
    moved = Rewriter(root=target, on=on)
    return Rests(scheme, moved(scheme.outcome), target, moved(scheme.doubtful), on)


class Scheme:
    """Base of every scheme; subclasses declare, and are checked as they are made."""

    id: ClassVar[str]
    title: ClassVar[str] = ""
    title_en: ClassVar[str] = ""
    subject: ClassVar[type[Entity]]
    payee: ClassVar[Any] = None
    #: Each row of this source counts once, across the scheme's subjects and its past awards.
    once_per: ClassVar[Any] = None
    #: The person or employer whose supports must not stack (defaults to ``once_per``).
    concerns: ClassVar[Any] = None
    #: Schemes that the same ``concerns`` cannot draw in the same month; the larger priority yields.
    excludes: ClassVar[tuple[str, ...]] = ()
    priority: ClassVar[int] = 100
    dated_by: ClassVar[Any] = ON
    operated_by: ClassVar[str] = "district"
    our_part: ClassVar[str] = "pay"
    claws_back: ClassVar[ClawBack | None] = None
    #: Made from the declarations.
    conditions: ClassVar[dict[str, Condition]]
    laws: ClassVar[tuple[Law, ...]]
    outcome: ClassVar[Truth]
    law_index: ClassVar[Quantity]
    doubtful: ClassVar[Truth]
    amount: ClassVar[Any] = None
    first: ClassVar[Any] = None
    last: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        try:
            _assemble(cls)
        except RuleError as error:
            raise error.at(f"scheme {getattr(cls, 'id', cls.__name__)}") from None

    @classmethod
    def flow(cls) -> str:
        """``once``, ``monthly`` or ``""`` where nothing is paid."""
        for version in cls.laws:
            if version.pays is not None:
                return "once" if isinstance(version.pays, Once) else "monthly"
        return ""

    @classmethod
    def conditions_of(cls, version: Law) -> list[Condition]:
        """The named conditions that a version's formula uses, in reading order."""
        names = {
            node.name
            for node in version.eligible.walk()
            if isinstance(node, Condition) and node.owner == cls.id
        }
        return [item for name, item in cls.conditions.items() if name in names]


#: What the language itself says of a scheme.
_WORDS = frozenset({*dir(Scheme), *Scheme.__annotations__})


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _own_id(cls: type[Scheme]) -> str:
    """The stem of a district's scheme file; elsewhere the class's name."""
    home, _, stem = cls.__module__.rpartition(".")
    return stem if home.startswith("wenye_district_") else _snake(cls.__name__)


def _assemble(cls: type[Scheme]) -> None:
    given = vars(cls).get("id")
    cls.id = given if isinstance(given, str) and given else _own_id(cls)
    if given is not None and not isinstance(given, str):
        raise RuleError(
            "id is a word of the language, and names the scheme by a text",
            mend=f'id = "{cls.id}"; another name for a condition or a law',
        )
    if "subject" not in vars(cls):
        raise RuleError("no subject", mend="subject = Person, Employer, Employment, …")
    if not cls.title:
        raise RuleError("no title", mend='title = "…"')
    for name, allowed in (("operated_by", OPERATORS), ("our_part", PARTS)):
        if getattr(cls, name) not in allowed:
            raise RuleError(
                f"{name} = {getattr(cls, name)!r}", mend=did_you_mean(getattr(cls, name), allowed)
            )
    refusals.check_words(cls, _WORDS)
    excludes: Any = cls.excludes
    if isinstance(excludes, str):
        raise RuleError(
            f"excludes = {excludes!r} is one text, and not a list of ids",
            mend=f'excludes = ("{excludes}",)',
        )
    cls.concerns = cls.concerns if cls.concerns is not None else cls.once_per
    cls.conditions = {}
    laws: list[Law] = []
    for name, item in list(vars(cls).items()):
        if isinstance(item, Condition | Law) and name in _WORDS:
            raise RuleError(
                f"{name} is a word of the language, and cannot name a condition or a law",
                mend=f"another name: {name}_ok, {name}_2024, …",
            )
        if isinstance(item, Condition):
            # A condition may stand in several schemes; each owns its own copy of the name.
            item.name, item.owner = name, cls.id
            cls.conditions[name] = item
        elif isinstance(item, Law):
            item.name = name
            laws.append(item)
    if not laws:
        raise RuleError("no law", mend="law_2020 = law(cite(…), eligible=…, pays=once(…))")
    laws.sort(key=lambda version: version.since)
    for earlier, later in pairwise(laws):
        if earlier.since == later.since:
            raise RuleError(
                f"{earlier.name} and {later.name} begin on the same day",
                mend="one law with both, or since= on the later one",
            )
    if cls.once_per is not None:
        own = Condition(
            "此前未享受过本项补贴",
            ~paid_before(cls.once_per, cls.id),
            en="not paid this support before",
            name="not_paid_before",
            owner=cls.id,
        )
        cls.conditions[own.name] = own
        for version in laws:
            version.eligible = version.eligible & own
        if any(isinstance(version.pays, Monthly) for version in laws):
            raise RuleError(
                "once_per allows one payment, and monthly(…) pays many",
                mend="cap the months: months_drawn(…) < P.max_months",
            )
    refusals.check_conditions(cls, laws)
    cls.laws = tuple(laws)
    _close(cls)


def _close(cls: type[Scheme]) -> None:
    """Bind the law's day, choose the version by it, and leave closed expressions."""
    bound = Rewriter(law=cls.dated_by)
    in_month = Rewriter(law=cls.dated_by, parameters_on=first_day(PAY_MONTH))
    for name, item in list(cls.conditions.items()):
        cls.conditions[name] = closed = bound(item)
        setattr(cls, name, closed)
    for version in cls.laws:
        version.eligible = bound(version.eligible)
        version.keeps = None if version.keeps is None else bound(version.keeps)
        if isinstance(version.pays, Once):
            version.pays = Once(bound(version.pays.amount))
        elif isinstance(version.pays, Monthly):
            version.pays = Monthly(
                in_month(version.pays.amount),
                bound(version.pays.first),
                bound(version.pays.last),
            )
    if cls.claws_back is not None:
        back = cls.claws_back
        cls.claws_back = ClawBack(
            back.label, back.label_en, bound(back.when), bound(back.amount), back.cites
        )
    outcome = literal(False, TRUTH)
    index = literal(-1, number())
    doubtful = literal(False, TRUTH)
    for place in reversed(range(len(cls.laws))):
        version = cls.laws[place]
        applies = _applies(cls, place, bound)
        outcome = where(applies, version.eligible, outcome)
        index = where(applies, literal(place, number()), index)
        in_doubt = literal(False, TRUTH)
        if version.doubtful_from is not None:
            in_doubt = bound(LAW >= Day("const", DAY, (), (version.doubtful_from,)))
        for doubt in inherited(version.eligible):
            in_doubt = in_doubt | doubt
        doubtful = where(applies, in_doubt, doubtful)
    if cls.dated_by.op != "on":
        # What lies after the day of determination has not happened yet.
        ahead = bound(LAW > ON)
        outcome = where(ahead, literal(False, TRUTH), outcome)
        index = where(ahead, literal(AHEAD, number()), index)
        doubtful = where(ahead, literal(False, TRUTH), doubtful)
    cls.outcome, cls.law_index, cls.doubtful = outcome, index, doubtful
    cls.amount = _by_law(cls, bound, lambda pays: pays.amount)
    cls.first = _by_law(cls, bound, lambda pays: pays.first if isinstance(pays, Monthly) else None)
    cls.last = _by_law(cls, bound, lambda pays: pays.last if isinstance(pays, Monthly) else None)


def _by_law(cls: type[Scheme], bound: Rewriter, part: Callable[[Pays], Any]) -> Any:
    """One expression that takes ``part`` from the version in force; None where none has it."""
    parts: list[Any] = [
        None if version.pays is None else part(version.pays) for version in cls.laws
    ]
    kinds = [expr.kind for expr in parts if expr is not None]
    if not kinds:
        return None
    nothing: Any = make("const", kinds[0], (), (None,))
    result = nothing
    for place in reversed(range(len(parts))):
        value = nothing if parts[place] is None else parts[place]
        result = where(_applies(cls, place, bound), value, result)
    return result


def ends(cls: type[Scheme], place: int) -> int | None:
    """Last day (a day code) of the version at ``place``: its own, or the day before the next."""
    version = cls.laws[place]
    until = version.until
    if place + 1 < len(cls.laws):
        replaced = calendar.add_days(cls.laws[place + 1].since, -1)
        until = replaced if until is None else min(until, replaced)
    return until


def _applies(cls: type[Scheme], place: int, bound: Rewriter) -> Truth:
    version = cls.laws[place]

    def const(day_code: int) -> Day:
        return Day("const", DAY, (), (day_code,))

    test: Truth = LAW >= const(version.since)
    until = ends(cls, place)
    if until is not None:
        inside = LAW <= const(until)
        test = test & (inside if version.keeps is None else inside | version.keeps)
    return bound(test)
