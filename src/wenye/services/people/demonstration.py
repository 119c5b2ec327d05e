"""Something to see on the pages of people: telephones, consents, and corrections on their way."""

from __future__ import annotations

import datetime as dt

import polars as pl

from wenye.registers.model import Person as PersonEntity
from wenye.registers.schema import KEY
from wenye.registers.store import Registers
from wenye.services.accounts.models import Post
from wenye.services.accounts.roles import Acting
from wenye.services.people import contact, correcting, rights
from wenye.services.people.models import Consent, Correction, Person, Snapshot

#: Invented numbers: no operator has given out the prefix.
_PHONE = "100{:08d}"


def prepare(as_of: dt.date) -> None:
    """Telephones for the town's first people, and three corrections; done once."""
    if Correction.objects.exists():
        return
    citizen, worker, reviewer = (
        _acting(role) for role in ("citizen", "case_worker", "bureau_reviewer")
    )
    if citizen is None or worker is None or reviewer is None or citizen.person_key is None:
        return
    own = citizen.person_key
    contact.set_phone(citizen, own, _PHONE.format(own))
    contact.consent(citizen, own, Consent.MESSAGE, given=True)
    near = list(Person.objects.filter(town=worker.town).exclude(pk=own).order_by("pk")[:12])
    for person in near:
        contact.set_phone(worker, person.pk, _PHONE.format(person.pk))
    _propose(citizen, own, "pension_months", 12)
    if len(near) >= 3:
        decided = _propose(worker, near[0].pk, "pension_months", 7)
        if decided is not None and decided.department == reviewer.department:
            answer = "已向经办机构核对缴费记录"
            correcting.decide(reviewer, decided.pk, accept=True, answer=answer)
        _propose(worker, near[1].pk, "hukou", "district")
        rights.object_to(worker, near[2].pk, "", "希望由工作人员办理")


def _propose(acting: Acting, key: int, fact: str, more: int | str) -> Correction | None:
    snapshot = Snapshot.objects.in_force()
    if snapshot is None:
        return None
    people = Registers.open(snapshot.path).table(PersonEntity)
    found = people.filter(pl.col(KEY) == key).collect()
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    value = (row[fact] or 0) + more if isinstance(more, int) else more
    try:
        return correcting.propose(acting, "people", row, fact, value, "与本人持有的凭证不一致")
    except correcting.CorrectionRefused:
        return None  # what is on record says so already


def _acting(username: str) -> Acting | None:
    post = Post.objects.select_related("user").filter(user__username=username).first()
    return None if post is None else post.acting()
