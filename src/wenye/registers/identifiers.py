"""Check digits of identity numbers and unified credit codes, one by one and by the million.

Three standards: GB 11643 (identity number, 18 characters: place 6, birth date 8, sequence 3,
check 1), GB 32100 (unified credit code, 18 characters: register 1, category 1, place 6,
organisation code 9, check 1) and GB 11714 (organisation code, 8 characters and a check). Texts are
taken as they stand: trimming, full-width digits and a lower-case ``x`` are intake's business, and
so are other kinds of document.

The place part is never judged: residents of any age hold numbers with places that no longer exist.

The same arithmetic serves single texts, byte arrays of shape (n, 17) or (n, 8), and Polars columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]

LENGTH: Final = 18
IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS: Final = "10X98765432"
#: The characters of a credit code, in order of their value: no I, O, S, V, Z.
CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_CHECKS: Final = "0X987654321"

_FOREIGN: Final = 255  # the value of a character that the alphabet does not have


def _values(alphabet: str) -> Bytes:
    """Table from a character's byte to its value; ``_FOREIGN`` for all other bytes."""
    table = np.full(256, _FOREIGN, dtype=np.uint8)
    for value, character in enumerate(alphabet):
        table[ord(character)] = value
    return table


_DIGITS = _values("0123456789")
_CREDIT = _values(CREDIT_ALPHABET)
_ORGANISATION = _values(ORGANISATION_ALPHABET)


def _weighted_sum(values: Bytes, weights: tuple[int, ...]) -> NDArray[np.int32]:
    total = np.zeros(len(values), dtype=np.int32)
    for place, weight in enumerate(weights):
        total += values[:, place].astype(np.int32) * weight
    return total


def _characters(table: str, positions: NDArray[np.int32]) -> Bytes:
    return np.frombuffer(table.encode("ascii"), dtype=np.uint8)[positions]


def identity_checks(first: Bytes) -> Bytes:
    """Check characters for the first 17 characters of identity numbers.

    ``first`` holds ASCII bytes, shape (n, 17); the answer has shape (n,). Rows with a character
    that is no digit get a check without meaning: ask ``identity_numbers_valid`` about texts.
    """
    total = _weighted_sum(_DIGITS[first], IDENTITY_WEIGHTS)
    return _characters(IDENTITY_CHECKS, total % 11)


def credit_checks(first: Bytes) -> Bytes:
    """Check characters for the first 17 characters of credit codes: (n, 17) bytes to (n,)."""
    total = _weighted_sum(_CREDIT[first], CREDIT_WEIGHTS)
    return _characters(CREDIT_ALPHABET, (31 - total % 31) % 31)


def organisation_checks(first: Bytes) -> Bytes:
    """Check characters for the first 8 characters of organisation codes: (n, 8) bytes to (n,)."""
    total = _weighted_sum(_ORGANISATION[first], ORGANISATION_WEIGHTS)
    return _characters(ORGANISATION_CHECKS, total % 11)


def identity_numbers_valid(numbers: pl.Series) -> pl.Series:
    """Whether each text is 17 digits and the right check character; null stays null."""
    return _valid(numbers, _DIGITS, identity_checks)


def credit_codes_valid(codes: pl.Series) -> pl.Series:
    """Whether each text is 17 characters of the alphabet and the right check; null stays null."""
    return _valid(codes, _CREDIT, credit_checks)


def identity_number_valid(number: str) -> bool:
    """Whether one text is a right identity number."""
    return bool(identity_numbers_valid(pl.Series([number], dtype=pl.String))[0])


def credit_code_valid(code: str) -> bool:
    """Whether one text is a right unified credit code."""
    return bool(credit_codes_valid(pl.Series([code], dtype=pl.String))[0])


def organisation_code_valid(code: str) -> bool:
    """Whether one text is a right nine-character organisation code, as old registers hold them."""
    text = code.encode("ascii", "replace")
    if len(text) != 9:
        return False
    first = np.frombuffer(text, dtype=np.uint8)[None, :8]
    return bool(
        (_ORGANISATION[first] != _FOREIGN).all() and organisation_checks(first)[0] == text[8]
    )


def birth_dates(numbers: pl.Series) -> pl.Series:
    """The birth date inside each identity number; null where there is no such day."""
    inside = numbers.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return inside.set(numbers.str.len_bytes() != LENGTH, None).alias("birth_date")


def birth_date(number: str) -> dt.date | None:
    """The birth date inside one identity number; None where there is no such day."""
    found = birth_dates(pl.Series([number], dtype=pl.String))[0]
    return found if isinstance(found, dt.date) else None


def sexes(numbers: pl.Series) -> pl.Series:
    """``male`` or ``female`` as each identity number says: its 17th digit is odd or even."""
    digit = numbers.str.slice(16, 1).cast(pl.Int8, strict=False)
    frame = pl.select(pl.when(digit % 2 == 1).then(pl.lit("male")).otherwise(pl.lit("female")))
    return frame.to_series().set(digit.is_null(), None).alias("sex")


def texts(characters: Bytes) -> pl.Series:
    """A Polars text column from ASCII bytes of shape (n, length), none of them a line feed."""
    rows, length = characters.shape
    if rows == 0:
        return pl.Series([], dtype=pl.String)
    lines = np.full((rows, length + 1), ord("\n"), dtype=np.uint8)
    lines[:, :length] = characters
    whole = lines.tobytes()[:-1].decode("ascii")
    return pl.Series([whole]).str.split("\n").explode()


def characters(column: pl.Series, length: int) -> Bytes:
    """Bytes of shape (n, length) from texts that all have that many bytes, none null."""
    whole = column.str.join("")[0].encode("utf-8") if len(column) else b""
    return np.frombuffer(whole, dtype=np.uint8).reshape(len(column), length)


def _valid(column: pl.Series, table: Bytes, checks: Callable[[Bytes], Bytes]) -> pl.Series:
    result = np.zeros(len(column), dtype=np.bool_)
    right_length = (column.str.len_bytes() == LENGTH).fill_null(False)
    if right_length.any():
        text = characters(column.filter(right_length), LENGTH)
        known = (table[text[:, :17]] != _FOREIGN).all(axis=1)
        result[right_length.to_numpy()] = known & (checks(text[:, :17]) == text[:, 17])
    return pl.Series(column.name, result).set(column.is_null(), None)
