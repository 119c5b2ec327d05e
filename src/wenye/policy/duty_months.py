"""The calendar months of a monthly duty, each for itself.

What is done in one month does not make up for another. A month is owed where the document is in
force on its due day. Whether a month counts of which the duty covers only a part (the one of the
event, and the last one) may be open: such a month is then met or unknown, and never missed. Each
month has the basis of its own due day: a document may fall into doubt while a duty runs. What a
document only sets out to explore is never overdue, and a month without it is not done.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wenye.policy.documents import Standing
from wenye.policy.duty_clocks import ClockKind, month_of
from wenye.rules import calendar

if TYPE_CHECKING:
    from wenye.policy.duties import Duty


class State(StrEnum):
    """Where a duty stands on a day."""

    NOT_YET_DUE = "not_yet_due"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    NOT_DONE = "not_done"
    NOT_OWED = "not_owed"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.NOT_YET_DUE: ("未到期", "not yet due"),
    State.MET: ("已按期完成", "met"),
    State.MET_LATE: ("逾期完成", "met late"),
    State.OVERDUE: ("逾期未完成", "overdue"),
    State.NOT_DONE: ("未完成（探索性要求，不算逾期）", "not done (exploratory, never overdue)"),
    State.NOT_OWED: ("不适用", "not owed"),
    State.UNKNOWN: ("无法判定", "unknown"),
}


@dataclass(frozen=True, slots=True)
class MonthMet:
    """A calendar month of a monthly duty: ``2026-10``, its due day, and where it stands.

    ``basis`` is the document's force on the due day, None where the law is not among the documents;
    ``part`` where the duty covers only a part of the month; ``done``: how often it was done in it.
    """

    month: str
    due: dt.date
    state: State
    done: int
    basis: Standing | None
    part: bool = False


@dataclass(frozen=True, slots=True)
class MonthsCounted:
    """The months that make a monthly duty stand as it does, by what each of them rests on.

    ``firm`` rest on a document in force, ``doubtful`` on one whose force is open, ``unconfirmed``
    on a law that is not among the documents. ``first_doubtful`` is the first of the doubtful ones.
    """

    firm: int = 0
    doubtful: int = 0
    unconfirmed: int = 0
    first_doubtful: str = ""

    @property
    def basis(self) -> Standing | None:
        """What the whole of them rests on: as doubtful as the most doubtful month."""
        if self.doubtful:
            return Standing.DOUBTFUL
        return Standing.IN_FORCE if self.firm else None


def counted(months: Iterable[MonthMet]) -> MonthsCounted:
    """The months by their basis."""
    months = tuple(months)
    bases = Counter(item.basis for item in months)
    doubtful = [item.month for item in months if item.basis is Standing.DOUBTFUL]
    return MonthsCounted(
        firm=bases[Standing.IN_FORCE],
        doubtful=len(doubtful),
        unconfirmed=bases[None],
        first_doubtful=doubtful[0] if doubtful else "",
    )


def months_met(
    duty: Duty,
    event: dt.date,
    done: Iterable[dt.date],
    on: dt.date,
    *,
    until: dt.date | None = None,
    complete_to: dt.date | None = None,
) -> tuple[MonthMet, ...]:
    """Each calendar month owed from the event to ``on`` (or ``until``), and where it stands.

    ``done`` are the days on which it was done; ``complete_to`` is the day to which that record is
    complete, ``on`` unless given.
    """
    clock = duty.clock
    if clock.kind is not ClockKind.EVERY:
        raise ValueError(f"{duty.id} is not a monthly duty")
    happened = [day for day in done if event <= day <= on and (until is None or day <= until)]
    held_to = on if complete_to is None else min(complete_to, on)
    last_month = month_of(on if until is None else min(on, until))
    found: list[MonthMet] = []
    for month in range(month_of(event) + clock.first, last_month + 1):
        last = clock.month_due(month)
        times = sorted(day for day in happened if month_of(day) == month)
        part = _in_part(month, event, until)
        basis = duty.basis(last)
        if basis in (Standing.NOT_YET, Standing.ENDED):
            state = State.NOT_OWED
        elif len(times) >= clock.count:
            in_time = duty.exploratory or times[clock.count - 1] <= last
            state = State.MET if in_time else State.MET_LATE
        elif on <= last:
            state = State.NOT_YET_DUE
        elif held_to < last or (part and clock.part_months_open):
            state = State.UNKNOWN
        else:
            state = State.NOT_DONE if duty.exploratory else State.OVERDUE
        found.append(MonthMet(calendar.month_text(month), last, state, len(times), basis, part))
    return tuple(found)


def _in_part(month: int, event: dt.date, until: dt.date | None) -> bool:
    begins = month == month_of(event) and event.day > 1
    if until is None or month != month_of(until):
        return begins
    return begins or until.day < calendar.days_in_month(month)
