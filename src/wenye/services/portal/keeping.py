"""The same call is done once: its answer is kept under the key that the caller gave it."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone

from wenye.services.portal.models import ApiClient, KeptAnswer

#: How long an answer is kept.
KEPT_FOR = dt.timedelta(days=7)


class AnotherCall(Exception):
    """The key was used for another call."""


def digest(method: str, path: str, body: bytes) -> str:
    """What tells one call from another."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


def reserve(client: ApiClient, key: str, asked: str) -> KeptAnswer:
    """The answer kept under ``key``, or a new row to keep it in (its ``status`` is 0).

    Called in the transaction that does the work: of two calls at once the later waits for the
    earlier, and a call that dies leaves nothing behind. AnotherCall where the key was used for
    something else.
    """
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(client=client, key=key, asked=asked)
    except IntegrityError:
        kept = KeptAnswer.objects.select_for_update().get(client=client, key=key)
        if kept.asked != asked:
            raise AnotherCall from None
        return kept


def forget(now: dt.datetime | None = None) -> int:
    """Drop answers that are older than ``KEPT_FOR``; how many."""
    old = KeptAnswer.objects.filter(at__lt=(now or timezone.now()) - KEPT_FOR)
    return old.delete()[0]
