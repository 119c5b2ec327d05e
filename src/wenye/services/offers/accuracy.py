"""Who was offered wrongly, and who was missed: counted from what became of cases.

*False inclusion*: an offer taken up whose case was then refused, or paid and recovered.
*False exclusion*: an application that was granted although nothing had been offered before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from wenye.services.cases.models import Case
from wenye.services.offers.models import Offer
from wenye.services.offers.modes import offer_rules

#: States of a case in which it was granted.
GRANTED = ("approved", "paying", "paid", "handed_over", "closed")
WRONG = ("refused", "clawback")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One scheme: offers made, answered yes, granted, found wrong; and grants that were missed."""

    scheme: str
    offered: int
    taken_up: int
    granted: int
    wrong: int
    missed: int
    facts_wrong: int

    @property
    def decided(self) -> int:
        """Taken-up offers of which it is known how they ended."""
        return self.granted + self.wrong


def accuracy() -> list[Accuracy]:
    """Every scheme that is offered, the one with most mistakes first."""
    offers: dict[str, Any] = {
        row["scheme"]: row
        for row in Offer.objects.exclude(mode=Offer.INFORMATION)
        .order_by()
        .values("scheme")
        .annotate(
            offered=Count("id"),
            taken_up=Count("id", filter=Q(state__in=(Offer.CONFIRMED, Offer.APPLIED))),
            # Somebody to whom it was offered says that the facts are wrong.
            facts_wrong=Count("id", filter=Q(decline_code="facts_wrong")),
        )
    }
    of_offers = Case.objects.filter(offer_id__isnull=False)
    ended: dict[str, Any] = {
        row["scheme"]: row
        for row in of_offers.order_by()
        .values("scheme")
        .annotate(
            granted=Count("id", filter=Q(state__in=GRANTED)),
            wrong=Count("id", filter=Q(state__in=WRONG)),
        )
    }
    earlier = Offer.objects.filter(
        scheme=OuterRef("scheme"),
        subject_register=OuterRef("subject_register"),
        subject_key=OuterRef("subject_key"),
        made_at__lte=OuterRef("opened_at"),
    )
    ids = [rule.scheme for rule in offer_rules().told() if rule.mode != Offer.INFORMATION]
    missed = dict(
        Case.objects.filter(state__in=GRANTED, scheme__in=ids, offer_id__isnull=True)
        .exclude(Exists(earlier))
        .order_by()
        .values_list("scheme")
        .annotate(number=Count("id"))
    )
    found = []
    for scheme in ids:
        of: dict[str, Any] = offers.get(scheme, {})
        end: dict[str, Any] = ended.get(scheme, {})
        found.append(
            Accuracy(
                scheme,
                of.get("offered", 0),
                of.get("taken_up", 0),
                end.get("granted", 0),
                end.get("wrong", 0),
                missed.get(scheme, 0),
                of.get("facts_wrong", 0),
            )
        )
    return sorted(found, key=lambda each: (-each.wrong - each.missed, -each.offered, each.scheme))
