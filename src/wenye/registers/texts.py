"""Cell texts made comparable, in Polars expressions: folded, trimmed, and the words for "none"."""

from __future__ import annotations

import polars as pl

#: A cell that says "there is none". Empty cells are a different matter: see ``values``.
NONE_WORDS = ("无", "/", "-", "--", "—", "——")
NOT_APPLICABLE_WORDS = ("不适用", "n/a")

#: Marks that ``workbook`` puts before a cell's text: what the cell showed cannot be trusted.
FORMULA = "\x00f"
LOST_DIGITS = "\x00n"
ERROR_VALUE = "\x00e"
MARKS = (FORMULA, LOST_DIGITS, ERROR_VALUE)

_SPACES = " \t\r\n\u00a0\u3000\ufeff\u200b"
_CIRCLED = [chr(0x2460 + n) for n in range(20)]
_BRACKETED = [chr(0x2474 + n) for n in range(20)]


def clean(text: pl.Expr) -> pl.Expr:
    """Trimmed, and full-width letters, digits and punctuation folded to the ordinary ones."""
    return text.str.normalize("NFKC").str.strip_chars(_SPACES)


def with_ordinals(text: pl.Expr) -> pl.Expr:
    """①, ⑴ and so on written as (1), before ``clean`` would make them plain digits."""
    return text.str.replace_many(_CIRCLED + _BRACKETED, [f"({n})" for n in range(1, 21)] * 2)


def without_marks(text: pl.Expr) -> pl.Expr:
    """The text as the sender's cell had it."""
    return (
        text.str.strip_prefix(FORMULA).str.strip_prefix(LOST_DIGITS).str.strip_prefix(ERROR_VALUE)
    )


def as_text(raw: pl.Series) -> pl.Series:
    """A column of any type as texts; whole floats lose their ``.0``, days become ISO texts."""
    if raw.dtype == pl.String:
        return raw
    if raw.dtype == pl.Boolean:
        return raw.cast(pl.String)
    if raw.dtype.is_temporal():
        return raw.cast(pl.String)
    if raw.dtype.is_float():
        raw = raw.fill_nan(None)  # how data frames write an empty cell
        text = raw.cast(pl.String)
        # From 2**53 on a float no longer holds every whole number: its digits are not the sender's.
        lost = (raw.abs() >= 2**53).fill_null(False)
        marked = pl.select(
            pl.when(lost).then(pl.lit(LOST_DIGITS) + text).otherwise(text.str.strip_suffix(".0"))
        )
        return marked.to_series().alias(raw.name)
    if raw.dtype == pl.Null or raw.dtype.is_numeric() or raw.dtype in (pl.Categorical, pl.Enum):
        return raw.cast(pl.String)
    return pl.Series(raw.name, [None if x is None else str(x) for x in raw], dtype=pl.String)
