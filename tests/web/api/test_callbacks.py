"""What the portal tells this service: signed, fresh, and done once."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client
from tests.services.portal.test_outbox import case  # noqa: F401

from wenye.services.cases.models import Case
from wenye.services.portal.callbacks import signature
from wenye.services.portal.models import Incoming

SECRET = "a secret for the tests"


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENYE_PORTAL_SECRET", SECRET)


def call(message: Any, *, once: str = "m-1", at: float | None = None, **wrong: str) -> Any:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    moment = str(int(time.time() if at is None else at))
    signed = signature(SECRET, moment, once, body)
    headers = {"X-Portal-Id": once, "X-Portal-Timestamp": moment, "X-Portal-Signature": signed}
    return Client().post(
        "/api/callbacks/portal",
        body,
        content_type="application/json",
        headers={**headers, **wrong},
    )


def test_a_message_is_taken_once(case: Case) -> None:  # noqa: F811
    message = {"kind": "acknowledged", "case_number": case.number}
    first = call(message)
    assert first.status_code == 200 and first.json() == {
        "case_number": case.number,
        "state": "withdrawn",
    }
    assert call(message).json() == first.json()
    assert Incoming.objects.count() == 1
    assert call({**message, "more": 1}).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"X-Portal-Signature": "0" * 64}, 401),
        ({"X-Portal-Signature": "é"}, 401),
        ({"X-Portal-Timestamp": "1"}, 401),
        ({"X-Portal-Id": "other"}, 401),
        ({"X-Portal-Id": ""}, 400),
    ],
)
def test_what_is_not_signed_so_is_refused(db: None, wrong: dict[str, str], status: int) -> None:
    answer = call({"kind": "acknowledged", "case_number": "x"}, **wrong)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not Incoming.objects.exists()


def test_an_old_message_is_refused(db: None) -> None:
    assert call({"kind": "acknowledged"}, at=time.time() - 400).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b"\xff", 400),
        (b'{"kind": "none"}', 422),
        (b'{"kind": "acknowledged", "case_number": "none"}', 404),
    ],
)
def test_what_cannot_be_done_is_told_and_may_come_again(db: None, body: bytes, status: int) -> None:
    assert call(body).status_code == status
    assert not Incoming.objects.exists()


def test_without_a_secret_nothing_is_taken(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENYE_PORTAL_SECRET", "")
    assert call({"kind": "acknowledged"}).status_code == 503


def test_a_step_that_the_case_does_not_take_is_told(case: Case) -> None:  # noqa: F811
    answer = call({"kind": "withdraw", "case_number": case.number})
    assert answer.status_code in (400, 409) and answer.json()["what"]
    assert not Incoming.objects.exists()


def test_the_page_of_messages(as_role, case: Case) -> None:  # noqa: F811
    from wenye.services.portal.models import Outgoing

    client = as_role("administrator")
    assert "没有这样的消息" in client.get("/api/outbox/").content.decode()
    row = Outgoing.objects.create(
        kind="case", case_number=case.number, once="o", payload={}, state="given_up"
    )
    assert case.number in client.get("/api/outbox/?state=given_up").content.decode()
    assert client.post(f"/api/outbox/{row.pk}/again/").status_code == 302
    assert client.post(f"/api/outbox/{row.pk}/again/").status_code == 409
