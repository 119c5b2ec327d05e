"""Whose a row of a scheme's subject is, and whether a scope reaches them all."""

from __future__ import annotations

from dataclasses import dataclass

from wenye.registers.model import Employer, Person
from wenye.rules.scheme import Scheme
from wenye.services.accounts.roles import Scope
from wenye.services.decisions.facts import facts
from wenye.services.people import models as people


@dataclass(frozen=True, slots=True)
class Owners:
    """Surrogate keys of those whom a row is about."""

    people: tuple[int, ...]
    employers: tuple[int, ...]


def owners(scheme: type[Scheme], key: int, scope: Scope) -> Owners | None:
    """Whose the row is; None where there is no such row, or somebody of it is out of reach."""
    rows = facts().rows_by(scheme.subject, "key", [key])
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    about: dict[type, set[int]] = {Person: set(), Employer: set()}
    if scheme.subject in about:
        about[scheme.subject].add(key)
    for name, fact in scheme.subject.facts().items():
        if fact.kind.name == "key" and fact.target in about:
            value = row.get(name)
            if value is not None and value > 0:
                about[fact.target].add(int(value))
    found = Owners(tuple(sorted(about[Person])), tuple(sorted(about[Employer])))
    if not found.people and not found.employers:
        return None
    seen = people.Person.objects.within(scope).filter(key__in=found.people).count()
    if seen < len(found.people):
        return None
    if found.people:
        # A row about a person goes where the person goes: its employer is part of what is said.
        return found
    seen = people.Employer.objects.within(scope).filter(key__in=found.employers).count()
    return found if seen == len(found.employers) else None
