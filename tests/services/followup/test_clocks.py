"""When a contact is due: the calendar month, months in part, and the two placement clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenye.policy.duties import State
from wenye.policy.duty_months import months_met
from wenye.services.followup.clocks import (
    NO_DAY,
    Placement,
    due_on,
    law_due,
    monthly,
    placement_clock,
    urgency,
)
from wenye.services.followup.models import Contact, Followed

LONG_AGO = dt.date(2015, 1, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("event", "last", "on", "due", "part"),
    [
        # Registered on the 1st: the month is whole, and due by its end.
        ("2026-03-01", None, "2026-03-20", "2026-03-31", False),
        # Registered within the month: due by its end, and not overdue after it.
        ("2026-03-02", None, "2026-03-20", "2026-03-31", True),
        ("2026-03-02", None, "2026-04-01", "2026-04-30", False),
        # A contact moves the due day to the end of the month after its own.
        ("2026-01-01", "2026-02-28", "2026-03-01", "2026-03-31", False),
        ("2026-01-01", "2026-03-01", "2026-03-01", "2026-04-30", False),
        # A whole month missed: the due day stays where it was missed.
        ("2026-01-01", "2026-02-10", "2026-05-05", "2026-03-31", False),
        # A contact before the registration counts for no month of it.
        ("2026-03-02", "2026-02-10", "2026-03-20", "2026-03-31", True),
        # February of a leap year, and of another one.
        ("2024-01-01", "2024-01-31", "2024-02-29", "2024-02-29", False),
        ("2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", False),
        # Before the document was in force nothing was owed.
        ("2020-01-01", None, "2020-09-15", "2020-08-31", False),
    ],
)
def test_due_by_the_calendar_month(
    event: str, last: str | None, on: str, due: str, part: bool
) -> None:
    found = law_due(day(event), None if last is None else day(last), day(on), LONG_AGO)
    assert found == (day(due), part)


def test_nothing_is_missed_before_the_record_begins() -> None:
    due, part = law_due(day("2024-01-01"), None, day("2026-10-20"), day("2026-10-05"))
    assert (due, part) == (day("2026-10-31"), True)
    due, part = law_due(day("2024-01-01"), None, day("2026-11-20"), day("2026-10-05"))
    assert (due, part) == (day("2026-11-30"), False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    event=st.dates(day("2020-09-01"), day("2024-06-30")),
    offsets=st.lists(st.integers(0, 500), max_size=8),
    ahead=st.integers(0, 500),
)
def test_overdue_is_what_the_duty_itself_says(
    event: dt.date, offsets: list[int], ahead: int
) -> None:
    """Whoever has missed a month since the last contact is overdue, and nobody else."""
    on = event + dt.timedelta(days=ahead)
    done = sorted(event + dt.timedelta(days=each) for each in offsets if each <= ahead)
    last = done[-1] if done else None
    due, part = law_due(event, last, on, LONG_AGO)
    assert due is not None
    months = months_met(monthly(), event, done, on)
    since = [
        each for each in months if each.state is State.OVERDUE and (last is None or each.due > last)
    ]
    assert (due < on and not part) == bool(since)
    if since:
        assert due == since[0].due


def test_an_agreed_day_comes_before_the_duty_and_is_never_overdue_by_it() -> None:
    row = Followed(
        unemployed_since=day("2026-01-01"),
        last_counted_on=day("2026-10-05"),
        agreed_on=day("2026-10-12"),
    )
    due = due_on(row, day("2026-10-20"), LONG_AGO)
    assert (due.day, due.law) == (day("2026-10-12"), day("2026-11-30"))
    assert due.overdue(day("2026-10-20")) == 0


def test_who_is_no_longer_followed_is_due_no_more() -> None:
    row = Followed(open=False, unemployed_since=day("2026-01-01"), agreed_on=day("2026-10-12"))
    assert due_on(row, day("2026-10-20"), LONG_AGO).day is None


def test_urgency_orders_by_day_then_never_then_certified_then_benefit() -> None:
    def of(due: str | None, never: bool, certified: bool, benefit: bool) -> int:
        return urgency(
            None if due is None else day(due),
            never=never,
            certified=certified,
            benefit_soon=benefit,
        )

    order = [
        of("2026-09-30", False, False, False),
        of("2026-10-31", True, True, True),
        of("2026-10-31", True, True, False),
        of("2026-10-31", True, False, True),
        of("2026-10-31", False, True, True),
        of("2026-10-31", False, False, True),
        of("2026-10-31", False, False, False),
        of(None, True, True, True),
    ]
    assert order == sorted(order)
    assert len(set(order)) == len(order)
    assert order[-1] >= NO_DAY > order[-2]


# -- placement: three months for people, one for families ------------------------------------------


@pytest.mark.parametrize(
    ("placed", "on", "accepts", "state"),
    [
        (None, "2026-03-01", Contact.YES, Placement.WITHIN),
        (None, "2026-04-15", Contact.YES, Placement.WITHIN),
        (None, "2026-04-16", Contact.YES, Placement.AT_RISK),
        (None, "2026-04-30", Contact.YES, Placement.AT_RISK),
        (None, "2026-05-01", Contact.YES, Placement.LATE),
        (None, "2026-05-01", Contact.UNKNOWN, Placement.LATE),
        (None, "2026-05-01", Contact.NO, Placement.NOT_OWED),
        ("2026-04-30", "2026-05-01", Contact.YES, Placement.PLACED),
        ("2026-05-01", "2026-05-02", Contact.YES, Placement.PLACED_LATE),
        ("2026-04-30", "2026-05-01", Contact.NO, Placement.PLACED),
    ],
)
def test_three_months_from_certification_on_31_january(
    placed: str | None, on: str, accepts: str, state: Placement
) -> None:
    clock = placement_clock(
        "certified", day("2026-01-31"), None if placed is None else day(placed), day(on), accepts
    )
    assert clock.state is state
    assert clock.fulfilment.due == day("2026-04-30")
    assert clock.asked == (accepts != Contact.UNKNOWN)
    assert "七" in clock.duty.source and clock.duty.clock.count == 3


def test_one_month_from_the_confirmation_of_a_family() -> None:
    clock = placement_clock("family", day("2026-08-31"), None, day("2026-10-01"))
    assert (clock.state, clock.days) == (Placement.LATE, 1)
    assert clock.fulfilment.due == day("2026-09-30")


def test_nobody_is_late_past_the_day_to_which_work_is_on_record() -> None:
    clock = placement_clock(
        "certified", day("2026-01-31"), None, day("2026-06-01"), complete_to=day("2026-04-01")
    )
    assert clock.state is Placement.UNKNOWN
    assert "2026-04-01" in clock.fulfilment.reason


def test_a_certification_before_the_document_owes_nothing() -> None:
    clock = placement_clock("certified", day("2015-01-31"), None, day("2026-06-01"))
    assert clock.state is Placement.UNKNOWN
