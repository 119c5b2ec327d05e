"""Every page of the follow-up opens to the roles that the table names, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from wenye.services.accounts.access import pages
from wenye.services.accounts.roles import Role

PAGES = [page for page in pages().values() if page.id.startswith("followup.")]
#: Pages that only take what is sent.
POSTED = {
    "followup.confirm_family", "followup.make_return", "followup.answer_finding",
    "followup.draw_sample", "followup.contact", "followup.refer", "followup.place",
}  # fmt: skip


def address(page_id: str, objects: dict[str, int]) -> str:
    name = page_id.replace(".", ":")
    if page_id in ("followup.finding", "followup.answer_finding"):
        return reverse(name, args=[objects["finding"]])
    if page_id == "followup.sample_result":
        return reverse(name, args=[objects["sample"]])
    if page_id == "followup.recontact":
        return reverse(name, args=[objects["recontact"]])
    if page_id == "followup.correct":
        return reverse(name, args=[objects["contact"]])
    if page_id == "followup.ledger":
        return reverse(name, args=["unemployed"])
    if page_id in (
        "followup.person", "followup.contact", "followup.visit", "followup.refer",
        "followup.place",
    ):  # fmt: skip
        return reverse(name, args=[objects["person"]])
    return reverse(name)


@pytest.fixture
def objects(followed_people: list[int], acting: Callable[[str], Any]) -> dict[str, int]:
    """One object of each kind, in the case worker's town and caseload."""
    import datetime as dt

    from django.utils import timezone
    from tests.followups import TOWN

    from wenye.services.accounts.models import Post, User
    from wenye.services.followup.contacting import Told, record_contact
    from wenye.services.followup.models import Finding, Followed, Recontact, Sample

    other = User.objects.create_user("other", None, name="另一位")
    Post.objects.create(user=other, role="case_worker", town=TOWN, since=dt.date(2026, 9, 1))
    row = Followed.objects.get(pk=followed_people[0])
    worker = acting("case_worker")
    contact = record_contact(worker, row, Told(timezone.now(), "phone", "talked", "looking"))
    finding = Finding.objects.create(
        month=dt.date(2026, 10, 1),
        town=TOWN,
        kind="hours",
        worker=other,
        numbers={"contacts": 3, "first": 7, "last": 21, "least": 3, "all": 9},
        contacts=[contact.pk],
        people=[row.pk],
    )
    sample = Sample.objects.create(month=dt.date(2026, 10, 1), town=TOWN, seed="a", frame=1, size=1)
    # The first contact was another worker's, so that this one may make it again.
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE followup_contact SET worker_id = %s WHERE id = %s", [other.pk, contact.pk]
        )
    item = Recontact.objects.create(
        sample=sample,
        contact=contact,
        town=TOWN,
        chance_of=1,
        chance_in=1,
        second_worker_id=worker.user_id,
    )
    return {
        "person": row.pk,
        "contact": contact.pk,
        "finding": finding.pk,
        "sample": sample.pk,
        "recontact": item.pk,
    }


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_each_page_opens_to_those_named(
    role: Role, objects: dict[str, int], as_role: Callable[[str], Any]
) -> None:
    client = as_role(role.value)
    for page in PAGES:
        where = address(page.id, objects)
        answer = client.post(where, {}) if page.id in POSTED else client.get(where)
        expected = page.reach.get(role)
        if expected is None:
            assert answer.status_code == 403, page.id
        elif page.id in POSTED:
            assert answer.status_code in (302, 400, 404), page.id
        else:
            assert answer.status_code == 200, page.id


def test_nothing_opens_without_login(objects: dict[str, int], client: Any) -> None:
    for page in PAGES:
        answer = client.get(address(page.id, objects))
        assert answer.status_code == (405 if page.id in POSTED else 302), page.id


def test_posted_pages_take_nothing_else(
    objects: dict[str, int], as_role: Callable[[str], Any]
) -> None:
    for page in PAGES:
        if page.id in POSTED:
            role = next(iter(page.reach))
            assert as_role(role.value).get(address(page.id, objects)).status_code == 405
