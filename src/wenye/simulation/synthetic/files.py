"""The files that bureaus send: workbooks, CSV in UTF-8 or GB18030, Parquet; the same every time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from wenye.registers.model import MODEL, Certification, Employer, Person, Unemployment
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.formats import Format
from wenye.simulation.synthetic.tables import as_texts

MOST_ROWS_OF_A_SHEET = 1_048_575
COMPLETE_TO = "完整日期.csv"
EXPLANATION = "说明.txt"
SYNTHETIC = "合成数据，不含任何真实人员或单位。"  # how the explanation begins

_IN_WORKBOOKS = (Person, Employer, Certification)
_IN_GB18030 = (Unemployment,)


def write_register(entity: type[Entity], table: pl.DataFrame, folder: Path, form: Format) -> Path:
    """Write one register under its Chinese label; ``ValueError`` when a sheet cannot hold it."""
    ending = form.value if form is not Format.MIXED else _habit(entity)
    path = folder / f"{entity.register.label}.{ending}"
    if ending == "parquet":
        table.write_parquet(path, compression="zstd", compression_level=1)
    elif ending == "xlsx":
        _write_workbook(table, path, entity.register.label)
    else:
        gb18030 = form is Format.MIXED and entity in _IN_GB18030
        _write_csv(table, path, gb18030=gb18030)
    return path


def write_complete_to(folder: Path, as_of: dt.date) -> Path:
    """State the day to which each register is complete."""
    table = pl.DataFrame(
        {
            "登记册": [entity.register.label for entity in MODEL],
            "完整至": [as_of.isoformat()] * len(MODEL),
        }
    )
    path = folder / COMPLETE_TO
    _write_csv(table, path, gb18030=False)
    return path


def is_synthetic_district(folder: Path) -> bool:
    """Whether a folder holds a synthetic district and nothing else."""
    endings = {form.value for form in Format}
    ours = {f"{entity.register.label}.{end}" for entity in MODEL for end in endings}
    names = {path.name for path in folder.iterdir()}
    if EXPLANATION not in names or not names <= ours | {COMPLETE_TO, EXPLANATION}:
        return False
    return (folder / EXPLANATION).read_text("utf-8-sig", errors="replace").startswith(SYNTHETIC)


def _habit(entity: type[Entity]) -> str:
    return "xlsx" if entity in _IN_WORKBOOKS else "csv"


def _write_csv(table: pl.DataFrame, path: Path, *, gb18030: bool) -> None:
    if gb18030:
        path.write_bytes(table.write_csv(line_terminator="\r\n").encode("gb18030"))
    else:
        table.write_csv(path, include_bom=True, line_terminator="\r\n")


def _write_workbook(table: pl.DataFrame, path: Path, sheet: str) -> None:
    import xlsxwriter

    if len(table) > MOST_ROWS_OF_A_SHEET:
        raise ValueError(f"{sheet}: {len(table):,} rows do not fit a sheet")
    numbers = [column.dtype.is_numeric() for column in table]
    texts = as_texts(table)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        # A workbook carries the day it was made; a fixed one keeps the bytes the same every time.
        workbook.set_properties({"created": dt.datetime(2020, 1, 1), "comments": "合成数据"})
        page = workbook.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.set_column(0, table.width - 1, 20)
        for at, header in enumerate(table.columns):
            page.write_string(0, at, header)
        for row, cells in enumerate(texts.iter_rows(), start=1):
            for at, cell in enumerate(cells):
                if cell is None:
                    continue
                if numbers[at]:
                    page.write_number(row, at, int(cell))
                else:
                    page.write_string(row, at, cell)
