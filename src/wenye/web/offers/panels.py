"""What the pages of a person and of an employer show of offers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.offers.models import Offer
from wenye.services.people.models import Employer, Person
from wenye.web.acting import Asked
from wenye.web.offers.showing import lines
from wenye.web.people.panels import Panel

_MOST = 10


def offers_of_person(request: Asked, person: Person) -> Panel | None:
    """Offers that stand, and the last ones that did."""
    return _panel(request, person_key=person.pk)


def offers_of_employer(request: Asked, employer: Employer) -> Panel | None:
    """As ``offers_of_person``."""
    return _panel(request, employer_key=employer.pk)


def _panel(request: Asked, **whose: int) -> Panel | None:
    scope = scope_of(request.acting, page_named("offers.offer"))
    if scope.reach is None:
        return None
    found = Offer.objects.within(scope).filter(**whose).order_by("-live", "-id")[:_MOST]
    return Panel(_("政策找人"), "offers/panel.html", {"offers": lines(found)}, order=30)
