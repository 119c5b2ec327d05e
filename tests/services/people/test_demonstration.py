"""The demonstration shows corrections on their way, once."""

from __future__ import annotations

from tests.service import AS_OF

from wenye.services.people.demonstration import prepare
from wenye.services.people.models import Correction, Objection, Person


def test_there_is_something_to_see(db: None) -> None:
    prepare(AS_OF)
    prepare(AS_OF)
    assert set(Correction.objects.values_list("state", flat=True)) >= {"proposed", "accepted"}
    assert Objection.objects.count() == 1
    assert Person.objects.filter(phone_blind__isnull=False).count() > 5
