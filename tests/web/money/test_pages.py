"""Pages about money: who opens them, what they show, and that paying takes two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.service import AS_OF
from tests.services.money.made import Office

from wenye.services.accounts.access import pages
from wenye.services.accounts.roles import Role

MONEY = {name: page for name, page in pages().items() if name.startswith("money.")}
#: Pages that are asked for by GET, with what their address needs.
READ = [
    "overview",
    "payable",
    "batches",
    "returns",
    "reconcile",
    "recoveries",
    "budgets",
    "handover",
    "ledger",
    "ledger_export",
    "sampling",
]


#: Pages of one object.
OBJECTS = ("batch", "return_file", "recovery", "sample", "handover_file")


def address(name: str, pk: int | None = None) -> str:
    from django.urls import reverse

    return reverse(f"money:{name}", args=[] if pk is None else [pk])


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_cell_of_the_access_table(
    as_role: Callable[[str], Any], role: str, name: str
) -> None:
    answer = as_role(role).get(address(name))
    expected = 200 if Role(role) in MONEY[f"money.{name}"].reach else 403
    assert answer.status_code == expected


@pytest.mark.parametrize(
    "name",
    [name.removeprefix("money.") for name in MONEY if name.removeprefix("money.") not in READ],
)
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_actions_open_to_those_named_alone(
    as_role: Callable[[str], Any], role: str, name: str
) -> None:
    from django.urls import NoReverseMatch

    try:
        url = address(name)
    except NoReverseMatch:
        url = address(name, 10**9)
    client = as_role(role)
    answer = client.get(url) if name in OBJECTS else client.post(url)
    if Role(role) in MONEY[f"money.{name}"].reach:
        assert answer.status_code in (302, 400, 404, 409), answer.status_code
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("name", READ)
def test_a_stranger_is_sent_to_the_login(db: None, client: Any, name: str) -> None:
    answer = client.get(address(name))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def logged_in(acting: Any) -> Any:
    """A client of that officer."""
    from django.test import Client

    from wenye.services.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(pk=acting.user_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_from_worklist_to_paid_by_two_people(office: Office) -> None:
    from wenye.services.money.bank_simulator import answer as bank
    from wenye.services.money.models import Batch, Instalment

    rows = office.payable(2)
    maker, checker = logged_in(office.maker), logged_in(office.checker)
    head = logged_in(office.head)
    listed = maker.get(address("payable")).content.decode()
    assert "¥2,263.80" in listed
    assert "****" in listed
    assert all(f"0000{row.payee_key:012d}" not in listed for row in rows)
    asked = maker.post(address("prepare"), {"pick": [row.pk for row in rows]})
    assert asked.status_code == 200
    assert "支付后剩余" in asked.content.decode()
    assert Batch.objects.count() == 0
    made = maker.post(
        address("prepare"), {"pick": [row.pk for row in rows], "confirm": "1"}, follow=True
    )
    assert "等另一人复核" in made.content.decode()
    batch = Batch.objects.get()
    assert maker.post(address("approve", batch.pk)).status_code == 403
    assert maker.post(address("send", batch.pk)).status_code == 409
    numbers = head.get(address("batch", batch.pk)).content.decode()
    assert "****" not in numbers
    assert "流水号" not in numbers
    assert "复核通过" in numbers
    assert checker.post(address("approve", batch.pk)).status_code == 302
    assert head.post(address("approve", batch.pk)).status_code == 409
    sent = maker.post(address("send", batch.pk))
    assert sent.status_code == 200
    assert sent["Content-Disposition"].endswith(f'"{batch.number}.csv"')
    upload = SimpleUploadedFile("r.csv", bank(sent.content, AS_OF, {1: "N1"}))
    taken = maker.post(address("returns"), {"file": upload}, follow=True)
    text = taken.content.decode()
    assert "支付失败，可更正后重付" in text
    assert Instalment.objects.paid().count() == 1
    assert "户名与账号不符" in maker.get(address("payable")).content.decode()
    whole = maker.get(address("reconcile")).content.decode()
    assert "没有对不上的地方" in whole
    for name in ("batches", "ledger", "overview", "budgets"):
        assert maker.get(address(name)).status_code == 200
    assert maker.get(address("batch", batch.pk)).status_code == 200
    workbook = maker.get(address("ledger_export"))
    assert workbook.content[:2] == b"PK"


def test_reads_of_people_are_written_down(office: Office) -> None:
    from wenye.services.audit.models import Entry

    rows = office.payable(2)
    logged_in(office.auditor).get(address("payable"))
    seen = Entry.objects.filter(verb="read", page="money.payable", user_id=office.auditor.user_id)
    assert sorted(seen.values_list("person_key", flat=True)) == sorted(
        row.person_key for row in rows
    )
    assert {entry.purpose for entry in seen} == {"audit"}


def test_the_bureau_head_sees_numbers_alone(office: Office) -> None:
    from wenye.services.audit.models import Entry

    office.payable(1)
    head = logged_in(office.head)
    for name in ("overview", "batches", "recoveries", "budgets", "sampling"):
        assert head.get(address(name)).status_code == 200
    assert not Entry.objects.filter(verb="read", user_id=office.head.user_id).exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"H,WENYE-RET-1,x\r\n", b"a,b,c\n" * 10, "回单".encode()],
)
def test_a_file_that_is_no_answer_is_refused_in_words(office: Office, content: bytes) -> None:
    maker = logged_in(office.maker)
    answer = maker.post(address("returns"), {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code in (302, 400)
    assert answer.status_code == 400
    assert "系统错误" not in answer.content.decode()


@pytest.mark.parametrize("amount", ["", "abc", "1.234", "1e9", "９", "99999999999999999", "--1"])
def test_amounts_typed_wrongly_are_told(office: Office, amount: str) -> None:
    answer = logged_in(office.maker).post(
        address("fund_propose"),
        {
            "kind": "budget",
            "fund": "unemployment_insurance",
            "head": "employment_support",
            "year": "2026",
            "amount": amount,
            "document": "x",
        },
    )
    assert answer.status_code == 400


def test_a_budget_takes_two(office: Office) -> None:
    from wenye.services.money.models import FundChange

    maker, head = logged_in(office.maker), logged_in(office.head)
    given = {
        "kind": "allot",
        "fund": "unemployment_insurance",
        "head": "employment_support",
        "holder": "310114001",
        "year": "2026",
        "amount": "1,000.50",
        "document": "预算1号",
    }
    assert maker.post(address("fund_propose"), given).status_code == 302
    change = FundChange.objects.get(kind="allot")
    assert change.amount_fen == 100050
    assert maker.post(address("fund_decide", change.pk), {"decision": "approve"}).status_code == 403
    assert head.post(address("fund_decide", change.pk), {"decision": "approve"}).status_code == 302
    page = head.get(address("budgets") + "?year=2026").content.decode()
    assert "新成路街道" in page
    assert "¥1,000.50" in page


def test_pages_ask_a_bounded_number_of_questions(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    office.payable(6)
    client = logged_in(office.maker)
    client.get(address("payable"))
    for name, most in (("payable", 25), ("reconcile", 40), ("overview", 25), ("ledger", 20)):
        with django_assert_max_num_queries(most):
            client.get(address(name))
