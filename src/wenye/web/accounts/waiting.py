"""What waits for whoever opens the first page: a number, a sentence, and where it is done.

Each count is narrowed by the scope of the page that it leads to, and asks an index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.roles import Role, Scope
from wenye.services.cases.models import Case
from wenye.services.followup.models import Followed, Recontact
from wenye.services.money.models import Batch, Instalment
from wenye.services.offers.models import Offer
from wenye.services.people.models import Correction
from wenye.web.acting import Asked
from wenye.web.cases.worklist import todo


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits."""

    number: int
    what: str
    url: str
    #: A deadline has passed: it stands first.
    urgent: bool = False


def waiting(request: Asked) -> list[Waiting]:
    """What waits, the urgent first; what is done is left out."""
    if request.acting is None:
        return []
    found = [each for made in _AREAS for each in made(request) if each.number]
    return sorted(found, key=lambda each: not each.urgent)


def _open(request: Asked, page_id: str) -> Scope | None:
    scope = scope_of(request.acting, page_named(page_id))
    return scope if scope.reach is not None else None


def _cases(request: Asked) -> Iterator[Waiting]:
    if scope := _open(request, "cases.worklist"):
        mine = Case.objects.within(scope).filter(todo(request.actor.role))
        url = reverse("cases:worklist")
        late = mine.filter(due_on__lt=timezone.localdate()).count()
        yield Waiting(late, _("件办件已过期限"), f"{url}?urgency=over", urgent=True)
        yield Waiting(mine.count(), _("件办件等您办理"), url)
    if scope := _open(request, "cases.mine"):
        own = Case.objects.within(scope).filter(state__in=("draft", "returned"))
        yield Waiting(own.count(), _("件等您填写或补正"), reverse("cases:mine"))


def _offers(request: Asked) -> Iterator[Waiting]:
    if scope := _open(request, "offers.inbox"):
        own = Offer.objects.within(scope).unanswered()
        yield Waiting(own.count(), _("项政策您可能可以享受"), reverse("offers:inbox"))
    if request.actor.role is Role.CASE_WORKER and (scope := _open(request, "offers.unheard")):
        silent = Offer.objects.within(scope).unheard()
        yield Waiting(silent.count(), _("项政策当事人还不知道"), reverse("offers:unheard"))


def _followed(request: Asked) -> Iterator[Waiting]:
    if request.actor.role is not Role.CASE_WORKER:
        return
    if scope := _open(request, "followup.worklist"):
        people = Followed.objects.within(scope).now()
        url, today = reverse("followup:worklist"), timezone.localdate()
        yield Waiting(people.overdue(today).count(), _("人逾期没有联系"), url, urgent=True)
        due = people.filter(law_due__gte=today, law_due__month=today.month).count()
        yield Waiting(due, _("人本月还要联系"), url)
    if scope := _open(request, "followup.recontacts"):
        again = Recontact.objects.within(scope).filter(at__isnull=True)
        yield Waiting(again.count(), _("次联系等您复核"), reverse("followup:recontacts"))


def _payments(request: Asked) -> Iterator[Waiting]:
    role = request.actor.role
    if role is Role.FINANCE_OFFICER and (scope := _open(request, "money.payable")):
        owed = Instalment.objects.within(scope).payable()
        yield Waiting(owed.count(), _("笔等待支付"), reverse("money:payable"))
    if role in (Role.FINANCE_OFFICER, Role.BUREAU_HEAD) and _open(request, "money.batches"):
        prepared = Batch.objects.filter(state=Batch.PREPARED).exclude(made_by=request.actor.user_id)
        yield Waiting(prepared.count(), _("个支付批次等您复核"), reverse("money:batches"))


def _corrections(request: Asked) -> Iterator[Waiting]:
    if request.actor.is_officer and (scope := _open(request, "people.corrections")):
        asked = Correction.objects.within(scope).filter(state=Correction.PROPOSED)
        others = asked.exclude(proposed_by=request.actor.user_id)
        yield Waiting(others.count(), _("项更正等待核实"), reverse("people:corrections"))


_AREAS: tuple[Callable[[Asked], Iterator[Waiting]], ...] = (
    _cases,
    _offers,
    _followed,
    _payments,
    _corrections,
)
