"""The flow of a run in numbers: from everybody judged to those who were paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from wenye.services.cases.models import Case
from wenye.services.offers.models import Offer, Run, RunFlow
from wenye.services.offers.modes import offer_rules

#: States of a case before it is an application, and after it was taken back.
_NOT_APPLIED = ("draft", "withdrawn")
_PAID = ("paid", "closed", "clawback")


@dataclass(slots=True)
class Numbers:
    """One line: of a scheme, a town, or all."""

    judged: int = 0
    entitled: int = 0
    not_entitled: int = 0
    undetermined: int = 0
    #: Entitled of a scheme that the service does not offer; and held back, of one that it does.
    not_told: int = 0
    held_back: int = 0
    offered: int = 0
    unheard: int = 0
    heard: int = 0
    declined: int = 0
    taken_up: int = 0
    #: Cases, whether or not an offer stood before them.
    applied: int = 0
    approved: int = 0
    refused: int = 0
    paid: int = 0

    def add(self, other: Numbers) -> None:
        """Take another line's numbers in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def numbers(
    run: Run, *, scheme: str = "", town: str | None = None
) -> dict[tuple[str, str], Numbers]:
    """By scheme and town; ``town`` None is every town."""
    flow: QuerySet[RunFlow] = RunFlow.objects.filter(run=run)
    offers: QuerySet[Offer] = Offer.objects.exclude(mode=Offer.INFORMATION).filter(
        Q(live=True) | Q(state__in=(Offer.CONFIRMED, Offer.APPLIED))
    )
    cases: QuerySet[Case] = Case.objects.exclude(scheme="").exclude(state__in=_NOT_APPLIED)
    if scheme:
        flow, offers = flow.filter(scheme=scheme), offers.filter(scheme=scheme)
        cases = cases.filter(scheme=scheme)
    if town is not None:
        flow, offers = flow.filter(town=town), offers.filter(town=town)
        cases = cases.filter(town=town)
    told = {rule.scheme for rule in offer_rules().told() if rule.mode != Offer.INFORMATION}
    found: dict[tuple[str, str], Numbers] = {}
    for each in flow:
        one = found.setdefault((each.scheme, each.town), Numbers())
        one.judged += each.judged
        one.entitled += each.entitled
        one.not_entitled += each.not_entitled
        one.undetermined += each.undetermined
        if each.scheme in told:
            one.held_back += each.held_back
        else:
            one.not_told += each.entitled
    for row in _offers(offers):
        one = found.setdefault((row["scheme"], row["town"]), Numbers())
        for name in ("offered", "unheard", "heard", "declined", "taken_up"):
            setattr(one, name, row[name])
    for row in _cases(cases):
        one = found.setdefault((row["scheme"], row["town"]), Numbers())
        for name in ("applied", "approved", "refused", "paid"):
            setattr(one, name, row[name])
    return found


def _offers(offers: QuerySet[Offer]) -> list[Any]:
    def of(*states: str) -> Count:
        return Count("id", filter=Q(state__in=states))

    return list(
        offers.order_by()
        .values("scheme", "town")
        .annotate(
            offered=Count("id"),
            unheard=of(Offer.MADE),
            heard=of(Offer.HEARD),
            declined=of(Offer.DECLINED, Offer.WITHDRAWN),
            taken_up=of(Offer.CONFIRMED, Offer.APPLIED),
        )
    )


def _cases(cases: QuerySet[Case]) -> list[Any]:
    return list(
        cases.order_by()
        .values("scheme", "town")
        .annotate(
            applied=Count("id"),
            approved=Count("id", filter=Q(state__in=("approved", "paying", "handed_over"))),
            refused=Count("id", filter=Q(state="refused")),
            paid=Count("id", filter=Q(state__in=_PAID)),
        )
    )


def by(place: int, found: dict[tuple[str, str], Numbers]) -> dict[str, Numbers]:
    """Summed by scheme (0) or by town (1)."""
    sums: dict[str, Numbers] = {}
    for key, one in found.items():
        sums.setdefault(key[place], Numbers()).add(one)
    return sums


def total(found: Iterable[Numbers]) -> Numbers:
    """Everything."""
    whole = Numbers()
    for one in found:
        whole.add(one)
    return whole


def silent_by_town() -> list[Any]:
    """Entitled and told, or not even told, and no answer: by town, with what may be paid on."""
    return list(
        Offer.objects.unanswered()
        .order_by()
        .values("town")
        .annotate(
            number=Count("id"),
            unheard=Count("id", filter=Q(state=Offer.MADE)),
            fen=Sum("amount_fen", filter=Q(amount_status="payable")),
        )
        .order_by("-number", "town")
    )
