"""How long a login lasts, a password that must be changed, and what the log has of logins."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wenye.services.accounts.models import User
from wenye.services.audit.models import Entry
from wenye.services.demonstration import PASSWORD
from wenye.web.middleware_session import BEGAN, USED

pytestmark = pytest.mark.django_db


def moved(client: Client, key: str, seconds: int) -> None:
    session = client.session
    session[key] = int(time.time()) - seconds
    session.save()


def test_a_login_that_nobody_uses_ends(as_role: Callable[[str], Client], settings: Any) -> None:
    client = as_role("auditor")
    assert client.get("/").status_code == 200
    moved(client, USED, settings.IDLE_SECONDS + 5)
    answer = client.get("/accounts/posts/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/accounts/posts/"
    assert "很久没有操作" in client.get("/accounts/login/").content.decode()
    assert "_auth_user_id" not in client.session


def test_a_login_lasts_a_working_day_at_most(as_role: Callable[[str], Client]) -> None:
    client = as_role("auditor")
    moved(client, BEGAN, 12 * 3600 + 5)
    moved(client, USED, 10)
    assert client.get("/accounts/posts/").status_code == 302


def test_what_is_sent_after_the_end_is_not_done(as_role: Any, settings: Any) -> None:
    client = as_role("auditor")
    moved(client, USED, settings.IDLE_SECONDS + 5)
    assert client.post("/accounts/posts/", {"post": 1})["Location"] == "/accounts/login/"
    client = as_role("auditor")
    moved(client, USED, settings.IDLE_SECONDS + 5)
    answer = client.get("/accounts/posts/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/")


def test_use_is_noted_once_a_minute(as_role: Any, django_assert_num_queries: Any) -> None:
    client = as_role("auditor")
    client.get("/accounts/posts/")
    moved(client, USED, 61)
    client.get("/accounts/posts/")
    assert time.time() - client.session[USED] < 5
    before = client.session[USED]
    client.get("/accounts/posts/")
    assert client.session[USED] == before


def test_a_password_given_by_others_is_changed_first(as_role: Any) -> None:
    User.objects.filter(username="auditor").update(must_change_password=True)
    client = as_role("auditor")
    for url in ("/", "/accounts/posts/", "/operations/health/"):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:password")), url
    assert client.get("/accounts/password/").status_code == 200
    assert client.get("/health/").status_code in (200, 503)
    User.objects.get(username="auditor").set_password("x")
    changed = {"new_password1": "new-long-enough-9", "new_password2": "new-long-enough-9"}
    client.post("/accounts/password/", {"old_password": PASSWORD, **changed})
    assert client.get("/accounts/posts/").status_code == 200


def test_logins_are_in_the_log() -> None:
    client, user = Client(), User.objects.get(username="auditor")
    login = reverse("accounts:login")
    client.post(login, {"username": "auditor", "password": "wrong"})
    client.post(login, {"username": "wenye-demo-2026", "password": "typed the password first"})
    client.post(login, {"username": "auditor", "password": PASSWORD})
    client.post(reverse("accounts:logout"))
    found = list(Entry.objects.filter(object_type="user").order_by("-id")[:4])[::-1]
    assert [(entry.verb, entry.object_id) for entry in found] == [
        ("user.login_failed", str(user.pk)),
        ("user.login_failed", ""),
        ("user.login", str(user.pk)),
        ("user.logout", str(user.pk)),
    ]
    assert not any(entry.detail for entry in found)


def test_ten_wrong_passwords_lock_that_name_out(settings: Any) -> None:
    settings.AXES_ENABLED = True
    client = Client()
    url = reverse("accounts:login")
    for _ in range(9):
        answer = client.post(url, {"username": "auditor", "password": "wrong"})
        assert answer.status_code == 200
    answer = client.post(url, {"username": "auditor", "password": "wrong"})
    assert answer.status_code == 429
    assert "暂停15分钟" in answer.content.decode()
    answer = client.post(url, {"username": "auditor", "password": PASSWORD})
    assert answer.status_code == 429
    other = client.post(url, {"username": "bureau_head", "password": PASSWORD})
    assert other.status_code == 302
