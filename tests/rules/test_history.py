"""What was paid before: once only, months drawn, drawing in a month, and what is to be returned."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.examples import Basis, decided, explained, month, series, value_of
from tests.rules.model import Job, Person

from wenye.rules import (
    ON,
    Scheme,
    amount_paid,
    claw_back,
    condition,
    drawing,
    has,
    law,
    month_of,
    months_drawn,
    once,
    paid_before,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import MONTH, money, number

GRANT = parameter(series("grant", money("once"), ("2020-01-01", 100_000)))


def award(first: str = "2023-01", last: str = "2023-03", **more: Any) -> dict[str, Any]:
    """An award, paid and not recovered."""
    base = {"scheme": "grant", "first_month": first, "last_month": last}
    return {**base, "amount": "1500.00", "recovered": False, **more}


def of(expr: Any, *awards: Any, on: str = "2024-01-01") -> Any:
    return value_of(expr, Person, {"person": {"awards": list(awards)}}, on)


# ---- paid before

BEFORE = paid_before(Person.awards, "grant")


def test_nothing_paid() -> None:
    assert of(BEFORE) is False


def test_paid_once_before() -> None:
    assert of(BEFORE, award()) is True


def test_another_scheme_does_not_count() -> None:
    assert of(BEFORE, award(scheme="stipend")) is False
    assert of(paid_before(Person.awards, "grant", "stipend"), award(scheme="stipend")) is True


def test_what_was_recovered_does_not_count() -> None:
    assert of(BEFORE, award(recovered=True)) is False
    assert of(BEFORE, award(recovered=True), award()) is True


def test_whether_it_was_recovered_is_not_known() -> None:
    doubtful = award()
    del doubtful["recovered"]
    assert of(BEFORE, doubtful) is None
    assert of(BEFORE, doubtful, award()) is True
    assert of(BEFORE, {**doubtful, "scheme": "stipend"}) is False


def test_no_list_of_awards_is_unknown_not_none() -> None:
    assert value_of(BEFORE, Person, {"person": {}}, "2024-01-01") is None
    assert value_of(BEFORE, Person, {"person": {"awards": None}}, "2024-01-01") is False


# ---- months drawn


def drawn(before: str) -> Any:
    to = parameter(series("to", MONTH, ("2000-01-01", month(before))), ON)
    return months_drawn(Person.awards, "grant", before=to)


@pytest.mark.parametrize(
    ("before", "months"),
    [
        ("2022-12", 0),
        ("2023-01", 0),
        ("2023-02", 1),
        ("2023-03", 2),
        ("2023-04", 3),
        ("2024-06", 3),
    ],
)
def test_months_drawn_up_to_a_month(before: str, months: int) -> None:
    assert of(drawn(before), award("2023-01", "2023-03")) == months


def test_months_are_drawn_over_several_awards_and_the_turn_of_a_year() -> None:
    awards = award("2022-11", "2023-02"), award("2023-05", "2023-05")
    assert of(drawn("2023-01"), *awards) == 2
    assert of(drawn("2023-06"), *awards) == 5


def test_months_recovered_or_of_another_scheme_are_not_drawn() -> None:
    assert of(drawn("2024-01"), award(recovered=True), award(scheme="stipend")) == 0


def test_months_drawn_are_between_what_is_sure_and_what_is_possible() -> None:
    doubtful = award("2023-07", "2023-08")
    del doubtful["recovered"]
    awards = award("2023-01", "2023-03"), doubtful
    assert of(drawn("2024-01"), *awards) is None
    assert of(drawn("2024-01") >= 3, *awards) is True
    assert of(drawn("2024-01") >= 4, *awards) is None
    assert of(drawn("2024-01") >= 6, *awards) is False


def test_months_left_of_a_term() -> None:
    term = parameter(series("term", number("month"), ("2000-01-01", 36)), ON)
    left = term - months_drawn(Person.awards, "grant", before=month_of(ON))
    assert of(left, award("2022-01", "2023-12"), on="2023-06-15") == 36 - 17


# ---- drawing


@pytest.mark.parametrize(
    ("on", "yes"),
    [("2022-12-31", False), ("2023-01-01", True), ("2023-03-31", True), ("2023-04-01", False)],
)
def test_drawing_in_the_months_of_the_award(on: str, yes: bool) -> None:
    assert of(drawing(Person.awards, "grant", month=month_of(ON)), award(), on=on) is yes


def test_drawing_something_else_or_recovered() -> None:
    now = drawing(Person.awards, "grant", month=month_of(ON))
    assert of(now, award(scheme="stipend"), on="2023-02-01") is False
    assert of(now, award(recovered=True), on="2023-02-01") is False


# ---- amounts


def test_the_amount_paid_less_what_was_recovered() -> None:
    paid = amount_paid(Person.awards, "grant")
    assert of(paid) == 0
    awards = award(), award(amount="0.01"), award(recovered=True), award(scheme="stipend")
    assert of(paid, *awards) == 150_001


def test_history_of_the_firm_is_not_that_of_the_worker() -> None:
    case = {"job": {"worker": {"awards": [award()]}, "firm": {"awards": []}}}
    assert value_of(paid_before(Job.worker, "grant"), Job, case, "2024-01-01") is True
    assert value_of(paid_before(Job.firm, "grant"), Job, case, "2024-01-01") is False


# ---- once per


class OncePerWorker(Scheme):
    title, subject, once_per = "示例", Job, Job.worker
    posted = condition("派遣", Job.posted)
    law_2020 = law(Basis(), eligible=posted, pays=once(GRANT))


def job(*awards: Any, **more: Any) -> dict[str, Any]:
    return {"job": {"posted": True, "worker": {"awards": list(awards)}, **more}}


def test_once_per_adds_a_condition_of_its_own() -> None:
    assert list(OncePerWorker.conditions) == ["posted", "not_paid_before"]
    found = decided(OncePerWorker, job(), "2024-01-01")
    assert found.conditions == {"posted": True, "not_paid_before": True}
    assert found.amount == 100_000


def test_a_support_already_paid_excludes() -> None:
    found = decided(OncePerWorker, job(award(scheme="once_per_worker")), "2024-01-01")
    assert found.conditions == {"posted": True, "not_paid_before": False}
    assert (found.outcome, found.amount_status) == (False, "none")


def test_another_support_or_a_recovered_one_does_not() -> None:
    others = award(), award(scheme="once_per_worker", recovered=True)
    assert decided(OncePerWorker, job(*others), "2024-01-01").outcome is True


def test_unknown_awards_are_asked() -> None:
    case = {"job": {"posted": True, "worker": {}}}
    found = explained(OncePerWorker, case, "2024-01-01")
    assert (found["outcome"], found["missing"]) == ("undetermined", ["job.worker.awards"])


def test_what_counts_once_is_what_must_not_stack() -> None:
    assert OncePerWorker.concerns is OncePerWorker.once_per

    class OfTheFirm(Scheme):
        title, subject, once_per, concerns = "示例", Job, Job.worker, Job.firm
        law_2020 = law(Basis(), eligible=Job.posted)

    assert OfTheFirm.concerns.path == "firm"


# ---- claw back


class ToBeReturned(Scheme):
    """Returned in full where the job ended."""

    title, subject = "示例", Job
    law_2020 = law(Basis(), eligible=Job.posted, pays=once(GRANT))
    claws_back = claw_back(
        "提前终止",
        when=has(Job.ended_on) & paid_before(Job.firm, "to_be_returned"),
        amount=amount_paid(Job.firm, "to_be_returned"),
        en="ended early",
    )


@pytest.mark.parametrize(
    ("ended_on", "awards", "recover"),
    [
        ("2023-05-01", [award(scheme="to_be_returned")], 150_000),
        ("2023-05-01", [award(scheme="to_be_returned")] * 2, 300_000),
        (None, [award(scheme="to_be_returned")], None),
        ("2023-05-01", [], None),
        ("2023-05-01", [award(scheme="to_be_returned", recovered=True)], None),
    ],
)
def test_money_to_be_returned(ended_on: str | None, awards: list[Any], recover: int | None) -> None:
    case = {"job": {"posted": True, "ended_on": ended_on, "firm": {"awards": awards}}}
    assert decided(ToBeReturned, case, "2024-01-01").recover == recover


def test_money_to_be_returned_is_shown_in_yuan() -> None:
    case = job(ended_on="2023-05-01", firm={"awards": [award(scheme="to_be_returned")]})
    assert explained(ToBeReturned, case, "2024-01-01")["claw_back"] == "1500.00"


def test_nothing_is_taken_back_while_it_is_not_known() -> None:
    case = job(firm={"awards": [award(scheme="to_be_returned")]})
    assert decided(ToBeReturned, case, "2024-01-01").recover is None
