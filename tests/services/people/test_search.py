"""Names in order, prefixes as ranges, and plans that touch no more rows than they show."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenye.registers.identity import modern
from wenye.services.accounts.roles import Reach, Scope
from wenye.services.people import names, search
from wenye.services.people.models import Employer, Person

LONG = "阿卜杜热合曼·买买提依明·吐尔逊江·艾则孜·玉素甫·阿不都拉·努尔麦麦提·卡德尔江·艾合买提江"


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("买买提•吐尔逊", "买买提．吐"),
        ("Mehmet Öztürk", "MEHMET"),
        ("ＬＩ　Ming", "li m"),
        ("ישראל ישראלי", "ישראל"),
        ("محمد عبد الله", "محمد"),
        ("王\u200b小明", "王小"),
        ("\u202e王小明", "王小明"),
        (LONG, LONG),
        ("<b>王</b>", "<b>王"),
        ("'; DROP TABLE--", "'; drop"),
    ],
)
def test_a_name_is_found_by_its_beginning(db: None, acting, kept: str, typed: str) -> None:
    person = Person.objects.all()[0]
    person.name, person.name_order = names.kept(kept), names.order(kept)
    person.save()
    everybody = Scope(Reach.DISTRICT, acting("bureau_reviewer"))
    assert person in search.find(typed, everybody)
    assert person not in search.find(typed + "壵", everybody)


@pytest.mark.parametrize("typed", ["", "  ", "\u202e", "·", "\x00"])
def test_nothing_typed_finds_nobody(db: None, acting, typed: str) -> None:
    everybody = Scope(Reach.DISTRICT, acting("bureau_reviewer"))
    assert not search.find(typed, everybody).exists()
    assert not search.find_employers(typed, everybody).exists()


def test_control_characters_never_reach_the_database() -> None:
    assert names.kept("王\x00小\x07明\n") == "王小明"
    assert names.shown("a\u202eb\u2066c") == "abc"
    assert len(names.order("🙂" * 500)) <= names.ORDER_BYTES


def test_an_old_number_finds_whoever_has_the_new_one(db: None, acting) -> None:
    person = Person.objects.all()[0]
    old = "990114491331002"  # a thirteenth month: nobody's
    person.number = str(modern(pl.Series([old]))[0])
    person.save()
    everybody = Scope(Reach.DISTRICT, acting("bureau_reviewer"))
    assert search.find(old, everybody).get() == person


@pytest.mark.parametrize(
    ("reach", "index"), [("district", "person_by_name"), ("town", "person_by_town")]
)
def test_no_search_by_name_goes_through_everybody(db: None, acting, reach: str, index: str) -> None:
    scope = Scope(Reach(reach), acting("town_reviewer"))
    _plan_with_indexes()
    for place in (None, ("王小".encode(), 7)):
        plan = search.after(search.find("王", scope), place)[:51].explain()
        assert index in plan, plan
        assert "SCAN people_person" not in plan and "Seq Scan" not in plan, plan
        assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("reach", ["district", "town"])
def test_a_number_is_looked_up_by_its_blind_index_alone(db: None, acting, reach: str) -> None:
    scope = Scope(Reach(reach), acting("town_reviewer"))
    _plan_with_indexes()
    with CaptureQueriesContext(connection) as asked:
        found = search.find("310114199001010011", scope)
    assert len(asked) == 1
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + asked[0]["sql"])
        plan = str(cursor.fetchall())
    assert "number_blind" in plan and "phone_blind" in plan, plan
    assert "person_by_town" not in plan
    assert not found.exists()


def _plan_with_indexes() -> None:
    """With a few hundred rows PostgreSQL would read them all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def test_a_caseload_is_searched_alone(db: None, acting) -> None:
    worker = acting("case_worker")
    person = Person.objects.all()[0]
    scope = Scope(Reach.CASELOAD, worker)
    assert not search.find(person.name, scope).exists()
    Person.objects.filter(pk=person.pk).update(case_worker=worker.user_id)
    assert search.find(person.name, scope).get() == person


def test_employers_by_code_are_found_with_and_without_the_dash(db: None, acting) -> None:
    employer = Employer.objects.all()[0]
    Employer.objects.filter(pk=employer.pk).update(code="123456789")
    everybody = Scope(Reach.DISTRICT, acting("bureau_reviewer"))
    for typed in ("12345678-9", "123456789"):
        assert search.find_employers(typed, everybody).get() == employer
