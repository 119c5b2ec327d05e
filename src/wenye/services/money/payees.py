"""Where the money goes: name and account, sealed until a bank file needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenye.services.people.models import Employer, Person
from wenye.services.security import masking


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom to pay; ``account`` is empty where none is on file."""

    register: str
    key: int
    name: str
    account: str
    masked_name: str

    @property
    def masked_account(self) -> str:
        """The account's last four digits."""
        return masking.account(self.account) if self.account else ""


def payees(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Payee]:
    """Those of the pairs (register, key) that are known."""
    people: set[int] = set()
    employers: set[int] = set()
    for register, key in wanted:
        (people if register == "people" else employers).add(key)
    found: dict[tuple[str, int], Payee] = {}
    for chunk in _chunks(people):
        for person in Person.objects.filter(pk__in=chunk).order_by("pk"):
            found["people", person.pk] = Payee(
                "people",
                person.pk,
                person.name,
                person.account or "",
                person.masked_name,
            )
    for chunk in _chunks(employers):
        for employer in Employer.objects.filter(pk__in=chunk).order_by("pk"):
            found["employers", employer.pk] = Payee(
                "employers",
                employer.pk,
                employer.name,
                employer.account or "",
                employer.shown_name,
            )
    return found


def _chunks(keys: set[int], size: int = 500) -> Iterable[list[int]]:
    ordered = sorted(keys)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
