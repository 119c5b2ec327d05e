"""Every cell of the table for pages about people: who opens what, and how far they see there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wenye.services.accounts.access import pages
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Reach, Role
from wenye.services.people.models import Employer, Person

PAGES = {name: page for name, page in pages().items() if name.startswith("people.")}
_ABOUT_PERSON = ("person", "reveal", "lookers", "contact", "object")
_POSTED = (
    "reveal", "contact", "object", "decide_correction", "withdraw_correction", "copy",
    "import_rejected", "import_adopt", "import_discard", "import_undo",
)  # fmt: skip


def _url(name: str, key: int = 1) -> str:
    short = name.removeprefix("people.")
    if short in _ABOUT_PERSON or short == "employer":
        return reverse(f"people:{short}", kwargs={"key": key})
    if short in ("correction", "decide_correction", "withdraw_correction") or (
        short.startswith("import") and short not in ("imports", "import_upload")
    ):
        return reverse(f"people:{short}", kwargs={"pk": key})
    return reverse(f"people:{short}")


def _asked(client: Any, name: str, url: str) -> Any:
    return client.post(url) if name.removeprefix("people.") in _POSTED else client.get(url)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens_to_those_whom_the_table_names(as_role, name: str, role: Role) -> None:
    answer = _asked(as_role(role.value), name, _url(name, 10**9))
    if role in PAGES[name].reach:
        assert answer.status_code != 403, answer.content.decode()[:400]
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_stranger_is_sent_to_log_in(db: None, name: str) -> None:
    answer = _asked(Client(), name, _url(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", [f"people.{short}" for short in _POSTED])
def test_what_changes_something_is_not_asked_for_by_a_link(as_role, name: str) -> None:
    role = next(iter(PAGES[name].reach))
    assert as_role(role.value).get(_url(name)).status_code == 405


@pytest.mark.parametrize("role", [role for role in Role if role in PAGES["people.person"].reach])
def test_a_person_is_seen_within_the_reach_alone(as_role, role: Role) -> None:
    client, post = as_role(role.value), Post.objects.get(user__username=role.value)
    reach = PAGES["people.person"].reach[role]
    own = post.user.person_key or Person.objects.filter(town=post.town or None).first()
    near = own if isinstance(own, int) else (own.pk if own else Person.objects.all()[0].pk)
    far = Person.objects.exclude(pk=near).exclude(town=post.town or "-")[0].pk
    assert client.get(_url("people.person", near)).status_code == 200
    expected = 200 if reach is Reach.DISTRICT else 404
    assert client.get(_url("people.person", far)).status_code == expected
    assert client.get(_url("people.person", 2**40)).status_code == 404


def test_an_employers_clerk_sees_the_own_employer_alone(as_role) -> None:
    own = User.objects.get(username="employer_clerk").employer_key
    other = Employer.objects.exclude(pk=own)[0].pk
    client = as_role("employer_clerk")
    assert client.get("/people/own-employer/")["Location"] == f"/people/employers/{own}/"
    assert client.get(_url("people.employer", own)).status_code == 200
    assert client.get(_url("people.employer", other)).status_code == 404
