"""What operations refuse, in words."""

from __future__ import annotations


class OperationsError(Exception):
    """Why something cannot be done: what, where, and the mend."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)
