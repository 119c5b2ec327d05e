"""What stands in the log of requests, and what never does; a full disk."""

from __future__ import annotations

import errno
import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from wenye.services.accounts.models import User
from wenye.web.full_disk import is_full
from wenye.web.logs import JsonLines

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines that a service would have logged so far."""
    caplog.set_level(logging.INFO)
    for name in ("wenye.requests", "wenye.web", "django.request"):
        logging.getLogger(name).disabled = False

    def logged() -> list[dict[str, Any]]:
        return [json.loads(JsonLines().format(record)) for record in caplog.records]

    return logged


def test_a_request_is_one_line_without_address(as_role: Any, lines: Any) -> None:
    client = as_role("auditor")
    client.get("/accounts/posts/?name=张三")
    line = [each for each in lines() if each["logger"] == "wenye.requests"][-1]
    user = User.objects.get(username="auditor")
    assert line["page"] == "accounts.posts"
    assert (line["method"], line["status"], line["user"]) == ("GET", 200, user.pk)
    assert line["queries"] >= 2
    assert line["milliseconds"] > 0
    assert "张三" not in json.dumps(lines(), ensure_ascii=False)
    assert "accounts/posts/" not in json.dumps(lines())


def test_the_number_on_the_page_is_the_number_in_the_log(lines: Any) -> None:
    answer = Client().get("/no/such/place/张三/")
    page = answer.content.decode()
    line = [each for each in lines() if each["logger"] == "wenye.requests"][-1]
    assert line["status"] == 404
    assert line["number"] in page
    assert "张三" not in json.dumps(lines(), ensure_ascii=False)


def test_an_error_is_logged_with_its_place_and_number_but_not_its_words(
    monkeypatch: pytest.MonkeyPatch, lines: Any
) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("310114199001011234")

    monkeypatch.setattr("wenye.web.accounts.views.district", failing)
    answer = Client(raise_request_exception=False).get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "这不是您的问题" in page
    (line,) = [each for each in lines() if each.get("error") == "ValueError"]
    assert line["number"] in page
    assert "failing" in line["trace"][-1]
    assert "310114" not in json.dumps(lines())


FULL = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OperationalError("database or disk is full"),
    OperationalError('could not extend file "base/1/2": No space left on device'),
]


@pytest.mark.parametrize("error", FULL, ids=lambda error: type(error).__name__)
def test_a_full_disk_is_said_as_what_it_is(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> None:
        raise error

    monkeypatch.setattr("wenye.web.accounts.views.district", failing)
    answer = Client().get("/")
    assert answer.status_code == 507
    page = answer.content.decode()
    assert "磁盘已满" in page
    assert "没有保存" in page


def test_a_full_disk_outside_a_view_is_recognised_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("wenye.web.acting._acting", failing)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 507


def test_other_errors_are_not_full_disks() -> None:
    hidden = ValueError("x")
    hidden.__cause__ = OSError(errno.ENOSPC, "")
    assert is_full(hidden)
    assert not is_full(ValueError("database or disk is full"))
    assert not is_full(OSError(errno.EACCES, ""))
    assert not is_full(None)
