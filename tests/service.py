"""What tests of the service stand on: a small synthetic district in force, and a user per role.

The district is the same for all tests of a process and must not be changed outside a test's own
transaction (which pytest-django rolls back).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

#: The day of the synthetic data, and of every decision that a test makes.
AS_OF = dt.date(2026, 10, 31)
PEOPLE = 400


@pytest.fixture(scope="session")
def synthetic_registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register folder of 400 invented people with their employers, taken in without mistakes."""
    from wenye.policy.district import load_district
    from wenye.registers.intake import intake
    from wenye.simulation.synthetic.district import generate

    folder = tmp_path_factory.mktemp("district")
    units = load_district("jiading").organisation.units
    generate(
        folder / "files",
        people=PEOPLE,
        seed=7,
        units=[unit.code for unit in units],
        errors=0,
        as_of=AS_OF,
    )
    town = {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}
    intake(folder / "files", folder / "registers", names={"town": town}, today=AS_OF)
    return folder / "registers"


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, synthetic_registers: Path
) -> None:
    """The test database with the district in force and ``demo accounts`` made."""
    from tests.guarded import let_tests_flush

    from wenye.services.demonstration import accounts
    from wenye.services.people.adopting import adopt

    let_tests_flush()
    with django_db_blocker.unblock():
        adopt(synthetic_registers, AS_OF, None)
        accounts(AS_OF)


@pytest.fixture
def as_role(db: None) -> Callable[[str], Any]:
    """``as_role("town_reviewer")``: a client logged in with that role's account."""
    from django.test import Client

    from wenye.services.accounts.models import User

    def logged_in(role: str) -> Any:
        client = Client(raise_request_exception=True)
        client.force_login(
            User.objects.get(username=role),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return logged_in


@pytest.fixture
def acting(db: None) -> Callable[[str], Any]:
    """``acting("auditor")``: the ``Acting`` of that role's account."""
    from wenye.services.accounts.models import Post

    def of(role: str) -> Any:
        return Post.objects.select_related("user").get(user__username=role).acting()

    return of


@pytest.fixture(autouse=True)
def _nothing_undefined_on_a_page(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every page that a test asks for is looked through for variables that nobody gave."""
    if "db" not in request.fixturenames and "as_role" not in request.fixturenames:
        yield
        return
    from django.template.base import Template

    original = Template.render

    def rendered(self: Any, context: Any) -> Any:
        text = original(self, context)
        assert "〔undefined: " not in text, text[text.index("〔undefined: ") :][:80]
        return text

    Template.render = rendered  # type: ignore[method-assign]
    yield
    Template.render = original  # type: ignore[method-assign]
