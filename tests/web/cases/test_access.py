"""Every cell role × page of the access table, and every page with what it must not take."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.services.cases.made import AS_OF, brought, opened, someone
from tests.web.cases.test_pages import client_of

from wenye.services.accounts.access import pages
from wenye.services.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("db")

PAGES = [each for each in pages() if each.startswith("cases.")]
POSTED = {"step", "bulk", "view", "attach", "rows"}


def address(name: str, number: str) -> str:
    args: list[Any] = {
        "open": ["application"],
        "case": [number],
        "step": [number],
        "attach": [number],
        "rows": [number],
        "rows_errors": [number],
        "attachment": [number, 1],
        "letter": [number, 1],
        "letter_file": [number, 1],
    }.get(name, [])
    return reverse(f"cases:{name}", args=args)


@pytest.mark.parametrize("page_id", PAGES)
def test_cells(page_id: str) -> None:
    name = page_id.partition(".")[2]
    case, _actors = opened()
    url = address(name, case.number)
    page = pages()[page_id]
    for role in Role:
        in_town = role in (Role.CASE_WORKER, Role.TOWN_REVIEWER)
        client = client_of(someone(role.value, case.town if in_town else ""))
        answer = client.post(url) if name in POSTED else client.get(url)
        opens = role in page.reach or page.public
        assert (answer.status_code != 403) == opens, (role, answer.status_code)
        if name in POSTED:
            assert client.get(url).status_code == 405
    nobody = Client().post(url) if name in POSTED else Client().get(url)
    if page.public:
        assert nobody.status_code == 200
    else:
        assert nobody.status_code == 302
        assert "/accounts/login/" in nobody["Location"]


@pytest.mark.parametrize("name", sorted(POSTED))
def test_forms_without_their_token(name: str) -> None:
    from wenye.services.accounts.models import User

    case, actors = opened()
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        User.objects.get(pk=actors.owner.user_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = client.post(address(name, case.number), {"do": "submit", "version": 1})
    assert answer.status_code == 403
    case.refresh_from_db()
    assert case.state == "draft"


def test_objects_of_others_are_not_there() -> None:
    """A crawler in small: every address of a case, asked by people who have no business there."""
    case, actors = opened()
    brought(case, actors, "approved")
    letter = case.letters.first()
    assert letter is not None
    urls = [
        reverse("cases:case", args=[case.number]),
        reverse("cases:letter", args=[case.number, letter.pk]),
        reverse("cases:letter_file", args=[case.number, letter.pk]),
    ]
    strangers = [
        someone("citizen", person_key=1),
        someone("citizen", employer_key=case.employer_key or 1),
        someone("employer_clerk", employer_key=1, person_key=case.person_key),
        someone("case_worker", "310114999"),
        someone("town_reviewer", "310114999"),
    ]
    for stranger in strangers:
        client = client_of(stranger)
        for url in urls:
            assert client.get(url).status_code in (403, 404), (stranger.role, url)
        step = reverse("cases:step", args=[case.number])
        answer = client.post(step, {"do": "withdraw", "version": case.version, "reason": "x"})
        assert answer.status_code == 404
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_complaint_by_its_pages() -> None:
    from wenye.services.cases.models import Case
    from wenye.services.people.models import Person

    person = Person.objects.exclude(town="").order_by("key").first()
    assert person is not None
    client = client_of(someone("citizen", person_key=person.pk))
    url = reverse("cases:open", args=["complaint"])
    assert client.get(url).status_code == 200
    client.post(url, {"register": "people", "key": person.pk})
    case = Case.objects.get()
    page = reverse("cases:case", args=[case.number])
    assert "诉求内容" in client.get(page).content.decode()
    words = "<script>alert(1)</script>\u202e请尽快"
    step = reverse("cases:step", args=[case.number])
    sent = {"version": case.version, "filled": "1", "do": "submit", "words": words}
    answer = client.post(step, sent)
    assert answer.status_code == 400  # the kind is not chosen
    assert "类别" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    client.post(step, {**sent, "urgency": "enquiry"})
    case.refresh_from_db()
    assert case.state == "received"
    assert case.due_on is not None
    assert case.form["words"] == words
    text = client_of(someone("town_reviewer", case.town)).get(page).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert AS_OF


def test_names_of_any_kind_are_shown_whole_on_the_page_and_never_run() -> None:
    from wenye.services.people.models import Person

    case, actors = opened()
    brought(case, actors, "submitted")
    names = ["<b onmouseover=alert(1)>张", "\u202eابن علي", "长" * 40, "=1+1", "{{ 7|add:7 }}"]
    for name in names:
        Person.objects.filter(pk=case.person_key).update(name=name)
        client = client_of(actors.town_reviewer)
        page = client.get(reverse("cases:case", args=[case.number])).content.decode()
        assert "<b onmouseover" not in page
        listed = client.get(reverse("cases:worklist")).content.decode()
        assert case.number in listed
        assert "<b onmouseover" not in listed
        assert name not in listed
