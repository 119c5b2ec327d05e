"""Whole numbers that come with an address or a form: anybody may have typed anything there."""

from __future__ import annotations

#: More digits than a key of a database has.
_MOST = 18


def whole(text: str | None, otherwise: int = 0) -> int:
    """The number, where plain digits say one that a database can hold; ``otherwise`` else.

    ``str.isdigit`` alone is not enough: it takes “²”, which ``int`` refuses, and endless nines.
    """
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _MOST else otherwise
