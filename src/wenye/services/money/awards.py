"""What this service has paid, as rows of the awards register: support given counts as history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wenye.services.money.models import Instalment
from wenye.services.money.posting import yuan_text

#: Keys of these rows lie above those of every register and of what cases added.
FIRST_KEY = 1_800_000_000
_COLUMNS = (
    "pk",
    "scheme",
    "person_key",
    "employer_key",
    "month",
    "paid_on",
    "amount_fen",
    "recovered_fen",
)


def award_rows(register: str, by: str, keys: list[int] | None) -> Iterable[Mapping[str, Any]]:
    """Rows of the awards register that the ledger knows; a ``decisions.facts.RowSource``."""
    if register != "awards":
        return ()
    chosen = Instalment.objects.paid().order_by("pk")
    if keys is not None:
        if by == "key":
            pks = [key - FIRST_KEY for key in keys if key >= FIRST_KEY]
            if not pks:
                return ()
            chosen = chosen.filter(pk__in=pks)
        elif by in ("person", "employer"):
            chosen = chosen.filter(**{f"{by}_key__in": keys})
        else:
            return ()
    return [_award(row) for row in chosen.values_list(*_COLUMNS)]


def _award(row: tuple[Any, ...]) -> dict[str, Any]:
    pk, scheme, person, employer, month, paid_on, fen, recovered = row
    # A payment made once stands under the month in which it was paid.
    text = f"{month // 100:04d}-{month % 100:02d}" if month else f"{paid_on:%Y-%m}"
    return {
        "key": FIRST_KEY + pk,
        "scheme": scheme,
        "person": person,
        "employer": employer,
        "first_month": text,
        "last_month": text,
        "amount": yuan_text(fen),
        "recovered": recovered == fen,
    }
