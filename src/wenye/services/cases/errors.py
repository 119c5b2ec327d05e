"""What the engine says when a step cannot be taken: what, where, and the mend."""

from __future__ import annotations

from typing import Any


class CaseRefused(Exception):
    """A step that may not be taken now; nothing was saved. ``status`` is the page's answer."""

    status = 400

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


class NotAllowed(CaseRefused):
    """Whoever asks may not take the step."""

    status = 403


class Conflict(CaseRefused):
    """Somebody else was faster, or the step does not leave the state that the case is in."""

    status = 409


class DecisionDiffers(CaseRefused):
    """The decision on fresh facts is not the one that was looked at; ``rows`` shows them beside."""

    status = 409

    def __init__(self, what: str, rows: list[dict[str, Any]], *, receipt: str, mend: str) -> None:
        #: ``name``, ``label``, ``before``, ``now`` of everything that differs.
        self.rows = rows
        #: Of the decision on fresh facts: acknowledged by naming it.
        self.receipt = receipt
        super().__init__(what, mend=mend)
