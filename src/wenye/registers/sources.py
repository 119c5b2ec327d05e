"""A table as it lies in a sender's file, before anyone knows which register it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

#: Columns that a loaded table has beside the sender's, which are named ``"0"``, ``"1"``, …
ROW = "row"  # UInt32, row number in the sender's file, from 1
RAGGED = "ragged"  # String, "cells_too_few" or "cells_too_many" (CSV only), else null

_NOTES_AT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Source:
    """One table: a sheet of a workbook, a CSV file, or a Parquet file.

    ``top`` holds the first rows as texts, for the headers to be found in. ``load(n)`` gives what
    stands below the first ``n`` rows: the columns ``"0"`` to ``"width-1"``, ``ROW`` and ``RAGGED``.
    """

    path: Path
    sheet: str  # "" where the file has no sheets
    form: str  # "xlsx", "csv utf-8", "csv gb18030", "parquet"
    top: Sequence[Sequence[str | None]]
    load: Callable[[int], pl.DataFrame]
    marked: bool = False  # whether cells may carry the marks of ``texts``
    several: bool = False  # whether it is one of several sheets with content

    @property
    def place(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.path.name}［{self.sheet}］" if self.sheet else self.path.name


def without_blank_rows(table: pl.DataFrame) -> pl.DataFrame:
    """The rows in which some cell of the sender's holds more than spaces."""
    cells = [pl.col(name) for name in table.columns if name not in (ROW, RAGGED)]
    if not cells:
        return table.clear()
    return table.filter(
        pl.any_horizontal(cell.str.contains(r"\S").fill_null(False) for cell in cells)
    )


def without_notes(table: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The table without the notes under it, and how many rows they were.

    Notes are the last rows, as long as each has one filled cell only and that cell is a text with
    Chinese in it; a table of one or two columns has none.
    """
    names = [name for name in table.columns if name not in (ROW, RAGGED)]
    if len(names) < 3 or table.is_empty():
        return table, 0
    filled = [pl.col(name).str.contains(r"\S").fill_null(False) for name in names]
    tail = table.tail(_NOTES_AT_MOST).select(
        (pl.sum_horizontal(filled) == 1)
        & pl.concat_str(names, ignore_nulls=True).str.contains(r"\p{Han}")
    )
    notes = 0
    for is_note in reversed(tail.to_series().to_list()):
        if not is_note:
            break
        notes += 1
    return table.head(table.height - notes), notes
