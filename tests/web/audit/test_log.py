"""The auditor's pages: who may open them, what they find, and what they leave in the log."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Role
from wenye.services.audit import patterns, record
from wenye.services.audit.models import Entry, Seal
from wenye.services.audit.record import Purpose
from wenye.services.audit.sealing import seal

pytestmark = pytest.mark.django_db
PAGES = ["/audit/", "/audit/seals/", "/audit/patterns/", "/audit/export/", "/audit/decisions/"]
POSTS = ["/audit/seals/verify/", "/audit/decisions/1/again/"]


@pytest.fixture(autouse=True)
def copy(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_COPY = tmp_path


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.AUDITOR])
def test_only_the_auditor_opens_the_log(as_role: Any, role: str) -> None:
    client = as_role(role)
    first = Entry.objects.order_by("id").first()
    assert first is not None
    for url in [*PAGES, f"/audit/{first.pk}/", "/audit/decisions/1/"]:
        assert client.get(url).status_code == 403, url
    for url in [*POSTS, "/audit/export/"]:
        assert client.post(url).status_code == 403, url


@pytest.mark.parametrize("url", PAGES)
def test_strangers_log_in_first(url: str) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_for_the_auditor(
    as_role: Any, url: str, django_assert_max_num_queries: Any
) -> None:
    client = as_role("auditor")
    with django_assert_max_num_queries(24):
        assert client.get(url).status_code == 200


def test_what_changes_something_is_posted(as_role: Any) -> None:
    for url in POSTS:
        assert as_role("auditor").get(url).status_code == 405


def listed(client: Client, query: str = "") -> str:
    return client.get(f"/audit/{query}").content.decode()


def test_the_log_is_narrowed(as_role: Any, acting: Any) -> None:
    worker, auditor = acting("case_worker"), as_role("auditor")
    record.read(worker, Purpose.FOLLOW_UP, people=[17, 18], page="people.person")
    record.change(None, "offer.withdraw", "offer", 4711, person=19)
    page = listed(auditor, "?user=case_worker")
    assert "人员 17" in page
    assert "人员 18" in page
    assert "4711" not in page
    page = listed(auditor, "?person=17")
    assert "人员 17" in page
    assert "人员 18" not in page
    page = listed(auditor, "?verb=offer.withdraw")
    assert "offer 4711" in page
    assert "服务自身" in page
    assert "人员 17" not in page
    page = listed(auditor, f"?purpose=follow_up&day={timezone.localdate()}")
    assert "人员 18" in page
    assert "没有符合条件的条目" in listed(auditor, "?day=1999-01-01")


def test_who_is_asked_for_by_key_was_read(as_role: Any) -> None:
    as_role("auditor").get("/audit/?person=23")
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.person_key, entry.purpose) == ("read", 23, "audit")


@pytest.mark.parametrize(
    "query",
    [
        "?user=nobody",
        "?day=x",
        "?person=x",
        "?person=99999999999999999999",
        "?person=-1",
        "?person=９",
        "?day=2026-13-01",
        "?employer=9999999999",
    ],
)
def test_what_cannot_be_read_is_said(as_role: Any, query: str) -> None:
    answer = as_role("auditor").get(f"/audit/{query}")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_pages_follow_one_another_without_gap(
    as_role: Any, django_assert_max_num_queries: Any
) -> None:
    first = record.change(None, "many", "thing", 0).pk
    Entry.objects.bulk_create([Entry(verb="many") for _ in range(129)])
    client, shown, query = as_role("auditor"), [], "?verb=many"
    for _ in range(3):
        with django_assert_max_num_queries(12):
            answer = client.get(f"/audit/{query}")
        shown += [row["entry"].pk for row in answer.context["rows"]]
        query = f"?{answer.context['older']}"
    assert len(shown) == len({*shown}) == 130
    assert shown == sorted(shown, reverse=True)
    assert shown[-1] == first
    assert answer.context["older"] == ""


def test_an_entry_has_its_seal(as_role: Any) -> None:
    entry = record.change(None, "case.submit", "case", 5, person=3, detail={"state": "submitted"})
    record.change(None, "case.approve", "case", 5, person=3)
    client = as_role("auditor")
    assert "等待封存" in client.get(f"/audit/{entry.pk}/").content.decode()
    seal()
    page = client.get(f"/audit/{entry.pk}/").content.decode()
    assert Seal.objects.latest("number").digest in page
    assert "submitted" in page
    assert "case.approve" in page
    assert client.get("/audit/999999999/").status_code == 404


def test_seals_are_verified_on_demand(as_role: Any) -> None:
    record.change(None, "a", "b", 1)
    seal()
    client = as_role("auditor")
    assert Seal.objects.latest("number").digest in client.get("/audit/seals/").content.decode()
    page = client.post("/audit/seals/verify/").content.decode()
    assert "逐个相符" in page
    assert Entry.objects.latest("id").detail == {"sound": True}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_has_each_entry_with_its_seal(as_role: Any, form: str) -> None:
    record.change(None, "case.submit", "case", "=1+1", person=3, detail={"n": 1})
    seal()
    today = timezone.localdate().isoformat()
    answer = as_role("auditor").post(
        "/audit/export/", {"since": today, "until": today, "form": form}
    )
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(body)))
    else:
        rows = [json.loads(line) for line in body.splitlines()]
    assert len(rows) == Entry.objects.filter(at__gte=timezone.now() - dt.timedelta(days=1)).count()
    one = next(row for row in rows if row["verb"] == "case.submit")
    last = Seal.objects.latest("number")
    assert (str(one["seal"]), one["seal_digest"]) == (str(last.number), last.digest)
    if form == "csv":
        assert one["object_id"] == "'=1+1"
    assert Entry.objects.filter(verb="audit.export").exists()


def test_an_export_needs_days(as_role: Any) -> None:
    client = as_role("auditor")
    wrong = [{}, {"since": "x", "until": "y"}, {"since": "2026-10-02", "until": "2026-10-01"}]
    for data in wrong:
        assert client.post("/audit/export/", data).status_code == 400


def read_at(user: User, role: str, at: dt.datetime, person: int, **more: Any) -> None:
    Entry.objects.create(verb="read", at=at, user_id=user.pk, role=role, person_key=person, **more)


def test_patterns(as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MANY", 3)
    worker = User.objects.get(username="case_worker")
    worker.relatives = [8]
    worker.save()
    today = patterns.today()
    noon = patterns.midnight(today) - dt.timedelta(hours=12)
    night = patterns.midnight(today) + dt.timedelta(hours=1)
    read_at(worker, "case_worker", noon, 7)
    assert patterns.nights(today) == []
    read_at(worker, "case_worker", night, 7)
    (seen,) = patterns.nights(today)
    assert (seen.user_id, seen.count) == (worker.pk, 1)
    for person in (7, 7, 8, 9):
        read_at(worker, "case_worker", noon, person)
    (many,) = patterns.bulk(today, least=3)
    assert (many.count, many.day) == (3, today - dt.timedelta(days=1))
    assert patterns.bulk(today, least=4) == []
    (relative,) = patterns.relatives(today)
    assert (relative.person_key, relative.count) == (8, 1)
    # As a citizen one may look at oneself.
    citizen = User.objects.get(username="citizen")
    read_at(citizen, "citizen", night, citizen.person_key or 0, purpose="own")
    assert len(patterns.relatives(today)) == 1
    for _ in range(10):
        Entry.objects.create(verb="user.login_failed", object_type="user", object_id=str(worker.pk))
    assert patterns.failures(today)[0].user_id == worker.pk
    cache.clear()
    page = as_role("auditor").get("/audit/patterns/").content.decode()
    assert page.count("演示就业援助员") >= 3


def test_a_citizen_is_led_to_who_looked(as_role: Any) -> None:
    citizen = User.objects.get(username="citizen")
    answer = as_role("citizen").get("/audit/mine/")
    assert answer["Location"] == f"/people/{citizen.person_key}/lookers/"
    citizen.person_key = None
    citizen.save()
    assert as_role("citizen").get("/audit/mine/").status_code == 404
