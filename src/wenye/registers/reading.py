"""All tables of one register, parsed and stacked, each row knowing where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from wenye.registers.columns import NAME, NUMBER, Column, columns_of
from wenye.registers.faults import AT, WHOLE_ROW, Faults, Warnings
from wenye.registers.files import Sheet
from wenye.registers.rejected import OWN_COLUMNS
from wenye.registers.schema import column_type
from wenye.registers.sources import RAGGED, ROW, without_notes
from wenye.registers.values import Parsed, parse
from wenye.rules.facts import Entity

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """The data rows of one table as they came: the register's rows from ``first`` on."""

    sheet: Sheet
    raw: pl.DataFrame
    first: int


@dataclass(frozen=True)
class Reading:
    """One register as read: its rows so far, with references still as numbers."""

    entity: type[Entity]
    parts: tuple[Part, ...]
    table: pl.DataFrame
    faults: Faults = field(default_factory=Faults)

    @property
    def rows(self) -> int:
        """Rows that came in, good and bad."""
        return sum(part.raw.height for part in self.parts)


def state_column(name: str) -> str:
    """Beside a reference that may be absent: "absent", "not_applicable" or null."""
    return f"state of {name}"


def read_register(
    entity: type[Entity], sheets: Sequence[Sheet], names: Names, warnings: Warnings
) -> Reading:
    """Load and parse the tables of a register. RegisterError where a file breaks off."""
    faults = Faults()
    parts: list[Part] = []
    tables: list[pl.DataFrame] = []
    first = 0
    for sheet in sheets:
        raw = sheet.source.load(sheet.headers.rows)
        if all(raw[name].dtype == pl.String for name in raw.columns if name != ROW):
            raw, notes = without_notes(raw)
            warnings.add("notes_skipped", sheet.source.place, count=notes)
        parts.append(Part(sheet, raw, first))
        tables.append(_parsed(parts[-1], names, faults, warnings))
        first += raw.height
    return Reading(entity, tuple(parts), pl.concat(tables), faults)


def _parsed(part: Part, names: Names, faults: Faults, warnings: Warnings) -> pl.DataFrame:
    sheet, raw = part.sheet, part.raw
    place = sheet.source.place
    at = pl.Series(AT, range(part.first, part.first + raw.height), dtype=pl.UInt32)
    for text in sheet.headers.unknown:
        if text not in OWN_COLUMNS:
            warnings.add("unknown_column", place, text)
    broken = raw[RAGGED].is_not_null()
    faults.add(at.filter(broken), WHOLE_ROW, raw[RAGGED].filter(broken))
    positions = {column.name: str(n) for n, column in sheet.headers.found.items()}
    series: list[pl.Series] = [at]
    for column in columns_of(sheet.entity):
        if column.name not in positions:
            warnings.add("missing_column", place, column.label)
            series += _unknown(column, raw.height)
            continue
        cells = raw[positions[column.name]] if positions[column.name] in raw.columns else None
        if cells is None:  # a column with a header and not one cell
            cells = pl.Series([None] * raw.height, dtype=pl.String)
        parsed = parse(cells, column, names.get(column.name), marked=sheet.source.marked)
        wrong = parsed.faults.is_not_null()
        if wrong.any():
            faults.add(at.filter(wrong), column.name, parsed.faults.filter(wrong))
        noted = parsed.warnings.drop_nulls()
        if len(noted):
            counts = noted.value_counts()
            warnings.add_all(dict(counts.rows()), place, column.label)
        series += _stored(column, parsed)
    return pl.DataFrame(series)


def _stored(column: Column, parsed: Parsed) -> list[pl.Series]:
    values = [parsed.values.alias(column.name)]
    if parsed.states is not None and column.may_be_absent:
        values.append(parsed.states.alias(state_column(column.name)))
    return values


def _unknown(column: Column, rows: int) -> list[pl.Series]:
    is_text = column.name in (NUMBER, NAME) or column.kind.name == "key"
    dtype = pl.String() if is_text else column_type(column.kind)
    values = [pl.Series(column.name, [None], dtype=dtype).new_from_index(0, rows)]
    if column.kind.name == "key" and column.may_be_absent:
        values.append(values[0].cast(pl.String).alias(state_column(column.name)))
    return values
