"""What the portal is to be told of cases: gathered from their steps, and sent until acknowledged.

A step is told exactly once: one row of the outbox for each, found by comparing the two tables (a
step cannot be missed, whatever committed first), and one key for each row, by which the portal
knows a repetition. A process that dies between telling and noting tells again under the same key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.cases.models import Case, Step
from wenye.services.cases.workflows import workflows
from wenye.services.people.models import Employer, Person
from wenye.services.portal.adapter import Message, Portal, PortalFailed
from wenye.services.portal.models import Outgoing

#: Steps older than this were told, or stand in the outbox.
LOOKED_BACK = dt.timedelta(days=60)
#: For so long a message belongs to the process that is sending it.
CLAIMED = dt.timedelta(minutes=5)
#: Minutes to wait after each failure; after the last one somebody has to look.
WAITS = (1, 2, 5, 15, 30, 60, 120, 240, 480)


def gather(to: Portal, now: dt.datetime | None = None) -> int:
    """Put steps that nobody has told into the outbox; how many."""
    moment = now or timezone.now()
    once = Concat("case__number", Value("/"), Cast("number", CharField()))
    steps = (
        Step.objects.filter(case__case_type__in=list(to.items()), at__gte=moment - LOOKED_BACK)
        .annotate(once=once)
        .filter(~Exists(Outgoing.objects.filter(once=OuterRef("once"))))
        .select_related("case")
        .order_by("case_id", "number")
    )
    made = 0
    for step in steps.iterator():
        workflow = workflows()[step.workflow]
        if step.to_state == workflow.begins:
            continue  # a draft is nobody's business but its writer's
        with transaction.atomic():
            told_of = Outgoing.objects.filter(case_number=step.case.number).exists()
            _row, new = Outgoing.objects.get_or_create(
                once=f"{step.case.number}/{step.number}",
                defaults={
                    "kind": "status" if told_of else "case",
                    "case_number": step.case.number,
                    "payload": _content(step),
                },
            )
        made += new
    return made


def _content(step: Step) -> dict[str, Any]:
    state = workflows()[step.workflow].states[step.to_state]
    return {
        "state": step.to_state,
        "state_label": state.label,
        "at": step.at.isoformat(),
        "organisation": step.organisation,
        "ended": not state.live,
    }


def send(to: Portal, now: dt.datetime | None = None, most: int = 500) -> dict[str, int]:
    """Send what is due, in order within each case; counts of ``sent``, ``failed``, ``given_up``."""
    moment = now or timezone.now()
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    for row in _due(moment, most):
        claimed = Outgoing.objects.filter(
            pk=row.pk, state=Outgoing.WAITING, due_at=row.due_at
        ).update(due_at=moment + CLAIMED, attempts=F("attempts") + 1)
        if claimed:
            counts[_sent(to, row, moment)] += 1
    return counts


def _due(moment: dt.datetime, most: int) -> Iterator[Outgoing]:
    """Due messages whose case has no earlier one that still waits."""
    earlier = Outgoing.objects.filter(
        case_number=OuterRef("case_number"), state=Outgoing.WAITING, pk__lt=OuterRef("pk")
    )
    done = 0
    while done < most:
        rows = Outgoing.objects.filter(state=Outgoing.WAITING, due_at__lte=moment)
        found = list(rows.filter(~Exists(earlier)).order_by("pk")[: min(100, most - done)])
        if not found:
            return
        yield from found
        done += len(found)


def _sent(to: Portal, row: Outgoing, moment: dt.datetime) -> str:
    rows = Outgoing.objects.filter(pk=row.pk)
    try:
        receipt = to.push(_message(to, row))
    except PortalFailed as failed:
        attempts = row.attempts + 1
        if failed.for_good or attempts > len(WAITS):
            rows.update(state=Outgoing.GIVEN_UP, answer=failed.code[:200])
            return "given_up"
        wait = dt.timedelta(minutes=WAITS[attempts - 1])
        rows.update(due_at=moment + wait, answer=failed.code[:200])
        return "failed"
    rows.update(state=Outgoing.SENT, sent_at=moment, answer=receipt[:200])
    return "sent"


def _message(to: Portal, row: Outgoing) -> Message:
    case = Case.objects.filter(number=row.case_number).first()
    item = to.items().get(case.case_type) if case is not None else None
    if case is None or item is None:
        raise PortalFailed("no_item", for_good=True)
    return Message(row.once, row.kind, item, row.case_number, row.payload, _applicant(case))


def _applicant(case: Case) -> Mapping[str, str]:
    if case.person_key is not None:
        person = Person.objects.filter(pk=case.person_key).first()
        return {"name": person.name, "number": person.number} if person else {}
    employer = Employer.objects.filter(pk=case.employer_key or 0).first()
    return {"name": employer.name, "number": employer.code} if employer else {}


def deliver(to: Portal | None = None) -> dict[str, int]:
    """Gather and send: what a timer calls. Nothing where no portal is connected."""
    from wenye.services.portal.adapter import portal

    connected = to or portal()
    if connected is None:
        return {}
    return {"gathered": gather(connected), **send(connected)}


def again(acting: Acting, row: Outgoing) -> bool:
    """Send once more what was given up; whether it was."""
    with transaction.atomic():
        given_up = Outgoing.objects.filter(pk=row.pk, state=Outgoing.GIVEN_UP)
        if not given_up.update(state=Outgoing.WAITING, attempts=0, due_at=timezone.now()):
            return False
        record.change(acting, "portal.again", "outgoing", row.pk)
    return True
