"""Logging in through a real provider: who is let in, who is not, and what cannot be forged."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.web.oidc.provider import consent, know, running_provider

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry
from wenye.services.people.models import Person
from wenye.services.portal.identities import link
from wenye.services.portal.models import LinkedIdentity


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider() as issuer:
        yield issuer


@pytest.fixture
def issuer(provider: str, db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WENYE_OIDC_ISSUER", provider)
    monkeypatch.setenv("WENYE_OIDC_CLIENT_ID", "wenye")
    monkeypatch.setenv("WENYE_OIDC_CLIENT_SECRET", "for the tests")
    monkeypatch.setenv("WENYE_OIDC_LABEL", "随申办")
    return provider


def begin(client: Client, following: str = "") -> str:
    answer = client.get("/oidc/login/", {"next": following} if following else {})
    assert answer.status_code == 302
    return str(answer["Location"])


def back(client: Client, address: str):
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_linked_officer_is_logged_in_and_it_is_written_down(issuer: str) -> None:
    user = User.objects.get(username="bureau_reviewer")
    link(None, issuer, "officer-1", user)
    client = Client()
    answer = back(client, consent(begin(client, "/accounts/posts/"), "officer-1"))
    assert answer.status_code == 302 and answer["Location"] == "/accounts/posts/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Entry.objects.filter(verb="login.oidc", object_id=str(user.pk)).count() == 1


def test_the_way_there_carries_state_nonce_and_a_challenge(issuer: str) -> None:
    sent = parse_qs(urlsplit(begin(Client())).query)
    assert sent["code_challenge_method"] == ["S256"] and len(sent["code_challenge"][0]) >= 43
    assert len(sent["state"][0]) > 20 and len(sent["nonce"][0]) >= 20
    assert sent["response_type"] == ["code"]
    assert sent["redirect_uri"] == ["http://testserver/oidc/callback/"]


def test_somebody_unknown_is_told_what_to_do_and_gets_no_account(issuer: str) -> None:
    client, before = Client(), User.objects.count()
    answer = back(client, consent(begin(client), "stranger"))
    assert answer.status_code == 403
    assert "stranger" in answer.content.decode() and "没有保存" in answer.content.decode()
    assert not logged_in(client) and User.objects.count() == before


def test_what_comes_back_to_another_browser_is_refused(issuer: str) -> None:
    link(None, issuer, "officer-2", User.objects.get(username="auditor"))
    address = consent(begin(Client()), "officer-2")
    victim = Client()
    begin(victim)
    answer = back(victim, address)
    assert answer.status_code == 403 and not logged_in(victim)


def test_a_code_serves_once(issuer: str) -> None:
    link(None, issuer, "officer-3", User.objects.get(username="auditor"))
    client = Client()
    address = consent(begin(client), "officer-3")
    assert back(client, address).status_code == 302
    again = Client()
    assert back(again, address).status_code == 403 and not logged_in(again)


@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied"])
def test_a_forged_return_is_refused_in_words(issuer: str, query: str) -> None:
    answer = Client().get(f"/oidc/callback/{query}")
    assert answer.status_code == 403
    assert "没有通过" in answer.content.decode()


def test_the_way_on_leads_nowhere_else(issuer: str) -> None:
    link(None, issuer, "officer-4", User.objects.get(username="auditor"))
    client = Client()
    answer = back(client, consent(begin(client, "https://elsewhere.example/"), "officer-4"))
    assert answer["Location"] == "/"


def test_a_stopped_user_or_one_without_a_post_stays_outside(issuer: str) -> None:
    user = User.objects.create_user("gone", None, name="离职")
    link(None, issuer, "gone", user)
    client = Client()
    assert back(client, consent(begin(client), "gone")).status_code == 403
    Post.objects.create(user=user, role="auditor", since="2020-01-01")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert back(client, consent(begin(client), "gone")).status_code == 403
    assert not logged_in(client)


def test_a_citizen_is_linked_by_number_where_the_provider_vouches_for_it(
    issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person.objects.order_by("-key").first()
    assert person is not None and not User.objects.filter(person_key=person.pk).exists()
    know(issuer, "citizen-1", id_number=person.number.lower())
    client = Client()
    # The claim counts only where the environment names it.
    assert back(client, consent(begin(client), "citizen-1")).status_code == 403
    monkeypatch.setenv("WENYE_OIDC_NUMBER_CLAIM", "id_number")
    assert back(client, consent(begin(client), "citizen-1")).status_code == 302
    user = User.objects.get(person_key=person.pk)
    assert [post.role for post in user.posts.all()] == ["citizen"]
    assert not user.has_usable_password()
    row = LinkedIdentity.objects.get(user=user)
    assert person.number not in f"{row.subject}{row.issuer}{user.username}"
    # The second time nothing new is made.
    client = Client()
    assert back(client, consent(begin(client), "citizen-1")).status_code == 302
    assert User.objects.filter(person_key=person.pk).count() == 1


def test_nobody_becomes_an_officer_by_their_number(
    issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person.objects.order_by("-key").first()
    assert person is not None
    User.objects.filter(username="administrator").update(person_key=person.pk)
    know(issuer, "citizen-2", id_number=person.number)
    monkeypatch.setenv("WENYE_OIDC_NUMBER_CLAIM", "id_number")
    client = Client()
    assert back(client, consent(begin(client), "citizen-2")).status_code == 302
    assert User.objects.get(pk=client.session["_auth_user_id"]).username != "administrator"


def test_a_number_that_nobody_has_opens_nothing(
    issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENYE_OIDC_NUMBER_CLAIM", "id_number")
    for number in ("310114190001010000", "", "\0", "x" * 300):
        know(issuer, "citizen-3", id_number=number)
        client = Client()
        assert back(client, consent(begin(client), "citizen-3")).status_code == 403


def test_a_provider_that_does_not_answer_is_told_in_words(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENYE_OIDC_ISSUER", "http://127.0.0.1:1")
    answer = Client().get("/oidc/login/")
    assert answer.status_code == 503 and "没有应答" in answer.content.decode()


def test_without_a_provider_there_is_no_button_and_no_page(db: None) -> None:
    assert Client().get("/oidc/login/").status_code == 404
    assert Client().get("/oidc/callback/").status_code == 404
    assert "oidc" not in Client().get("/accounts/login/").content.decode()


def test_the_login_page_offers_the_provider(issuer: str) -> None:
    text = Client().get("/accounts/login/?next=/accounts/posts/").content.decode()
    assert "用随申办登录" in text and "/oidc/login/?next=/accounts/posts/" in text


def test_an_administrator_links_and_unlinks_but_never_themselves(issuer: str, as_role) -> None:
    client = as_role("administrator")
    form = {"subject": "s-1", "username": "auditor"}
    assert client.post("/oidc/links/", form).status_code == 302
    assert "s-1" in client.get("/oidc/links/").content.decode()
    assert client.post("/oidc/links/", form).status_code == 400
    for wrong in ({"username": "administrator"}, {"username": "nobody"}, {"subject": ""}):
        answer = client.post("/oidc/links/", {**form, "subject": "s-2", **wrong})
        assert answer.status_code == 400, wrong
    row = LinkedIdentity.objects.get()
    assert client.post(f"/oidc/links/{row.pk}/end/").status_code == 302
    assert not LinkedIdentity.objects.exists()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"identity.link", "identity.unlink"} <= verbs
