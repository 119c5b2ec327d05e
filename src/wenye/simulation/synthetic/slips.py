"""How cells are spoilt: each function changes one column of a table of texts, as senders do.

All take the chosen rows, the label of the column, the register and the day of the data.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from wenye.registers.columns import NUMBER, columns_of
from wenye.registers.identifiers import CREDIT_ALPHABET
from wenye.registers.model import Person
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.numbers import elsewhere, elsewhere_codes

NOTES = (
    "注：本表为合成数据，仅供测试",
    "填表人：测甲子　审核人：测乙丑",
    "说明：以上内容由系统导出",
)
_FULL_WIDTH = "０１２３４５６７８９"
_OTHER_PLACE = "990299"


def unchanged(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """An exact double."""
    return rows


def emptied(rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date) -> pl.DataFrame:
    """Nothing in the cell."""
    return rows.with_columns(pl.lit(None, pl.String).alias(column))


def lower_case(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """A check character x."""
    return rows.with_columns(pl.col(column).str.to_lowercase())


def trailing_spaces(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """Spaces after the text."""
    return rows.with_columns(pl.col(column) + "  ")


def full_width(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """Digits as an input method writes them."""
    text = pl.col(column).str.replace_many(list("0123456789"), list(_FULL_WIDTH))
    return rows.with_columns(text)


def compact(rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date) -> pl.DataFrame:
    """20200305 or 202003."""
    return rows.with_columns(pl.col(column).str.replace_all("-", ""))


def chinese_day(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """2020年3月5日."""
    return rows.with_columns(
        pl.col(column).str.replace(r"^(\d+)-0?(\d+)-0?(\d+)$", "${1}年${2}月${3}日")
    )


def dotted_day(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """2020.3.5."""
    return rows.with_columns(
        pl.col(column).str.replace(r"^(\d+)-0?(\d+)-0?(\d+)$", "${1}.${2}.${3}")
    )


def chinese_month(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """2020年3月."""
    return rows.with_columns(pl.col(column).str.replace(r"^(\d+)-0?(\d+)$", "${1}年${2}月"))


def wrong_check(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """The last character replaced by the next."""
    following = dict(zip(CREDIT_ALPHABET, CREDIT_ALPHABET[1:] + "0", strict=True))
    if _holds_identity_numbers(entity, column):
        following = {str(digit): str((digit + 1) % 10) for digit in range(10)} | {"X": "1"}
    last = pl.col(column).str.slice(-1).replace_strict(following, return_dtype=pl.String)
    return rows.with_columns(pl.col(column).str.head(-1) + last)


def scientific(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """9.90114E+17, as a spreadsheet shows a long number."""
    text = pl.col(column)
    short = text.str.head(1) + "." + text.str.slice(1, 5) + "E+17"
    return rows.with_columns(short.alias(column))


def impossible_day(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """The 30th of February."""
    return rows.with_columns(pl.col(column).str.head(4) + "-02-30")


def impossible_month(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """The thirteenth month."""
    return rows.with_columns(pl.col(column).str.head(4) + "-13")


def future(rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date) -> pl.DataFrame:
    """A beginning years after the day of the data, and no end before it."""
    later = as_of.replace(year=as_of.year + 3, day=1).isoformat()
    length = 7 if _is_month(entity, column) else 10
    changed = [pl.lit(later[:length]).alias(column)]
    if entity.spell:
        end = _label(entity, entity.spell[1])
        changed.append(pl.lit(later[:length] if length == 7 else None, pl.String).alias(end))
    return rows.with_columns(changed)


def reversed_spell(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """An end before the beginning."""
    assert entity.spell is not None
    end = _label(entity, entity.spell[1])
    return rows.with_columns(_shifted(entity, column, -2).alias(end))


def unknown_text(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """A text that the dictionary does not have."""
    return rows.with_columns(pl.lit("待核实").alias(column))


def another_choice(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """Another option than the one before."""
    found = next(item for item in columns_of(entity) if item.label == column)
    labels = [label for _, label in found.kind.options]
    following = dict(zip(labels, labels[1:] + labels[:1], strict=True))
    return rows.with_columns(pl.col(column).replace_strict(following, return_dtype=pl.String))


def dangling(rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date) -> pl.DataFrame:
    """A well-formed number that no register has."""
    move = elsewhere if _holds_identity_numbers(entity, column) else elsewhere_codes
    return rows.with_columns(move(rows[column], _OTHER_PLACE).alias(column))


def overlapping(
    rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date
) -> pl.DataFrame:
    """The same spell once more, beginning a little later."""
    return rows.with_columns(_shifted(entity, column, 1).alias(column))


def can_overlap(column: str, entity: type[Entity], as_of: dt.date) -> pl.Expr:
    """Spells long enough for ``overlapping``: a shared month is one, a single shared day is not."""
    assert entity.spell is not None
    later = _shifted(entity, column, 1)
    end = pl.col(_label(entity, entity.spell[1])).fill_null(as_of.isoformat())
    return later <= end if _is_month(entity, column) else later < end


def note(rows: pl.DataFrame, column: str, entity: type[Entity], as_of: dt.date) -> pl.DataFrame:
    """A remark under the table instead of data."""
    texts = pl.Series(NOTES, dtype=pl.String).gather([row % len(NOTES) for row in range(len(rows))])
    others = [name for name in rows.columns if name not in (column, "_at")]
    return rows.with_columns(
        texts.alias(column), *(pl.lit(None, pl.String).alias(name) for name in others)
    )


def _shifted(entity: type[Entity], column: str, steps: int) -> pl.Expr:
    """Days moved by five each step, months by one."""
    if _is_month(entity, column):
        day = (pl.col(column) + "-01").str.to_date("%Y-%m-%d")
        return day.dt.offset_by(f"{steps}mo").dt.strftime("%Y-%m")
    day = pl.col(column).str.to_date("%Y-%m-%d")
    return day.dt.offset_by(f"{steps * 5}d").dt.strftime("%Y-%m-%d")


def _is_month(entity: type[Entity], column: str) -> bool:
    return any(item.label == column and item.kind.name == "month" for item in columns_of(entity))


def _label(entity: type[Entity], name: str) -> str:
    return entity.facts()[name].label


def _holds_identity_numbers(entity: type[Entity], column: str) -> bool:
    name = next(item.name for item in columns_of(entity) if item.label == column)
    return entity is Person if name == NUMBER else entity.facts()[name].target is Person
