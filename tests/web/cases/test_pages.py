"""Every page of cases opens to whom the table says, and shows what the case is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.services.cases.made import HANDED_OVER, PATHS, brought, keys_with, opened

pytestmark = pytest.mark.usefixtures("db")


def client_of(acting: Any) -> Client:
    from wenye.services.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(pk=acting.user_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.mark.parametrize("state", sorted(PATHS))
def test_the_page_of_a_case_in_every_state_to_every_role(state: str) -> None:
    from wenye.services.accounts.roles import Role
    from wenye.services.cases.workflows import workflows

    case, actors = opened()
    brought(case, actors, state)
    seen = workflows()["application"].states[state].seen_by
    for role in Role:
        if role is Role.EMPLOYER_CLERK:
            continue
        answer = client_of(actors.of(role.value)).get(reverse("cases:case", args=[case.number]))
        text = answer.content.decode()
        if role is Role.BUREAU_HEAD:
            assert answer.status_code == 403
        elif role in seen:
            assert answer.status_code == 200, (role, text[:300])
            assert case.number in text
        else:
            assert answer.status_code == 404, role


def test_a_draft_is_filled_in_submitted_and_approved_by_its_pages() -> None:
    case, actors = opened()
    owner = client_of(actors.owner)
    step = reverse("cases:step", args=[case.number])
    answer = owner.post(
        step, {"version": case.version, "filled": "1", "do": "save", "phone": "13800000000"}
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.form["phone"] == "13800000000"
    answer = owner.post(
        step, {"version": case.version, "filled": "1", "do": "submit", "phone": "12"}
    )
    assert answer.status_code == 400
    assert "电话号码" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    owner.post(
        step, {"version": case.version, "filled": "1", "do": "submit", "phone": "021-59990000"}
    )
    case.refresh_from_db()
    assert case.state == "submitted"
    worker = client_of(actors.case_worker)
    answer = worker.post(
        step, {"version": case.version, "do": "return", "reason": "缺合同", "missing": ""}
    )
    assert answer.status_code == 400
    assert "缺合同" in answer.content.decode()
    worker.post(step, {"version": case.version, "do": "accept"})
    case.refresh_from_db()
    assert case.state == "town_review"
    reviewer = client_of(actors.town_reviewer)
    listed = reviewer.get(reverse("cases:worklist")).content.decode()
    assert case.number in listed
    answer = reviewer.post(reverse("cases:bulk"), {"pick": f"{case.number}:{case.version}"})
    case.refresh_from_db()
    assert case.state == "bureau_review"
    bureau = client_of(actors.bureau_reviewer)
    bureau.post(step, {"version": case.version, "do": "bureau_approve"})
    case.refresh_from_db()
    assert case.state == "approved"
    for letter in case.letters.all():
        page = owner.get(reverse("cases:letter", args=[case.number, letter.pk]))
        assert page.status_code == 200
        assert letter.number in page.content.decode()
        file = owner.get(reverse("cases:letter_file", args=[case.number, letter.pk]))
        assert file.content.startswith(b"PK")
        assert file["Content-Disposition"].startswith("attachment")


def test_an_old_page_is_told_so() -> None:
    case, actors = opened()
    version = case.version
    brought(case, actors, "submitted")
    answer = client_of(actors.case_worker).post(
        reverse("cases:step", args=[case.number]), {"version": version, "do": "accept"}
    )
    assert answer.status_code == 409


def test_opening_by_the_page() -> None:
    from tests.services.cases.made import someone

    from wenye.services.cases.models import Case
    from wenye.services.cases.whose import whose
    from wenye.services.decisions.district import district

    key = keys_with(HANDED_OVER)[1]
    owner = whose("trainings", key, district().scheme(HANDED_OVER))
    client = client_of(someone("citizen", person_key=owner.person_key))
    url = reverse("cases:open", args=["application"])
    assert client.get(url).status_code == 200
    page = client.get(url, {"scheme": HANDED_OVER})
    assert page.status_code == 200
    answer = client.post(url, {"scheme": HANDED_OVER, "register": "trainings", "key": key})
    case = Case.objects.get()
    assert answer.url == reverse("cases:case", args=[case.number])
    assert case.person_key == owner.person_key
    again = client.post(url, {"scheme": HANDED_OVER, "register": "trainings", "key": key})
    assert again.url == answer.url
    stranger = client_of(someone("citizen", person_key=1))
    answer = stranger.post(url, {"scheme": HANDED_OVER, "register": "trainings", "key": key})
    assert answer.status_code == 403
    assert (
        stranger.get(url, {"scheme": HANDED_OVER, "register": "trainings", "key": key}).status_code
        == 404
    )
    mine = client.get(reverse("cases:mine"))
    assert case.number in mine.content.decode()
    assert case.number not in stranger.get(reverse("cases:mine")).content.decode()


@pytest.mark.parametrize("name", ["types", "notice"])
def test_open_to_everybody(name: str) -> None:
    assert Client().get(reverse(f"cases:{name}")).status_code == 200
