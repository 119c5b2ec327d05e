"""What the money service refuses: in words, with nothing posted."""

from __future__ import annotations


class MoneyError(Exception):
    """Something about money that cannot be done: ``what``, ``where``, ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


class TooLate(MoneyError):
    """Somebody else has done it, or the state has moved on."""


class SecondPersonNeeded(MoneyError):
    """The one who acts has already had a hand in it."""
