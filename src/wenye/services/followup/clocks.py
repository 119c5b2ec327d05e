"""When a contact is due, and where the two placement clocks stand. All numbers are the duties' own.

The monthly duty: each calendar month needs one contact that counts. What was missed stays missed
(``months_of`` shows every month); for the worklist the next contact is due by the end of the first
month after the last contact that counts. A month of which the duty covers only a part may or may
not be owed (the document does not say): it is due by its end, and never overdue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wenye.policy.documents import Standing
from wenye.policy.duties import Duty, Fulfilment, State, standing
from wenye.policy.duty_clocks import month_of
from wenye.policy.duty_months import MonthMet, months_met
from wenye.rules import calendar
from wenye.services.followup.content import content
from wenye.services.followup.models import Contact, Followed

#: Urgency of somebody for whom no day is due.
NO_DAY = 2_000_000_000
_RANKS = 8


@dataclass(frozen=True, slots=True)
class Due:
    """When the next contact is due: by the duty (``law``), and by what was agreed."""

    law: dt.date | None
    part: bool
    agreed: dt.date | None

    @property
    def day(self) -> dt.date | None:
        """The earlier of the two."""
        days = [day for day in (self.law, self.agreed) if day is not None]
        return min(days) if days else None

    def overdue(self, on: dt.date) -> int:
        """Days by which the duty itself is overdue; 0 where it is not."""
        return 0 if self.law is None or self.part else max(0, (on - self.law).days)


def monthly() -> Duty:
    """The monthly duty of article 20."""
    return content().followed["unemployed"].duty


@lru_cache(maxsize=4096)
def _in_force(duty_id: str, month: int) -> bool:
    duty = monthly()
    return duty.basis(duty.clock.month_due(month)) not in (Standing.NOT_YET, Standing.ENDED)


def law_due(
    event: dt.date, last_counted: dt.date | None, on: dt.date, begun: dt.date
) -> tuple[dt.date | None, bool]:
    """By when a contact is due under the monthly duty, and whether that month is one in part.

    ``event`` is the registration; ``last_counted`` the last contact that counts; ``begun`` the day
    on which the record begins, before which nothing is known and so nothing is missed.
    """
    duty = monthly()
    start = max(event, begun)
    first = month_of(start) + (duty.clock.first if start == event else 0)
    part_first = start.day > 1 and first == month_of(start)
    month = first
    if last_counted is not None and month_of(last_counted) >= first:
        month = month_of(last_counted) + 1
    elif part_first and month_of(on) > first:
        month = first + 1
    for later in range(24 * 12):
        if _in_force(duty.id, month + later):
            month += later
            return duty.clock.month_due(month), part_first and month == first
        if later and month + later > month_of(on) + 1:
            break
    return None, False


def urgency(due: dt.date | None, *, never: bool, certified: bool, benefit_soon: bool) -> int:
    """The order of a worklist in one number, the most urgent first."""
    rank = (0 if never else 4) + (0 if certified else 2) + (0 if benefit_soon else 1)
    return NO_DAY + rank if due is None else due.toordinal() * _RANKS + rank


#: What ``law_due`` gave for a registration and a last contact, of many people at once.
Known = dict[tuple[dt.date, dt.date | None], tuple[dt.date | None, bool]]


def due_on(followed: Followed, on: dt.date, begun: dt.date, known: Known | None = None) -> Due:
    """When somebody's next contact is due."""
    law, part = None, False
    if followed.open and followed.unemployed_since is not None:
        days = followed.unemployed_since, followed.last_counted_on
        found = None if known is None else known.get(days)
        if found is None:
            found = law_due(*days, on, begun)
            if known is not None:
                known[days] = found
        law, part = found
    agreed = followed.agreed_on if followed.open else None
    return Due(law, part, agreed)


def set_due(followed: Followed, on: dt.date, begun: dt.date, known: Known | None = None) -> None:
    """Put the due days and the urgency into the row; ``known`` saves reckoning them again."""
    due = due_on(followed, on, begun, known)
    followed.law_due, followed.part_month, followed.due_on = due.law, due.part, due.day
    followed.urgency = urgency(
        due.day,
        never=followed.contacts == 0,
        certified=followed.certified_since is not None,
        benefit_soon=benefit_soon(followed.benefit_until, on),
    )


def benefit_soon(until: dt.date | None, on: dt.date) -> bool:
    """Whether the benefit runs out within the months that the district's content names."""
    if until is None or until < on:
        return False
    months = content().warning("benefit_months")
    return calendar.within(calendar.code(on), months, calendar.code(until))


def months_of(
    event: dt.date, contacts: Iterable[Contact], on: dt.date, begun: dt.date
) -> tuple[MonthMet, ...]:
    """Each month since the registration, and where it stands; nothing before the record begins."""
    days = [each.on for each in contacts if counts(each)]
    months = months_met(monthly(), event, days, on)
    known = month_of(begun) + (begun.day > 1)
    return tuple(each for each in months if calendar.month_index(each.month) >= known or each.done)


def counts(contact: Contact) -> bool:
    """Whether a contact is the month's follow-up, as the district's content says."""
    return not contact.void and (contact.reached or not content().only_reached_counts)


# -- placement -------------------------------------------------------------------------------------


class Placement(StrEnum):
    """Where a placement clock stands, if what is arranged is accepted."""

    WITHIN = "within"
    AT_RISK = "at_risk"
    LATE = "late"
    PLACED = "placed"
    PLACED_LATE = "placed_late"
    NOT_OWED = "not_owed"
    UNKNOWN = "unknown"


PLACEMENT_WORDS = {
    Placement.WITHIN: gettext_noop("期限内"),
    Placement.AT_RISK: gettext_noop("快到期"),
    Placement.LATE: gettext_noop("已超期"),
    Placement.PLACED: gettext_noop("按期就业"),
    Placement.PLACED_LATE: gettext_noop("超期后就业"),
    Placement.NOT_OWED: gettext_noop("本人不接受安排"),
    Placement.UNKNOWN: gettext_noop("无法判定"),
}
#: How each is shown: the classes of ``.state``.
PLACEMENT_LOOKS = {
    Placement.WITHIN: "going",
    Placement.AT_RISK: "unsure",
    Placement.LATE: "no",
    Placement.PLACED: "yes",
    Placement.PLACED_LATE: "over",
    Placement.NOT_OWED: "over",
    Placement.UNKNOWN: "unsure",
}


@dataclass(frozen=True, slots=True)
class PlacementClock:
    """One placement clock on a day. ``asked`` says whether acceptance was told at all."""

    state: Placement
    fulfilment: Fulfilment
    duty: Duty
    asked: bool

    @property
    def words(self) -> str:
        """The state in words."""
        return _(PLACEMENT_WORDS[self.state])

    @property
    def look(self) -> str:
        """The state's class."""
        return PLACEMENT_LOOKS[self.state]

    @property
    def days(self) -> int | None:
        """Days left, or days late."""
        return self.fulfilment.days


def placement_clock(
    which: str,
    event: dt.date,
    placed_on: dt.date | None,
    on: dt.date,
    accepts: str = Contact.UNKNOWN,
    complete_to: dt.date | None = None,
) -> PlacementClock:
    """The clock ``certified`` or ``family`` of one person or family.

    Where nobody was asked whether they accept, the clock runs as if they did, and says so. A told
    refusal is shown as told: whether it counts is not decided here.
    """
    duty = content().placement[which].duty
    told = {Contact.YES: True, Contact.NO: False}.get(accepts)
    refused = told is False and placed_on is None
    condition = not refused
    found = standing(duty, event, placed_on, on, condition, complete_to=complete_to)
    return PlacementClock(_placement(found, on, refused), found, duty, told is not None)


def _placement(found: Fulfilment, on: dt.date, refused: bool) -> Placement:
    if found.state is State.NOT_OWED:
        return Placement.NOT_OWED if refused else Placement.UNKNOWN
    if found.state is State.NOT_YET_DUE:
        soon = (found.days or 0) <= content().warning("placement_days")
        return Placement.AT_RISK if soon else Placement.WITHIN
    return {
        State.MET: Placement.PLACED,
        State.MET_LATE: Placement.PLACED_LATE,
        State.OVERDUE: Placement.LATE,
    }.get(found.state, Placement.UNKNOWN)
