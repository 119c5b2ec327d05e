"""Cases on the page of a person or an employer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.cases.models import Case
from wenye.services.cases.types import CaseType, case_types
from wenye.services.people.models import Employer, Person
from wenye.web.acting import Asked
from wenye.web.cases import showing
from wenye.web.people.panels import Panel

#: The most cases that a panel lists.
MOST = 10


def cases_of_person(request: Asked, person: Person) -> Panel | None:
    """The person's cases, newest first, and what can be opened for them."""
    return _panel(request, "people", person.pk, {"person_key": person.pk})


def cases_of_employer(request: Asked, employer: Employer) -> Panel | None:
    """The employer's cases, likewise."""
    return _panel(request, "employers", employer.pk, {"employer_key": employer.pk})


def _panel(request: Asked, register: str, key: int, whose: dict[str, int]) -> Panel | None:
    scope = scope_of(request.acting, page_named("cases.case"))
    if scope.reach is None or request.acting is None:
        return None
    cases = list(Case.objects.within(scope).filter(**whose)[: MOST + 1])
    context = {
        "rows": showing.lines(cases[:MOST]),
        "more": len(cases) > MOST,
        "opens": _opens(request, register),
        "register": register,
        "key": key,
    }
    return Panel(_("办件"), "cases/panel.html", context, order=20)


def _opens(request: Asked, register: str) -> list[dict[str, Any]]:
    """The case types that whoever asks may open for somebody of the register."""
    acting = request.acting
    assert acting is not None

    def fits(kind: CaseType) -> bool:
        return kind.about in (register, "anybody", "scheme")

    return [
        {"id": kind.id, "label": showing.label_of(kind), "schemes": bool(kind.schemes())}
        for kind in case_types().values()
        if acting.role in kind.open_by and fits(kind)
    ]
