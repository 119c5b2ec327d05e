"""The parts of a scheme: named conditions, versions of the law, what is paid and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wenye.rules import calendar
from wenye.rules.errors import RuleError
from wenye.rules.expressions import Expr, Month, Quantity, Truth, truth
from wenye.rules.tree import Node, written_at

if TYPE_CHECKING:
    from wenye.rules.scheme import Scheme


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
        # Two schemes may word one test alike: each keeps its own condition, told apart by the name.
        attrs = (label, tuple(values), owner, name)
        super().__init__("condition", (test, *values.values()), attrs)
        self.label = label
        self.label_en = en or label
        self.cites = cites
        self.name = name
        self.owner = owner

    @property
    def values(self) -> dict[str, Expr]:
        """What fills the label's placeholders."""
        return dict(zip(self.attrs[1], self.args[1:], strict=True))

    def cited_under(self, version: Law | None) -> Any:
        """Where the condition is written, under a version of the law: its own citation (by the
        version's name where it gives several), or what the version itself rests on."""
        basis = None if version is None else version.basis
        if isinstance(self.cites, Mapping):
            return basis if version is None else self.cites.get(version.name, basis)
        return basis if self.cites is None else self.cites

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
    """Another scheme's outcome for a row on a day, as a condition of this one."""

    __slots__ = ("scheme",)

    def __init__(
        self, scheme: type[Scheme], outcome: Truth, row: Node, doubtful: Truth, on: Node
    ) -> None:
        super().__init__("rests", (outcome, row, doubtful, on), (scheme.id,))
        self.scheme = scheme

    def rebuilt(self, args: tuple[Node, ...]) -> Rests:
        outcome, row, doubtful, on = args
        return Rests(self.scheme, truth(outcome), row, truth(doubtful), on)


def condition(
    label: str, test: Any, *, en: str = "", cites: Any = None, **values: Expr
) -> Condition:
    """Name an expression. ``{placeholders}`` of the label are filled from ``values`` by date.

    ``cites`` is a citation, or {name of a law: citation} where versions say it in different places;
    left out, the condition is written where its law is.
    """
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


def _cash(amount: Any, flow: str, taken_back: bool = False) -> Quantity:
    if not isinstance(amount, Quantity) or amount.kind.name != "money":
        got = amount.kind if isinstance(amount, Expr) else type(amount).__name__
        raise RuleError(f"pays a {got}", where=written_at(), mend="pay an amount of money")
    if amount.kind.unit != flow and taken_back:
        raise RuleError(
            f"takes back {amount.kind}",
            where=written_at(),
            mend="a monthly amount times a number of months is money paid once",
        )
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


def _month(value: Any, name: str) -> Month:
    if not isinstance(value, Month):
        got = value.kind if isinstance(value, Expr) else type(value).__name__
        raise RuleError(
            f"monthly({name}=…) takes a month, not a {got}",
            where=written_at(),
            mend="month_of(day)",
        )
    return value


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
    first = _month(first, "first")
    if last is None:
        last = first + months - 1
    return Monthly(_cash(amount, "monthly"), first, _month(last, "last"))


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
    label_en: str = ""
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
    en: str = "",
) -> Law:
    """A version of the law, resting on ``basis``.

    It holds from ``since`` (the document's first day unless given) until the next version begins,
    or ``until``. ``keeps`` grandfathers: rows for which it holds stay under this version later.
    ``label`` and ``en`` say in a few words what marks this version.
    """

    def day_code(value: str | dt.date | None) -> int | None:
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                raise RuleError(
                    f"{value!r} is no day of the calendar", where=written_at(), mend="2020-08-03"
                ) from None
        return None if value is None else calendar.code(value)

    begins = day_code(since or basis.since)
    if begins is None:
        raise RuleError(
            "a law without a first day",
            where=written_at(),
            mend="give since=, or date the document",
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
        label_en=en,
    )


@dataclass(frozen=True, slots=True)
class ClawBack:
    """When money already paid is to be returned, and how much."""

    label: str
    label_en: str
    when: Truth
    amount: Quantity
    cites: Any


def claw_back(
    label: str, *, when: Any, amount: Quantity, en: str = "", cites: Any = None
) -> ClawBack:
    """Money already paid (``amount``) is to be returned where ``when`` holds."""
    return ClawBack(label, en or label, truth(when), _cash(amount, "once", True), cites)
