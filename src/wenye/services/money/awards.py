"""What this service has paid, as rows of the awards register: support given counts as history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def award_rows(register: str, by: str, keys: list[int] | None) -> Iterable[Mapping[str, Any]]:
    """Rows of the awards register that the ledger knows; a ``decisions.facts.RowSource``."""
    return ()
