"""The workbook of rejected rows: the sender's own columns, and what to do about each row.

The first sheet sums up; each register has a sheet (more than one where a sheet's 1,048,576 rows do
not suffice). Columns are the sender's as they came, then 文件, 行, 列, 原因 and 怎么办. A mended
workbook may be delivered again as it is: these last columns are ours and are not read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from wenye.registers.reasons import REASONS
from wenye.registers.texts import as_text, without_marks
from wenye.rules.facts import Entity

OWN_COLUMNS = ("文件", "行", "列", "原因", "怎么办")
LAST_ROW = 1_048_576  # of a sheet
_CELL_LIMIT = 32_767  # characters
_SEPARATOR = "；"


@dataclass(frozen=True)
class Rejected:
    """The rejected rows of one register, as texts; ``reasons`` counts faults."""

    entity: type[Entity]
    rows: pl.DataFrame
    reasons: dict[str, int]


def as_rejected(raw: pl.DataFrame, headers: Sequence[str]) -> pl.DataFrame:
    """Rows as they came, as texts under the sender's headers; cells beyond the headers stay too."""
    names = [*headers, *(f"第{at + 1}列" for at in range(len(headers), raw.width))]
    columns = [as_text(raw.to_series(at)).cast(pl.String).alias(str(at)) for at in range(raw.width)]
    frame = pl.DataFrame(columns).select(without_marks(pl.all()))
    frame.columns = [_apart(name) for name in names[: raw.width]]
    return frame


def _apart(name: str) -> str:
    """A sender's column that is called like one of ours."""
    return f"{name}（来文）" if name in OWN_COLUMNS else name


def said(faults: pl.DataFrame, column_names: dict[str, str]) -> pl.DataFrame:
    """One row for each ``at``: its columns, reasons and mends, all faults in one text each."""
    texts = faults.with_columns(
        pl.col("column").replace(column_names).alias("列"),
        pl.col("fault")
        .replace({name: reason for name, (reason, _) in REASONS.items()})
        .alias("原因"),
        pl.col("fault")
        .replace({name: mend for name, (_, mend) in REASONS.items()})
        .alias("怎么办"),
    )
    joined = [
        pl.col(name).filter(pl.col(name) != "").unique(maintain_order=True).str.join(_SEPARATOR)
        for name in ("列", "原因", "怎么办")
    ]
    with_place = texts.with_columns(
        pl.when(pl.col("列") == "").then("原因").otherwise(pl.col("列") + "：" + pl.col("原因"))
        .alias("原因")
    )  # fmt: skip
    return with_place.group_by("at", maintain_order=True).agg(joined)


def write_workbook(
    path: Path, summary: Sequence[Sequence[Any]], rejected: Sequence[Rejected]
) -> None:
    """Write the workbook; OSError where the disk refuses."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    path.touch(mode=0o600)
    workbook = xlsxwriter.Workbook(os.fspath(path), options)
    bold = workbook.add_format({"bold": True, "bg_color": "#E8EEF4"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    try:
        _write_sheet(workbook.add_worksheet("汇总"), summary[0], summary[1:], bold, None)
        for part in rejected:
            for name, rows in _sheets(part):
                _write_sheet(
                    workbook.add_worksheet(name), rows.columns, rows.iter_rows(), bold, wrapped
                )
        workbook.close()
    except FileCreateError as error:
        raise OSError(
            *(error.args[0].args if isinstance(error.args[0], OSError) else error.args)
        ) from error


def _sheets(part: Rejected) -> Iterator[tuple[str, pl.DataFrame]]:
    label = part.entity.register.label[:25]
    size = LAST_ROW - 1
    for number, first in enumerate(range(0, part.rows.height, size)):
        yield (f"{label} {number + 1}" if number else label), part.rows.slice(first, size)


def _write_sheet(sheet: Any, head: Sequence[Any], rows: Any, bold: Any, wrapped: Any) -> None:
    sheet.freeze_panes(1, 0)
    own = {"原因": 44, "怎么办": 44, "文件": 24, "列": 16, "行": 8}
    for at, name in enumerate(head):
        sheet.set_column(at, at, own.get(name, 20), wrapped if name in ("原因", "怎么办") else None)
        sheet.write_string(0, at, str(name), bold)
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, at, cell)
            elif cell:
                sheet.write_string(number, at, str(cell)[:_CELL_LIMIT])
