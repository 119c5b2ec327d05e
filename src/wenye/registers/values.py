"""Cells to stored values, a column at a time.

Only the *different* texts of a column are parsed, and the answers joined back: registers hold the
same few thousand days and words over and over.

An empty cell is "there is none" where the fact may be absent, and unknown otherwise. 无 and / say
"there is none", 不适用 says "does not apply"; both are faults where the fact may not be absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from wenye.registers import days, texts
from wenye.registers.columns import NAME, NUMBER, Column
from wenye.registers.schema import absent, column_type, not_applicable
from wenye.rules.calendar import MONTH
from wenye.rules.kinds import Kind

TRUE_WORDS = ("是", "y", "yes", "1", "true", "t", "√", "✓")
FALSE_WORDS = ("否", "n", "no", "0", "false", "f", "×", "✗")

_ORDINAL = r"^(?:\((\d{1,2})\)|(\d{1,2})[.、:)]?)$"
_AFTER_ORDINAL = r"^(?:\(\d{1,2}\)|\d{1,2}[.、:)]?)\s*(.+)$"
_WHOLE = r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?$"
_YUAN = r"^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$"
_SCIENTIFIC = r"^\d(?:\.\d+)?e\+?\d+$"
_UNIT_WORDS = {"month": "(?:个?月)", "person": "[人名]", "year": "[年岁]", "day": "[天日]"}
_LARGEST = 2**31 - 1
_SAMPLE = 10_000
_FREE = ("code", "text", "key")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed column: stored values, and a fault's or warning's name where there is one.

    References are still numbers here (String); a number that says "none" or "not applicable" is
    null with ``state`` "absent" or "not_applicable".
    """

    values: pl.Series
    faults: pl.Series
    warnings: pl.Series
    states: pl.Series | None = field(default=None)


def parse(
    raw: pl.Series, column: Column, names: Mapping[str, str] | None = None, *, marked: bool = True
) -> Parsed:
    """Parse a column of a file. ``names`` maps the names (or codes) of a code fact to its codes."""
    if raw.dtype.is_temporal() and column.kind.name in ("day", "month"):
        return _temporal(raw, column)
    text = texts.as_text(raw).alias("text")
    varied = _is_varied(text)
    answers = (text if varied else text.unique()).to_frame()
    answers = answers.with_columns(_word(column).alias("word"))
    answers = answers.with_columns(_answer(column, names))
    if marked or raw.dtype.is_float():
        answers = answers.with_columns(_marked(column))
    joined = answers
    if not varied:
        joined = text.to_frame().join(
            answers, on="text", how="left", nulls_equal=True, maintain_order="left"
        )
    return Parsed(
        joined["value"],
        joined["fault"],
        joined["warning"],
        joined["state"] if column.kind.name == "key" else None,
    )


def _is_varied(text: pl.Series) -> bool:
    """Whether most texts differ, as numbers and names do: then looking them up again costs more."""
    some = text.head(_SAMPLE)
    return 2 * some.n_unique() > len(some)


def _word(column: Column) -> pl.Expr:
    text = pl.col("text")
    if column.kind.name == "choice":
        text = texts.with_ordinals(text)
    word = texts.clean(text)
    return word if column.kind.name in ("code", "text") else word.str.to_lowercase()


def _answer(column: Column, names: Mapping[str, str] | None) -> list[pl.Expr]:
    """Value, fault, warning and state of each word."""
    word, kind = pl.col("word"), column.kind
    value, fault, warning = _by_kind(word, column, names)
    dtype = pl.String() if kind.name == "key" else column_type(kind)
    lower = word.str.to_lowercase()
    empty = word.is_null() | (word == "")
    none = lower.is_in(texts.NONE_WORDS)
    inapplicable = lower.is_in(texts.NOT_APPLICABLE_WORDS)
    if column.name == NAME:
        none = inapplicable = pl.lit(False)
    special = empty | none | inapplicable
    if column.may_be_absent and kind.name != "key":
        if_none, if_not = pl.lit(absent(kind), dtype), pl.lit(not_applicable(kind), dtype)
    else:
        if_none = if_not = pl.lit(None, dtype)
    refused = pl.lit(None if column.may_be_absent else "cannot_be_absent")
    if_empty = pl.lit(if_left_empty(column))
    return [
        pl.when(empty | none).then(if_none).when(inapplicable).then(if_not)
        .otherwise(value.cast(dtype)).alias("value"),
        pl.when(empty).then(if_empty).when(special).then(refused).otherwise(fault).alias("fault"),
        pl.when(~special).then(warning).cast(pl.String).alias("warning"),
        pl.when(inapplicable).then(pl.lit("not_applicable"))
        .when((empty | none) & column.may_be_absent).then(pl.lit("absent"))
        .alias("state"),
    ]  # fmt: skip


def if_left_empty(column: Column) -> str | None:
    """The fault of an empty cell; None where it may be left empty."""
    if not column.required:
        return None
    return "required_when" if column.kind.name in ("day", "month") else "required"


def _by_kind(
    word: pl.Expr, column: Column, names: Mapping[str, str] | None
) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    none = pl.lit(None, pl.String)
    kind = column.kind.name
    if kind == "day":
        return *days.day_value(word), none
    if kind == "month":
        return *days.month_value(word), none
    if kind == "truth":
        value = pl.when(word.is_in(TRUE_WORDS)).then(True).when(word.is_in(FALSE_WORDS)).then(False)
        return value, _unless(value, "not_a_truth"), none
    if kind == "choice":
        return _choice(word, column.kind)
    if kind == "number":
        return *_number(word, column.kind), none
    if kind == "money":
        return *_money(word), none
    if column.name == NUMBER or kind == "key":
        upper = word.str.to_uppercase().str.replace_all(r"\s", "").str.strip_prefix("'")
        return upper, pl.when(word.str.contains(_SCIENTIFIC)).then(pl.lit("lost_digits")), none
    if kind == "code":
        return _code(word, names)
    return word, none, none


def _unless(value: pl.Expr, fault: str) -> pl.Expr:
    return pl.when(value.is_null()).then(pl.lit(fault))


def _choice(word: pl.Expr, kind: Kind) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """By label or identifier, with or without an ordinal before it; or by a bare ordinal.

    A label wins over the ordinal before it: senders number their own lists differently.
    """
    places: dict[str, int] = {}
    for place, (identifier, label) in enumerate(kind.options):
        places[identifier.lower()] = place
        places[label.lower()] = place
    named = _looked_up(word, places)
    after = _looked_up(word.str.extract(_AFTER_ORDINAL, 1), places)
    groups = word.str.extract_groups(_ORDINAL).struct
    ordinal = pl.coalesce(groups.field("1"), groups.field("2")).cast(pl.Int32)
    bare = pl.when((ordinal >= 1) & (ordinal <= len(kind.options))).then(ordinal - 1)
    value = pl.coalesce(named, after, bare)
    warning = pl.when(named.is_null() & after.is_null() & bare.is_not_null())
    return value, _unless(value, "unknown_choice"), warning.then(pl.lit("bare_ordinal"))


def _looked_up(word: pl.Expr, places: Mapping[str, int]) -> pl.Expr:
    return word.replace_strict(
        list(places), list(places.values()), default=None, return_dtype=pl.Int32
    )


def _number(word: pl.Expr, kind: Kind) -> tuple[pl.Expr, pl.Expr]:
    unit = _UNIT_WORDS.get(kind.unit)
    bare = word.str.replace(rf"\s*{unit}$", "") if unit else word
    unsigned = bare.str.strip_prefix("+")
    negative = bare.str.starts_with("-")
    whole = unsigned.str.contains(_WHOLE)
    digits = (
        unsigned.str.replace_all(",", "").str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)
    )
    value = pl.when(whole & (digits <= _LARGEST)).then(digits)
    fault = (
        pl.when(value.is_not_null())
        .then(None)
        .when(negative & bare.str.slice(1).str.contains(_WHOLE))
        .then(pl.lit("negative"))
        .when(whole)
        .then(pl.lit("too_large"))
        .otherwise(pl.lit("not_a_number"))
    )
    return value, fault


def _money(word: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Yuan to fen, by digits: no float ever holds the amount."""
    bare = word.str.strip_chars("¥￥ ").str.replace(r"\s*元$", "").str.strip_prefix("+")
    groups = bare.str.extract_groups(_YUAN).struct
    yuan = groups.field("1").str.replace_all(",", "")
    decimals = groups.field("2").fill_null("").str.strip_chars_end("0")
    fits = yuan.str.len_bytes() <= 15
    fen = pl.concat_str(yuan, decimals.str.pad_end(2, "0")).cast(pl.Int64, strict=False)
    exact = decimals.str.len_bytes() <= 2
    value = pl.when(fits & exact).then(fen)
    fault = (
        pl.when(value.is_not_null())
        .then(None)
        .when(bare.str.starts_with("-") & bare.str.slice(1).str.contains(_YUAN))
        .then(pl.lit("negative"))
        .when(yuan.is_null())
        .then(pl.lit("not_an_amount"))
        .when(~fits)
        .then(pl.lit("too_large"))
        .otherwise(pl.lit("too_fine"))
    )
    return value, fault


def _code(word: pl.Expr, names: Mapping[str, str] | None) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    none = pl.lit(None, pl.String)
    if not names:
        return word, none, none
    known = word.replace_strict(
        list(names), list(names.values()), default=None, return_dtype=pl.String
    )
    warning = pl.when(known.is_null()).then(pl.lit("unknown_code"))
    return pl.coalesce(known, word), none, warning


def _marked(column: Column) -> list[pl.Expr]:
    """Cells of a workbook whose shown value cannot be trusted: marked by ``workbook``."""
    text = pl.col("text")
    matters = column.name == NUMBER or column.kind.name in _FREE
    fault = (
        pl.when(text.str.starts_with(texts.FORMULA))
        .then(pl.lit("formula"))
        .when(text.str.starts_with(texts.ERROR_VALUE))
        .then(pl.lit("error_value"))
        .when(text.str.starts_with(texts.LOST_DIGITS) & matters)
        .then(pl.lit("lost_digits"))
        .otherwise(pl.col("fault"))
    )
    return [fault.alias("fault")]


def _temporal(raw: pl.Series, column: Column) -> Parsed:
    """Real date cells of a Parquet file."""
    cell = pl.col("cell")
    code = days.dates_to_codes(cell)
    kind = column.kind
    value = code if kind.name == "day" else (code // MONTH).cast(pl.Int32)
    if column.may_be_absent:
        value = pl.when(cell.is_null()).then(pl.lit(absent(kind), pl.Int32())).otherwise(value)
    fault = pl.lit(if_left_empty(column), pl.String())
    if raw.dtype == pl.Time or raw.dtype == pl.Duration:
        value, fault = pl.lit(None, pl.Int32()), pl.lit("not_a_day")
    else:
        fault = pl.when(cell.is_null()).then(fault)
    frame = (
        raw.alias("cell")
        .to_frame()
        .select(
            value.alias("value"), fault.alias("fault"), pl.lit(None, pl.String()).alias("warning")
        )
    )
    return Parsed(frame["value"], frame["fault"], frame["warning"])
