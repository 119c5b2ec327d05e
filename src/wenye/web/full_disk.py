"""A disk without space: recognised wherever it shows itself, and said as what it is."""

from __future__ import annotations

import errno
import re

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from wenye.web.refusals import refused

_FULL = (errno.ENOSPC, errno.EDQUOT)
#: Databases report it in words: SQLite the first, PostgreSQL the second (class 53100).
_IN_WORDS = re.compile(r"database or disk is full|No space left on device", re.IGNORECASE)


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or one that it arose from, is a disk without space."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if isinstance(error, DatabaseError) and _IN_WORDS.search(str(error)):
            return True
        if getattr(error, "sqlstate", None) == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False


def refuse_full_disk(request: HttpRequest) -> HttpResponse:
    """The page that says so."""
    return refused(request, 507)
