"""What the follow-up cannot do, said so that the next step is plain."""

from __future__ import annotations


class FollowupRefused(Exception):
    """Something that is not done: ``what`` was wrong, ``where``, and the ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)
