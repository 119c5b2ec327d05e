"""One case decided: how much, for which months, and how far it may be paid on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.rules.examples import (
    CONFIRMED,
    QUOTED,
    SOURCED,
    Basis,
    day,
    decided,
    explained,
    month,
    series,
)
from tests.rules.model import Firm, Job

from wenye.rules import (
    ON,
    Scheme,
    condition,
    count,
    law,
    least,
    month_of,
    monthly,
    once,
    to_fen,
    where,
)
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider, series_read, trusted
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number, rate
from wenye.rules.parameters import Series, Status

START = "2020-01-01"
TODAY = "2024-01-15"


def scheme(**body: Any) -> type[Scheme]:
    """A scheme about jobs, with one law."""
    pays, eligible = body.pop("pays", None), body.pop("eligible", Job.posted)
    basis = body.pop("basis", Basis())
    whole = {"title": "示例", "subject": Job, "law_2020": law(basis, eligible=eligible, pays=pays)}
    return type("Example", (Scheme,), {**whole, **body})


def job(**facts: Any) -> dict[str, Any]:
    return {"job": {"posted": True, "started_on": "2024-01-10", **facts}}


def grant(status: Status, value: int | None = 100_000) -> Series:
    return series("grant", money("once"), (START, value, status))


GRANT = parameter(grant(QUOTED))
BONUS = parameter(series("bonus", money("once"), (START, 20_000, QUOTED)))
LEAST_MONTHS = parameter(series("least_months", number("month"), (START, 6, SOURCED)))

# ---- payable, unconfirmed, open, none


PAID_ONCE = scheme(pays=once(GRANT))


@pytest.mark.parametrize(
    ("status", "how"), [(QUOTED, "payable"), (CONFIRMED, "payable"), (SOURCED, "unconfirmed")]
)
def test_an_amount_is_as_good_as_its_value(status: Status, how: str) -> None:
    found = decided(PAID_ONCE, job(), TODAY, grant=grant(status))
    assert (found.outcome, found.amount, found.amount_status) == (True, 100_000, how)


def test_an_open_amount() -> None:
    found = explained(PAID_ONCE, job(), TODAY, grant=grant(Status.OPEN, None))
    assert (found["outcome"], found["amount"], found["amount_status"]) == ("entitled", None, "open")
    assert found["blocked_by"] == ["grant"]


def test_nothing_is_due_to_those_not_entitled() -> None:
    found = decided(PAID_ONCE, job(posted=False), TODAY)
    assert (found.outcome, found.amount, found.amount_status) == (False, None, "none")


def test_nothing_is_due_while_it_is_undetermined() -> None:
    found = decided(PAID_ONCE, {"job": {}}, TODAY)
    assert (found.outcome, found.amount, found.amount_status) == (None, None, "none")


def test_a_scheme_that_pays_nothing() -> None:
    found = decided(scheme(), job(), TODAY)
    assert (found.outcome, found.amount, found.amount_status) == (True, None, "none")
    assert scheme().flow() == ""


def test_a_doubtful_basis_pays_nothing() -> None:
    doubtful = scheme(pays=once(GRANT), basis=Basis(doubtful_from=dt.date(2024, 1, 1)))
    found = decided(doubtful, job(), TODAY)
    assert (found.outcome, found.doubtful, found.amount_status) == (True, True, "none")


def test_values_given_beside_the_scheme_take_the_place_of_its_own() -> None:
    assert decided(PAID_ONCE, job(), TODAY, grant=grant(QUOTED, 5)).amount == 5


# ---- a condition that rests on an unconfirmed value


LONG_INSURED = scheme(
    eligible=Job.posted | (Job.worker.insured_months >= LEAST_MONTHS), pays=once(GRANT)
)


def test_an_unconfirmed_threshold_makes_the_amount_unconfirmed() -> None:
    case = job(posted=False, worker={"insured_months": 6})
    found = decided(LONG_INSURED, case, TODAY)
    assert (found.amount, found.amount_status) == (100_000, "unconfirmed")


def test_an_unconfirmed_threshold_that_does_not_matter() -> None:
    for months in (0, 6, 600):
        case = job(posted=True, worker={"insured_months": months})
        assert decided(LONG_INSURED, case, TODAY).amount_status == "payable"


def test_not_entitled_by_an_unconfirmed_threshold_is_not_entitled() -> None:
    case = job(posted=False, worker={"insured_months": 5})
    found = decided(LONG_INSURED, case, TODAY)
    assert (found.outcome, found.amount_status) == (False, "none")


BY_DISABILITY = scheme(
    pays=once(
        where(
            Job.worker.disabled,
            GRANT,
            parameter(series("other", money("once"), (START, 1, SOURCED))),
        )
    )
)


def test_an_unconfirmed_amount_of_the_branch_not_taken() -> None:
    assert decided(BY_DISABILITY, job(worker={"disabled": True}), TODAY).amount_status == "payable"
    found = decided(BY_DISABILITY, job(worker={"disabled": False}), TODAY)
    assert (found.amount, found.amount_status) == (1, "unconfirmed")


def test_an_unconfirmed_value_of_another_time_does_not_matter() -> None:
    values = series("grant", money("once"), (START, 1, QUOTED), ("2025-01-01", 2, SOURCED))
    assert decided(PAID_ONCE, job(), "2024-12-31", grant=values).amount_status == "payable"
    assert decided(PAID_ONCE, job(), "2025-01-01", grant=values).amount_status == "unconfirmed"


def test_an_unconfirmed_cap_that_is_not_reached() -> None:
    """The lesser of two values needs both of them."""
    cap = parameter(series("cap", money("once"), (START, 50_000, SOURCED)))
    assert (
        decided(scheme(pays=once(least(BONUS, cap))), job(), TODAY).amount_status == "unconfirmed"
    )


def test_an_amount_on_which_an_unknown_fact_turns() -> None:
    found = decided(BY_DISABILITY, job(worker={}), TODAY)
    assert (found.outcome, found.amount, found.amount_status) == (True, None, "open")


def test_a_common_value_needs_no_fact() -> None:
    same = scheme(pays=once(where(Job.worker.disabled, GRANT, GRANT * 1)))
    found = decided(same, job(worker={}), TODAY)
    assert (found.amount, found.amount_status) == (100_000, "payable")


def test_a_scheme_without_unconfirmed_values_is_decided_once() -> None:
    assert trusted(PAID_ONCE, {}) is None
    assert trusted(PAID_ONCE, {"grant": grant(CONFIRMED)}) is None
    strict = trusted(LONG_INSURED, {})
    assert strict is not None
    assert strict["least_months"].at(day(TODAY)).value is None
    assert strict["grant"].at(day(TODAY)).value == 100_000
    assert set(series_read([LONG_INSURED.outcome], {})) == {"least_months"}


# ---- amounts from aggregates


PER_JOB = type(
    "PerJob",
    (Scheme,),
    {
        "title": "示例",
        "subject": Firm,
        "law_2020": law(
            Basis(), eligible=Firm.in_city, pays=once(GRANT * count(Firm.jobs, Firm.jobs.posted))
        ),
    },
)


def test_an_amount_from_a_count() -> None:
    jobs = [{"posted": True}, {"posted": True}, {"posted": False}]
    found = decided(PER_JOB, {"firm": {"in_city": True, "jobs": jobs}}, TODAY)
    assert (found.amount, found.amount_status) == (200_000, "payable")


def test_an_interval_that_does_not_close_is_open() -> None:
    found = decided(PER_JOB, {"firm": {"in_city": True, "jobs": [{"posted": True}, {}]}}, TODAY)
    assert (found.outcome, found.amount, found.amount_status) == (True, None, "open")


def test_nobody_is_paid_nothing_and_known_to_be() -> None:
    found = decided(PER_JOB, {"firm": {"in_city": True, "jobs": []}}, TODAY)
    assert (found.amount, found.amount_status) == (0, "payable")


# ---- rounding


@pytest.mark.parametrize(
    ("fen", "half", "paid"),
    [
        (10, "up", 2),  # 1.55 fen
        (10, "down", 1),
        (100, "up", 16),  # 15.5 fen, half up
        (100, "down", 15),
        (200, "up", 31),
        (0, "up", 0),
    ],
)
def test_rounding_is_as_it_says(fen: int, half: str, paid: int) -> None:
    share = parameter(series("share", rate(3), (START, 155)))
    part = to_fen(parameter(series("whole", money("once"), (START, fen))) * share, half=half)
    assert decided(scheme(pays=once(part)), job(), TODAY).amount == paid


# ---- months


def stipend(*steps: tuple[Any, ...]) -> Series:
    return series("stipend", money("monthly"), *(steps or ((START, 50_000),)))


TERM = parameter(series("term", number("month"), (START, 3)))


def paid_monthly(**more: Any) -> type[Scheme]:
    start = month_of(Job.started_on)
    pays = monthly(parameter(stipend()), first=start, months=more.pop("months", TERM))
    return scheme(pays=pays, **more)


def schedule(of: type[Scheme], case: Any, on: str, **parameters: Series) -> list[tuple[Any, ...]]:
    row = read_case(of.subject, case)
    found = Decider(of, parameters).schedule(row, day(on))
    return [(index - month("2024-01") + 1, amount, status) for index, amount, status in found]


@pytest.mark.parametrize(
    ("on", "amount", "status"),
    [
        ("2023-12-31", None, "none"),
        ("2024-01-01", 50_000, "payable"),  # the month in which the job begins
        ("2024-03-31", 50_000, "payable"),
        ("2024-04-01", None, "none"),
    ],
)
def test_the_month_of_determination(on: str, amount: int | None, status: str) -> None:
    found = decided(paid_monthly(), job(), on)
    assert (found.outcome, found.amount, found.amount_status) == (True, amount, status)


def test_a_schedule_names_every_month_of_the_term() -> None:
    of = paid_monthly(dated_by=Job.started_on)
    for on in (TODAY, "2030-01-01"):
        assert schedule(of, job(), on) == [(each, 50_000, "payable") for each in (1, 2, 3)]


def test_amounts_follow_the_value_of_each_month() -> None:
    values = stipend((START, 1, QUOTED), ("2024-02-01", 2, SOURCED), ("2024-03-01", None))
    assert schedule(paid_monthly(dated_by=Job.started_on), job(), TODAY, stipend=values) == [
        (1, 1, "payable"),
        (2, 2, "unconfirmed"),
        (3, None, "open"),
    ]


def test_months_beyond_the_law_of_the_day_are_open() -> None:
    """Dated by the day of determination, the law ahead is not known to stand."""
    ending = paid_monthly(basis=Basis(until=dt.date(2024, 2, 10)))
    assert schedule(ending, job(), TODAY) == [
        (1, 50_000, "payable"),
        (2, 50_000, "payable"),
        (3, None, "open"),
    ]


def test_months_in_doubt_are_open() -> None:
    doubted = paid_monthly(basis=Basis(doubtful_from=dt.date(2024, 2, 1)))
    assert [status for *_, status in schedule(doubted, job(), TODAY)] == ["payable", "open", "open"]


def test_months_beyond_a_law_that_is_replaced_are_open() -> None:
    start = month_of(Job.started_on)
    replaced = type(
        "Replaced",
        (Scheme,),
        {
            "title": "示例",
            "subject": Job,
            "law_2020": law(
                Basis(),
                eligible=Job.posted,
                pays=monthly(parameter(stipend()), first=start, months=TERM),
            ),
            "law_2024": law(Basis(since=dt.date(2024, 2, 1)), eligible=Job.worker.disabled),
        },
    )
    assert [status for *_, status in schedule(replaced, job(), TODAY)] == [
        "payable",
        "open",
        "open",
    ]


def test_a_law_picked_by_a_fact_holds_for_the_whole_term() -> None:
    ended = paid_monthly(dated_by=Job.started_on, basis=Basis(until=dt.date(2024, 1, 10)))
    assert [status for *_, status in schedule(ended, job(), TODAY)] == ["payable"] * 3


def test_an_open_term_is_open() -> None:
    no_end = parameter(series("term", number("month"), (START, None)))
    of = paid_monthly(months=no_end)
    found = decided(of, job(), TODAY)
    assert (found.outcome, found.last) == (True, None)
    assert (found.amount, found.amount_status) == (None, "open")
    assert schedule(of, job(), TODAY) == []


def test_an_unconfirmed_term_makes_its_months_unconfirmed() -> None:
    sourced = parameter(series("term", number("month"), (START, 3, SOURCED)))
    of = paid_monthly(months=sourced)
    assert decided(of, job(), TODAY).amount_status == "unconfirmed"
    assert schedule(of, job(), TODAY) == [(each, 50_000, "unconfirmed") for each in (1, 2, 3)]


def test_an_unknown_beginning_is_open() -> None:
    case = {"job": {"posted": True}}
    found = decided(paid_monthly(), case, TODAY)
    assert (found.first, found.amount_status) == (None, "open")


def test_no_schedule_without_entitlement() -> None:
    assert schedule(paid_monthly(), job(posted=False), TODAY) == []
    assert schedule(paid_monthly(), {"job": {}}, TODAY) == []
    assert schedule(PAID_ONCE, job(), TODAY) == []


def test_a_term_of_no_months() -> None:
    nothing = parameter(series("term", number("month"), (START, 0)))
    of = paid_monthly(months=nothing)
    assert schedule(of, job(), TODAY) == []
    assert decided(of, job(), TODAY).amount_status == "none"


def test_a_term_that_begins_in_the_future() -> None:
    found = explained(paid_monthly(), job(started_on="2024-05-01"), TODAY)
    assert found["outcome"] == "entitled"
    assert (found["amount"], found["amount_status"]) == (None, "none")
    assert [each["month"] for each in found["schedule"]] == ["2024-05", "2024-06", "2024-07"]
    assert {each["amount"] for each in found["schedule"]} == {"500.00"}


def test_a_schedule_ends_somewhere() -> None:
    for_ever = parameter(series("term", number("month"), (START, 12_000)))
    assert len(schedule(paid_monthly(months=for_ever), job(), TODAY)) == 600


def test_what_is_paid_names_its_flow() -> None:
    assert (PAID_ONCE.flow(), paid_monthly().flow()) == ("once", "monthly")


# ---- reasons


def test_reasons_are_kept_for_every_named_condition() -> None:
    posted = condition("派遣", Job.posted)
    begun = condition("已开始", Job.started_on <= ON)
    of = scheme(eligible=posted & begun, posted=posted, begun=begun)
    found = decided(of, job(started_on="2024-02-01"), TODAY)
    assert found.conditions == {"posted": True, "begun": False}
    assert decided(of, {"job": {}}, TODAY).conditions == {"posted": None, "begun": None}
