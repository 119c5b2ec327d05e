"""A service with money in it: values confirmed, a budget, and approved cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.services.money import made


@pytest.fixture(scope="module", autouse=True)
def confirmed(django_db_setup: None) -> Iterator[None]:
    """The scheme's values are confirmed while a module's tests run."""
    with made.values_confirmed():
        yield


@pytest.fixture
def office(db: None, settings: Any) -> made.Office:
    """Two finance officers, a head and a reviewer, a budget and money in the bank."""
    return made.Office.opened()
