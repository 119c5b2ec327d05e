"""Keys, rates, idempotency keys, refusals in words."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.service import AS_OF
from tests.web.api.calling import caller

from wenye.services.accounts.roles import Role
from wenye.services.audit.models import Entry
from wenye.services.people.models import Person
from wenye.services.portal import clients
from wenye.services.portal.keeping import forget
from wenye.services.portal.models import ApiClient, KeptAnswer

PROBLEM = "application/problem+json"
CASE = {"scheme": "statutory_retirement", "case": {"person": {"birth_date": "1960-01-01"}}}


def test_without_a_key_nothing_is_answered(db: None) -> None:
    answer = Client().get("/api/schemes")
    assert answer.status_code == 401
    assert answer["Content-Type"] == PROBLEM
    assert answer["WWW-Authenticate"] == "Bearer"
    told = answer.json()
    assert told["what"] and told["mend"] and told["number"] and told["where"] == "Authorization"


@pytest.mark.parametrize("wrong", ["x", "wenye_00_00", "wenye__", "wenye_\0_x", "二_二_二"])
def test_a_wrong_key_is_no_key(db: None, wrong: str) -> None:
    given = wrong.encode().decode("latin-1")
    answer = Client().get("/api/schemes", headers={"Authorization": f"Bearer {given}"})
    assert answer.status_code == 401


def test_the_key_itself_is_kept_nowhere(db: None) -> None:
    made = caller()
    held = ApiClient.objects.get(pk=made.client.pk)
    assert made.key not in str(vars(held))
    assert clients.known(made.key) == held


def test_a_new_key_ends_the_old_one_and_a_stopped_client_is_answered_no_more(db: None) -> None:
    made = caller()
    old = made.key
    made.key = clients.renew_key(None, made.client)
    assert clients.known(old) is None
    assert made.get("/api/schemes").status_code == 200
    clients.stop(None, made.client)
    assert made.get("/api/schemes").status_code == 401


def test_a_clients_user_can_never_log_in(db: None) -> None:
    user = caller().client.user
    assert not user.is_active and not user.has_usable_password()


def test_a_client_is_held_to_its_rate_over_all_workers(db: None) -> None:
    made = caller(per_minute=2)
    assert made.get("/api/schemes")["RateLimit-Remaining"] == "1"
    assert made.get("/api/schemes").status_code == 200
    refused = made.get("/api/schemes")
    assert refused.status_code == 429 and refused["Content-Type"] == PROBLEM
    assert 0 < int(refused["Retry-After"]) <= 60


def test_a_minute_later_the_rate_is_free_again(db: None) -> None:
    made = caller(per_minute=1)
    assert clients.spend(made.client, now=600.0) == 0
    assert clients.spend(made.client, now=659.9) == -1
    assert clients.spend(made.client, now=660.0) == 0
    assert made.client.minutes.count() == 1


def test_what_the_client_may_not_do_is_refused(db: None) -> None:
    made = caller(scopes=["schemes"])
    answer = made.post("/api/decide", CASE)
    assert answer.status_code == 403 and answer.json()["where"] == "decide"


def test_a_repeated_call_is_answered_from_what_was_kept(db: None) -> None:
    made = caller()
    first = made.post("/api/decide", CASE, once="k-1")
    again = made.post("/api/decide", CASE, once="k-1")
    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert KeptAnswer.objects.filter(client=made.client).count() == 1


def test_the_same_key_for_another_call_is_refused_in_words(db: None) -> None:
    made = caller()
    made.post("/api/decide", CASE, once="k-1")
    other = {**CASE, "on": "2020-01-01"}
    refused = made.post("/api/decide", other, once="k-1")
    assert refused.status_code == 409
    assert "幂等键" in refused.json()["what"]
    assert made.post("/api/explain", CASE, once="k-1").status_code == 409
    # Another client's keys are its own.
    assert caller().post("/api/decide", other, once="k-1").status_code == 200


def test_a_refused_call_may_use_its_key_again_once_put_right(db: None) -> None:
    made = caller()
    assert (
        made.post("/api/decide", {"scheme": "none_such", "case": {}}, once="k").status_code == 404
    )
    assert made.post("/api/decide", CASE, once="k").status_code == 200


def test_kept_answers_are_sealed_and_forgotten_after_a_week(db: None) -> None:
    from django.db import connection

    made = caller()
    made.post("/api/decide", CASE, once="k")
    with connection.cursor() as cursor:
        cursor.execute("select body from portal_keptanswer")
        assert "statutory_retirement" not in cursor.fetchone()[0]
    KeptAnswer.objects.update(at="2020-01-01T00:00:00Z")
    assert forget() == 1


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ("null", 422),
        ('{"scheme": "statutory_retirement"}', 422),
        ('{"scheme": "statutory_retirement", "case": {}, "more": 1}', 422),
        ('{"scheme": "statutory_retirement", "case": {"person": {"no_such": 1}}}', 422),
        (
            '{"scheme": "statutory_retirement", "case": {"person": {"birth_date": "1960-02-31"}}}',
            422,
        ),
        ('{"scheme": "../../etc", "case": {}}', 422),
        ('{"scheme": "none_such", "case": {"person": {}}}', 404),
        (b"\xff\xfe", 400),
        ('{"scheme": "statutory_retirement", "on": "0001-01-01", "case": {"person": {}}}', 422),
        ('{"a":' * 5000 + "1" + "}" * 5000, 400),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(db: None, raw: str | bytes, status: int) -> None:
    answer = caller().post("/api/decide", raw=raw)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["what"] and answer.json()["mend"]


def test_a_huge_call_is_refused(db: None) -> None:
    answer = caller().post("/api/decide", raw=" " * 1_000_001)
    assert answer.status_code == 413 and answer["Content-Type"] == PROBLEM


def test_a_wrong_method_is_refused_in_words(db: None) -> None:
    answer = caller().get("/api/decide")
    assert answer.status_code == 405 and answer["Content-Type"] == PROBLEM
    assert answer["Allow"] == "POST"


def test_a_case_is_decided_and_nothing_of_it_is_stored(db: None) -> None:
    made = caller()
    before = Entry.objects.count()
    answer = made.post("/api/decide", {**CASE, "on": AS_OF.isoformat()}, once=None).json()
    assert answer["outcome"] in ("entitled", "not_entitled", "undetermined")
    assert answer["on"] == "2026-10-31" and len(answer["receipt"]) == 64
    assert Entry.objects.count() == before


def test_an_explanation_has_its_reasons(db: None) -> None:
    answer = caller().post("/api/explain", CASE).json()
    assert answer["conditions"] and answer["tree"] and answer["receipt"]["id"]


def test_somebody_of_the_registers_is_decided_for_a_purpose_that_is_logged(db: None) -> None:
    made = caller()
    asked = {"scheme": "statutory_retirement", "subject": {"key": 1, "purpose": "service"}}
    assert made.post("/api/decide", asked).status_code == 200
    entry = Entry.objects.filter(person_key=1, verb="read").latest("id")
    assert entry.user_id == made.client.user_id and entry.purpose == "service"
    asked["subject"] = {"key": 1, "purpose": "audit"}
    assert made.post("/api/decide", asked).status_code == 403
    asked["subject"] = {"key": 2_000_000_000, "purpose": "service"}
    assert made.post("/api/decide", asked).status_code == 404


def test_a_towns_client_reaches_its_town_alone(db: None) -> None:
    here = Person.objects.exclude(town="").order_by("key").first()
    assert here is not None
    elsewhere = Person.objects.exclude(town__in=["", here.town]).order_by("key").first()
    assert elsewhere is not None
    made = caller(Role.TOWN_REVIEWER, town=here.town)
    for person, status in ((here, 200), (elsewhere, 404)):
        subject = {"key": person.pk, "purpose": "service"}
        answer = made.post("/api/decide", {"scheme": "statutory_retirement", "subject": subject})
        assert answer.status_code == status


def test_a_citizens_client_acts_only_for_whom_it_has_identified(db: None) -> None:
    person = Person.objects.order_by("key").first()
    assert person is not None
    made = caller(Role.CITIZEN, purposes=["own"])
    asked = {
        "scheme": "statutory_retirement",
        "subject": {"key": person.pk, "purpose": "own"},
    }
    assert made.post("/api/decide", asked).status_code == 404
    wrong = {"number": person.number, "name": "某某某"}
    assert made.post("/api/references", wrong).status_code == 404
    given = made.post("/api/references", {"number": person.number, "name": person.name}).json()
    made.reference = given["reference"]
    assert person.number not in made.reference
    assert made.post("/api/decide", asked).status_code == 200
    asked["subject"] = {"key": person.pk + 1, "purpose": "own"}
    assert made.post("/api/decide", asked).status_code == 404
    other = caller(Role.CITIZEN, purposes=["own"])
    other.reference = made.reference
    assert other.post("/api/decide", asked).status_code == 403


def test_schemes_and_one_of_them(db: None) -> None:
    made = caller()
    listed = made.get("/api/schemes").json()
    assert len(listed) > 50
    one = made.get(f"/api/schemes/{listed[0]['id']}").json()
    assert one["laws"] and one["conditions"]
    assert made.get("/api/schemes/none_such").status_code == 404
