"""The server as it runs: it answers, it refuses in words, and it serves its own files."""

from __future__ import annotations

import re

import pytest
from tests.running import Live
from tests.web.soundness import NUMBER


def test_it_answers_and_loads_nothing_from_elsewhere(live_service: Live) -> None:
    answer = live_service.session().open("/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text)
    assert files
    for file in files:
        assert live_service.session().open(file).status_code == 200, file


def test_every_role_logs_in_and_out(live_service: Live) -> None:
    for role in ("citizen", "bureau_head"):
        visitor = live_service.session(role)
        assert "我的岗位" in visitor.open("/").text
        visitor.send_form("/accounts/logout/", {}, at="/")
        answer = visitor.open("/accounts/posts/", allow_redirects=False)
        assert answer.status_code == 302


def test_a_form_without_its_token_is_refused_in_words(live_service: Live) -> None:
    visitor = live_service.session("administrator")
    answer = visitor.post(f"{live_service.url}/letters/", {"letters": "large"}, timeout=30)
    assert answer.status_code == 403 and "表单已经失效" in answer.text
    page = visitor.open("/accounts/password/").text
    token = re.search(r'value="(\w+)"', page)
    assert token is not None
    stolen = live_service.session()
    sent = {"csrfmiddlewaretoken": token[1], "letters": "large"}
    assert stolen.post(f"{live_service.url}/letters/", sent, timeout=30).status_code == 403


@pytest.mark.parametrize("role", ["citizen", "case_worker", "finance_officer", "auditor"])
def test_the_menus_pages_over_http(live_service: Live, role: str) -> None:
    visitor = live_service.session(role)
    menu = re.search(r'<nav class="menu".*?</nav>', visitor.open("/").text, re.S)
    assert menu is not None
    paths = re.findall(r'href="(/[^"]*)"', menu[0])
    assert len(paths) > 3
    for path in paths:
        answer = visitor.open(path)
        assert answer.status_code == 200, path
        assert not NUMBER.search(answer.text), path
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
