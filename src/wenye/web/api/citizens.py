"""A citizen whom the calling system has identified: a number once, then a short-lived reference.

Identity numbers stand in no address and in no header: those are written to logs everywhere.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.people import models as people
from wenye.services.people.names import order
from wenye.web.api import guard, schemas
from wenye.web.api.guard import Called, opens
from wenye.web.api.problems import Problem
from wenye.web.api.refusals import REFUSALS

router = Router(tags=["本人"])


@router.post(
    "/references",
    response={200: schemas.ReferenceOut, **REFUSALS},
    url_name="references",
    summary="按证件号码换取本人凭据",
)
@opens("api.references", "people")
def reference(request: HttpRequest, asked: schemas.NumberIn) -> dict[str, Any]:
    """A reference to the citizen with this number and name, for a quarter of an hour."""
    called = cast(Called, request)
    found = people.Person.objects.with_number(asked.number.strip().upper()).first()
    if found is None or order(found.name) != order(asked.name):
        # Whether the number or the name is wrong is nobody's business.
        raise Problem(404, _("没有号码和姓名都相符的人。"), where="number")
    record.read(
        called.acting,
        Purpose.OWN,
        people=[found.pk],
        page=called.page.id,
        detail={"client": called.client.prefix},
    )
    return {
        "reference": guard.reference(called.client, found.pk),
        "seconds": guard.REFERENCE_AGE,
    }
