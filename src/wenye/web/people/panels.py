"""What other areas show on the page of a person or an employer.

An area adds a function to ``PANELS`` (a person's page) or ``EMPLOYER_PANELS`` when its ``urls``
module is loaded::

    # wenye/web/cases/urls.py
    from wenye.web.cases.panels import cases_of_person
    from wenye.web.people.panels import PANELS

    PANELS.append(cases_of_person)

    # wenye/web/cases/panels.py
    def cases_of_person(request: Asked, person: Person) -> Panel | None:
        scope = scope_of(request.acting, page_named("cases.case"))
        found = Case.objects.within(scope).filter(person_key=person.pk)[:10]
        if scope.reach is None:
            return None  # whoever asks has no business with cases
        return Panel(_("办件"), "cases/panel.html", {"cases": found}, order=20)

The function narrows by its own page's scope, as every page does, and gives None where whoever asks
may see nothing. The page has logged that the person was read; a panel logs nothing. The template is
a fragment: it stands below the heading, and finds its context, ``person`` (or ``employer``) and
``panel``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from wenye.services.people.models import Employer, Person
from wenye.web.acting import Asked


@dataclass(frozen=True, slots=True)
class Panel:
    """One area's part of the page: heading, template of the fragment, what it is given."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    #: Lower stands higher: 10 what to do now, 20 cases, 30 offers, 40 follow-up, 50 decisions.
    order: int = 50


PANELS: list[Callable[[Asked, Person], Panel | None]] = []
EMPLOYER_PANELS: list[Callable[[Asked, Employer], Panel | None]] = []


def person_panels(request: Asked, person: Person) -> list[tuple[str, str]]:
    """The panels of a person's page in order: heading, and the fragment as it is printed."""
    return _printed(request, [made(request, person) for made in PANELS], {"person": person})


def employer_panels(request: Asked, employer: Employer) -> list[tuple[str, str]]:
    """The panels of an employer's page, likewise."""
    found = [made(request, employer) for made in EMPLOYER_PANELS]
    return _printed(request, found, {"employer": employer})


def _printed(
    request: Asked, found: list[Panel | None], whose: dict[str, Any]
) -> list[tuple[str, str]]:
    panels = sorted((each for each in found if each is not None), key=lambda panel: panel.order)
    return [
        (
            panel.title,
            render_to_string(panel.template, {**panel.context, **whose, "panel": panel}, request),
        )
        for panel in panels
    ]
