"""The pages of a person and an employer, searching, and numbers in full."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from wenye.services.accounts.models import Post
from wenye.services.audit.models import Entry
from wenye.services.people.models import Employer, Person
from wenye.web.people import panels

NAMES = [
    "ישראל בן־דוד",
    "محمد عبد الله",
    "阿卜杜热合曼·买买提依明·吐尔逊江·艾则孜·玉素甫·阿不都拉·努尔麦麦提·卡德尔江",
    "<script>alert(1)</script>",
    "\u202e倒写的名字",
    "=HYPERLINK(1)",
    "李",
]


@pytest.fixture
def somebody(db: None) -> Person:
    """Somebody of the town of the demonstration officers."""
    town = Post.objects.get(user__username="town_reviewer").town
    return Person.objects.filter(town=town)[0]


def _named(person: Person, name: str) -> Person:
    from wenye.services.people import names

    person.name, person.name_order = names.kept(name), names.order(name)
    person.save()
    return person


def _search(client: Any, text: str, **more: str) -> str:
    return client.post(reverse("people:search"), {"text": text, **more}).content.decode()


def test_a_person_at_a_glance(as_role, somebody: Person, django_assert_max_num_queries) -> None:
    client = as_role("town_reviewer")
    url = reverse("people:person", args=[somebody.pk])
    client.get(url)
    with django_assert_max_num_queries(45):
        answer = client.get(url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert somebody.name in page and somebody.masked_number in page
    assert somebody.number not in page
    assert "公安、人力资源社会保障" in page
    read = Entry.objects.filter(verb="read", page="people.person", person_key=somebody.pk).last()
    assert read is not None and read.purpose == "review"


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_kind_stay_names(as_role, somebody: Person, name: str) -> None:
    _named(somebody, name)
    client = as_role("town_reviewer")
    page = client.get(reverse("people:person", args=[somebody.pk])).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "<bdi>" in page
    found = _search(client, name)
    assert reverse("people:person", args=[somebody.pk]) in found
    assert "<script>alert" not in found.replace('value="&lt;script', "")


@pytest.mark.parametrize("typed", ["number", "phone", "name", "begin"])
def test_somebody_is_found(as_role, somebody: Person, typed: str) -> None:
    somebody.phone = "13800138000"
    somebody.save()
    _named(somebody, "Mehmet Öztürk")
    text = {
        "number": f" {somebody.number[:6]} {somebody.number[6:].lower()}",
        "phone": "138 0013 8000",
        "name": "ＭＥＨＭＥＴ öztürk",
        "begin": "mehmet",
    }[typed]
    page = _search(as_role("town_reviewer"), text, purpose="follow_up")
    assert reverse("people:person", args=[somebody.pk]) in page
    assert somebody.number not in page
    search = Entry.objects.filter(verb="search").last()
    assert search is not None
    assert (search.purpose, search.detail["found"]) == ("follow_up", 1)
    assert somebody.number not in str(search.detail)
    assert Entry.objects.filter(verb="read", page="people.search", person_key=somebody.pk).exists()


def test_nobody_outside_the_reach_is_found(as_role, somebody: Person) -> None:
    other = Person.objects.exclude(town=somebody.town)[0]
    href = reverse("people:person", args=[other.pk])
    assert href not in _search(as_role("town_reviewer"), other.number)
    assert href in _search(as_role("bureau_reviewer"), other.number)


def test_a_part_of_a_number_finds_nobody(as_role, somebody: Person) -> None:
    assert "没有查到" in _search(as_role("bureau_reviewer"), somebody.number[:10])


def test_results_are_paged_in_order_and_none_is_lost(as_role, db: None) -> None:
    client, seen, after = as_role("bureau_reviewer"), [], ""
    Person.objects.update(name="王小明", name_order="王小明".encode())
    for _ in range(20):
        answer = client.post(reverse("people:search"), {"text": "王", "after": after})
        rows = [row.pk for row, _town in answer.context["rows"]]
        seen += rows
        after = answer.context["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == Person.objects.count()


def test_employers_are_found_by_name_and_code(as_role, db: None) -> None:
    employer = Employer.objects.exclude(code="")[0]
    href = reverse("people:employer", args=[employer.pk])
    client = as_role("bureau_reviewer")
    for text in (employer.code, employer.code.lower(), employer.name[:4]):
        assert href in _search(client, text, whom="employers")


def test_an_employer_at_a_glance(as_role, db: None, django_assert_max_num_queries) -> None:
    client = as_role("employer_clerk")
    key = Post.objects.get(user__username="employer_clerk").user.employer_key
    with django_assert_max_num_queries(40):
        answer = client.get(reverse("people:employer", args=[key]))
    page = answer.content.decode()
    assert answer.status_code == 200 and "<polyline" in page
    staff = [each["person"] for each in answer.context["staff"]]
    assert staff and all(person.number not in page for person in staff)
    assert all(reverse("people:person", args=[person.pk]) not in page for person in staff)


def test_a_number_is_shown_in_full_for_a_purpose_and_once(as_role, somebody: Person) -> None:
    client = as_role("town_reviewer")
    url = reverse("people:reveal", args=[somebody.pk])
    assert client.post(url, {"which": "number"}).status_code == 400
    assert client.post(url, {"which": "number", "purpose": "own"}).status_code == 400
    assert client.post(url, {"which": "name", "purpose": "counter"}).status_code == 400
    assert not Entry.objects.filter(detail__full="number").exists()
    answer = client.post(url, {"which": "number", "purpose": "counter"})
    assert somebody.number in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(detail__full="number")
    assert (entry.person_key, entry.purpose) == (somebody.pk, "counter")
    page = client.get(reverse("people:person", args=[somebody.pk])).content.decode()
    assert somebody.number not in page


def test_a_number_of_somebody_elsewhere_is_not_shown(as_role, somebody: Person) -> None:
    other = Person.objects.exclude(town=somebody.town)[0]
    answer = as_role("town_reviewer").post(
        reverse("people:reveal", args=[other.pk]), {"which": "number", "purpose": "counter"}
    )
    assert answer.status_code == 404


def test_other_areas_add_panels(as_role, somebody: Person, monkeypatch) -> None:
    def hidden(request: Any, person: Person) -> None:
        return None

    def shown(request: Any, person: Person) -> panels.Panel:
        return panels.Panel(
            "办件一览", "people/open_corrections.html", {"corrections": []}, order=1
        )

    monkeypatch.setattr(panels, "PANELS", [hidden, shown])
    page = as_role("town_reviewer").get(reverse("people:person", args=[somebody.pk]))
    assert "<h2>办件一览</h2>" in page.content.decode()


def test_who_looked_is_told_without_the_clerks_name(as_role, db: None) -> None:
    citizen = Post.objects.get(user__username="citizen")
    key = citizen.user.person_key
    as_role("bureau_reviewer").get(reverse("people:person", args=[key]))
    page = as_role("citizen").get(reverse("people:lookers", args=[key])).content.decode()
    assert "区级审核员" in page and "演示区级审核员" not in page
    page = as_role("auditor").get(reverse("people:lookers", args=[key])).content.decode()
    assert "演示区级审核员" in page
