"""How far the cells of a workbook lie apart, looked at before a reader makes room for them.

The reader lays a sheet out whole, from its first filled cell to its last: two cells in opposite
corners, a file of a kilobyte, would take hundreds of gigabytes and the process with them.
"""

from __future__ import annotations

import re
import zipfile

from wenye.registers.errors import RegisterError

#: The most cells that a sheet is laid out with, and how many are never too many.
MOST_CELLS, FEW_CELLS = 64_000_000, 5_000_000
#: A sheet that is larger than a few cells holds at least one filled cell in so many.
SPARSE = 50

_PREFIX = rb"<(?:[^\s<>/:=!?]+:)?"
_ANY_CELL = re.compile(_PREFIX + rb"c(?=[\s/>])")
_PLACED_CELL = re.compile(
    _PREFIX + rb'c(?:\s+[\w:]+="[^"<>]*")*?\s+r="([A-Z]{1,3})([0-9]{1,7})"(?=[\s/>])'
)
#: How nearly every program writes a cell, and what may begin one at all: quick to compare.
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?=[ />])')
_TAGS = tuple(
    before + b"c" + after
    for before in (b"<", b":")
    for after in (b" ", b">", b"/", b"\t", b"\n", b"\r", b"\v", b"\f")
)
#: So much is looked at in one go, to keep what is found small.
_WINDOW = 16 << 20


def check_extents(archive: zipfile.ZipFile, name: str) -> None:
    """RegisterError where a sheet of the archive cannot be laid out, or hides where its cells are.

    Every part that may be a sheet is looked at, whatever it is called. A part that unpacks to more
    than the archive says of itself is refused by the reading (``BadZipFile``).
    """
    for part in archive.infolist():
        xml = archive.read(part)
        if part.filename.endswith((".xml", ".rels")) and b"\0" in xml[:16]:
            raise _refused("工作簿的编码不是 UTF-8", name)
        if b"sheetData" in xml:
            _check(xml, name)


def _check(xml: bytes, name: str) -> None:
    cells, start = 0, 0
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    while start < len(xml):
        # A window ends where a tag begins, so that no cell is cut in two.
        end = xml.find(b"<", start + _WINDOW) if start + _WINDOW < len(xml) else len(xml)
        end = len(xml) if end < 0 else end
        found = _USUAL_CELL.findall(xml, start, end)
        if len(found) != sum(xml.count(tag, start, end) for tag in _TAGS):
            found = _PLACED_CELL.findall(xml, start, end)
            if len(found) != len(_ANY_CELL.findall(xml, start, end)):
                raise _refused("工作表的单元格没有坐标，无法核对公式", name)
        columns |= {letters for letters, _row in found}
        rows |= {row for _letters, row in found}
        cells += len(found)
        start = end
    if not cells:
        return
    high, wide = [int(row) for row in rows], [_number(letters) for letters in columns]
    area = (max(high) - min(high) + 1) * (max(wide) - min(wide) + 1)
    if area > MOST_CELLS or (area > FEW_CELLS and area > cells * SPARSE):
        raise _refused("工作表的单元格相隔太远，无法读入", name)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refused(what: str, name: str) -> RegisterError:
    return RegisterError(
        what, where=name, mend="用表格软件打开，删除表格以外多余的内容后另存为 .xlsx，再重新报送"
    )
