"""What the page of a person shows of the follow-up."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.followup.models import Followed
from wenye.services.followup.worklists import contacts_of, reasons
from wenye.services.people.models import Person
from wenye.web.acting import Asked
from wenye.web.followup.forms import words_of
from wenye.web.people.panels import Panel

_MOST = 3


def followup_of_person(request: Asked, person: Person) -> Panel | None:
    """When the next contact is due, who follows, and the last contacts."""
    scope = scope_of(request.acting, page_named("followup.person"))
    if scope.reach is None:
        return None
    row = Followed.objects.within(scope).select_related("worker").filter(pk=person.pk).first()
    if row is None:
        return None
    context = {
        "row": row,
        "reasons": reasons(row, timezone.localdate()) if row.open else [],
        "contacts": [words_of(each) for each in contacts_of(row.pk, _MOST)],
    }
    return Panel(_("跟踪服务"), "followup/panel.html", context, order=40)
