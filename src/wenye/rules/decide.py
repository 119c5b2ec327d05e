"""One case of one scheme, decided: outcome, reasons, amount and how far it may be paid on.

An amount is *payable* where the decision stands on confirmed values alone: the case is decided a
second time with every unconfirmed value taken as open, and must come out the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.expressions import Expr
from wenye.rules.held import Row
from wenye.rules.parameters import Series, Status
from wenye.rules.scheme import Scheme, ends
from wenye.rules.tree import Node, depends_on_day

#: Months of a schedule that are written out; no support runs longer.
LONGEST = 600

OUTCOMES = {True: "entitled", False: "not_entitled", None: "undetermined"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What one case comes to; amounts in fen, months as indexes."""

    outcome: bool | None
    law: int | None
    doubtful: bool | None
    amount: int | None
    amount_status: str
    first: int | None
    last: int | None
    recover: int | None
    conditions: dict[str, bool | None]


def outputs(scheme: type[Scheme]) -> dict[str, Expr]:
    """Everything a decision of the scheme consists of, by name; conditions as ``c.name``."""
    parts: dict[str, Expr] = {
        "outcome": scheme.outcome,
        "law": scheme.law_index,
        "doubtful": scheme.doubtful,
    }
    for name in ("amount", "first", "last"):
        expr = getattr(scheme, name)
        if expr is not None:
            parts[name] = expr
    if scheme.claws_back is not None:
        parts["recover_when"] = scheme.claws_back.when
        parts["recover_amount"] = scheme.claws_back.amount
    for name, item in scheme.conditions.items():
        parts[f"c.{name}"] = item
    return parts


def strict_outputs(scheme: type[Scheme]) -> dict[str, Expr]:
    """What must come out the same on confirmed values alone for an amount to be payable."""
    parts: dict[str, Expr] = {"outcome": scheme.outcome, "doubtful": scheme.doubtful}
    for name in ("amount", "first", "last"):
        expr = getattr(scheme, name)
        if expr is not None:
            parts[name] = expr
    return parts


def series_read(
    nodes: Iterator[Node] | list[Node], parameters: Mapping[str, Series]
) -> dict[str, Series]:
    """The parameters that the nodes read, by name."""
    found: dict[str, Series] = {}
    for node in nodes:
        for below in node.walk():
            if below.op == "param":
                name, series = below.attrs
                found[name] = parameters.get(name, series)
    return found


def trusted(scheme: type[Scheme], parameters: Mapping[str, Series]) -> dict[str, Series] | None:
    """The scheme's parameters with unconfirmed values made open; None where there are none."""
    read = series_read(list(outputs(scheme).values()), parameters)
    doubtful = any(step.status is Status.SOURCED for item in read.values() for step in item.steps)
    return {name: item.trusted() for name, item in read.items()} if doubtful else None


class Decider:
    """A scheme compiled for single cases."""

    def __init__(
        self, scheme: type[Scheme], parameters: Mapping[str, Series] | None = None
    ) -> None:
        self.scheme = scheme
        self.parameters = dict(parameters or {})
        parts = outputs(scheme)
        self.program = CaseProgram(parts, self.parameters)
        strict = trusted(scheme, self.parameters)
        narrow = strict_outputs(scheme)
        self._strict = (
            None if strict is None else CaseProgram(narrow, {**self.parameters, **strict})
        )
        self._where = {name: place for place, name in enumerate(parts)}
        self._conditions = [
            (name[2:], place) for name, place in self._where.items() if name.startswith("c.")
        ]

    def __call__(self, row: Row, on: int) -> Decision:
        """Decide the case as at the day code ``on``."""
        month = on >> 6
        found = self.program.decide(row, on, month)
        where = self._where
        first = found[where["first"]] if "first" in where else None
        last = found[where["last"]] if "last" in where else None
        amount, status = self.amount(row, on, found, first, last)
        recover = None
        if "recover_when" in where and found[where["recover_when"]]:
            recover = found[where["recover_amount"]]
        return Decision(
            found[0],
            found[1],
            found[2],
            amount,
            status,
            first,
            last,
            recover,
            {name: found[place] for name, place in self._conditions},
        )

    def amount(
        self,
        row: Row,
        on: int,
        found: tuple[Any, ...],
        first: int | None,
        last: int | None,
    ) -> tuple[int | None, str]:
        """The amount of the payment, or of the month of determination, and its status."""
        if "amount" not in self._where or found[0] is not True or found[2] is not False:
            return None, "none"
        if found[1] is not None and self.scheme.laws[found[1]].pays is None:
            return None, "none"
        month = on >> 6
        if "first" in self._where:
            if first is None or last is None:
                return None, "open"
            if not first <= month <= last:
                return None, "none"
        amount = found[self._where["amount"]]
        return amount, self._status(row, on, month, amount)

    def unconfirmed(self, row: Row, on: int, outcome: bool | None) -> bool:
        """Whether the outcome would not stand without the values that nobody has confirmed."""
        if self._strict is None or outcome is None:
            return False
        return self._strict.decide(row, on, on >> 6)[0] is not outcome

    def _status(self, row: Row, on: int, month: int, amount: int | None) -> str:
        if amount is None:
            return "open"
        if self._strict is None:
            return "payable"
        outcome, doubtful, strict, *term = self._strict.decide(row, on, month)
        stands = outcome is True and doubtful is False and strict == amount
        if term and stands:
            first, last = term
            stands = first is not None and last is not None and first <= month <= last
        return "payable" if stands else "unconfirmed"

    def schedule(self, row: Row, on: int) -> list[tuple[int, int | None, str]]:
        """``(month, amount, status)`` for each month of a monthly scheme's term."""
        decision = self(row, on)
        if decision.outcome is not True or decision.doubtful is not False:
            return []
        first, last = decision.first, decision.last
        if first is None or last is None:
            return []
        place = self._where["amount"]
        certain = self._certain_to(decision)
        months: list[tuple[int, int | None, str]] = []
        for month in range(first, min(last, first + LONGEST - 1) + 1):
            if certain is not None and month > certain:
                months.append((month, None, "open"))
                continue
            amount = self.program.decide(row, on, month)[place]
            months.append((month, amount, self._status(row, on, month, amount)))
        return months

    def _certain_to(self, decision: Decision) -> int | None:
        """The last month for which the law of a scheme dated by the day is known to stand."""
        if decision.law is None or not depends_on_day(self.scheme.dated_by):
            return None
        version = self.scheme.laws[decision.law]
        days = [ends(self.scheme, decision.law)]
        if version.doubtful_from is not None:
            days.append(calendar.add_days(version.doubtful_from, -1))
        return min((day >> 6 for day in days if day is not None), default=None)
