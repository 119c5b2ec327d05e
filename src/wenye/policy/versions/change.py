"""Something that changed between two versions: what it was, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """Something that read ``old`` and now reads ``new``; None where it was not or is no more."""

    old: Any
    new: Any


def change(old: Any, new: Any) -> Change | None:
    """A change, or None where both are the same."""
    return None if old == new else Change(old, new)
