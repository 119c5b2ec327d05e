"""Nightly runs, the offers that they make, and how people hear of them."""

from wenye.services.offers.models.notifications import Notification
from wenye.services.offers.models.offers import Offer, OfferChange, OfferQuerySet
from wenye.services.offers.models.runs import Run, RunChange, RunFlow

__all__ = ["Notification", "Offer", "OfferChange", "OfferQuerySet", "Run", "RunChange", "RunFlow"]
