"""Contacts are added, never changed, and move the day on which the next one is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.followups import at_noon
from tests.service import AS_OF

from wenye.services.accounts.models import User
from wenye.services.audit.models import Entry
from wenye.services.followup.contacting import (
    Told,
    correct,
    draft_of,
    put_aside,
    record_contact,
    resum_many,
)
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Draft, Followed, Referred


@pytest.fixture
def row(followed_people: list[int]) -> Followed:
    return Followed.objects.get(pk=followed_people[0])


def told(**more: Any) -> Told:
    values: dict[str, Any] = {
        "at": at_noon(AS_OF),
        "method": "phone",
        "outcome": "talked",
        "situation": "looking",
    }
    return Told(**{**values, **more})


def test_a_contact_moves_the_due_day(row: Followed, acting: Callable[[str], Any]) -> None:
    assert row.law_due == dt.date(2026, 9, 30)
    record_contact(
        acting("case_worker"),
        row,
        told(needs=("post",), accepts="yes", next_on=dt.date(2026, 11, 12), note="张三说想学电工"),
    )
    row.refresh_from_db()
    assert (row.contacts, row.last_counted_on, row.law_due) == (1, AS_OF, dt.date(2026, 11, 30))
    assert (row.due_on, row.needs, row.accepts) == (dt.date(2026, 11, 12), ["post"], "yes")
    entry = Entry.objects.filter(verb="followup.contact").latest("id")
    assert entry.person_key == row.pk and "电工" not in str(entry.detail)


def test_the_note_is_sealed(row: Followed, acting: Callable[[str], Any]) -> None:
    from django.db import connection

    made = record_contact(acting("case_worker"), row, told(note="家里有病人", place="东村"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, place FROM followup_contact WHERE id = %s", [made.pk])
        stored = cursor.fetchone()
    assert "病人" not in stored[0] and "东村" not in stored[1]
    assert Contact.objects.get(pk=made.pk).note == "家里有病人"


def test_an_attempt_that_reached_nobody_counts_for_no_month(
    row: Followed, acting: Callable[[str], Any]
) -> None:
    record_contact(acting("case_worker"), row, told(outcome="no_answer", situation="", note="x"))
    row.refresh_from_db()
    assert (row.contacts, row.last_tried_on, row.last_counted_on) == (1, AS_OF, None)
    assert row.law_due == dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"method": "fax"}, "方式"),
        ({"outcome": ""}, "结果"),
        ({"situation": ""}, "就业状态"),
        ({"situation": "rich"}, "就业状态"),
        ({"needs": ("money",)}, "需求"),
        ({"accepts": "maybe"}, "服从"),
        ({"accepts": "no"}, "原因"),
        ({"accepts": "no", "refusal": "none"}, "原因"),
        ({"at": None}, "时间"),  # tomorrow
        ({"next_on": dt.date(2026, 10, 1)}, "约定"),
        ({"note": "字" * 2001}, "备注"),
        ({"place": "字" * 101}, "备注"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    row: Followed, acting: Callable[[str], Any], more: dict[str, Any], words: str
) -> None:
    if more.get("at", 0) is None:
        more = {"at": at_noon(AS_OF + dt.timedelta(days=1))}
    with pytest.raises(FollowupRefused) as refusal:
        record_contact(acting("case_worker"), row, told(**more))
    assert words in refusal.value.what and refusal.value.mend
    assert not Contact.objects.exists()


def test_the_same_form_sent_twice_is_one_contact(
    row: Followed, acting: Callable[[str], Any]
) -> None:
    first = record_contact(acting("case_worker"), row, told(token="a" * 36))
    again = record_contact(acting("case_worker"), row, told(token="a" * 36))
    assert first.pk == again.pk and Contact.objects.count() == 1


def test_a_contact_is_never_changed_or_deleted(row: Followed, acting: Callable[[str], Any]) -> None:
    made = record_contact(acting("case_worker"), row, told())
    made.outcome = "no_answer"
    with pytest.raises(FollowupRefused):
        made.save()
    with pytest.raises(FollowupRefused):
        made.delete()
    with pytest.raises(FollowupRefused):
        Contact.objects.filter(pk=made.pk).update(outcome="moved")
    with pytest.raises(FollowupRefused):
        Contact.objects.all().delete()


def test_a_correction_is_a_further_row_that_counts_instead(
    row: Followed, acting: Callable[[str], Any]
) -> None:
    worker = acting("case_worker")
    first = record_contact(worker, row, told())
    second = correct(worker, first, told(outcome="no_answer", situation=""), "记错了人")
    row.refresh_from_db()
    assert (row.contacts, row.last_counted_on) == (1, None)
    assert list(Contact.objects.standing()) == [second]
    with pytest.raises(FollowupRefused):
        correct(worker, first, None, "再改")
    correct(worker, second, None, "没有打过")
    row.refresh_from_db()
    assert row.contacts == 0 and Contact.objects.count() == 3


def test_a_correction_needs_its_reason(row: Followed, acting: Callable[[str], Any]) -> None:
    made = record_contact(acting("case_worker"), row, told())
    with pytest.raises(FollowupRefused):
        correct(acting("case_worker"), made, None, "  ")


def test_a_referral_answers_the_need(row: Followed, acting: Callable[[str], Any]) -> None:
    worker = acting("case_worker")
    made = record_contact(worker, row, told(needs=("post", "training")))
    Referred.objects.create(
        contact=made, person=row.person, town=row.town, kind="post", case_number="X", on=AS_OF
    )
    resum_many(AS_OF)
    row.refresh_from_db()
    assert row.needs == ["training"]


def test_refusals_are_counted_and_nothing_follows_from_them(
    row: Followed, acting: Callable[[str], Any]
) -> None:
    worker = acting("case_worker")
    for refusal in ("pay", "distance"):
        record_contact(worker, row, told(accepts="no", refusal=refusal))
    row.refresh_from_db()
    assert (row.accepts, row.refusals, row.open) == ("no", 2, True)


def test_a_visit_put_aside_is_sealed_and_goes_with_the_contact(
    row: Followed, acting: Callable[[str], Any]
) -> None:
    worker = acting("case_worker")
    put_aside(worker, row, {"note": "写到一半", "needs": ["post"]})
    put_aside(worker, row, {"note": "写到一半，再加", "needs": []})
    draft = draft_of(worker, row)
    assert draft is not None and draft.told["note"] == "写到一半，再加"
    record_contact(worker, row, told())
    assert not Draft.objects.exists()


@pytest.mark.parametrize("how", ["self", "relative"])
def test_nobody_records_contacts_with_themselves_or_a_relative(
    row: Followed, acting: Callable[[str], Any], how: str
) -> None:
    who = acting("case_worker")
    chosen = {"person_key": row.pk} if how == "self" else {"relatives": [row.pk]}
    User.objects.filter(pk=who.user_id).update(**chosen)
    with pytest.raises(FollowupRefused, match="近亲属"):
        record_contact(who, row, told())
    assert not Contact.objects.filter(person_id=row.pk).exists()
