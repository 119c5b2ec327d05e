"""Offers and cases over the API: within reach, once, and in the words of the service."""

from __future__ import annotations

import pytest
from tests.web.api.calling import Caller, caller

from wenye.services.accounts.roles import Role
from wenye.services.audit.models import Entry
from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.cases.types import case_types
from wenye.services.decisions.district import district
from wenye.services.offers.models import Offer, Run
from wenye.services.people.models import Person


@pytest.fixture
def person(db: None) -> Person:
    found = Person.objects.exclude(town="").order_by("key").first()
    assert found is not None
    return found


@pytest.fixture
def citizen(person: Person) -> Caller:
    """A portal that has identified the person."""
    made = caller(Role.CITIZEN, purposes=["own"])
    sent = {"number": person.number, "name": person.name}
    made.reference = made.post("/api/references", sent).json()["reference"]
    return made


def scheme_about_people() -> str:
    here = district()
    return next(
        name
        for name in case_types()["application"].schemes()
        if here.scheme(name).subject.register.name == "people"
    )


def offer_to(person: Person, **more: object) -> Offer:
    run = Run.objects.order_by("-pk").first() or Run.objects.create(on="2026-10-31")
    return Offer.objects.create(
        **{
            "scheme": "statutory_retirement",
            "subject_register": "people",
            "subject_key": person.pk,
            "person_key": person.pk,
            "town": person.town,
            "mode": "confirm",
            "amount_status": "payable",
            "first_run": run,
            "last_run": run,
            **more,
        }
    )


def test_a_citizen_sees_their_own_offers_and_no_others(citizen: Caller, person: Person) -> None:
    own = offer_to(person)
    other = Person.objects.exclude(pk=person.pk).order_by("key").first()
    assert other is not None
    theirs = offer_to(other)
    listed = citizen.get("/api/offers").json()["offers"]
    assert [each["id"] for each in listed] == [own.pk]
    for answer in ("confirm", "decline"):
        body = {} if answer == "confirm" else {"reason": "later"}
        assert citizen.post(f"/api/offers/{theirs.pk}/{answer}", body).status_code == 404
    assert Offer.objects.get(pk=theirs.pk).state == "made"


def test_without_a_reference_a_citizens_client_sees_nobody(db: None, person: Person) -> None:
    offer_to(person)
    assert caller(Role.CITIZEN).get("/api/offers").json()["offers"] == []


def test_an_offer_is_declined_once(citizen: Caller, person: Person) -> None:
    path = f"/api/offers/{offer_to(person).pk}/decline"
    body = {"reason": "not_needed", "words": "谢谢"}
    assert citizen.post(path, body, once=None).status_code == 400
    first = citizen.post(path, body, once="d-1")
    assert first.status_code == 200 and first.json()["state"] == "declined"
    assert citizen.post(path, body, once="d-1").content == first.content
    late = citizen.post(path, body, once="d-2")
    assert late.status_code == 409 and "答复过" in late.json()["what"]
    assert Entry.objects.filter(verb="offer.decline").count() == 1


def test_an_offer_that_the_facts_no_longer_bear_is_not_confirmed(
    citizen: Caller, person: Person
) -> None:
    row = offer_to(person)
    answer = citizen.post(f"/api/offers/{row.pk}/confirm", {})
    assert answer.status_code == 409, answer.content
    assert answer.json()["what"] and answer.json()["mend"]
    assert not Case.objects.exists() and Offer.objects.get().state == "made"


def test_officers_clients_name_a_purpose_and_read_their_reach(person: Person) -> None:
    offer_to(person)
    town = caller(Role.TOWN_REVIEWER, town=person.town)
    assert town.get("/api/offers").status_code == 422
    assert town.get("/api/offers", purpose="audit").status_code == 403
    assert len(town.get("/api/offers", purpose="review").json()["offers"]) == 1
    entry = Entry.objects.filter(verb="read", person_key=person.pk).latest("id")
    assert entry.purpose == "review" and entry.page == "api.offers"
    elsewhere = next(u.code for u in district().organisation.units if u.code != person.town)
    other = caller(Role.TOWN_REVIEWER, town=elsewhere)
    assert other.get("/api/offers", purpose="review").json()["offers"] == []


def test_a_case_is_opened_for_the_citizen_and_seen_by_them(citizen: Caller, person: Person) -> None:
    body = {"case_type": "application", "scheme": scheme_about_people()}
    answer = citizen.post("/api/cases", body, once="c-1")
    assert answer.status_code == 200, answer.content
    number = answer.json()["number"]
    assert citizen.post("/api/cases", body, once="c-1").json()["number"] == number
    again = citizen.post("/api/cases", body, once="c-2")
    assert again.status_code == 409 and number in again.json()["what"]
    assert Case.objects.count() == 1
    whole = citizen.get(f"/api/cases/{number}").json()
    assert whole["state"] == "draft" and [step["step"] for step in whole["steps"]] == ["open"]
    status = citizen.get(f"/api/cases/{number}/status").json()
    assert status["state_label"] == "草稿"
    assert person.name not in str(whole)
    assert [each["number"] for each in citizen.get("/api/cases").json()["cases"]] == [number]


def test_a_case_is_not_opened_for_somebody_else(citizen: Caller, person: Person) -> None:
    body = {"case_type": "application", "scheme": scheme_about_people(), "key": person.pk + 1}
    assert citizen.post("/api/cases", body).status_code == 403
    for wrong in ({"case_type": "none_such"}, {"case_type": "application", "scheme": "no_such"}):
        assert citizen.post("/api/cases", wrong).status_code in (400, 404)
    assert not Case.objects.exists()


def test_anothers_case_is_not_there(citizen: Caller, person: Person, acting) -> None:
    other = Person.objects.exclude(pk=person.pk).filter(town=person.town).first()
    assert other is not None
    row = open_case(
        None,
        "application",
        scheme=scheme_about_people(),
        subject_register="people",
        subject_key=other.pk,
    )
    for path in (f"/api/cases/{row.number}", f"/api/cases/{row.number}/status"):
        assert citizen.get(path).status_code == 404
    assert citizen.get("/api/cases").json()["cases"] == []


def test_long_lists_come_in_parts(db: None, person: Person) -> None:
    schemes = district().scheme_ids
    for number in range(105):
        offer_to(person, subject_key=number + 1, scheme=schemes[0], mode="apply")
    made = caller()
    first = made.get("/api/offers", purpose="review").json()
    second = made.get("/api/offers", purpose="review", after=first["after"]).json()
    ids = [each["id"] for each in first["offers"] + second["offers"]]
    assert len(ids) == len({*ids}) == 105 and second["after"] is None
