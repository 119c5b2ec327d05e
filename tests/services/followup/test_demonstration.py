"""The demonstration makes the pages worth opening, once."""

from __future__ import annotations

from typing import Any

from tests.service import AS_OF

from wenye.services.followup.demonstration import prepare
from wenye.services.followup.models import Contact, Followed, MonthlyReturn


def test_prepared_once(db: None, at_day: Any) -> None:
    prepare(AS_OF)
    made = Contact.objects.count()
    assert made and MonthlyReturn.objects.filter(current=True).exists()
    assert Followed.objects.now().filter(worker__isnull=False).exists()
    prepare(AS_OF)
    assert Contact.objects.count() == made
