"""A stored decision made again from its row, by the case executor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wenye.determination.judging import about
from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.decide import OUTCOMES, Decider, trusted
from wenye.rules.held import Row
from wenye.rules.parameters import Series
from wenye.rules.scheme import Scheme


class Again:
    """Decides rows of one scheme as at a day, in the columns of ``determination.judging``."""

    def __init__(self, scheme: type[Scheme], parameters: Mapping[str, Series], on: int) -> None:
        self.scheme = scheme
        self.on = on
        self.decide = Decider(scheme, parameters)
        parts = about(scheme)
        claw = scheme.claws_back
        if claw is not None:
            parts |= {"recover_when": claw.when, "recover_amount": claw.amount}
        self.names = tuple(parts)
        self.beside = CaseProgram(parts, parameters).decide
        confirmed = trusted(scheme, parameters)
        self.strict = (
            None
            if confirmed is None
            else CaseProgram({"outcome": scheme.outcome}, {**parameters, **confirmed}).decide
        )

    def __call__(self, row: Row) -> dict[str, Any]:
        """The decided columns of one row."""
        decision = self.decide(row, self.on)
        entitled = decision.outcome is True
        law = decision.law
        beside = dict(zip(self.names, self.beside(row, self.on), strict=True))
        law_day = beside["law_day"]
        month = self.on >> 6
        left = None
        if entitled and decision.first is not None and decision.last is not None:
            left = max(0, decision.last - max(decision.first, month) + 1)
        return {
            **{name: beside.get(name) for name in ("payee", "concerns", "once", "town")},
            "law_day": None if law_day is None else calendar.date(law_day),
            "law": None if law is None or law < 0 else self.scheme.laws[law].name,
            "outcome": OUTCOMES[decision.outcome],
            "outcome_status": self._outcome_status(row, decision.outcome),
            "amount": decision.amount,
            "amount_status": decision.amount_status,
            "first": _first_day(decision.first) if entitled else None,
            "last": _first_day(decision.last) if entitled else None,
            "months_left": left,
            "recover": decision.recover,
            "recover_unknown": _is_open(beside),
            **{f"c.{name}": value for name, value in decision.conditions.items()},
        }

    def _outcome_status(self, row: Row, outcome: bool | None) -> str | None:
        if outcome is None:
            return None
        stands = self.strict is None or self.strict(row, self.on)[0] is outcome
        return "confirmed" if stands else "unconfirmed"

    def differences(self, stored: Mapping[str, Any], row: Row) -> list[tuple[str, Any, Any]]:
        """``(column, stored, now)`` for each value that does not come out as it was stored."""
        now = self(row)
        return [
            (column, stored.get(column), value)
            for column, value in now.items()
            if column not in stored or stored[column] != value
        ]


def _is_open(beside: Mapping[str, Any]) -> bool:
    """Whether it is unknown if, or how much of, what was paid is to be returned."""
    if "recover_when" not in beside or beside["recover_when"] is False:
        return False
    when, paid = beside["recover_when"], beside["recover_amount"]
    return (when is None or paid is None) and paid != 0


def _first_day(month: int | None) -> dt.date | None:
    return None if month is None else calendar.date(calendar.first_day(month))


def plain(value: Any) -> Any:
    """A stored value as JSON: days as text."""
    return value.isoformat() if isinstance(value, dt.date) else value
