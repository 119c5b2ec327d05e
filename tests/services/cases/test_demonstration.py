"""The demonstration has cases in many states, made once."""

from __future__ import annotations

import pytest
from tests.service import AS_OF

pytestmark = pytest.mark.usefixtures("db")


def test_it_is_made_once() -> None:
    from wenye.services.cases.demonstration import prepare
    from wenye.services.cases.models import Case

    prepare(AS_OF)
    count = Case.objects.count()
    assert count > 15
    states = set(Case.objects.values_list("state", flat=True))
    assert {"submitted", "town_review", "bureau_review", "refused"} <= states
    prepare(AS_OF)
    assert Case.objects.count() == count
