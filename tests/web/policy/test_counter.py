"""At the counter: found, recognised by two facts, asked what is missing; answers leave no trace."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.policy.test_check import telling_of

from wenye.services.audit.models import Entry
from wenye.services.decisions.identifying import knows
from wenye.services.decisions.telling import read_telling
from wenye.services.people.models import Person


def somebody(**of: Any) -> Person:
    for person in Person.objects.filter(**of).exclude(birth_date=None).order_by("key"):
        if person.number:
            return person
    raise AssertionError("nobody has both")


def recognised(client: Any, person: Person) -> Any:
    return client.post(
        f"/policy/counter/{person.key}/",
        {"birth_date": person.birth_date.isoformat(), "last_four": person.number[-4:]},
    )


def test_two_facts_open_the_page_and_wrong_ones_do_not(as_role: Any) -> None:
    client, person = as_role("bureau_reviewer"), somebody()
    address = f"/policy/counter/{person.key}/"
    closed = client.get(address).content.decode()
    assert "核对身份" in closed and person.name not in closed
    wrong = client.post(address, {"birth_date": "1900-01-01", "last_four": person.number[-4:]})
    assert wrong.status_code == 400
    assert "不一致" in wrong.content.decode()
    assert client.get(address).content.decode().count("核对身份")
    assert recognised(client, person).status_code == 302
    page = client.get(address).content.decode()
    assert person.name in page
    assert person.number not in page
    verbs = list(Entry.objects.filter(person_key=person.key).values_list("verb", flat=True))
    assert {"counter.unconfirmed", "counter.confirmed", "read"} <= set(verbs)


def test_guessing_is_stopped(as_role: Any) -> None:
    client, person = as_role("bureau_reviewer"), somebody()
    address = f"/policy/counter/{person.key}/"
    for _try in range(5):
        wrong = client.post(address, {"birth_date": "1900-01-01", "last_four": "0000"})
        assert wrong.status_code == 400
    assert recognised(client, person).status_code == 429


def test_recognising_one_person_opens_no_other(as_role: Any) -> None:
    client, person = as_role("bureau_reviewer"), somebody()
    recognised(client, person)
    other = Person.objects.exclude(pk=person.pk).order_by("key").first()
    assert other is not None
    assert "核对身份" in client.get(f"/policy/counter/{other.key}/").content.decode()


def test_another_town_s_people_are_not_there(as_role: Any, acting: Any) -> None:
    town = acting("town_reviewer").town
    other = Person.objects.exclude(town=town).order_by("key").first()
    assert other is not None
    assert as_role("town_reviewer").get(f"/policy/counter/{other.key}/").status_code == 404
    found = as_role("town_reviewer").post("/policy/counter/", {"q": other.name}).content.decode()
    assert f"/policy/counter/{other.key}/" not in found


def test_the_answers_of_a_walk_in_are_not_kept(as_role: Any) -> None:
    client, person = as_role("bureau_reviewer"), somebody()
    recognised(client, person)
    address = f"/policy/counter/{person.key}/"
    page = client.get(address).content.decode()
    telling = read_telling(telling_of(page))
    before = Entry.objects.exclude(verb="read").count()
    again = client.post(address, {"telling": telling.written(), "step": "skip"})
    assert again.status_code == 200
    assert Entry.objects.exclude(verb="read").count() == before


def test_every_decision_opens_with_its_reasons(as_role: Any) -> None:
    from wenye.services.decisions.facts import facts
    from wenye.services.decisions.telling import Telling
    from wenye.services.decisions.walk_in import check_registered

    client, person = as_role("bureau_reviewer"), somebody()
    recognised(client, person)
    address = f"/policy/counter/{person.key}/"
    telling = Telling("person", {"self": {}, "rows": {}})
    found = check_registered(telling, person.key, facts().as_of)
    assert found
    for each in found[:12]:
        answer = client.post(address, {"telling": telling.written(), "why": each.id})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "截至" in page and "/people/corrections/new/" in page
    gone = client.post(address, {"telling": telling.written(), "why": "post_subsidy.999999"})
    assert gone.status_code == 404
    assert client.post(address, {"telling": "{"}).status_code == 400


def test_queries_are_bounded(as_role: Any, django_assert_max_num_queries: Any) -> None:
    client, person = as_role("bureau_reviewer"), somebody()
    recognised(client, person)
    with django_assert_max_num_queries(90):
        client.get(f"/policy/counter/{person.key}/")


@pytest.mark.parametrize("last_four", ["", "12", "’’’’", "0" * 8])
def test_nobody_is_recognised_by_nothing(db: None, last_four: str) -> None:
    person = somebody()
    assert not knows(person, person.birth_date, last_four) or last_four == person.number[-4:]
    assert not knows(person, None, person.number[-4:])
