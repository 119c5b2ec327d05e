"""Workbooks that go out: every text a text, nothing that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

#: A cell that begins so is run as a formula where the file is saved again as CSV.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def safe(text: str) -> str:
    """A text that stays one: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def worklist_workbook(
    title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()
) -> bytes:
    """A sheet with a head and rows: texts, whole or money numbers, days."""
    import xlsxwriter

    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    sheet = workbook.add_worksheet(title[:31])
    bold = workbook.add_format({"bold": True, "bg_color": "#E8EEF4"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    money = workbook.add_format({"num_format": "#,##0.00"})
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(head):
        sheet.set_column(at, at, widths[at] if at < len(widths) else 18)
        sheet.write_string(0, at, name, bold)
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, at, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, at, cell)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, at, cell, money)
            else:
                sheet.write_string(number, at, safe(str(cell))[:32000])
    workbook.close()
    return content.getvalue()
