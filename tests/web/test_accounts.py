"""Logging in, choosing a post, and who may open what."""

from __future__ import annotations

import pytest
from django.test import Client

from wenye.services.accounts.roles import Role


def test_anybody_sees_the_first_page(db: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "嘉定区" in answer.content.decode()


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_role_has_an_account_and_a_menu(as_role, role: str) -> None:
    answer = as_role(role).get("/")
    assert answer.status_code == 200
    assert "我的岗位" in answer.content.decode()


def test_a_page_with_a_login_sends_a_stranger_there(db: None) -> None:
    answer = Client().get("/accounts/posts/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/accounts/posts/"


def test_a_stale_form_is_told_in_words(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/letters/", {"letters": "large"})
    assert answer.status_code == 403
    assert "表单已经失效" in answer.content.decode()


def test_pages_speak_chinese_until_somebody_asks_for_english(db: None) -> None:
    client = Client(headers={"accept-language": "en"})
    assert '<html lang="zh-hans"' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()


def test_large_letters_are_remembered(db: None) -> None:
    client = Client()
    client.post("/letters/", {"letters": "largest", "back": "/"})
    assert 'data-letters="largest"' in client.get("/").content.decode()
    assert client.post("/letters/", {"back": "https://elsewhere.example/"})["Location"] == "/"
