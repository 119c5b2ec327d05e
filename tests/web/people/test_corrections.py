"""Corrections on their pages: from “这不对” to the answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from wenye.registers.model import Employment
from wenye.services.accounts.models import User
from wenye.services.audit.models import Entry
from wenye.services.decisions.facts import facts
from wenye.services.people.models import Correction, Person

NEW = "/people/corrections/new/"


@pytest.fixture
def own_key(db: None) -> int:
    key = User.objects.get(username="citizen").person_key
    assert key is not None
    return key


def _address(register: str, row: int, fact: str = "") -> str:
    return f"{NEW}?register={register}&row={row}" + (f"&fact={fact}" if fact else "")


def test_a_citizen_says_that_a_fact_is_wrong_and_reads_the_answer(as_role, own_key: int) -> None:
    citizen = as_role("citizen")
    mine = citizen.get(reverse("people:mine")).content.decode()
    assert _address("people", own_key, "birth_date").replace("&", "&amp;") in mine
    page = citizen.get(_address("people", own_key, "birth_date")).content.decode()
    assert 'type="date"' in page
    answer = citizen.post(
        _address("people", own_key, "birth_date"),
        {"value": "1961-02-03", "reason": "与户口簿不一致 <b>"},
        follow=True,
    )
    made = Correction.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("people:correction", args=[made.pk])
    assert "&lt;b&gt;" in answer.content.decode()
    reviewer = as_role("bureau_reviewer")
    worklist = reviewer.get(reverse("people:corrections")).content.decode()
    assert reverse("people:correction", args=[made.pk]) in worklist
    page = reviewer.get(reverse("people:correction", args=[made.pk])).content.decode()
    assert 'name="verdict"' in page
    decide = reverse("people:decide_correction", args=[made.pk])
    assert reviewer.post(decide, {"verdict": "accept", "answer": ""}).status_code == 400
    assert reviewer.post(decide, {"answer": "好"}).status_code == 400
    answered = reviewer.post(decide, {"verdict": "accept", "answer": "户口簿为准"}, follow=True)
    assert answered.status_code == 200
    assert reviewer.post(decide, {"verdict": "refuse", "answer": "再来"}).status_code == 409
    page = citizen.get(reverse("people:correction", args=[made.pk])).content.decode()
    assert "户口簿为准" in page and "已更正" in page
    assert "1961-02-03" in citizen.get(reverse("people:mine")).content.decode()
    assert Entry.objects.filter(page="people.correction", person_key=own_key).exists()


@pytest.mark.parametrize(
    ("value", "reason"), [("", "错"), ("不是日期", "错"), ("2026-02-30", "错"), ("1961-02-03", "")]
)
def test_mistakes_in_the_form_are_told_and_nothing_is_lost(
    as_role, own_key: int, value: str, reason: str
) -> None:
    answer = as_role("citizen").post(
        _address("people", own_key, "birth_date"), {"value": value, "reason": reason}
    )
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_row_of_somebody_else_cannot_be_touched(as_role, own_key: int) -> None:
    other = Person.objects.exclude(pk=own_key)[0]
    citizen = as_role("citizen")
    assert citizen.get(_address("people", other.pk)).status_code == 404
    rows = facts().table(Employment).collect()
    spell = next(row for row in rows.iter_rows(named=True) if row["worker"] != own_key)
    assert citizen.get(_address("employment", spell["key"])).status_code == 404
    assert citizen.post(_address("employment", spell["key"], "started_on"), {}).status_code == 404


def test_an_employers_clerk_corrects_rows_of_the_own_staff_alone(as_role, db: None) -> None:
    own = User.objects.get(username="employer_clerk").employer_key
    clerk = as_role("employer_clerk")
    rows = list(facts().table(Employment).collect().iter_rows(named=True))
    mine = next(row for row in rows if row["employer"] == own)
    other = next(row for row in rows if row["employer"] != own)
    assert clerk.get(_address("employment", mine["key"])).status_code == 200
    assert clerk.get(_address("employment", other["key"])).status_code == 404
    assert clerk.get(_address("people", mine["worker"])).status_code == 404
    answer = clerk.post(
        _address("employment", mine["key"], "ended_on"), {"value": "无", "reason": "还在职"}
    )
    assert answer.status_code in (302, 400)  # 400: there was none to begin with


@pytest.mark.parametrize(
    "address",
    [
        NEW,
        f"{NEW}?register=people",
        f"{NEW}?register=people&row=x",
        f"{NEW}?register=people&row=99999999999999",
        f"{NEW}?register=people&row=999999",
        f"{NEW}?register=nothing&row=1",
    ],
)
def test_addresses_that_name_nothing_are_not_found(as_role, address: str) -> None:
    assert as_role("bureau_reviewer").get(address).status_code == 404


def test_a_citizen_sees_and_withdraws_the_own_alone(as_role, own_key: int) -> None:
    citizen = as_role("citizen")
    citizen.post(_address("people", own_key, "birth_date"), {"value": "1961-02-03", "reason": "错"})
    other = Correction.objects.create(
        register="people", row_key=2, fact="sex", value="male", person_key=own_key + 1,
        department="区人力资源社会保障局", reason="错", proposed_by=10**6,
    )  # fmt: skip
    own = Correction.objects.get(person_key=own_key)
    assert citizen.get(reverse("people:correction", args=[other.pk])).status_code == 404
    assert citizen.post(reverse("people:withdraw_correction", args=[other.pk])).status_code == 404
    answer = citizen.post(reverse("people:withdraw_correction", args=[own.pk]))
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.state == Correction.WITHDRAWN


def test_an_empty_worklist_says_what_to_do(as_role) -> None:
    assert "这不对" in as_role("bureau_reviewer").get("/people/corrections/").content.decode()


def test_the_worklist_asks_few_questions_however_long_it_is(
    as_role, db: None, django_assert_max_num_queries
) -> None:
    for key in range(1, 60):
        Correction.objects.create(
            register="people", row_key=key, fact="sex", value="male", person_key=key,
            department="区人力资源社会保障局", reason="错",
        )  # fmt: skip
    client = as_role("bureau_reviewer")
    with django_assert_max_num_queries(20):
        answer = client.get("/people/corrections/")
    assert len(answer.context["rows"]) == 50 and answer.context["after"]
    answer = client.get(f"/people/corrections/?after={answer.context['after']}")
    assert len(answer.context["rows"]) == 9
