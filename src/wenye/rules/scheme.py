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

Everything is checked when the class is made; a mistake is a ``RuleError`` that names the scheme, the
condition and the mend.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from wenye.rules import calendar, presence
from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.expressions import (
    LAW,
    ON,
    PAY_MONTH,
    Day,
    Expr,
    Month,
    Node,
    Quantity,
    Truth,
    literal,
    make,
    truth,
    where,
    written_at,
)
from wenye.rules.facts import Entity
from wenye.rules.history import paid_before
from wenye.rules.kinds import DAY, TRUTH, number
from wenye.rules.periods import first_day
from wenye.rules.rewrite import Rewriter
from wenye.rules.sources import Source, root

OPERATORS = ("district", "city", "tax", "bank", "fund", "other")
PARTS = ("pay", "pre-check and hand over", "inform")


class Basis(Protocol):
    """What a law rests on: a citation that knows its document's days."""

    @property
    def since(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...
    @property
    def doubtful_from(self) -> dt.date | None: ...
    @property
    def doubt(self) -> str: ...
    @property
    def text(self) -> str: ...


class Condition(Truth):
    """A named yes/no expression; it takes its name from the attribute that holds it."""

    __slots__ = ("cites", "label", "label_en", "name", "owner")

    def __init__(
        self,
        label: str,
        test: Truth,
        *,
        en: str = "",
        cites: Any = None,
        name: str = "",
        owner: str = "",
        values: dict[str, Expr] | None = None,
    ) -> None:
        values = values or {}
        super().__init__("condition", (test, *values.values()), (label, tuple(values)))
        self.label = label
        self.label_en = en or label
        self.cites = cites
        self.name = name
        self.owner = owner

    @property
    def values(self) -> dict[str, Expr]:
        """What fills the label's placeholders."""
        return dict(zip(self.attrs[1], self.args[1:], strict=True))  # type: ignore[arg-type]

    def rebuilt(self, args: tuple[Node, ...]) -> Condition:
        values: Any = dict(zip(self.attrs[1], args[1:], strict=True))
        return Condition(
            self.label,
            truth(args[0]),
            en=self.label_en,
            cites=self.cites,
            name=self.name,
            owner=self.owner,
            values=values,
        )

    @property
    def test(self) -> Truth:
        """The expression behind the name."""
        inner = self.args[0]
        assert isinstance(inner, Truth)
        return inner


class Rests(Truth):
    """Another scheme's outcome for a row, as a condition of this one."""

    __slots__ = ("scheme",)

    def __init__(self, scheme: type[Scheme], outcome: Truth) -> None:
        super().__init__("rests", (outcome,), (scheme.id,))
        self.scheme = scheme

    def rebuilt(self, args: tuple[Node, ...]) -> Rests:
        return Rests(self.scheme, truth(args[0]))


def condition(
    label: str, test: Any, *, en: str = "", cites: Any = None, **values: Expr
) -> Condition:
    """Name an expression. ``{placeholders}`` of the label are filled from ``values`` by date."""
    return Condition(label, truth(test), en=en, cites=cites, values=values)


@dataclass(frozen=True, slots=True)
class Once:
    """One payment of ``amount``."""

    amount: Quantity


@dataclass(frozen=True, slots=True)
class Monthly:
    """``amount`` for each month from ``first`` to ``last``, both included."""

    amount: Quantity
    first: Month
    last: Month


Pays = Once | Monthly


def _cash(amount: Any, flow: str) -> Quantity:
    if not isinstance(amount, Quantity) or amount.kind.name != "money":
        got = amount.kind if isinstance(amount, Expr) else type(amount).__name__
        raise RuleError(f"pays a {got}", where=written_at(), mend="pay an amount of money")
    if amount.kind.unit != flow:
        other = "monthly" if flow == "once" else "once"
        raise RuleError(
            f"{flow}() pays {amount.kind}",
            where=written_at(),
            mend=f"use {other}(…), or check the parameter's unit",
        )
    if amount.kind.scale:
        raise RuleError(
            "pays fractions of a fen", where=written_at(), mend="say how it rounds: to_fen(amount)"
        )
    return amount


def once(amount: Any) -> Once:
    """Paid once."""
    return Once(_cash(amount, "once"))


def monthly(amount: Any, *, first: Month, last: Month | None = None, months: Any = None) -> Monthly:
    """Paid for each month from ``first`` to ``last``, or for ``months`` months.

    Parameters in ``amount`` are looked up on the first day of the month being paid.
    """
    if (last is None) == (months is None):
        raise RuleError(
            "monthly() needs an end", where=written_at(), mend="give either last= or months="
        )
    if last is None:
        last = first + months - 1
    return Monthly(_cash(amount, "monthly"), first, last)


@dataclass(eq=False, slots=True)
class Law:
    """One version of a scheme: in force from ``since`` to ``until`` (day codes)."""

    basis: Any
    eligible: Truth
    pays: Pays | None
    since: int
    until: int | None
    doubtful_from: int | None
    doubt: str
    keeps: Truth | None
    label: str
    name: str = ""


def law(
    basis: Basis,
    *,
    eligible: Any,
    pays: Pays | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    keeps: Any = None,
    label: str = "",
) -> Law:
    """A version of the law, resting on ``basis``.

    It holds from ``since`` (the document's first day unless given) until the next version begins,
    or ``until``. ``keeps`` grandfathers: rows for which it holds stay under this version later.
    """

    def day_code(value: str | dt.date | None) -> int | None:
        if isinstance(value, str):
            value = dt.date.fromisoformat(value)
        return None if value is None else calendar.code(value)

    begins = day_code(since or basis.since)
    if begins is None:
        raise RuleError(
            "a law without a first day", where=written_at(), mend="give since=, or date the document"
        )
    return Law(
        basis=basis,
        eligible=truth(eligible),
        pays=pays,
        since=begins,
        until=day_code(until or basis.until),
        doubtful_from=day_code(basis.doubtful_from),
        doubt=basis.doubt,
        keeps=None if keeps is None else truth(keeps),
        label=label,
    )


@dataclass(frozen=True, slots=True)
class ClawBack:
    """When money already paid is to be returned, and how much."""

    label: str
    label_en: str
    when: Truth
    amount: Quantity
    cites: Any


def claw_back(label: str, *, when: Any, amount: Quantity, en: str = "", cites: Any = None) -> ClawBack:
    """Money already paid (``amount``) is to be returned where ``when`` holds."""
    return ClawBack(label, en or label, truth(when), _cash(amount, "once"), cites)


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
    return Rests(scheme, moved(scheme.outcome))


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
    #: Schemes that the same ``concerns`` cannot draw in the same month; the lower priority yields.
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


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _assemble(cls: type[Scheme]) -> None:
    module = cls.__module__.rpartition(".")[2]
    cls.id = vars(cls).get("id") or (module if module.islower() and module != "__main__" else "")
    if not vars(cls).get("id") and not cls.__module__.startswith("wenye_district_"):
        cls.id = _snake(cls.__name__)
    if "subject" not in vars(cls):
        raise RuleError("no subject", mend="subject = Person, Employer, Employment, …")
    if not cls.title:
        raise RuleError("no title", mend='title = "…"')
    for name, allowed in (("operated_by", OPERATORS), ("our_part", PARTS)):
        if getattr(cls, name) not in allowed:
            raise RuleError(
                f"{name} = {getattr(cls, name)!r}", mend=did_you_mean(getattr(cls, name), allowed)
            )
    cls.concerns = cls.concerns if cls.concerns is not None else cls.once_per
    cls.conditions = {}
    laws: list[Law] = []
    for name, item in list(vars(cls).items()):
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
    for earlier, later in zip(laws, laws[1:], strict=False):
        if earlier.since == later.since:
            raise RuleError(f"{earlier.name} and {later.name} begin on the same day")
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
    _check_conditions(cls, laws)
    cls.laws = tuple(laws)
    _close(cls)


def _check_conditions(cls: type[Scheme], laws: list[Law]) -> None:
    day = cls.dated_by
    if not isinstance(day, Expr) or day.kind != DAY:
        raise RuleError("dated_by is not a day", mend="dated_by = Employment.started_on, or ON")
    presence.check(day, "dated_by")
    used: set[str] = set()
    for version in laws:
        presence.check(version.eligible, version.name)
        used |= {c.name for c in cls.conditions_of(version)}
        if version.keeps is not None:
            presence.check(version.keeps, f"{version.name} keeps")
        known = presence.implied(version.eligible, True)
        for expr in _pay_parts(version.pays):
            presence.check(expr, f"{version.name} pays", known)
    for name, item in cls.conditions.items():
        presence.check(item.test, f"condition {name} ({item.label})")
        try:
            item.label.format(**dict.fromkeys(item.values, ""))
        except KeyError as missing:
            raise RuleError(
                f"the label of {name} names {missing}", mend=f"condition(…, {missing}=P.…)"
            ) from None
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
    everything: list[Expr] = [version.eligible for version in laws]
    everything += [expr for version in laws for expr in _pay_parts(version.pays)]
    if cls.claws_back is not None:
        presence.check(cls.claws_back.when, "claws_back")
        everything += [cls.claws_back.when, cls.claws_back.amount]
    for expr in everything:
        for node in expr.walk():
            if isinstance(node, Source) and node.op == "root" and node.entity is not cls.subject:
                raise RuleError(
                    f"reads {node.entity.__name__}, but judges {cls.subject.__name__}",
                    where=node.site,
                    mend=f"start from {cls.subject.__name__}, and follow its references",
                )
    for version in laws:
        for node in version.eligible.walk():
            if node.op == "pay_month":
                raise RuleError("PAY_MONTH outside monthly(…)", where=node.site)
    flows = {type(version.pays) for version in laws if version.pays is not None}
    if len(flows) > 1:
        raise RuleError("pays once under one law and monthly under another", mend="two schemes")


def _pay_parts(pays: Pays | None) -> list[Expr]:
    if pays is None:
        return []
    return [pays.amount] if isinstance(pays, Once) else [pays.amount, pays.first, pays.last]


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
        doubtful = where(applies, in_doubt, doubtful)
    cls.outcome, cls.law_index, cls.doubtful = outcome, index, doubtful
    cls.amount = _by_law(cls, bound, lambda pays: pays.amount)
    cls.first = _by_law(cls, bound, lambda pays: pays.first if isinstance(pays, Monthly) else None)
    cls.last = _by_law(cls, bound, lambda pays: pays.last if isinstance(pays, Monthly) else None)


def _by_law(cls: type[Scheme], bound: Rewriter, part: Callable[[Pays], Any]) -> Any:
    """One expression that takes ``part`` from the version in force; None where none has it."""
    parts = [None if version.pays is None else part(version.pays) for version in cls.laws]
    kinds = [expr.kind for expr in parts if expr is not None]
    if not kinds:
        return None
    nothing = make("const", kinds[0], (), (None,))
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


__all__ = [
    "ClawBack",
    "Condition",
    "Law",
    "Monthly",
    "Once",
    "Rests",
    "Scheme",
    "claw_back",
    "condition",
    "ends",
    "holds",
    "law",
    "monthly",
    "once",
]
