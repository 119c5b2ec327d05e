"""Many rows into a workbook at once: made as text by columns, put in the place of a pattern row.

A workbook library writes cell by cell, which takes longer than deciding the rows. So it writes one
row as a pattern (with the cells' styles); the others are made after it in vectors, and the sheet is
put back into the workbook.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

#: What stands in the first cell of a pattern row.
MARK = "wenye-rows"
_CELL = re.compile(rb'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?')
_NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_STEP = 20_000


@dataclass(frozen=True, slots=True)
class Bulk:
    """Rows to put under the head of a page; money columns are in fen."""

    frame: pl.DataFrame
    money: frozenset[str]


def fill(path: Path, pages: Sequence[Bulk | None]) -> None:
    """Put each page's rows (by the page's place) where its pattern row stands. Raises OSError."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with (
            zipfile.ZipFile(path) as old,
            zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for entry in old.infolist():
                data = old.read(entry)
                place = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", entry.filename)
                bulk = pages[int(place[1]) - 1] if place else None
                if bulk is None:
                    new.writestr(entry, data, zipfile.ZIP_DEFLATED, 1)
                    continue
                with new.open(entry.filename, "w") as sheet:
                    for part in _filled(data, bulk):
                        sheet.write(part)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _filled(data: bytes, bulk: Bulk) -> Iterator[bytes]:
    mark = data.index(f"{MARK}<".encode())
    start = data.rindex(b"<row ", 0, mark)
    end = data.index(b"</row>", mark) + len(b"</row>")
    pattern = data[start:end]
    first = int(re.match(rb'<row r="([0-9]+)"', pattern)[1])  # type: ignore[index]
    cells = [(column.decode(), style.decode()) for column, style in _CELL.findall(pattern)]
    last = max(first + bulk.frame.height - 1, first - 1, 1)
    size = f'<dimension ref="A1:{cells[-1][0]}{last}"/>'.encode()
    yield re.sub(rb'<dimension ref="[^"]*"/>', size, data[:start], count=1)
    for at in range(0, bulk.frame.height, _STEP):
        yield _rows(bulk, cells, first, at).encode()
    yield data[end:]


def _rows(bulk: Bulk, cells: Sequence[tuple[str, str]], first: int, at: int) -> str:
    # Polars' string functions panic over columns that are cut into chunks at different places.
    frame = bulk.frame.slice(at, _STEP).rechunk().with_row_index("_row", offset=first + at)
    parts = [pl.format('<row r="{}">', "_row")]
    for (column, style), (name, dtype) in zip(cells, bulk.frame.schema.items(), strict=True):
        look = f' s="{style}"' if style else ""
        value = pl.col(name)
        if name in bulk.money:
            sign = pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit(""))
            cents = (value.abs() % 100).cast(pl.String).str.zfill(2)
            value = pl.format("{}{}.{}", sign, value.abs() // 100, cents)
        if dtype == pl.String:
            text = value.str.replace_all(_NOT_XML, "").str.replace_many(
                ["&", "<", ">"], ["&amp;", "&lt;", "&gt;"]
            )
            told = '<is><t xml:space="preserve">{}</t></is>'
            lead = f'<c r="{column}{{}}"{look} t="inlineStr">' + told + "</c>"
            cell = pl.format(lead, "_row", text)
            there = value.is_not_null() & (value != "")
        else:
            cell = pl.format(f'<c r="{column}{{}}"{look}><v>{{}}</v></c>', "_row", value)
            there = pl.col(name).is_not_null()
        parts.append(pl.when(there).then(cell).otherwise(pl.lit("")))
    parts.append(pl.lit("</row>"))
    made = frame.select(pl.concat_str(parts).alias("xml"))["xml"]
    return "".join(made.to_list())
