"""Decisions on the facts as they stand: corrections and added rows count."""

from __future__ import annotations

from django.utils import timezone
from tests.service import AS_OF

from wenye.registers.model import FlexibleWork, Person, Unemployment
from wenye.services.decisions.deciding import decide, decisions_about, differences, use
from wenye.services.decisions.facts import facts, written
from wenye.services.people.models import Addition, Correction


def test_one_person_is_decided_as_the_batch_decides(db: None) -> None:
    decided = decide("statutory_retirement", 1, AS_OF)
    assert decided is not None
    assert decided.outcome in ("entitled", "not_entitled", "undetermined")
    assert decided.explanation["on"] == "2026-10-31"
    assert decide("statutory_retirement", 10**9, AS_OF) is None


def test_a_correction_counts_once_accepted_and_never_changes_the_table(db: None) -> None:
    before = facts().rows_by(Person, "key", [1])["birth_date"][0]
    row = Correction.objects.create(
        register="people",
        row_key=1,
        fact="birth_date",
        value="1950-01-01",
        department="公安",
        reason="户口簿",
        proposed_by=1,
    )
    assert facts().rows_by(Person, "key", [1])["birth_date"][0] == before
    row.state, row.decided_by, row.decided_at = Correction.ACCEPTED, 2, timezone.now()
    row.save()
    assert facts().rows_by(Person, "key", [1])["birth_date"][0] != before
    assert facts().points.rows_by(Person, "key", [1])["birth_date"][0] == before
    decided = decide("statutory_retirement", 1, AS_OF)
    assert decided is not None
    assert decided.case["person"]["birth_date"] == "1950-01-01"


def test_a_row_that_the_service_added_is_found_by_its_person(db: None, tmp_path) -> None:
    had = facts().rows_by(FlexibleWork, "person", [1]).height
    Addition.objects.create(
        register="flexible_work",
        values={"person": 1, "started_on": "2026-10-01", "ended_on": None, "platform": True},
        person_key=1,
    )
    assert facts().rows_by(FlexibleWork, "person", [1]).height == had + 1
    whole = facts().table(FlexibleWork).collect().height
    snapshot = written(facts(), tmp_path / "registers")
    snapshot.verify()
    assert snapshot.table(FlexibleWork).collect().height == whole
    assert snapshot.table(Unemployment).collect().equals(facts().table(Unemployment).collect())


def test_a_used_decision_is_decided_again_from_its_receipt(db: None, acting) -> None:
    decided = decide("statutory_retirement", 1, AS_OF)
    assert decided is not None
    used = use(decided, "offer", acting=acting("bureau_reviewer"))
    used.refresh_from_db()
    assert differences(used) == []
    used.case["person"]["birth_date"] = "1930-01-01"
    assert differences(used)


def test_every_scheme_about_a_person(db: None) -> None:
    found = decisions_about("people", 1, AS_OF)
    assert found["statutory_retirement"][0].key == 1
    assert found["contribution_relief"] == []
