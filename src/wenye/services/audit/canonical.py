"""An entry as one line of text, always the same, and digests over such lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes

from wenye.services.audit.models import Entry

#: All columns: what is left out of a line could be changed without breaking a seal.
COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)
#: What the first seal rests on.
BEGINNING = "0" * 64


def line(entry: Mapping[str, Any]) -> str:
    """One entry (column → value as read from the database) as canonical JSON."""
    return json.dumps(plain(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with its time as text in UTC."""
    return {**entry, "at": moment(entry["at"])}


def moment(at: dt.datetime) -> str:
    """A time in UTC to the microsecond: both databases keep as much."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(
    number: int, at: str, ranges: list[list[int]], previous: str, lines: Iterable[str]
) -> str:
    """SM3 over the seal before, this one's head, and its entries in ascending order."""
    sm3 = hashes.Hash(hashes.SM3())
    head = json.dumps(ranges, separators=(",", ":"))
    for text in (previous, str(number), at, head, *lines):
        sm3.update(text.encode())
        sm3.update(b"\n")
    return sm3.finalize().hex()


def ranges_of(ids: Iterable[int]) -> list[list[int]]:
    """Ascending ids as pairs of first and last."""
    found: list[list[int]] = []
    for each in ids:
        if found and found[-1][1] + 1 == each:
            found[-1][1] = each
        else:
            found.append([each, each])
    return found
