"""Reading an .xlsx workbook of a sender's, sheet by sheet, every cell as text.

The reader gives values only. Cells whose shown value cannot be trusted are found in the sheet's XML
and marked (``texts.MARKS``): formulas, error values, and numbers longer than the 15 digits that a
spreadsheet keeps.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from wenye.registers import texts
from wenye.registers.errors import RegisterError
from wenye.registers.headers import SEARCHED_ROWS
from wenye.registers.sheet_extent import check_extents
from wenye.registers.sources import RAGGED, ROW, Source, without_blank_rows

_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"([^>]*)>\s*'
    rb"(?:(<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<))"  # a formula
    rb"|<(?:\w+:)?v>([^<]{16,}|[^<]*[eE][^<]*)<"  # a long number
    rb"|<(?:\w+:)?v>(#[^<]*)<)"  # an error value
)
# What the reader counts as filled: it leaves out a formula that no value was stored for.
_FILLED_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)\d+"[^>]*(?<!/)>\s*'
    rb"(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?(?:v[^>]*>[^<]|is\b)"
)
_CELL_WITHOUT_PLACE = re.compile(rb'<(?:\w+:)?c(?=[\s>])(?![^>]*\br=")')
_IS_TEXT = re.compile(rb'\bt="(?:s|inlineStr)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_1904 = re.compile(rb'date1904="(?:1|true)"')

#: What a broken archive makes the readers raise; a panic is no Exception.
_BROKEN = (
    *(fastexcel.FastExcelError, zipfile.BadZipFile, zlib.error, pl.exceptions.PanicException),
    *(KeyError, ValueError, OSError, EOFError, RuntimeError),
)


def read_workbook(path: Path) -> list[Source]:
    """The workbook's sheets that hold anything; RegisterError where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_extents(archive, path.name)
        reader = fastexcel.read_excel(path)
        with zipfile.ZipFile(path) as archive:
            places = dict(_sheet_places(archive, path))
            sheets = [
                (name, _grid(reader, archive, name, places, path)) for name in reader.sheet_names
            ]
    except RegisterError:
        raise
    except _BROKEN as error:
        raise RegisterError(
            "工作簿无法打开：文件不完整、已加密，或不是 .xlsx",
            where=path.name,
            mend="用表格软件打开后另存为 .xlsx（不设密码），再重新报送",
        ) from error
    filled = [(name, grid) for name, grid in sheets if not grid.is_empty()]
    return [_source(path, name, grid, len(filled) > 1) for name, grid in filled]


def _source(path: Path, sheet: str, grid: pl.DataFrame, several: bool) -> Source:
    cells = grid.drop(ROW, RAGGED)
    top = [[*row] for row in cells.head(SEARCHED_ROWS + 2).rows()]

    def load(below: int) -> pl.DataFrame:
        return without_blank_rows(grid.slice(below))

    return Source(path, sheet, "xlsx", top, load, marked=True, several=several)


def _grid(
    reader: fastexcel.ExcelReader,
    archive: zipfile.ZipFile,
    sheet: str,
    places: dict[str, str],
    path: Path,
) -> pl.DataFrame:
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    grid = loaded.to_polars() if loaded.width else pl.DataFrame()
    if sheet in places:
        grid = _with_marks(grid, archive.read(places[sheet]), f"{path.name}［{sheet}］")
    grid.columns = [str(at) for at in range(grid.width)]
    return grid.with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW),
        pl.lit(None, pl.String).alias(RAGGED),
    )


def _sheet_places(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, str]]:
    """Sheet name and the XML file that holds it."""
    book = archive.read("xl/workbook.xml")
    if _1904.search(book):
        raise RegisterError(
            "工作簿使用1904年日期系统，日期会差四年",
            where=path.name,
            mend="在表格软件的选项中取消“使用1904年日期系统”，核对日期后另存",
        )
    targets = {
        _attribute(relation, b"Id"): _attribute(relation, b"Target")
        for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in _SHEET.findall(book):
        target = targets.get(_attribute(sheet, rb"\w+:id"), "")
        if target:
            inside = target[1:] if target.startswith("/") else f"xl/{target}"
            yield _attribute(sheet, b"name"), inside


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return html.unescape(found[1].decode("utf-8")) if found else ""


def _with_marks(grid: pl.DataFrame, xml: bytes, place: str) -> pl.DataFrame:
    if _CELL_WITHOUT_PLACE.search(xml):
        raise RegisterError(
            "工作表的单元格没有坐标，无法核对公式",
            where=place,
            mend="用表格软件打开后另存为 .xlsx，再重新报送",
        )
    marks: dict[int, dict[int, str]] = {}
    for cell in _CELL.finditer(xml):
        column, row, attributes, formula, inside, number, error = cell.groups()
        if formula is not None:
            text = texts.FORMULA + "=" + html.unescape((inside or b"").decode("utf-8"))
        elif error is not None and b't="e"' in attributes:
            text = texts.ERROR_VALUE + error.decode("utf-8")
        elif number is not None and not _IS_TEXT.search(attributes) and b't="' not in attributes:
            text = texts.LOST_DIGITS + number.decode("utf-8")
        else:
            continue
        marks.setdefault(_column_number(column), {})[int(row) - 1] = text
    if not marks:
        return grid
    left = min((_column_number(letters) for letters in set(_FILLED_CELL.findall(xml))), default=0)
    return _put(grid, {column - left: cells for column, cells in marks.items()})


def _put(grid: pl.DataFrame, marks: dict[int, dict[int, str]]) -> pl.DataFrame:
    """The grid with marked cells; it grows where formulas without a value stand outside it."""
    before = -min(0, *marks)  # columns of formulas left of all filled cells
    if before:
        grid = grid.select(
            *(pl.lit(None, pl.String).alias(f"before {at}") for at in range(before)), pl.all()
        )
        marks = {at + before: cells for at, cells in marks.items()}
    height = max([grid.height, *(max(cells) + 1 for cells in marks.values())])
    width = max([grid.width, *(at + 1 for at in marks)])
    columns = []
    for at in range(width):
        cells = grid.to_series(at) if at < grid.width else pl.Series([], dtype=pl.String)
        values = cells.cast(pl.String).extend_constant(None, height - len(cells))
        if at in marks:
            values = values.scatter(list(marks[at]), list(marks[at].values()))
        columns.append(values.alias(str(at)))
    return pl.DataFrame(columns)


def _column_number(letters: bytes) -> int:
    """``A`` is 0, ``Z`` 25, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
