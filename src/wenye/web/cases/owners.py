"""Whom a case is about, as the page shows it, so that nobody works on the wrong person."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from wenye.services.decisions.district import town_name
from wenye.services.people.models import Employer, Person
from wenye.services.security import masking
from wenye.web.cases import showing


@dataclass(frozen=True, slots=True)
class Owner:
    """A person or an employer: the name whole, numbers masked."""

    register: str
    key: int
    name: str
    number: str
    #: Birth date of a person, credit code of an employer stands in ``number``.
    born: str
    sex: str
    town: str
    phone: str
    url: str


def owner_of(person_key: int | None, employer_key: int | None) -> Owner | None:
    """The person, or else the employer; None where neither is on file."""
    if person_key is not None:
        person = Person.objects.filter(pk=person_key).first()
        return None if person is None else _person(person)
    if employer_key is not None:
        employer = Employer.objects.filter(pk=employer_key).first()
        return None if employer is None else _employer(employer)
    return None


def _person(person: Person) -> Owner:
    born = getattr(person, "birth_date", None)
    sex = {"male": ("男", "male"), "female": ("女", "female")}.get(
        str(getattr(person, "sex", "") or ""), ("", "")
    )
    return Owner(
        "people",
        person.pk,
        person.name,
        masking.document(person.number) if person.number else "",
        "" if born is None else str(born),
        sex[showing.english()],
        town_name(str(getattr(person, "town", "") or "")),
        masking.phone(person.phone) if person.phone else "",
        _url("people:person", person.pk),
    )


def _employer(employer: Employer) -> Owner:
    return Owner(
        "employers",
        employer.pk,
        employer.name,
        employer.code,
        "",
        "",
        town_name(str(getattr(employer, "town", "") or "")),
        "",
        _url("people:employer", employer.pk),
    )


def _url(name: str, key: int) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
