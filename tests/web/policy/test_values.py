"""Confirming values: two people, checked before it is written, counting from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry
from wenye.services.decisions.district import confirmations_file, district
from wenye.services.decisions.models import ProposedValue

NAME = "hiring_subsidy.amount_per_hire"
SINCE = dt.date(2023, 1, 1)


@pytest.fixture(autouse=True)
def _no_confirmations(db: None) -> Iterator[None]:
    """The file of confirmations is no part of the database: put away after each test."""
    confirmations_file().unlink(missing_ok=True)
    yield
    confirmations_file().unlink(missing_ok=True)


def proposed(client: Any, **but: str) -> Any:
    data = {
        "parameter": NAME,
        "since": SINCE.isoformat(),
        "value": "2000",
        "source": "档案 2026-17 “第3页”: a #1",
    }
    return client.post("/policy/values/propose/", {**data, **but})


def second() -> Any:
    """Another bureau reviewer."""
    user = User.objects.create_user("second", "x", name="演示区级审核员")
    Post.objects.create(
        user=user, role="bureau_reviewer", department="区人力资源社会保障局", since=SINCE
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def status_of(day: dt.date) -> str:
    return str(district().details[NAME].at(day).status.value)


def test_a_value_counts_when_two_have_signed(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    assert status_of(SINCE) == "sourced"
    answer = proposed(first)
    assert answer.status_code == 302
    pk = ProposedValue.objects.get().pk
    assert status_of(SINCE) == "sourced"
    alone = first.post(f"/policy/values/{pk}/sign/")
    assert alone.status_code == 403
    assert status_of(SINCE) == "sourced"
    other = second()
    page = other.get(f"/policy/values/{pk}/").content.decode()
    assert "签字" in page
    assert other.post(f"/policy/values/{pk}/sign/").status_code == 302
    assert status_of(SINCE) == "confirmed"
    verbs = set(Entry.objects.filter(object_type="value").values_list("verb", flat=True))
    assert verbs == {"value.propose", "value.sign"}
    assert other.post(f"/policy/values/{pk}/sign/").status_code == 409
    confirmed = district().details[NAME].at(SINCE)
    assert "档案 2026-17" in confirmed.basis and "second" in confirmed.basis


def test_before_signing_it_is_shown_what_would_change(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    proposed(first)
    pk = ProposedValue.objects.get().pk
    page = first.get(f"/policy/values/{pk}/?effect").content.decode()
    assert "可发放金额" in page
    assert "一次性吸纳就业补贴" in page


@pytest.mark.parametrize(
    ("but", "status"),
    [
        ({"value": "2001"}, 400),
        ({"value": "两千"}, 400),
        ({"value": "1e3"}, 400),
        ({"value": ""}, 400),
        ({"since": "2023-02-31"}, 400),
        ({"since": "2023-05-05", "value": "2500"}, 400),
        ({"source": "  "}, 400),
        ({"parameter": "nothing.at_all"}, 404),
        ({"parameter": ""}, 404),
        ({"source": "x" * 5000}, 302),
    ],
)
def test_what_cannot_hold_is_refused_before_anybody_signs(
    as_role: Any, but: dict[str, str], status: int
) -> None:
    answer = proposed(as_role("bureau_reviewer"), **but)
    assert answer.status_code == status
    assert ProposedValue.objects.count() == (status == 302)
    assert not confirmations_file().exists()


def test_one_value_is_proposed_once(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    proposed(first)
    again = proposed(first)
    assert again.status_code == 409
    assert ProposedValue.objects.count() == 1


def test_the_first_officer_may_withdraw_and_nobody_else(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    proposed(first)
    pk = ProposedValue.objects.get().pk
    assert second().post(f"/policy/values/{pk}/sign/", {"do": "withdraw"}).status_code == 404
    assert first.post(f"/policy/values/{pk}/sign/", {"do": "withdraw"}).status_code == 302
    assert ProposedValue.objects.get().state == ProposedValue.WITHDRAWN
    assert proposed(first).status_code == 302


def test_an_open_yes_or_no_is_set(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    name = "employers.cooperatives_are_enterprises"
    since = district().details[name].values[0].since.isoformat()
    answer = proposed(first, parameter=name, since=since, value="是")
    assert answer.status_code == 302, answer.content.decode()
    pk = ProposedValue.objects.get().pk
    assert second().post(f"/policy/values/{pk}/sign/").status_code == 302
    assert district().details[name].at(dt.date(2026, 10, 31)).status.value == "confirmed"


def test_the_list_shows_what_waits(as_role: Any) -> None:
    first = as_role("bureau_reviewer")
    assert "没有等复核的标准" in first.get("/policy/values/").content.decode()
    proposed(first)
    assert "一次性吸纳就业补贴标准" in first.get("/policy/values/?q=zzz").content.decode()
    assert "没有这个名称的标准" in first.get("/policy/values/?q=zzz").content.decode()
