"""Core models are what the registers' model says, and the rows are what a snapshot says."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from wenye.registers import model as registers
from wenye.registers.store import Registers
from wenye.registers.vault import read_identities
from wenye.rules.calendar import ABSENT, NOT_APPLICABLE
from wenye.rules.facts import Entity, Register, choice, day, number
from wenye.services.people import generate
from wenye.services.people.core_rows import state_of, value_of
from wenye.services.people.models import Employer, Person


def test_the_generated_file_is_current() -> None:
    assert generate.TARGET.read_text(encoding="utf-8") == generate.source()


def test_every_fact_of_a_person_and_an_employer_is_a_column() -> None:
    for entity, model in ((registers.Person, Person), (registers.Employer, Employer)):
        held = {field.name for field in model._meta.get_fields()}
        assert set(generate.columns(entity)) <= held


class _Widow(Entity):
    """An invented entity: what the model does not have today."""

    register = Register("widows", "遗属", "widows")
    widowed_on = day("丧偶日期", "widowed on", may_be_absent=True)
    degree = choice("程度", "degree", {"one": "一", "two": "二"}, may_be_absent=True)
    children = number("子女数", "children")


def test_a_fact_that_may_be_absent_has_a_second_column() -> None:
    text = generate.model_of(_Widow, "WidowFacts")
    assert "widowed_on_state = models.CharField(" in text
    assert "children_state" not in text


def test_absent_inapplicable_and_unknown_are_kept_apart() -> None:
    fact = _Widow.facts()["widowed_on"]
    stored = pl.Series("widowed_on", [ABSENT[32], NOT_APPLICABLE[32], None, 2026 * 768 + 2 * 5])
    frame = stored.cast(pl.Int32).to_frame()
    said = frame.select(
        value=value_of(fact, pl.col("widowed_on")), state=state_of(fact, pl.col("widowed_on"))
    )
    assert said["state"].to_list() == ["a", "n", "u", "k"]
    assert [str(value) for value in said["value"]] == ["None", "None", "None", "2026-01-05"]


def test_rows_are_what_the_snapshot_says(db: None, synthetic_registers: Path) -> None:
    table = Registers.open(synthetic_registers).table(registers.Person).collect()
    who = read_identities(synthetic_registers).filter(pl.col("register") == "people")
    assert Person.objects.count() == table.height
    for row in who.sample(20, seed=1).iter_rows(named=True):
        person = Person.objects.get(pk=row["key"])
        assert (person.name, person.number) == (row["name"], row["number"])
        assert Person.objects.with_number(row["number"]).get() == person
        stored = table.filter(pl.col("key") == row["key"])
        assert person.town == stored["town"][0]
        assert (person.pension_months is None) == (stored["pension_months"][0] is None)


def test_no_number_stands_in_the_open(db: None, synthetic_registers: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT number, number_blind FROM people_person LIMIT 50")
        rows = cursor.fetchall()
    numbers = set(read_identities(synthetic_registers)["number"].to_list())
    assert rows and all(sealed not in numbers and blind for sealed, blind in rows)


@pytest.mark.parametrize(
    ("reach", "seen"),
    [("town", "some"), ("district", "all"), ("caseload", "none"), ("self", "one")],
)
def test_people_are_seen_as_far_as_the_reach_goes(db: None, acting, reach: str, seen: str) -> None:
    from wenye.services.accounts.roles import Reach, Scope

    who = acting("citizen" if reach == "self" else "case_worker")
    found = Person.objects.within(Scope(Reach(reach), who)).count()
    everybody = Person.objects.count()
    expected = {"none": 0, "one": 1, "all": everybody}.get(seen)
    assert found == expected if expected is not None else 0 < found < everybody
