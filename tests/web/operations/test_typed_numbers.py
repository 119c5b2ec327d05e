"""What is typed where a number belongs: never an error of the program, whatever it is."""

from __future__ import annotations

from typing import Any

import pytest

STRANGE = ("²", "9" * 5_000, "9" * 30, "٣", "abc", "-1", "")
ASKED = [
    ("town_reviewer", "/followup/assign/", "page"),
    ("town_reviewer", "/followup/assign/", "of"),
    ("bureau_reviewer", "/followup/placement/", "page"),
    ("bureau_reviewer", "/followup/nobody/", "page"),
    ("bureau_reviewer", "/followup/worklist/", "after"),
    ("bureau_reviewer", "/offers/list/", "run"),
    ("administrator", "/people/imports/", "before"),
    ("bureau_reviewer", "/people/corrections/", "after"),
    ("auditor", "/audit/decisions/", "before"),
    ("finance_officer", "/money/payable/", "after"),
]
SENT = [
    ("case_worker", "/followup/worklist/", "person"),
    ("town_reviewer", "/followup/assign/", "person"),
    ("town_reviewer", "/followup/assign/", "worker"),
    ("case_worker", "/followup/round/", "person"),
    ("citizen", "/accounts/posts/", "post"),
    ("finance_officer", "/money/payable/prepare/", "pick"),
    ("bureau_reviewer", "/offers/notify/", "pick"),
]


@pytest.mark.parametrize(("role", "address", "name"), ASKED)
def test_asked_for_in_an_address(as_role: Any, role: str, address: str, name: str) -> None:
    client = as_role(role)
    for text in (*STRANGE, *(f"{each}.1" for each in STRANGE)):
        assert client.get(address, {name: text}).status_code == 200, text[:40]


@pytest.mark.parametrize(("role", "address", "name"), SENT)
def test_sent_with_a_form(as_role: Any, role: str, address: str, name: str) -> None:
    client = as_role(role)
    for text in STRANGE:
        assert client.post(address, {name: text}).status_code in (200, 302, 400), text[:40]


def test_where_one_goes_on_after_the_login_keeps_its_question(client: Any) -> None:
    answer = client.get("/offers/list/?state=made&town=310114001")
    assert answer["Location"].endswith("?next=/offers/list/%3Fstate%3Dmade%26town%3D310114001")


@pytest.mark.parametrize(
    ("role", "address", "name"),
    [
        ("auditor", "/audit/decisions/", "receipt"),
        ("bureau_reviewer", "/offers/list/", "scheme"),
        ("bureau_reviewer", "/cases/", "q"),
        ("finance_officer", "/money/payable/", "case"),
        ("bureau_reviewer", "/followup/worklist/", "committee"),
    ],
)
def test_what_no_database_holds_is_refused(
    as_role: Any, role: str, address: str, name: str
) -> None:
    assert as_role(role).get(address, {name: "\0"}).status_code == 400


def test_nor_does_it_come_in_with_a_form(as_role: Any) -> None:
    sent = {"text": "张\0", "whom": "people"}
    assert as_role("bureau_reviewer").post("/people/search/", sent).status_code == 400
