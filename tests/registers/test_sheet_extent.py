"""Workbooks that would take all memory: refused in words before a reader makes room for them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from wenye.registers.errors import RegisterError
from wenye.registers.workbook import read_workbook

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'


def workbook(path: Path, instead: str, *, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """A right workbook whose sheet holds ``instead``."""
    right = path.with_name("right.xlsx")
    with xlsxwriter.Workbook(right) as book:
        book.add_worksheet("a").write_string(0, 0, "x")
    with zipfile.ZipFile(right) as source, zipfile.ZipFile(path, "w") as made:
        for each in source.namelist():
            text = source.read(each)
            if each == part:
                begun, _tag, _rest = text.partition(b"<sheetData")
                text = begun + f"<sheetData>{instead}</sheetData></worksheet>".encode()
            made.writestr(each, text)
    return path


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (FAR, "相隔太远"),
        (FAR.replace("<c r", '<c s="0" r'), "相隔太远"),
        (FAR.replace("<", "<x:").replace("<x:/", "</x:"), "相隔太远"),
        (FAR.replace('r="XFD1048576"', "r='XFD1048576'"), "没有坐标"),
        (FAR.replace("XFD", "xfd"), "没有坐标"),
        (FAR.replace(' r="XFD1048576"', ""), "没有坐标"),
    ],
)
def test_a_sheet_that_cannot_be_laid_out_is_refused(tmp_path: Path, cells: str, said: str) -> None:
    with pytest.raises(RegisterError, match=said):
        read_workbook(workbook(tmp_path / "far.xlsx", cells))


def test_a_long_and_thin_one_is_read(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="C90000"><v>2</v></c></row>'
    (source,) = read_workbook(workbook(tmp_path / "long.xlsx", cells))
    assert source.sheet == "a"
