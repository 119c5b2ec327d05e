"""Consent, objection, retention and the copy of one's own data."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import polars as pl
import pytest
from django.utils import timezone

from wenye.registers import vault
from wenye.services.audit.models import Entry
from wenye.services.decisions.facts import facts
from wenye.services.people import contact, own_copy, rights
from wenye.services.people.contact import ContactRefused
from wenye.services.people.models import Consent, Correction, Objection, Person, Snapshot


def test_a_telephone_is_kept_with_consent_and_goes_with_it(db: None, acting) -> None:
    citizen = acting("citizen")
    assert not contact.may_contact(1)
    contact.set_phone(citizen, 1, "138 0013-8000")
    person = Person.objects.get(pk=1)
    assert (person.phone, person.masked_phone) == ("13800138000", "138****8000")
    assert contact.may_contact(1)
    contact.consent(citizen, 1, Consent.PHONE, given=False)
    person.refresh_from_db()
    assert (person.phone, person.phone_blind) == ("", None)
    assert not contact.may_contact(1)
    assert Consent.objects.get(person_key=1).withdrawn_at is not None


@pytest.mark.parametrize("typed", ["12", "abcdefgh", "1" * 16, "138001380001;DROP"])
def test_what_is_no_telephone_is_told(db: None, acting, typed: str) -> None:
    with pytest.raises(ContactRefused, match="电话"):
        contact.set_phone(acting("citizen"), 1, typed)


def test_an_account_is_masked_but_for_its_end(db: None, acting) -> None:
    contact.set_account(acting("citizen"), 1, "6222 0200 1234 5678")
    assert Person.objects.get(pk=1).masked_account == "****5678"
    with pytest.raises(ContactRefused, match="账号"):
        contact.set_account(acting("citizen"), 1, "张三")


def test_messages_are_consented_to_apart(db: None, acting) -> None:
    contact.consent(acting("citizen"), 1, Consent.MESSAGE, given=True)
    contact.consent(acting("citizen"), 1, Consent.MESSAGE, given=True)
    assert contact.may_contact(1, Consent.MESSAGE) and not contact.may_contact(1)
    assert Entry.objects.filter(verb="consent.give", person_key=1).count() == 1


def test_an_objection_stops_automatic_decisions_until_withdrawn(db: None, acting) -> None:
    citizen = acting("citizen")
    rights.object_to(citizen, 1, "hiring_subsidy", "我要人工办理")
    rights.object_to(citizen, 1, "hiring_subsidy")
    assert rights.objected(1, "hiring_subsidy")
    assert not rights.objected(1, "loan_interest_subsidy")
    assert not rights.objected(2, "hiring_subsidy")
    rights.object_to(citizen, 2, "")
    assert rights.objected(2, "loan_interest_subsidy")
    assert rights.objectors("hiring_subsidy") == {1, 2}
    rights.withdraw_objection(citizen, 1, "hiring_subsidy")
    assert not rights.objected(1, "hiring_subsidy")
    assert Objection.objects.count() == 2


@pytest.fixture
def own_snapshot(db: None):
    """The snapshot's identity file is put back: the other tests need it as it was."""
    snapshot = Snapshot.objects.in_force()
    assert snapshot is not None
    path = snapshot.path / "identity.parquet"
    content = path.read_bytes()
    yield snapshot
    path.write_bytes(content)


def test_who_left_long_ago_is_made_anonymous(own_snapshot: Snapshot, acting) -> None:
    long_ago = timezone.now() - dt.timedelta(days=4_000)
    Person.objects.filter(pk__in=[1, 2]).update(closed=True, closed_at=long_ago)
    Correction.objects.create(
        register="people", row_key=1, fact="sex", value="male", person_key=1, reason="=张三说",
        department="公安",
    )  # fmt: skip
    name, number = Person.objects.values_list("name", "number").get(pk=1)
    before = dt.date.today() - dt.timedelta(days=3_650)
    foreseen = rights.anonymise(before)
    assert (foreseen.people, foreseen.dry_run) == ((1, 2), True)
    assert Person.objects.get(pk=1).name == name
    done = rights.anonymise(before, acting=acting("administrator"), dry_run=False)
    assert done.people == (1, 2)
    person = Person.objects.get(pk=1)
    assert (person.name, person.number, person.number_blind, person.birth_date) == (
        "", "", None, None,
    )  # fmt: skip
    assert not Person.objects.with_number(number).exists()
    assert Correction.objects.get(person_key=1).reason == ""
    who = vault.read_identities(own_snapshot.path).filter(pl.col("register") == "people")
    assert who.filter(pl.col("key") == 1).select("number", "name").row(0) == ("~1", "")
    assert who.filter(pl.col("key") == 3)["name"][0] != ""
    assert rights.anonymise(before).people == ()


def test_somebody_with_work_under_way_is_kept(db: None, acting) -> None:
    from wenye.services.people.models import Addition

    long_ago = timezone.now() - dt.timedelta(days=4_000)
    Person.objects.filter(pk=1).update(closed=True, closed_at=long_ago)
    Addition.objects.create(register="flexible_work", values={"person": 1}, person_key=1)
    found = rights.anonymise(dt.date.today() - dt.timedelta(days=3_650))
    assert (found.people, found.kept) == ((), (1,))


def test_a_copy_holds_everything_and_no_formula(db: None, acting) -> None:
    person = Person.objects.get(pk=acting("citizen").person_key)
    person.name = '=HYPERLINK("http://x","y")'
    person.save()
    contact.set_phone(acting("citizen"), person.pk, "13800138000")
    sheets = own_copy.own_copy(person, facts())
    assert sheets["身份与联系"][0]["证件号码"] == person.number
    assert sheets["失业登记"] and sheets["人员"][0]["性别"]
    assert sheets["同意"][0]["撤回时间"] == ""
    json.dumps(sheets, ensure_ascii=False, default=str)
    content = own_copy.workbook(sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(name).decode() for name in book.namelist() if "sheet" in name]
    assert not any("<f>" in part or "<hyperlink" in part for part in parts)


def test_other_areas_add_to_the_copy(db: None, monkeypatch) -> None:
    monkeypatch.setitem(own_copy.PARTS, "办件", lambda key: [{"办件编号": f"{key}-1"}])
    sheets = own_copy.own_copy(Person.objects.get(pk=1), facts())
    assert sheets["办件"] == [{"办件编号": "1-1"}]
