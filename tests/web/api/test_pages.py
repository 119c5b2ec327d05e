"""The description of the API, offline, and the page on which its clients are made."""

from __future__ import annotations

import re

from django.test import Client

from wenye.services.accounts.roles import Role
from wenye.services.audit.models import Entry
from wenye.services.portal.clients import known
from wenye.services.portal.models import ApiClient

FORM = {"name": "随申办", "role": "citizen", "scopes": ["schemes"], "per_minute": "30"}


def test_the_description_is_a_page_that_loads_nothing_from_elsewhere(db: None) -> None:
    text = Client().get("/api/docs/").content.decode()
    assert "/api/decide" in text and "Idempotency-Key" in text
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert all(each.startswith(("/", "#")) for each in addresses), addresses
    assert "<style" not in text and " style=" not in text and not re.search(r"<script>", text)


def test_the_document_names_every_operation_and_how_it_refuses(db: None) -> None:
    document = Client().get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.")
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                kind = "application/problem+json" if int(status) >= 400 else "application/json"
                assert list(answer["content"]) == [kind], path
    assert document["components"]["securitySchemes"]


def test_an_administrator_makes_a_client_and_sees_its_key_once(as_role) -> None:
    client = as_role("administrator")
    answer = client.post("/api/clients/", FORM)
    key = re.search(r"<code data-key>(\w+)</code>", answer.content.decode())
    assert key is not None and answer["Cache-Control"] == "no-store"
    made = known(key[1])
    assert made is not None and made.role == Role.CITIZEN
    assert key[1] not in client.get(f"/api/clients/{made.pk}/").content.decode()
    assert "随申办" in client.get("/api/clients/").content.decode()
    assert Entry.objects.filter(verb="client.make", object_id=str(made.pk)).count() == 1


def test_a_new_key_and_the_end(as_role) -> None:
    client = as_role("administrator")
    client.post("/api/clients/", FORM)
    made = ApiClient.objects.get()
    answer = client.post(f"/api/clients/{made.pk}/key/")
    key = re.search(r"<code data-key>(\w+)</code>", answer.content.decode())
    assert key is not None and known(key[1]) == made
    assert client.get(f"/api/clients/{made.pk}/stop/").status_code == 405
    client.post(f"/api/clients/{made.pk}/stop/")
    assert known(key[1]) is None
    assert client.post(f"/api/clients/{made.pk}/key/").status_code == 404


def test_a_form_with_mistakes_is_told_and_keeps_what_was_typed(as_role) -> None:
    client = as_role("administrator")
    for wrong in (
        {"name": " "},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"role": "bureau_head"},
        {"role": "nobody"},
        {"role": "town_reviewer", "town": ""},
        {"per_minute": "0"},
        {"per_minute": "１２"},
        {"scopes": ["subjects"]},
    ):
        answer = client.post("/api/clients/", {**FORM, **wrong})
        assert answer.status_code == 400, wrong
    assert not ApiClient.objects.exists()
    client.post("/api/clients/", FORM)
    again = client.post("/api/clients/", FORM)
    assert again.status_code == 400 and "同名" in again.content.decode()
