"""Reading a CSV file of a sender's: UTF-8 (with or without a mark) or GB18030; comma, tab or ;."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from wenye.registers.errors import RegisterError
from wenye.registers.headers import SEARCHED_ROWS
from wenye.registers.sources import RAGGED, ROW, Source, without_blank_rows

_DELIMITERS = ",\t;"
_TOP = SEARCHED_ROWS + 2
_NEWLINE, _RETURN, _QUOTE = b"\n", b"\r", b'"'
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_csv(path: Path) -> list[Source]:
    """The file's one table; RegisterError where its bytes or its quotes cannot be trusted."""
    content, encoding = decoded(path.read_bytes(), path)
    top_text = content[: 1 << 16].decode("utf-8", "ignore")
    delimiter = _delimiter(top_text)
    _refuse_broken_quotes(content, delimiter, path)
    top = _first_rows(top_text, delimiter)

    def load(below: int) -> pl.DataFrame:
        data, _ = decoded(path.read_bytes(), path)
        return _table(data, delimiter, below, path)

    return [Source(path, "", f"csv {encoding}", top, load)]


def decoded(content: bytes, path: Path) -> tuple[bytes, str]:
    """The content as UTF-8 without a byte-order mark, and the name of the encoding it came in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _transcoded(content, "utf-16", path), "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        content, name = content[len(codecs.BOM_UTF8) :], "utf-8-bom"
    else:
        name = "utf-8"
    try:
        codecs.utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return _transcoded(content, "gb18030", path), "gb18030"
    return content, name


def _transcoded(content: bytes, encoding: str, path: Path) -> bytes:
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        raise RegisterError(
            "文件编码既不是 UTF-8 也不是 GB18030 / the encoding is neither UTF-8 nor GB18030",
            where=f"{path.name}，第 {error.start + 1} 字节",
            mend="另存为“CSV UTF-8（逗号分隔）”后重新报送",
        ) from error


def _delimiter(top: str) -> str:
    """The delimiter that the first lines have most of."""
    lines = [line for line in top.splitlines()[:_TOP] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


def _first_rows(top: str, delimiter: str) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    for row in csv.reader(io.StringIO(top, newline=""), delimiter=delimiter):
        rows.append([*row])
        if len(rows) == _TOP:
            break
    return rows


def _table(content: bytes, delimiter: str, below: int, path: Path) -> pl.DataFrame:
    lines = _regular_lines(content, delimiter)
    if lines:
        table = _fast(content, delimiter)
        if table.height == lines:
            return without_blank_rows(table.slice(below))
    return without_blank_rows(_careful(content, delimiter, below, path))


def _regular_lines(content: bytes, delimiter: str) -> int:
    """How many lines, if all have as many delimiters and none a quote or bare return; else 0."""
    if _QUOTE in content or b"\x00" in content or not content:
        return 0
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == _NEWLINE[0])
    if _RETURN in content and content.count(_RETURN) != content.count(_RETURN + _NEWLINE):
        return 0
    if not content.endswith(_NEWLINE):
        ends = np.append(ends, len(data))
    marks = np.flatnonzero(data == ord(delimiter))
    per_line = np.diff(np.searchsorted(marks, ends), prepend=0)
    regular = per_line[0] > 0 and (per_line == per_line[0]).all()
    return len(per_line) if regular else 0


def _fast(content: bytes, delimiter: str) -> pl.DataFrame:
    table = pl.read_csv(
        io.BytesIO(content),
        separator=delimiter,
        has_header=False,
        infer_schema=False,
        quote_char=None,
    )
    table.columns = [str(at) for at in range(table.width)]
    row = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW)
    return table.with_columns(row, pl.lit(None, pl.String).alias(RAGGED))


def _careful(content: bytes, delimiter: str, below: int, path: Path) -> pl.DataFrame:
    """Row by row: quotes, and rows longer or shorter than the headers."""
    rows = list(_rows(content, delimiter))
    expected = max((_filled_width(row) for row in rows[:below]), default=0)
    data = rows[below:]
    _refuse_torn(content, rows, expected, below, path)
    width = max([expected, *(len(row) for row in data)])
    columns = [[row[at] if at < len(row) else None for row in data] for at in range(width)]
    lengths = [len(row) for row in data]
    table = pl.DataFrame(
        {str(at): pl.Series(column, dtype=pl.String) for at, column in enumerate(columns)}
    )
    ragged = [
        "cells_too_many" if _surplus(row, expected) else "cells_too_few" if n < expected else None
        for row, n in zip(data, lengths, strict=True)
    ]
    return table.with_columns(
        pl.Series(ROW, range(below + 1, below + 1 + len(data)), dtype=pl.UInt32),
        pl.Series(RAGGED, ragged, dtype=pl.String),
    )


def _rows(content: bytes, delimiter: str) -> Iterator[list[str]]:
    """Rows by the rules of quotes; a quote still open at the end leaves a line break in a cell."""
    ending = "" if content.endswith(_NEWLINE) else "\n"
    text = content.decode("utf-8").replace("\x00", "") + ending
    csv.field_size_limit(1 << 30)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _refuse_broken_quotes(content: bytes, delimiter: str, path: Path) -> None:
    """Refuse a file in which a cell runs over the end of its line.

    One quote too many makes a single cell of all lines up to the next quote. That cannot be told
    from a cell with line breaks, so neither is read: no line may vanish into another's cell.
    """
    if _QUOTE not in content:
        return
    for line, row in enumerate(_rows(content, delimiter), start=1):
        if any("\n" in cell or "\r" in cell for cell in row):
            raise RegisterError(
                f"第 {line} 行有一个引号在本行内没有结束，后面的行会被并入同一格"
                " / a quote is not closed on its line",
                where=f"{path.name}，第 {line} 行",
                mend="删去多余的引号；单元格内如有换行，去掉换行后另存为 CSV（或改报 .xlsx）",
            )


def _refuse_torn(
    content: bytes, rows: list[list[str]], expected: int, below: int, path: Path
) -> None:
    """Refuse a file that breaks off within its last line; a note there is no torn line."""
    if content.endswith((_NEWLINE, _RETURN)) or len(rows) <= below or len(rows[-1]) >= expected:
        return
    filled = [cell for cell in rows[-1] if cell.strip()]
    if not filled or (len(filled) == 1 and _HAN.search(filled[0])):
        return
    raise RegisterError(
        f"文件在第 {len(rows)} 行中断：只有 {len(rows[-1])} 列，表头有 {expected} 列"
        " / the file breaks off in its last line",
        where=f"{path.name}，第 {len(rows)} 行",
        mend="文件没有传完或被截断：重新导出或重新拷贝后再报送",
    )


def _filled_width(row: list[str]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)


def _surplus(row: list[str], expected: int) -> bool:
    return any(cell.strip() for cell in row[expected:])
