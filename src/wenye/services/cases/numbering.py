"""Numbers that follow one another: unique, and none left out, also when a transaction is undone."""

from __future__ import annotations

from django.db import transaction

from wenye.services.cases.models import Counter


def next_number(series: str) -> int:
    """The next number of a series. It belongs to the caller's transaction: undone, it is free.

    Whoever comes meanwhile waits for that transaction, since the series' row stays locked.
    """
    assert transaction.get_connection().in_atomic_block, "a number belongs to a transaction"
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def case_number(year: int, division: str) -> str:
    """2026-310114-000123."""
    return f"{year}-{division}-{next_number(f'case-{year}-{division}'):06d}"
