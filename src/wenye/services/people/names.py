"""Names of people and employers: how they are kept, put in order, and shown.

A name is what the bureau wrote, but for characters that no database keeps. Its *order* is a form of
it in bytes, which every database compares alike, whatever its collation: a prefix of a name is then
a plain range.
"""

from __future__ import annotations

import re
import unicodedata

#: Enough of a name to find it by; a B-tree page of PostgreSQL takes no more than 2,700 bytes.
ORDER_BYTES = 240
#: Dots that stand between the parts of a name, as keyboards and workbooks write them.
_APART = re.compile(r"[\s·•‧∙・･．.\u200b-\u200f\u2060\ufeff]")
#: Characters that turn the writing of everything after them, or are not writing at all.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def kept(text: str | None) -> str:
    """The name as the database keeps it: without what no line of text can hold."""
    return _CONTROL.sub("", text or "").strip()


def order(text: str) -> bytes:
    """The bytes by which a name is found and put in order: no matter of width, case or spaces."""
    plain = _APART.sub("", unicodedata.normalize("NFKC", _TURNING.sub("", kept(text))).casefold())
    return plain.encode("utf-8", "ignore")[:ORDER_BYTES]


def shown(text: str) -> str:
    """The name as a page may print it: it cannot turn the writing of what stands beside it."""
    return _TURNING.sub("", text)


def bounds(prefix: str) -> tuple[bytes, bytes]:
    """The first order that begins with a prefix, and one above them all; UTF-8 has no byte 255."""
    first = order(prefix)
    return first, first + b"\xff"
