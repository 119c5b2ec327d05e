"""Cases that another body pays: handed over with little in the file, and answered."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF
from tests.services.cases.made import HANDED_OVER, brought, opened, someone

from wenye.services.money.bank_file import sm3
from wenye.services.money.errors import MoneyError
from wenye.services.money.handover import hand_over, take_answers, waiting
from wenye.services.money.models import HandOverRow

pytestmark = pytest.mark.usefixtures("db")


def _approved() -> Any:
    case, actors = opened(HANDED_OVER)
    return brought(case, actors, "approved")


def _answer(number: str, *rows: str) -> bytes:
    body = "".join(f"{row}\r\n" for row in [f"H,WENYE-HANDED-1,{number},20261031", *rows]).encode()
    return body + f"T,{len(rows)},{sm3(body)}\r\n".encode()


def test_handed_over_and_answered() -> None:
    officer = someone("finance_officer")
    case = _approved()
    assert waiting() == {HANDED_OVER: 1}
    done = hand_over(officer, HANDED_OVER, AS_OF)
    assert done.file is not None
    case.refresh_from_db()
    assert case.state == "handed_over"
    assert case.number in done.file.content
    assert sm3(done.file.content.encode()) == done.file.digest
    assert hand_over(officer, HANDED_OVER, AS_OF).file is None
    content = _answer(done.file.number, f"D,{case.number},accepted,1234.56,已发放")
    assert [each.outcome for each in take_answers(officer, content)] == ["accepted"]
    assert [each.outcome for each in take_answers(officer, content)] == ["again"]
    case.refresh_from_db()
    assert case.state == "paid"
    row = HandOverRow.objects.get()
    assert (row.answered_fen, row.answer) == (123456, "已发放")


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("D,2026-310114-999999,accepted,1.00,x", "unknown_case"),
        ("D,{number},maybe,1.00,x", "unreadable"),
        ("D,{number},accepted,1.2,x", "unreadable"),
        ("D,{number},refused,,不符合", "refused"),
        ("garbage", "unreadable"),
    ],
)
def test_each_row_has_a_name(row: str, outcome: str) -> None:
    officer = someone("finance_officer")
    case = _approved()
    done = hand_over(officer, HANDED_OVER, AS_OF)
    assert done.file is not None
    found = take_answers(officer, _answer(done.file.number, row.format(number=case.number)))
    assert [each.outcome for each in found] == [outcome]


def test_the_file_holds_no_full_number() -> None:
    from wenye.services.people.models import Person

    case = _approved()
    person, _ = Person.objects.get_or_create(pk=case.person_key)
    person.name, person.number = "=张三,丰", "310114199001010029"
    person.phone, person.account = "13800001234", "0000123412341234"
    person.save()
    done = hand_over(someone("finance_officer"), HANDED_OVER, AS_OF)
    assert done.file is not None
    for text in ("310114199001010029", "13800001234", "0000123412341234", "三", ",="):
        assert text not in done.file.content


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"H,x\n", _answer("x")[:-5]])
def test_a_file_that_is_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(MoneyError):
        take_answers(someone("finance_officer"), content)


def test_whoever_reviewed_does_not_hand_over() -> None:
    from wenye.services.accounts.models import Post

    case = _approved()
    user = case.steps.get(transition="bureau_approve").user_id
    post = Post.objects.create(user_id=user, role="finance_officer", department="x", since=AS_OF)
    done = hand_over(post.acting(), HANDED_OVER, AS_OF)
    assert done.file is None
    assert len(done.stopped) == 1
