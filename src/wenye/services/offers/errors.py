"""What stops an answer to an offer; nothing is then saved."""

from __future__ import annotations


class OfferRefused(Exception):
    """``what``, ``where``, ``mend``; ``status`` is the page's answer."""

    status = 400

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


class OfferTaken(OfferRefused):
    """Somebody was faster, or the offer no longer waits for this answer."""

    status = 409


class OfferDiffers(OfferRefused):
    """On the facts of now it comes out otherwise than what was on the page."""

    status = 409
