"""Workbook pages as officers expect them: a fixed head, filters, exact amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import polars as pl

from wenye.determination.bulk_rows import MARK, Bulk, fill

#: Rows that a page can hold under its head and a remark.
MOST_ROWS = 1_048_500

INK, ACCENT, LINE, PALE = "#1D2529", "#0B5C7A", "#C9CFD1", "#EEF3F5"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, width in characters, and what its cells hold.

    ``money`` is in fen; a ``key`` is shown without marks between its digits, to be copied.
    """

    head: str
    width: int
    kind: Literal["text", "number", "money", "key"] = "text"


class Book:
    """A workbook being written, page by page and row by row."""

    def __init__(self, path: Path, about: str) -> None:
        import xlsxwriter

        self._path = path
        self._bulk: list[Bulk | None] = []
        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book = xlsxwriter.Workbook(path, options)
        self._book.set_properties({"title": about, "comments": about})
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self._styles = {
            "text": self._book.add_format({**font}),
            "wrapped": self._book.add_format({**font, "text_wrap": True}),
            "number": self._book.add_format({**font, "num_format": "#,##0"}),
            "key": self._book.add_format({**font, "num_format": "0"}),
            "money": self._book.add_format({**font, "num_format": "#,##0.00"}),
            "head": self._book.add_format(
                {**font, "bold": True, "bottom": 1, "bottom_color": ACCENT, "bg_color": PALE}
            ),
            "title": self._book.add_format({**font, "bold": True, "font_size": 16}),
            "part": self._book.add_format(
                {**font, "bold": True, "font_size": 11, "font_color": ACCENT}
            ),
            "warning": self._book.add_format({**font, "bold": True, "font_color": "#8A1F11"}),
        }

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._book.close()
            fill(self._path, self._bulk)

    def page(self, name: str, widths: Sequence[int]) -> Page:
        """A new page with columns of the given widths (in characters)."""
        sheet = self._book.add_worksheet(name)
        self._bulk.append(None)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return Page(sheet, self._styles)

    def table(
        self, name: str, columns: Sequence[Column], frame: pl.DataFrame, remark: str = ""
    ) -> None:
        """A page that is one table; ``frame`` has the columns in this order."""
        page = self.page(name, [column.width for column in columns])
        if remark:
            page.line([(remark, "warning")])
        page.head(columns)
        money = frozenset(column.head for column in columns if column.kind == "money")
        rows = Bulk(frame.head(MOST_ROWS), money)
        self._bulk[-1] = rows
        page.pattern(columns)
        page.end_table(len(columns), rows.frame.height)


class Page:
    """One page, written downwards."""

    def __init__(self, sheet: Any, styles: dict[str, Any]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._at = 0
        self._head = 0

    def line(self, cells: Sequence[tuple[Any, str]]) -> None:
        """A line of (value, style) cells; nothing leaves a blank line."""
        for at, (value, style) in enumerate(cells):
            self._write(at, value, style)
        self._at += 1

    def head(self, columns: Sequence[Column]) -> None:
        """The head of a table."""
        self._head = self._at
        for at, column in enumerate(columns):
            self._sheet.write_string(self._at, at, column.head, self._styles["head"])
        self._at += 1

    def row(self, columns: Sequence[Column], cells: Sequence[Any]) -> None:
        """A row of a table; unknown cells stay empty."""
        for at, (column, value) in enumerate(zip(columns, cells, strict=True)):
            if value is not None:
                self._write(at, value, column.kind)
        self._at += 1

    def pattern(self, columns: Sequence[Column]) -> None:
        """A row whose place and styles many rows will take."""
        self._sheet.write_string(self._at, 0, MARK, self._styles[columns[0].kind])
        for at, column in enumerate(columns[1:], start=1):
            self._sheet.write_blank(self._at, at, None, self._styles[column.kind])
        self._at += 1

    def end_table(self, width: int, height: int) -> None:
        """Filters over the table, its head kept in sight and on every printed page."""
        self._sheet.autofilter(self._head, 0, self._head + height, width - 1)
        self._sheet.freeze_panes(self._head + 1, 1)
        self._sheet.repeat_rows(self._head)

    def _write(self, at: int, value: Any, style: str) -> None:
        form = self._styles[style]
        if style == "money":
            self._sheet.write_number(self._at, at, Decimal(value).scaleb(-2), form)
        elif isinstance(value, int):
            self._sheet.write_number(self._at, at, value, form)
        else:
            self._sheet.write_string(self._at, at, str(value), form)
