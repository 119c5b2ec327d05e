"""Names of those whom cases are about: masked in lists, whole on the page that one works on."""

from __future__ import annotations

from collections.abc import Iterable

from wenye.services.cases.models import Case
from wenye.services.people.models import Employer, Person
from wenye.services.security import masking


def names_of(cases: Iterable[Case]) -> dict[tuple[str, int], str]:
    """Whole names by register and key, of the people and employers of some cases."""
    listed = list(cases)
    people = {key for each in listed for key in (each.person_key, each.worker_key) if key}
    employers = {each.employer_key for each in listed if each.employer_key}
    return {**people_named(people), **employers_named(employers)}


def people_named(keys: Iterable[int]) -> dict[tuple[str, int], str]:
    """Whole names of people."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Person.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {("people", key): name for key, name in rows}


def employers_named(keys: Iterable[int]) -> dict[tuple[str, int], str]:
    """Names of employers: they are public."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Employer.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {("employers", key): name for key, name in rows}


def name_of(case: Case) -> str:
    """The whole name of whose case it is."""
    found = names_of([case])
    return _whose(case, found)


def masked_name(case: Case, found: dict[tuple[str, int], str] | None = None) -> str:
    """The name as a list prints it: a person's masked, an employer's whole."""
    name = _whose(case, names_of([case]) if found is None else found)
    return masking.name(name) if case.person_key is not None else name


def _whose(case: Case, found: dict[tuple[str, int], str]) -> str:
    if case.person_key is not None:
        return found.get(("people", case.person_key), "")
    if case.employer_key is not None:
        return found.get(("employers", case.employer_key), "")
    return ""
