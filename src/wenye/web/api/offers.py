"""Offers: seen, confirmed with one call, or declined with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Path, Query, Router

from wenye.services.decisions.district import district
from wenye.services.offers.confirming import confirm, decline
from wenye.services.offers.models import Offer
from wenye.web.api import schemas
from wenye.web.api.guard import Called, opens
from wenye.web.api.problems import Problem
from wenye.web.api.reading import aim, note
from wenye.web.api.refusals import REFUSALS

router = Router(tags=["政策待遇"])
#: Offers in one answer.
MOST = 100


def yuan(fen: int | None) -> str | None:
    """Whole fen as yuan with two decimals."""
    return None if fen is None else f"{Decimal(fen) / 100:.2f}"


@router.get(
    "/offers",
    response={200: schemas.OffersOut, **REFUSALS},
    url_name="offers",
    summary="政策待遇一览",
)
@opens("api.offers", "offers")
def offers(
    request: HttpRequest,
    state: Annotated[str, Query(max_length=10, pattern="^[a-z]*$")] = "",
    after: Annotated[schemas.Key | None, Query()] = None,
    purpose: Annotated[str, Query(max_length=20, pattern="^[a-z_]*$")] = "",
) -> dict[str, Any]:
    """Offers within the client's reach, a hundred at a time."""
    called = cast(Called, request)
    why = aim(called, purpose)
    rows = Offer.objects.within(called.scope).order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: MOST + 1])
    shown = found[:MOST]
    note(called, why, [row.person_key for row in shown], [row.employer_key for row in shown])
    return {
        "offers": [_offer(row) for row in shown],
        "after": shown[-1].pk if len(found) > MOST else None,
    }


@router.post(
    "/offers/{offer_id}/confirm",
    response={200: schemas.OfferOut, **REFUSALS},
    url_name="offer_confirm",
    summary="确认即享",
)
@opens("api.offer_confirm", "offers:answer", once=True)
def confirmed(
    request: HttpRequest, offer_id: Path[schemas.Key], asked: schemas.ConfirmIn
) -> dict[str, Any]:
    """Yes: decided again on the facts of now, and a case is opened and submitted."""
    called = cast(Called, request)
    return _offer(confirm(_own(called, offer_id), called.acting, seen=asked.seen))


@router.post(
    "/offers/{offer_id}/decline",
    response={200: schemas.OfferOut, **REFUSALS},
    url_name="offer_decline",
    summary="不需要这项待遇",
)
@opens("api.offer_decline", "offers:answer", once=True)
def declined(
    request: HttpRequest, offer_id: Path[schemas.Key], asked: schemas.DeclineIn
) -> dict[str, Any]:
    """No, with a reason."""
    called = cast(Called, request)
    return _offer(decline(_own(called, offer_id), called.actor, asked.reason, asked.words))


def _own(called: Called, offer_id: int) -> Offer:
    row = Offer.objects.within(called.scope).filter(pk=offer_id).first()
    if row is None:
        raise Problem(404, where="offer_id")
    return row


def _offer(row: Offer) -> dict[str, Any]:
    return {
        "id": row.pk,
        "scheme": row.scheme,
        "title": district().scheme(row.scheme).title,
        "mode": row.mode,
        "state": row.state,
        "amount": yuan(row.amount_fen),
        "amount_status": row.amount_status,
        "person_key": row.person_key,
        "employer_key": row.employer_key,
        "case_number": row.case_number,
        "made_at": row.made_at,
    }
