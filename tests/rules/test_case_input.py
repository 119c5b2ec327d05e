"""A case as people send it: what is read, and what is refused by its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.rules.examples import day, month
from tests.rules.model import Firm, Insured, Job, Person

from wenye.rules import CaseError, calendar
from wenye.rules.case_input import entity_name, read_case
from wenye.rules.facts import Entity, Register
from wenye.rules.held import Held


@contextmanager
def refused(what: str, *, at: str = "", mend: str = "") -> Iterator[None]:
    """The case is refused: what is wrong, at which place, and what to do."""
    with pytest.raises(CaseError) as caught:
        yield
    error = caught.value
    assert what in error.what
    assert error.where == at
    assert mend in error.mend
    for part in (error.what, error.where, error.mend):
        assert part in str(error)


def job(**facts: Any) -> dict[str, Any]:
    return dict(read_case(Job, {"job": facts}))


def person(**facts: Any) -> dict[str, Any]:
    return dict(read_case(Person, {"person": facts}))


# ---- what is read


def test_facts_as_they_are_stored() -> None:
    worker = {"birth_date": "1990-02-28", "hukou": "city", "wage": "3000.50", "town": "x"}
    row = job(started_on="2024-02-29", posted=False, term=6, worker=worker)
    assert row["started_on"] == day("2024-02-29")
    assert (row["posted"], row["term"]) == (False, 6)
    assert row["worker"]["birth_date"] == day("1990-02-28")
    assert (row["worker"]["hukou"], row["worker"]["wage"], row["worker"]["town"]) == (
        1,
        300_050,
        "x",
    )


def test_what_is_left_out_is_not_there_at_all() -> None:
    assert job() == {"key": None}


def test_null_is_absent_and_na_is_not_applicable() -> None:
    assert job(ended_on=None)["ended_on"] == calendar.ABSENT[32]
    assert job(ended_on="n/a")["ended_on"] == calendar.NOT_APPLICABLE[32]
    assert person(savings=None)["savings"] == calendar.ABSENT[64]
    assert person(marital="n/a")["marital"] == calendar.NOT_APPLICABLE[8]
    assert person(since_month=None)["since_month"] == calendar.ABSENT[32]


def test_a_reference_to_nobody_is_false() -> None:
    assert job(mentor=None)["mentor"] is False
    assert job(mentor="n/a")["mentor"] is False


def test_related_rows_are_a_list() -> None:
    row = person(insured=[{"first_month": "2020-08"}, {}])
    assert row["insured"] == Held(({"key": None, "first_month": month("2020-08")}, {"key": None}))


@pytest.mark.parametrize("nothing", [[], None, "n/a"])
def test_no_rows_are_an_empty_list_that_is_complete(nothing: Any) -> None:
    held = person(insured=nothing)["insured"]
    assert held == Held(())
    assert held.complete_to > day("9999-12-31")


def test_a_key_says_which_rows_are_the_same() -> None:
    row = job(firm={"key": 7}, worker={"insured": [{"payer": {"key": 7}}]})
    assert row["firm"]["key"] == row["worker"]["insured"].rows[0]["payer"]["key"] == 7


def test_options_by_identifier_or_by_label() -> None:
    assert person(hukou="本市")["hukou"] == person(hukou="city")["hukou"] == 1


def test_days_may_be_dates() -> None:
    assert job(started_on=dt.date(2024, 2, 29))["started_on"] == day("2024-02-29")


def test_the_name_of_an_entity_in_a_case() -> None:
    class FlexibleWorkSpell(Entity):
        register = Register("x", "x", "x")

    assert entity_name(FlexibleWorkSpell) == "flexible_work_spell"
    assert entity_name(Job) == "job"


# ---- the whole


@pytest.mark.parametrize("data", [None, [], "job", 3])
def test_a_case_is_an_object(data: Any) -> None:
    with refused(f"a case is an object, not a {type(data).__name__}", mend='{"job": {…}}'):
        read_case(Job, data)


def test_an_empty_case() -> None:
    with refused("the case is empty", mend='{"job": {…}}'):
        read_case(Job, {})


def test_a_case_of_something_else() -> None:
    with refused("unknown name 'person'", mend='{"job": {…}}'):
        read_case(Job, {"person": {}})
    with refused("unknown name 'firm'"):
        read_case(Job, {"job": {}, "firm": {}})


# ---- names


def test_a_misspelt_fact() -> None:
    with refused("unknown name 'start_on'", at="job", mend="did you mean started_on"):
        job(start_on="2024-01-01")


def test_a_misspelt_fact_of_a_nested_row() -> None:
    with refused("unknown name 'birthdate'", at="job.worker", mend="birth_date"):
        job(worker={"birthdate": "1990-01-01"})
    with refused("unknown name 'first'", at="job.worker.insured[1]", mend="first_month"):
        job(worker={"insured": [{}, {"first": "2020-01"}]})


def test_a_misspelt_relation() -> None:
    with refused("unknown name 'degree'", at="person", mend="did you mean degrees?"):
        person(degree=[])


def test_nothing_near_lists_what_is_known() -> None:
    with refused("unknown name 'xyzzy'", at="firm.jobs[0].firm", mend="known: awards, bank,"):
        read_case(Firm, {"firm": {"jobs": [{"firm": {"xyzzy": 1}}]}})


def test_a_name_for_people_to_read_is_not_sent() -> None:
    for value in ("某某", None):
        with refused("is for people to read", at="person.name", mend="leave it out"):
            person(name=value)


# ---- values


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("disabled", "yes", "is not true or false"),
        ("disabled", 1, "is not true or false"),
        ("children", "2", "is not a whole number"),
        ("children", 2.0, "is not a whole number"),
        ("children", True, "is not a whole number"),
        ("children", 2**31, "is out of range"),
        ("children", -(2**31) + 1, "is out of range"),
        ("wage", "3000 yuan", "is not an amount"),
        ("wage", True, "is not an amount"),
        ("wage", [3000], "is not an amount"),
        ("wage", "NaN", "is not an amount"),
        ("wage", "sNaN", "is not an amount"),
        ("wage", float("inf"), "is not an amount"),
        ("wage", "1E+999999", "is not an amount"),
        ("wage", "1E-999999", "is not an amount"),
        ("wage", "3000.005", "needs yuan with two decimals"),
        ("wage", 0.1 + 0.2, "is not an amount|needs yuan with two decimals"),
        ("wage", "100000000000000000", "needs yuan with two decimals"),
        ("birth_date", "1990-2-28", "is not a day like 2020-08-03"),
        ("birth_date", "19900228", "is not a day like 2020-08-03"),
        ("birth_date", "1990/02/28", "is not a day like 2020-08-03"),
        ("birth_date", 19900228, "is not a day like 2020-08-03"),
        ("birth_date", dt.datetime(1990, 2, 28), "is not a day like 2020-08-03"),
        ("birth_date", "1990-02", "is not a day like 2020-08-03"),
        ("birth_date", "2023-02-29", "is not a day of the calendar"),
        ("birth_date", "2023-13-01", "is not a day of the calendar"),
        ("birth_date", "0000-01-01", "is not a day of the calendar"),
        ("birth_date", "1900-02-29", "is not a day of the calendar"),
        ("since_month", "2020-8", "is not a month like 2020-08"),
        ("since_month", "2020-08-01", "is not a month like 2020-08"),
        ("since_month", 202008, "is not a month like 2020-08"),
        ("since_month", "2020-13", "is not a month of the calendar"),
        ("since_month", "2020-00", "is not a month of the calendar"),
        ("town", "", "is not a code"),
        ("town", 12, "is not a code"),
    ],
)
def test_a_wrong_value(name: str, value: Any, what: str) -> None:
    with pytest.raises(CaseError, match=what) as caught:
        person(**{name: value})
    assert caught.value.where == f"person.{name}"


@pytest.mark.parametrize("text", ["2024-02-29", "2000-02-29", "2023-12-31", "0001-01-01"])
def test_days_of_the_calendar(text: str) -> None:
    assert person(birth_date=text)["birth_date"] == day(text)


def test_an_option_that_does_not_exist() -> None:
    with refused("'citty' 不是可选项", at="person.hukou", mend="did you mean city?"):
        person(hukou="citty")
    with refused("3 不是可选项", at="person.hukou", mend="known: city, district, other"):
        person(hukou=3)


@pytest.mark.parametrize("nothing", [None, "n/a"])
@pytest.mark.parametrize("name", ["birth_date", "hukou", "disabled", "children", "wage", "town"])
def test_null_where_a_fact_cannot_be_absent(name: str, nothing: Any) -> None:
    with refused("cannot be absent", at=f"person.{name}", mend="leave it out if it is not known"):
        person(**{name: nothing})


@pytest.mark.parametrize("nothing", [None, "n/a"])
def test_a_reference_that_cannot_be_absent(nothing: Any) -> None:
    with refused("人员 不能为空", at="job.worker", mend="leave it out"):
        job(worker=nothing)


# ---- rows


@pytest.mark.parametrize("row", [3, "张", [], True])
def test_a_reference_nests_the_row(row: Any) -> None:
    with refused(f"needs an object, not {type(row).__name__}", at="job.worker", mend="{…}"):
        job(worker=row)


@pytest.mark.parametrize("rows", [{}, 3, "none"])
def test_related_rows_must_be_a_list(rows: Any) -> None:
    with refused("needs a list", at="person.jobs", mend="[] for none"):
        person(jobs=rows)


def test_each_row_of_a_list_is_an_object() -> None:
    with refused("needs an object, not int", at="person.jobs[1]"):
        person(jobs=[{}, 3])


@pytest.mark.parametrize("key", [0, -1, 2**31, True, "1", 1.0, None])
def test_a_key_is_a_number_from_one(key: Any) -> None:
    with refused("is not a row's number", at="job.firm.key", mend="1, 2, …"):
        job(firm={"key": key})


def nested(depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for _ in range(depth):
        data = {"spouse": data}
    return data


def test_nesting_has_an_end() -> None:
    assert person(**nested(8))
    with refused("nested too deep", at="person" + ".spouse" * 9):
        person(**nested(9))


# ---- spells


def test_a_spell_that_ends_before_it_begins() -> None:
    with refused("终止日期早于开始日期 / ends before it begins", at="job"):
        job(started_on="2024-03-02", ended_on="2024-03-01")
    with refused("末月早于首月", at="person.insured[0]"):
        person(insured=[{"first_month": "2024-03", "last_month": "2024-02"}])


def test_a_spell_may_end_on_its_first_day_or_not_at_all() -> None:
    assert job(started_on="2024-03-01", ended_on="2024-03-01")
    assert job(started_on="2024-03-01", ended_on=None)
    assert job(started_on="2024-03-01", ended_on="n/a")
    assert job(ended_on="2024-03-01")
    assert read_case(Insured, {"insured": {"first_month": "2024-03", "last_month": "2024-03"}})
