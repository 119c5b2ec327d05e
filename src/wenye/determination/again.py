"""A stored decision made again from its row, by the case executor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.decide import OUTCOMES, Decider
from wenye.rules.held import Row
from wenye.rules.parameters import Series
from wenye.rules.scheme import Scheme


class Again:
    """Decides rows of one scheme as at a day, in the columns of ``determination.judging``."""

    def __init__(self, scheme: type[Scheme], parameters: Mapping[str, Series], on: int) -> None:
        self.scheme = scheme
        self.on = on
        self.decide = Decider(scheme, parameters)
        self.law_day = CaseProgram({"law_day": scheme.dated_by}, parameters).decide

    def __call__(self, row: Row) -> dict[str, Any]:
        """The decided columns of one row."""
        decision = self.decide(row, self.on)
        entitled = decision.outcome is True
        law = decision.law
        (law_day,) = self.law_day(row, self.on)
        month = self.on >> 6
        left = None
        if entitled and decision.first is not None and decision.last is not None:
            left = max(0, decision.last - max(decision.first, month) + 1)
        return {
            "law_day": None if law_day is None else calendar.date(law_day),
            "law": None if law is None or law < 0 else self.scheme.laws[law].name,
            "outcome": OUTCOMES[decision.outcome],
            "amount": decision.amount,
            "amount_status": decision.amount_status,
            "first": _first_day(decision.first) if entitled else None,
            "last": _first_day(decision.last) if entitled else None,
            "months_left": left,
            "recover": decision.recover,
            **{f"c.{name}": value for name, value in decision.conditions.items()},
        }

    def differences(self, stored: Mapping[str, Any], row: Row) -> list[tuple[str, Any, Any]]:
        """``(column, stored, now)`` for each value that does not come out as it was stored."""
        now = self(row)
        return [
            (column, stored.get(column), value)
            for column, value in now.items()
            if column not in stored or stored[column] != value
        ]


def _first_day(month: int | None) -> dt.date | None:
    return None if month is None else calendar.date(calendar.first_day(month))


def plain(value: Any) -> Any:
    """A stored value as JSON: days as text."""
    return value.isoformat() if isinstance(value, dt.date) else value
