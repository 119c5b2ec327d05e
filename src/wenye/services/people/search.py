"""Finding people and employers: a number or telephone exactly, a name by how it begins.

Never by parts of a number: what could be searched so would have to lie in the open.
"""

from __future__ import annotations

import re
import unicodedata

import polars as pl
from django.db.models import Q

from wenye.registers.identity import modern
from wenye.services.accounts.roles import Scope
from wenye.services.people import names
from wenye.services.people.models import Employer, Person
from wenye.services.people.models.core import EmployerQuerySet, PersonQuerySet
from wenye.services.security.sealing import blinds

#: A telephone may be a family's; more people than this share none.
MOST_ALIKE = 200
_NUMBER = re.compile(r"[A-Z]{0,3}\d{6,20}[A-Z]?")
_CODE = re.compile(r"[0-9A-Z]{8}-?[0-9A-Z]{0,10}")


def is_number(text: str) -> bool:
    """Whether what was typed is a document's or a telephone's number rather than a name."""
    return _NUMBER.fullmatch(_as_number(text)) is not None


def find(text: str, scope: Scope) -> PersonQuerySet:
    """People within a scope: by number or telephone exactly, else those whose name begins so."""
    everybody = Person.objects.within(scope)
    if is_number(text):
        typed = _as_number(text)
        number = str(modern(pl.Series([typed], dtype=pl.String))[0])
        chosen = Q(number_blind__in=blinds(number, "people.person.number"))
        chosen |= Q(phone_blind__in=blinds(typed, "people.person.phone"))
        # By the blind indexes first, and narrowed then: a planner that began with the town would
        # read all of it.
        keys = list(Person.objects.filter(chosen).values_list("key", flat=True)[:MOST_ALIKE])
        return everybody.filter(key__in=keys).order_by("name_order", "key")
    if not names.order(text):
        return everybody.none()
    return everybody.named(text).order_by("name_order", "key")


def find_employers(text: str, scope: Scope) -> EmployerQuerySet:
    """Employers within a scope: by credit code exactly, else those whose name begins so."""
    everybody = Employer.objects.within(scope)
    typed = _as_number(text)
    if _CODE.fullmatch(typed) and any(letter.isdigit() for letter in typed):
        return everybody.filter(code__in=[typed, typed.replace("-", "")]).order_by("key")
    if not names.order(text):
        return everybody.none()
    return everybody.named(text).order_by("name_order", "key")


def after(
    found: PersonQuerySet | EmployerQuerySet, place: tuple[bytes, int] | None
) -> PersonQuerySet | EmployerQuerySet:
    """The rows behind a place of the list, which is in order of name, then key."""
    if place is None:
        return found
    order, key = place
    return found.filter(name_order__gte=order).exclude(name_order=order, key__lte=key)


def _as_number(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
