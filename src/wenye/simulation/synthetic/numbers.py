"""Numbers and names that cannot belong to anyone.

Identity numbers and credit codes carry the place 990114: no province has the code 99, so no such
number can ever be issued, while its check digit is right. Names are made of the ten stems and the
twelve branches after a sign that says "test".
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.registers.identifiers import (
    CREDIT_ALPHABET,
    Bytes,
    characters,
    credit_checks,
    identity_checks,
    organisation_checks,
    texts,
)
from wenye.simulation.synthetic.draws import Draws, Ints, Small
from wenye.simulation.synthetic.ranks import rank_within

PLACE: Final = "990114"
#: Sequence numbers per birth date and sex: 001-999 odd for men, 002-998 even for women.
SEQUENCES: Final = 499
_SIGNS: Final = "测试虚拟"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
#: Register and category of a credit code, by kind of employer.
_REGISTERED_AS: Final = ("91", "11", "51", "52", "92", "93")
_ENDINGS: Final = ("有限公司", "事业单位", "协会", "服务中心", "经营部", "专业合作社")
#: Spreads consecutive serial numbers over six characters; coprime to 31, so none meets another.
_SPREAD: Final = 364_291_117


def identity_numbers(birth: Ints, sex: Small) -> pl.Series:
    """One number each: place, birth date, sequence (odd for men), check. Unique by construction.

    ``birth`` in days from 1970-01-01, ``sex`` 0 for men. Raises ``ValueError`` when more people of
    one sex share a birth date than there are sequence numbers.
    """
    rows = len(birth)
    rank = rank_within(birth.astype(np.int64) * 2 + sex)
    if rows and int(rank.max()) >= SEQUENCES:
        raise ValueError(
            f"more than {SEQUENCES} invented people of one sex share a birth date: ask for fewer"
        )
    dates = birth.astype("datetime64[D]")
    month_starts = dates.astype("datetime64[M]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = month_starts.astype(np.int64) % 12 + 1
    days = (dates - month_starts.astype("datetime64[D]")).astype(np.int64) + 1
    out = np.empty((rows, 18), dtype=np.uint8)
    out[:, :6] = np.frombuffer(PLACE.encode(), dtype=np.uint8)
    _write_digits(out[:, 6:14], years * 10_000 + months * 100 + days)
    _write_digits(out[:, 14:17], rank * 2 + np.where(sex == 0, 1, 2))
    out[:, 17] = identity_checks(out[:, :17])
    return texts(out)


def credit_codes(kind: Small, seed: int) -> pl.Series:
    """One unified credit code each, unique, with both check characters right."""
    rows = len(kind)
    alphabet = np.frombuffer(CREDIT_ALPHABET.encode(), dtype=np.uint8)
    out = np.empty((rows, 18), dtype=np.uint8)
    heads = np.frombuffer("".join(_REGISTERED_AS).encode(), dtype=np.uint8).reshape(-1, 2)
    out[:, :2] = heads[kind]
    out[:, 2:8] = np.frombuffer(PLACE.encode(), dtype=np.uint8)
    out[:, 8:10] = np.frombuffer(b"MA", dtype=np.uint8)
    serial = (np.arange(rows, dtype=np.int64) * _SPREAD + seed % 31**6) % 31**6
    for place in range(15, 9, -1):
        serial, value = np.divmod(serial, 31)
        out[:, place] = alphabet[value]
    out[:, 16] = organisation_checks(out[:, 8:16])
    out[:, 17] = credit_checks(out[:, :17])
    return texts(out)


def people_names(draws: Draws, rows: int) -> pl.Series:
    """Names such as 测甲子: obviously nobody's, and shared by many."""
    names = [sign + stem + branch for sign in _SIGNS for stem in _STEMS for branch in _BRANCHES]
    return pl.Series(names).gather(draws.between(0, len(names) - 1, rows))


def employer_names(kind: Small) -> pl.Series:
    """Names such as 虚构第000123号有限公司."""
    serial = pl.Series(np.arange(1, len(kind) + 1)).cast(pl.String).str.zfill(6)
    endings = pl.Series(_ENDINGS).gather(kind.astype(np.int32))
    return pl.select("虚构第" + serial + "号" + endings).to_series()


def elsewhere(numbers: pl.Series, place: str) -> pl.Series:
    """The same identity numbers moved to another place that does not exist, checks set right."""
    moved = np.array(characters(numbers, 18))
    moved[:, :6] = np.frombuffer(place.encode(), dtype=np.uint8)
    moved[:, 17] = identity_checks(moved[:, :17])
    return texts(moved)


def elsewhere_codes(codes: pl.Series, place: str) -> pl.Series:
    """The same credit codes moved to another place that does not exist, checks set right."""
    moved = np.array(characters(codes, 18))
    moved[:, 2:8] = np.frombuffer(place.encode(), dtype=np.uint8)
    moved[:, 17] = credit_checks(moved[:, :17])
    return texts(moved)


def _write_digits(into: Bytes, values: NDArray[np.int64]) -> None:
    rest = values
    for place in range(into.shape[1] - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        into[:, place] = digit + ord("0")
